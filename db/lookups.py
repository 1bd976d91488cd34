"""Lookups of rows by key, for loaders: one statement for many keys, and only rows that the viewer may see."""

from collections.abc import Mapping, Sequence
from typing import Any, TypeVar
from uuid import UUID

from db.database import Reader
from db.pages import JOIN_MEMBERSHIP, VISIBLE, Statement
from db.rows import Row

RowT = TypeVar("RowT", bound=Row)


async def rows_by_keys(
    reader: Reader,
    viewer_id: UUID | None,
    keys: Sequence[tuple[Any, ...]],
    *,
    key_columns: Mapping[str, str],
    table: str,
    columns: str,
    row_class: type[RowT],
    condition: str = VISIBLE,
) -> list[RowT | None]:
    """In the order of `keys`. None if a row does not exist or the viewer may not see it.

    `key_columns` maps the columns of a key, of which the first is `ecosystem_id`, to their SQL types. `table` is a name and an
    alias. `condition` may use the ecosystem `e` and the membership `m` of the viewer.
    """
    statement = Statement(viewer_id)
    parents = statement.bind_parents(key_columns, keys)
    alias = table.split()[-1]
    matches = " AND ".join(f"{alias}.{column} = k.{column}" for column in key_columns)
    sql = (
        f"SELECT {columns} FROM {parents} JOIN ecosystems e ON e.id = k.ecosystem_id {JOIN_MEMBERSHIP} "
        f"JOIN {table} ON {matches} WHERE {condition}"
    )
    rows = await reader.fetch(sql, *statement.args, record_class=row_class)
    found = {tuple(row[column] for column in key_columns): row for row in rows}
    return [found.get(tuple(key)) for key in keys]
