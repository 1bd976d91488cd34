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

from db.pages import Order, PageWindow
from domain.refusals import Invalid

PAGE_SIZE_MAX = 100


@dataclass(frozen=True, slots=True)
class PageArguments:
    """The four arguments of a connection, as they came."""

    first: int | None = None
    after: str | None = None
    last: int | None = None
    before: str | None = None

    def to_slice(self, order: Order) -> PageWindow:
        """Raises Invalid where both or none of first and last are given, one is out of bounds, a cursor is from elsewhere."""
        if (self.first is None) == (self.last is None):
            raise Invalid.at("first", because="Give either `first` or `last`, and not both.")
        size, which = (self.first, "first") if self.first is not None else (self.last, "last")
        if size is None or not 1 <= size <= PAGE_SIZE_MAX:
            raise Invalid.at(which, because=f"`{which}` is {size}; it must be from 1 to {PAGE_SIZE_MAX}.")
        moment, after = _decode_cursor(self.after, order, "after")
        other, before = _decode_cursor(self.before, order, "before")
        return PageWindow(size, self.first is None, after, before, other if moment is None else moment)


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
    count_total: Callable[[], Awaitable[int]] | None = None
    as_of: str | None = None


def build_connection(
    rows: Sequence[Any],
    window: PageWindow,
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
    edges = [Edge(_encode_cursor(order, moment, order.key_of(row)), row) for row in shown]
    return Connection(edges, build_page_info(edges, window, has_more=has_more), total)


def build_page_info(edges: Sequence[Edge], window: PageWindow, *, has_more: bool) -> PageInfo:
    """What lies behind the end that the page was cut at is known; what lies behind the other is told by its cursor."""
    return PageInfo(
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
        because = f"`{argument}` is no cursor of this list in this order; take one from its edges or its pageInfo."
        raise Invalid.at(argument, because=because) from None


def _decode_text(value: Any) -> str:
    if not isinstance(value, str) or "\0" in value:
        raise ValueError
    return value


def _decode_float(value: Any) -> float:
    if not isinstance(value, int | float) or isinstance(value, bool) or not math.isfinite(value):
        raise ValueError
    return float(value)


def _decode_integer(bits: int) -> Callable[[Any], int]:
    def whole(value: Any) -> int:
        if not isinstance(value, int) or isinstance(value, bool) or not -(2 ** (bits - 1)) <= value < 2 ** (bits - 1):
            raise ValueError
        return value

    return whole


_DECODERS: dict[str, Callable[[Any], Any]] = {
    "text": _decode_text,
    "uuid": UUID,
    "timestamptz": datetime.fromisoformat,
    "int": _decode_integer(32),
    "bigint": _decode_integer(64),
    "float8": _decode_float,
}
