"""Rows of queries: records of asyncpg whose columns are attributes. There is no lazy loading.

`insert_row` writes a row of a declared table.
"""

from collections.abc import Sequence
from typing import Any

import asyncpg
from sqlmodel import SQLModel


class Row(asyncpg.Record):  # type: ignore[misc]
    """A subclass only declares its columns, for readers and the type checker."""

    __slots__ = ()

    def __getattr__(self, name: str) -> Any:
        try:
            return self[name]
        except KeyError:
            raise AttributeError(name) from None


async def insert_row(connection: Any, row: SQLModel) -> None:
    """Inserts one row of the table that `row` is an instance of."""
    columns, values = zip(*row.model_dump().items(), strict=True)
    await connection.execute(insert_statement(str(row.__tablename__), columns), *values)


def insert_statement(table: str, columns: Sequence[str]) -> str:
    """An INSERT with one placeholder for each column."""
    placeholders = ", ".join(f"${n}" for n in range(1, len(columns) + 1))
    return f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({placeholders})"
