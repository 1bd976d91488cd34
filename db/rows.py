"""Rows: what a query answers with. Plain records of asyncpg whose columns are attributes; nothing is loaded behind one's back."""

from typing import Any

import asyncpg


class Row(asyncpg.Record):  # type: ignore[misc]
    """A subclass only names its columns, for the reader and the type checker."""

    __slots__ = ()

    def __getattr__(self, name: str) -> Any:
        try:
            return self[name]
        except KeyError:
            raise AttributeError(name) from None
