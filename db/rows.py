"""Rows of queries: records of asyncpg whose columns are attributes. There is no lazy loading."""

from typing import Any

import asyncpg


class Row(asyncpg.Record):  # type: ignore[misc]
    """A subclass only declares its columns, for readers and the type checker."""

    __slots__ = ()

    def __getattr__(self, name: str) -> Any:
        try:
            return self[name]
        except KeyError:
            raise AttributeError(name) from None
