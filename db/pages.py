"""Keyset pagination: order and slice of a list, for many parents in one statement."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar
from uuid import UUID

from db.rows import Row

RowT = TypeVar("RowT", bound=Row)

VISIBLE = "(e.visibility = 'public' OR m.user_id IS NOT NULL)"
JOIN_MEMBERSHIP = "LEFT JOIN members m ON m.ecosystem_id = e.id AND m.user_id = $1"
CAN_EDIT = "coalesce(m.role IN ('owner', 'editor'), false)"


@dataclass(frozen=True, slots=True)
class PageWindow:
    """At most `size` rows after the key `after` and before the key `before`: the first ones, or the last ones if `backward`."""

    size: int
    backward: bool = False
    after: tuple[Any, ...] | None = None
    before: tuple[Any, ...] | None = None
    moment: float | None = None
    """The world time of the first page, if the order depends on time."""


@dataclass(frozen=True, slots=True)
class Order:
    """Columns that are unique together, all ascending or all descending. `keys` are (SQL, type, attribute of the row)."""

    name: str
    keys: tuple[tuple[str, str, str], ...]
    descending: bool = False

    def key_of(self, row: Any) -> tuple[Any, ...]:
        return tuple(getattr(row, attribute) for _, _, attribute in self.keys)


class Statement:
    """Collects the arguments of a statement; the first is always the viewer."""

    def __init__(self, viewer_id: UUID | None) -> None:
        self.args: list[Any] = [viewer_id]

    def bind(self, value: Any, type_: str) -> str:
        self.args.append(value)
        return f"${len(self.args)}::{type_}"

    def bind_parents(self, columns: Mapping[str, str], rows: Sequence[tuple[Any, ...]]) -> str:
        """A FROM item `k` with one row for each parent; its column `nth` counts them from 1."""
        values = list(zip(*rows, strict=True)) or [()] * len(columns)
        arrays = ", ".join(
            self.bind(list(column), f"{type_}[]") for column, type_ in zip(values, columns.values(), strict=True)
        )
        return f"unnest({arrays}) WITH ORDINALITY AS k({', '.join(columns)}, nth)"

    def page_clauses(self, order: Order, window: PageWindow) -> tuple[str, str]:
        """A condition (empty, or starting with AND), and ORDER BY ... LIMIT for one row more than the page."""
        condition = ""
        for key, is_after in ((window.after, True), (window.before, False)):
            if key is not None:
                sign = "<" if order.descending is is_after else ">"
                row_columns = ", ".join(sql for sql, _, _ in order.keys)
                values = ", ".join(self.bind(value, type_) for value, (_, type_, _) in zip(key, order.keys, strict=True))
                condition += f" AND ({row_columns}) {sign} ({values})"
        direction = "DESC" if order.descending is not window.backward else "ASC"
        columns = ", ".join(f"{sql} {direction}" for sql, _, _ in order.keys)
        return condition, f"ORDER BY {columns} LIMIT {self.bind(window.size + 1, 'int')}"


def lateral_per_parent(keys: str, inner: str) -> str:
    """A statement that runs `inner` for each parent in `keys` that the viewer may see, ordered by parent and then as `inner`.

    The order is explicit, because Postgres may hash the rows of `inner`, which reverses them.
    """
    return (
        f"SELECT k.nth, x.* FROM {keys} JOIN ecosystems e ON e.id = k.ecosystem_id {JOIN_MEMBERSHIP} CROSS JOIN LATERAL "
        f"(SELECT y.*, row_number() OVER () AS nth_of_parent FROM ({inner}) y) x WHERE {VISIBLE} ORDER BY k.nth, x.nth_of_parent"
    )


def group_by_parent(rows: Iterable[RowT], count: int) -> list[list[RowT]]:
    """The rows of each parent, by the column `nth`."""
    groups: list[list[RowT]] = [[] for _ in range(count)]
    for row in rows:
        groups[row.nth - 1].append(row)
    return groups


def counts_by_parent(rows: Iterable[Any], count: int) -> list[int]:
    """The column `count` of each parent; 0 if there is no row."""
    counts = [0] * count
    for row in rows:
        counts[row.nth - 1] = row.count
    return counts
