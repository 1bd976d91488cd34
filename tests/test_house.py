"""The repository: the direction of imports, the committed schema with its descriptions, migrations that make what is declared.

Tests read nothing outside of the repository; those of real plays and networks get their folder from `make references`.
"""

import asyncio
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import asyncpg
import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLObjectType,
    is_introspection_type,
    is_specified_scalar_type,
)
from sqlalchemy import Connection
from sqlalchemy.ext.asyncio import create_async_engine

from db import migrations
from db.tables import METADATA
from graphql_schema.schema import schema

ROOT = Path(__file__).parent.parent
OUTSIDE = re.compile(r"OBSERVATORY_[S]HARED|\.\./[s]hared|/ [\"'][s]hared")
DESCRIPTION_LENGTH_MIN = 4
"""Of a description that says something; the shortest honest ones are like "Its messages."."""


def test_imports_go_down_only() -> None:
    linted = subprocess.run(
        [Path(sys.executable).parent / "lint-imports"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert linted.returncode == 0, linted.stdout


def test_no_test_reads_a_folder_beside_the_repository() -> None:
    listed = subprocess.run(["git", "-C", str(ROOT), "ls-files", "tests"], capture_output=True, text=True, check=False)
    paths = [ROOT / name for name in listed.stdout.split()] or [*(ROOT / "tests").rglob("*.py")]
    read = [path for path in paths if path.is_file() and not path.is_relative_to(ROOT / "tests" / "references")]

    assert len(read) > 100
    found = {str(path): OUTSIDE.findall(path.read_text(errors="replace")) for path in read}
    assert {path: names for path, names in found.items() if names} == {}
    assert OUTSIDE.search("../" + "shared/data")


def test_the_schema_is_the_committed_one() -> None:
    assert (ROOT / "schema.graphql").read_text().strip() == schema.as_str().strip()


def described() -> Iterator[tuple[str, str | None]]:
    """Every name of the schema, with its description."""
    for name, type_ in schema._schema.type_map.items():
        if is_introspection_type(type_) or is_specified_scalar_type(type_):
            continue
        yield name, type_.description
        if isinstance(type_, GraphQLEnumType):
            yield from ((f"{name}.{value}", definition.description) for value, definition in type_.values.items())
        if isinstance(type_, GraphQLObjectType | GraphQLInterfaceType | GraphQLInputObjectType):
            fields: dict[str, Any] = type_.fields
            yield from ((f"{name}.{field}", definition.description) for field, definition in fields.items())
            for field, definition in fields.items():
                arguments: dict[str, Any] = getattr(definition, "args", {})
                yield from ((f"{name}.{field}({of})", argument.description) for of, argument in arguments.items())


def test_every_type_field_argument_and_value_is_described_for_a_stranger() -> None:
    names = dict(described())
    assert len(names) > 500
    assert {name: text for name, text in names.items() if not text or len(text) < DESCRIPTION_LENGTH_MIN} == {}
    assert {name: text for name, text in names.items() if text and text.strip()[-1] not in ".`?"} == {}
    assert {name: text for name, text in names.items() if text and _only_repeats(name, text)} == {}


def _only_repeats(name: str, text: str) -> bool:
    """Whether a description says the name again and nothing else."""
    own = "".join(letter for letter in name.split(".")[-1].split("(")[-1].lower() if letter.isalpha())
    said = "".join(letter for letter in text.lower() if letter.isalpha())
    return said in {own, f"the{own}", f"its{own}", f"a{own}"}


@pytest.fixture
async def declared_url(postgres_url: str, database_url: str) -> str:
    """The database of this test, emptied, and filled with what `db/` declares instead of what the migrations make."""
    engine = create_async_engine(_for_sqlalchemy(database_url))
    async with engine.begin() as connection:
        await connection.exec_driver_sql("DROP SCHEMA public CASCADE")
        await connection.exec_driver_sql("CREATE SCHEMA public")
        await connection.run_sync(METADATA.create_all)
    await engine.dispose()
    return database_url


async def test_migrations_from_empty_make_the_tables_that_are_declared(database_url: str) -> None:
    engine = create_async_engine(_for_sqlalchemy(database_url))
    async with engine.connect() as connection:
        differences = await connection.run_sync(_differences)
    await engine.dispose()
    assert differences == []


def _differences(connection: Connection) -> list[Any]:
    options = {"compare_type": True, "compare_server_default": True, "include_object": _is_ours}
    return list(compare_metadata(MigrationContext.configure(connection, opts=options), METADATA))


def _is_ours(_: Any, name: str | None, type_: str, *__: Any) -> bool:
    """Materialized views' indexes belong to no table that is declared."""
    return not (type_ == "table" and name == "alembic_version")


CONSTRAINTS = """
SELECT c.conrelid::regclass::text || ' ' || pg_get_constraintdef(c.oid) FROM pg_constraint c
JOIN pg_namespace n ON n.oid = c.connamespace WHERE n.nspname = 'public' AND c.conrelid::regclass::text <> 'alembic_version'
"""
INDEXES = """
SELECT i.indexdef FROM pg_indexes i JOIN pg_tables t ON t.schemaname = i.schemaname AND t.tablename = i.tablename
WHERE i.schemaname = 'public' AND i.tablename <> 'alembic_version'
"""
STORAGE = """
SELECT relname || ' ' || coalesce(reloptions::text, '') FROM pg_class
WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND relname <> 'alembic_version'
"""


@pytest.mark.parametrize("what", [CONSTRAINTS, INDEXES, STORAGE], ids=["constraints", "indexes", "storage"])
async def test_migrations_make_every_constraint_and_index_that_is_declared(
    postgres_url: str, template: str, declared_url: str, what: str
) -> None:
    declared = await _listed(declared_url, what)
    migrated = await _listed(postgres_url.rsplit("/", 1)[0] + f"/{template}", what)
    assert declared == migrated
    assert len(declared) > 10


async def test_migrations_can_be_taken_back_to_nothing(database_url: str) -> None:
    await asyncio.to_thread(migrations.downgrade, database_url, "base")
    left = await _listed(database_url, "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace")
    functions = await _listed(database_url, "SELECT proname FROM pg_proc WHERE pronamespace = 'public'::regnamespace")
    assert left in ([], ["alembic_version", "alembic_version_pkc"])
    assert functions == []
    await asyncio.to_thread(migrations.upgrade, database_url)


def test_every_table_of_a_world_begins_its_key_with_the_ecosystem() -> None:
    elsewhere = {"users", "answers", "ecosystems"}
    tables = METADATA.sorted_tables
    keys = {table.name: [column.name for column in table.primary_key] for table in tables}
    assert {name for name, key in keys.items() if key[0] != "ecosystem_id"} == elsewhere
    indexes = {
        index.name: [column.name for column in index.columns] for table in METADATA.sorted_tables for index in table.indexes
    }
    of_worlds = {
        name: columns
        for name, columns in indexes.items()
        if not str(name).startswith(("ecosystems_", "answers_", "members_by_user", "characters_by_owner"))
    }
    assert {name: columns for name, columns in of_worlds.items() if columns[0] != "ecosystem_id"} == {}


async def _listed(url: str, statement: str) -> list[str]:
    connection = await asyncpg.connect(url)
    try:
        return sorted(row[0] for row in await connection.fetch(statement))
    finally:
        await connection.close()


def _for_sqlalchemy(url: str) -> str:
    return url.replace("postgresql://", "postgresql+asyncpg://", 1)
