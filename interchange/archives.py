"""Archives: all rows of one ecosystem in one file of JSON lines, which another database restores to the byte."""

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
"""Keys of `source` that describe the imported file, not the ecosystem."""

Line = tuple[int, list[Any]]
"""The number of a line, and its content: the name of a table followed by the values of one row."""


def is_archive(start: bytes) -> bool:
    return start.startswith(MAGIC)


async def export_lines(connection: Any, ecosystem_id: UUID) -> AsyncIterator[bytes]:
    """Yields the archive of an ecosystem in the transaction of `connection`; nothing if there is no such ecosystem."""
    ecosystem = await archives.ecosystem_row(connection, ecosystem_id)
    if ecosystem is None:
        return
    head = dict(ecosystem) | {"source": _remove_identity(ecosystem.source)}
    yield orjson.dumps({"observatory": "archive", "version": VERSION, "world": head}, option=orjson.OPT_APPEND_NEWLINE)
    for name, table in archives.TABLES.items():
        async for row in archives.rows(connection, table, ecosystem_id):
            values = dict(row)
            if name == "activity":
                values["data"] = archive_validation.anonymize_members(row.type, row.data)
            yield orjson.dumps([name, *values.values()], option=orjson.OPT_APPEND_NEWLINE)


def _remove_identity(source: dict[str, Any] | None) -> dict[str, Any] | None:
    return None if source is None else {key: value for key, value in source.items() if key not in IDENTITY_FIELDS} or None


def read_world(source_file: SourceFile) -> dict[str, Any]:
    """Reads the ecosystem's row from the first line, by column. Raises Unreadable."""
    with source_file.open() as file:
        head = _parse_json(file.readline(), source_file.name, 1)
    if not isinstance(head, dict) or head.get("version") != VERSION or not isinstance(head.get("world"), dict):
        raise Unreadable(
            f"This is not an archive of version {VERSION}, the only one that is read. Export it again.", source_file.name, 1
        )
    world: dict[str, Any] = head["world"]
    if set(world) != set(archives.archived_columns(Ecosystem)):
        raise Unreadable("Its first line does not have all columns of a world. Export it again.", source_file.name, 1)
    for index in archives.timestamp_indexes(Ecosystem):
        column = archives.archived_columns(Ecosystem)[index]
        world[column] = _parse_datetime(world[column], source_file.name, 1)
    for column, value in world.items():
        if not _matches_type(value, Ecosystem.model_fields[column].annotation):
            raise Unreadable(f"Its world has the value {value!r} for {column}. Export it again.", source_file.name, 1)
    if world["rule_set"] not in RULE_SETS:
        raise Unreadable(
            f"The rule set {world['rule_set']} does not exist. Use one of {', '.join(RULE_SETS)}.", source_file.name, 1
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
    """Restores the rows into an existing, empty ecosystem. Raises Unreadable if the file contradicts itself."""
    done = 0
    for name, batch in _batch_lines(_read_lines(source_file)):
        table = archives.TABLES[name]
        timestamp_indexes = archives.timestamp_indexes(table)
        values = [_check_row(number, line, timestamp_indexes, source_file.name) for number, line in batch]
        try:
            await archives.insert_rows(connection, table, ecosystem_id, values)
        except INVALID_VALUE_ERRORS as error:
            raise Unreadable(
                f"Its rows contradict each other ({error}). Export it again.", source_file.name, batch[0][0]
            ) from None
        progress(done := done + len(batch), done)
    try:
        await archives.update_ecosystem(connection, ecosystem_id, world)
    except INVALID_ROW_ERRORS as error:
        raise Unreadable(f"Its first line is invalid ({error}). Export it again.", source_file.name, 1) from None
    if contradictions := await archives.count_inconsistencies(connection, ecosystem_id):
        raise Unreadable(f"Its facts and its other rows differ in {contradictions} places. Export it again.", source_file.name)


def _batch_lines(lines: Iterator[Line]) -> Iterator[tuple[str, list[Line]]]:
    for name, lines_of_table in groupby(lines, key=lambda line: str(line[1][0])):
        while batch := list(islice(lines_of_table, archives.BATCH_ROWS)):
            yield name, batch


def _read_lines(source_file: SourceFile) -> Iterator[Line]:
    with source_file.open() as file:
        for number, text in enumerate(file, 1):
            if number == 1:
                continue
            line = _parse_json(text, source_file.name, number)
            table = archives.TABLES.get(str(line[0])) if isinstance(line, list) and line else None
            if table is None or len(line) != 1 + len(archives.archived_columns(table)):
                raise Unreadable("This is not a row of a known table. Export it again.", source_file.name, number)
            yield number, line


def _check_row(number: int, line: list[Any], timestamp_indexes: list[int], file: str) -> list[Any]:
    table, *values = line
    for index in timestamp_indexes:
        values[index] = _parse_datetime(values[index], file, number)
    if not _ROW_CHECKS.get(table, _accept_any)(
        dict(zip(archives.archived_columns(archives.TABLES[table]), values, strict=True))
    ):
        raise Unreadable("This row is incomplete. Export it again.", file, number)
    return values


def _accept_any(row: dict[str, Any]) -> bool:
    """Accepts rows of the tables that Postgres checks completely."""
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
        raise Unreadable(f"This is not well-formed JSON ({error.msg}). Export it again.", file, number) from None


def _parse_datetime(value: Any, file: str, number: int) -> datetime:
    try:
        return datetime.fromisoformat(value)
    except (TypeError, ValueError):
        raise Unreadable(f"{value} is not a date and time. Export it again.", file, number) from None
