"""Pages: what a client may ask of a list, and the connection that it gets. Cursors are keysets, opaque to the client."""

import base64
import binascii
import math
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import orjson

from db.pages import Order, Window
from domain.refusals import Invalid

PAGE_SIZE_MAX = 100


@dataclass(frozen=True, slots=True)
class Page:
    """The four arguments of a connection, as they came."""

    first: int | None = None
    after: str | None = None
    last: int | None = None
    before: str | None = None

    def window(self, order: Order) -> Window:
        """Raises Invalid where both or none of first and last are given, one is out of bounds, a cursor is from elsewhere."""
        if (self.first is None) == (self.last is None):
            raise Invalid.at("first", because="Give either `first` or `last`, and not both.")
        size, which = (self.first, "first") if self.first is not None else (self.last, "last")
        if size is None or not 1 <= size <= PAGE_SIZE_MAX:
            raise Invalid.at(which, because=f"`{which}` is {size}; it must be from 1 to {PAGE_SIZE_MAX}.")
        moment, after = _read(self.after, order, "after")
        other, before = _read(self.before, order, "before")
        return Window(size, self.first is None, after, before, other if moment is None else moment)


@dataclass(frozen=True, slots=True)
class PageInfo:
    has_next_page: bool
    has_previous_page: bool
    start_cursor: str | None
    end_cursor: str | None


@dataclass(frozen=True, slots=True)
class Edge:
    """`row` is what the list is made of, where `node` is only a link from it."""

    cursor: str
    node: Any
    row: Any = None


@dataclass(frozen=True, slots=True)
class Connection:
    edges: list[Edge]
    page_info: PageInfo
    total: Callable[[], Awaitable[int]] | None = None
    as_of: str | None = None


def connection(
    rows: Sequence[Any],
    window: Window,
    order: Order,
    *,
    moment: float | None = None,
    total: Callable[[], Awaitable[int]] | None = None,
) -> Connection:
    """From rows in the order of the query, one more than the page holds where there are more."""
    has_more = len(rows) > window.size
    shown = list(rows[: window.size])
    if window.backward:
        shown.reverse()
    edges = [Edge(_written(order, moment, order.of(row)), row) for row in shown]
    return Connection(edges, page_info(edges, window, has_more=has_more), total)


def page_info(edges: Sequence[Edge], window: Window, *, has_more: bool) -> PageInfo:
    """What lies behind the end that the page was cut at is known; what lies behind the other is told by its cursor."""
    return PageInfo(
        has_next_page=window.before is not None if window.backward else has_more,
        has_previous_page=has_more if window.backward else window.after is not None,
        start_cursor=edges[0].cursor if edges else None,
        end_cursor=edges[-1].cursor if edges else None,
    )


def _written(order: Order, moment: float | None, key: tuple[Any, ...]) -> str:
    raw = orjson.dumps([order.name, moment, *key], default=str)
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def _read(text: str | None, order: Order, argument: str) -> tuple[float | None, tuple[Any, ...] | None]:
    if text is None:
        return None, None
    try:
        name, moment, *key = orjson.loads(base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True))
        if name != order.name or len(key) != len(order.keys):
            raise ValueError(name)
        values = tuple(_VALUES[type_](value) for value, (_, type_, _) in zip(key, order.keys, strict=True))
        return (None if moment is None else _float(moment)), values
    except (binascii.Error, ValueError, TypeError):
        because = f"`{argument}` is no cursor of this list in this order; take one from its edges or its pageInfo."
        raise Invalid.at(argument, because=because) from None


def _text(value: Any) -> str:
    if not isinstance(value, str) or "\0" in value:
        raise ValueError
    return value


def _float(value: Any) -> float:
    if not isinstance(value, int | float) or isinstance(value, bool) or not math.isfinite(value):
        raise ValueError
    return float(value)


def _whole(bits: int) -> Callable[[Any], int]:
    def whole(value: Any) -> int:
        if not isinstance(value, int) or isinstance(value, bool) or not -(2 ** (bits - 1)) <= value < 2 ** (bits - 1):
            raise ValueError
        return value

    return whole


_VALUES: dict[str, Callable[[Any], Any]] = {
    "text": _text,
    "uuid": UUID,
    "timestamptz": datetime.fromisoformat,
    "int": _whole(32),
    "bigint": _whole(64),
    "float8": _float,
}
