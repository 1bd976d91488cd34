"""Archives: everything of one world in one file of JSON lines, restored elsewhere to the byte."""

from collections.abc import AsyncIterator, Callable, Iterator
from datetime import datetime
from itertools import groupby, islice
from typing import Any
from uuid import UUID

import orjson
from pydantic import TypeAdapter, ValidationError

from db import archives
from db.drivers import INVALID_ROW_ERRORS, INVALID_VALUE_ERRORS
from db.ecosystems import Ecosystem
from domain.rule_sets import RULE_SETS
from interchange import archive_validation
from interchange.errors import Unreadable
from interchange.importable_worlds import Progress
from interchange.source_file import SourceFile

VERSION = 1
MAGIC = b'{"observatory":"archive"'
IDENTITY_FIELDS = ("name", "digest")
"""What `source` says of a file that was imported here, not of the world."""

Line = tuple[int, list[Any]]
"""Its number, and the table with the values of a row."""


def is_archive(start: bytes) -> bool:
    return start.startswith(MAGIC)


async def export_lines(connection: Any, ecosystem_id: UUID) -> AsyncIterator[bytes]:
    """The archive of a world, as it is in the transaction of `connection`; nothing where there is none."""
    world = await archives.ecosystem_row(connection, ecosystem_id)
    if world is None:
        return
    head = dict(world) | {"source": _without_identity(world.source)}
    yield orjson.dumps({"observatory": "archive", "version": VERSION, "world": head}, option=orjson.OPT_APPEND_NEWLINE)
    for name, table in archives.TABLES.items():
        async for row in archives.rows(connection, table, ecosystem_id):
            values = dict(row)
            if name == "activity":
                values["data"] = archive_validation.without_accounts(row.type, row.data)
            yield orjson.dumps([name, *values.values()], option=orjson.OPT_APPEND_NEWLINE)


def _without_identity(source: dict[str, Any] | None) -> dict[str, Any] | None:
    return None if source is None else {key: value for key, value in source.items() if key not in IDENTITY_FIELDS} or None


def read_world(source_file: SourceFile) -> dict[str, Any]:
    """What the first line says, by column. Raises Unreadable."""
    with source_file.open() as file:
        head = _parse_json(file.readline(), source_file.name, 1)
    if not isinstance(head, dict) or head.get("version") != VERSION or not isinstance(head.get("world"), dict):
        raise Unreadable(
            f"It is no archive of version {VERSION}, which is what this program reads; export it anew.", source_file.name, 1
        )
    world: dict[str, Any] = head["world"]
    if set(world) != set(archives.archived_columns(Ecosystem)):
        raise Unreadable("Its first line does not say all of a world; export it anew.", source_file.name, 1)
    for place in archives.timestamp_indexes(Ecosystem):
        column = archives.archived_columns(Ecosystem)[place]
        world[column] = _parse_datetime(world[column], source_file.name, 1)
    for column, value in world.items():
        if not _matches_type(value, Ecosystem.model_fields[column].annotation):
            raise Unreadable(f"Its world has {value!r} for {column}; export it anew.", source_file.name, 1)
    if world["rule_set"] not in RULE_SETS:
        raise Unreadable(
            f"This program has no rule set {world['rule_set']}; it has {', '.join(RULE_SETS)}.", source_file.name, 1
        )
    return world


def _matches_type(value: Any, kind: Any) -> bool:
    try:
        TypeAdapter(kind).validate_python(value, strict=True)
    except ValidationError:
        return False
    return True


async def restore(
    connection: Any, ecosystem_id: UUID, source_file: SourceFile, world: dict[str, Any], progress: Progress
) -> None:
    """Into a world that is there and empty. Raises Unreadable where the file does not hold together."""
    done = 0
    for name, batch in _batch_lines(_read_lines(source_file)):
        table = archives.TABLES[name]
        moments = archives.timestamp_indexes(table)
        values = [_check_row(number, line, moments, source_file.name) for number, line in batch]
        try:
            await archives.insert_rows(connection, table, ecosystem_id, values)
        except INVALID_VALUE_ERRORS as error:
            raise Unreadable(
                f"It does not hold together here ({error}); export it anew.", source_file.name, batch[0][0]
            ) from None
        progress(done := done + len(batch), done)
    try:
        await archives.update_ecosystem(connection, ecosystem_id, world)
    except INVALID_ROW_ERRORS as error:
        raise Unreadable(f"Its first line does not hold together ({error}); export it anew.", source_file.name, 1) from None
    if contradictions := await archives.count_inconsistencies(connection, ecosystem_id):
        raise Unreadable(
            f"Its facts and what they tell of differ in {contradictions} places; export it anew.", source_file.name
        )


def _batch_lines(lines: Iterator[Line]) -> Iterator[tuple[str, list[Line]]]:
    for name, of_table in groupby(lines, key=lambda line: str(line[1][0])):
        while batch := list(islice(of_table, archives.BATCH_ROWS)):
            yield name, batch


def _read_lines(source_file: SourceFile) -> Iterator[Line]:
    with source_file.open() as file:
        for number, text in enumerate(file, 1):
            if number == 1:
                continue
            line = _parse_json(text, source_file.name, number)
            table = archives.TABLES.get(str(line[0])) if isinstance(line, list) and line else None
            if table is None or len(line) != 1 + len(archives.archived_columns(table)):
                raise Unreadable("It is no row of a table that this program knows; export it anew.", source_file.name, number)
            yield number, line


def _check_row(number: int, line: list[Any], moments: list[int], file: str) -> list[Any]:
    table, *values = line
    for place in moments:
        values[place] = _parse_datetime(values[place], file, number)
    if not _ROW_CHECKS.get(table, _accept_any)(
        dict(zip(archives.archived_columns(archives.TABLES[table]), values, strict=True))
    ):
        raise Unreadable("What stands in this row is not whole; export it anew.", file, number)
    return values


def _accept_any(row: dict[str, Any]) -> bool:
    """Postgres checks the rest."""
    return True


_ROW_CHECKS: dict[str, Callable[[dict[str, Any]], bool]] = {
    "activity": lambda row: archive_validation.is_fact(row["type"], row["data"]),
    "interactions": lambda row: (
        archive_validation.are_effects(row["effects"]) and archive_validation.are_reasons(row["reasons"])
    ),
}


def _parse_json(text: bytes, file: str, number: int) -> Any:
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError as error:
        raise Unreadable(f"It is no well-formed JSON ({error.msg}); export it anew.", file, number) from None


def _parse_datetime(value: Any, file: str, number: int) -> datetime:
    try:
        return datetime.fromisoformat(value)
    except (TypeError, ValueError):
        raise Unreadable(f"{value} is no instant; export it anew.", file, number) from None
