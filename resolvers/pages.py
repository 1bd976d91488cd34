"""Pages of lists, as Relay's cursor connections define them. A cursor encodes the sort key of a row; clients do not read it."""

import base64
import binascii
import math
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

import orjson

from db.pages import Order, PageWindow
from domain.refusals import Invalid

PAGE_SIZE_MAX = 100


@dataclass(frozen=True, slots=True)
class PageArguments:
    """The four arguments of a connection, as the client sent them."""

    first: int | None = None
    after: str | None = None
    last: int | None = None
    before: str | None = None

    def to_window(self, order: Order) -> PageWindow:
        """Decodes the cursors for a list in this order.

        Raises Invalid unless exactly one of `first` and `last` is given and is from 1 to PAGE_SIZE_MAX, and where a cursor
        does not come from a list in this order.
        """
        if (self.first is None) == (self.last is None):
            raise Invalid.at("first", because="Give either `first` or `last`, and not both.")
        size, which = (self.first, "first") if self.first is not None else (self.last, "last")
        if size is None or not 1 <= size <= PAGE_SIZE_MAX:
            raise Invalid.at(which, because=f"`{which}` is {size}; it must be from 1 to {PAGE_SIZE_MAX}.")
        after_moment, after = _decode_cursor(self.after, order, "after")
        before_moment, before = _decode_cursor(self.before, order, "before")
        moment = before_moment if after_moment is None else after_moment
        return PageWindow(size, self.first is None, after, before, moment)


@dataclass(frozen=True, slots=True)
class PageBounds:
    has_next_page: bool
    has_previous_page: bool
    start_cursor: str | None
    end_cursor: str | None


@dataclass(frozen=True, slots=True)
class PageEdge:
    """`row` is the row of the list where `node` is another object that the row refers to, else None."""

    cursor: str
    node: Any
    row: Any = None


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a list. `count_total` counts the rows of all pages; None where the list has no total."""

    edges: list[Any]
    page_info: PageBounds
    count_total: Callable[[], Awaitable[int]] | None = None
    as_of: str | None = None

    def with_total(self, count_total: Callable[[], Awaitable[int]]) -> "Page":
        return replace(self, count_total=count_total)


def build_connection(rows: Sequence[Any], window: PageWindow, order: Order, *, moment: float | None = None) -> Page:
    """`rows` are in the order of the query, and one more than the page holds where more follow.

    `moment` is the world time at which the order is computed; the cursors carry it to later pages.
    """
    edges = [PageEdge(_encode_cursor(order, moment, order.key_of(row)), row) for row in rows_of_page(rows, window)]
    return Page(edges, build_page_info(edges, window, has_more=len(rows) > window.size))


def rows_of_page(rows: Sequence[Any], window: PageWindow) -> list[Any]:
    """Without the additional row, and in the order of the list: a backward query returns the last row first."""
    page = list(rows[: window.size])
    if window.backward:
        page.reverse()
    return page


def build_page_info(edges: Sequence[PageEdge], window: PageWindow, *, has_more: bool) -> PageBounds:
    """`has_more` covers the direction of paging; whether the other side has rows follows from the presence of its cursor."""
    return PageBounds(
        has_next_page=window.before is not None if window.backward else has_more,
        has_previous_page=has_more if window.backward else window.after is not None,
        start_cursor=edges[0].cursor if edges else None,
        end_cursor=edges[-1].cursor if edges else None,
    )


def _encode_cursor(order: Order, moment: float | None, key: tuple[Any, ...]) -> str:
    raw = orjson.dumps([order.name, moment, *key], default=str)
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def _decode_cursor(text: str | None, order: Order, argument: str) -> tuple[float | None, tuple[Any, ...] | None]:
    if text is None:
        return None, None
    try:
        name, moment, *key = orjson.loads(base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True))
        if name != order.name or len(key) != len(order.keys):
            raise ValueError(name)
        values = tuple(_DECODERS[type_](value) for value, (_, type_, _) in zip(key, order.keys, strict=True))
        return (None if moment is None else _decode_float(moment)), values
    except (binascii.Error, ValueError, TypeError):
        because = f"`{argument}` is not a cursor of this list in this order; take one from its edges or its pageInfo."
        raise Invalid.at(argument, because=because) from None


def _decode_text(value: Any) -> str:
    if not isinstance(value, str) or "\0" in value:
        raise ValueError
    return value


def _decode_float(value: Any) -> float:
    if not isinstance(value, int | float) or isinstance(value, bool) or not math.isfinite(value):
        raise ValueError
    return float(value)


def _integer_decoder(bits: int) -> Callable[[Any], int]:
    def decode(value: Any) -> int:
        if not isinstance(value, int) or isinstance(value, bool) or not -(2 ** (bits - 1)) <= value < 2 ** (bits - 1):
            raise ValueError
        return value

    return decode


_DECODERS: dict[str, Callable[[Any], Any]] = {
    "text": _decode_text,
    "uuid": UUID,
    "timestamptz": datetime.fromisoformat,
    "int": _integer_decoder(32),
    "bigint": _integer_decoder(64),
    "float8": _decode_float,
}
"""By the Postgres type of a sort key: raises ValueError or TypeError where the value would be refused by Postgres."""
