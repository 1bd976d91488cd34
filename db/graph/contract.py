"""The graph: questions of distance among the characters of a world, whoever keeps the answers.

Neighbours and common neighbours are joined by a relationship in either direction; paths follow ties from one to the other.
Every method takes many questions and answers in their order, each with the position that the answer is true for.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, NamedTuple, Protocol, TypeVar
from uuid import UUID

from domain.activity import Cursor
from domain.paths import Path
from domain.rule_sets import RuleSet

DEPTH_MAX = 6

ValueT_co = TypeVar("ValueT_co", covariant=True)


@dataclass(frozen=True, slots=True)
class GraphAnswer(Generic[ValueT_co]):
    """`value` is exactly what was true at `as_of`; who is named in it may have gone since."""

    value: ValueT_co
    as_of: Cursor


class Neighbour(NamedTuple):
    """`distance` counts relationships."""

    distance: int
    number: int


BEFORE_FIRST = Neighbour(0, 0)
"""Nobody: what the first page is behind."""


class StrongTie(NamedTuple):
    """`bond` is in millionths, as of the instant that was asked for."""

    to_number: int
    bond: int


@dataclass(frozen=True, slots=True)
class NeighboursQuery:
    """Everyone within `depth` (1 to 6), nearest first, then by number: at most `limit`, those behind `after`."""

    ecosystem_id: UUID
    number: int
    depth: int
    limit: int
    after: Neighbour = BEFORE_FIRST

    def __post_init__(self) -> None:
        assert 1 <= self.depth <= DEPTH_MAX


@dataclass(frozen=True, slots=True)
class CommonNeighboursQuery:
    """Those that both have a relationship with, by number: at most `limit`, those behind `after`."""

    ecosystem_id: UUID
    one: int
    other: int
    limit: int
    after: int = 0


@dataclass(frozen=True, slots=True)
class StrongestTiesOf:
    """The ties that begin at a character, greatest |bond| at world time `at` first, then by number: at most `limit`."""

    ecosystem_id: UUID
    number: int
    limit: int
    at: float
    rules: RuleSet


@dataclass(frozen=True, slots=True)
class FewestTiesPathQuery:
    """A way that follows the fewest ties; its cost is their count. See `domain.ways` for which of several."""

    ecosystem_id: UUID
    from_number: int
    to_number: int


@dataclass(frozen=True, slots=True)
class StrongestPathQuery:
    """A way that is cheapest where a tie costs a million less |bond| at world time `at`, in millionths."""

    ecosystem_id: UUID
    from_number: int
    to_number: int
    at: float
    rules: RuleSet


class Graph(Protocol):
    """None answers a question about a world that is not known here. A character that is not there has no ties and no way."""

    async def neighbours(self, questions: Sequence[NeighboursQuery]) -> list[GraphAnswer[list[Neighbour]] | None]: ...

    async def common_neighbours(self, questions: Sequence[CommonNeighboursQuery]) -> list[GraphAnswer[list[int]] | None]: ...

    async def strongest_ties(self, questions: Sequence[StrongestTiesOf]) -> list[GraphAnswer[list[StrongTie]] | None]: ...

    async def fewest_paths(self, questions: Sequence[FewestTiesPathQuery]) -> list[GraphAnswer[Path | None] | None]: ...

    async def positions(self, ecosystem_ids: Sequence[UUID]) -> list[Cursor | None]:
        """Up to where answers would be true now."""
        ...

    async def close(self) -> None: ...
