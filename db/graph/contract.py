"""The contract of all graph implementations: neighbours and paths among the characters of an ecosystem.

Neighbours are joined by a relationship in any direction; paths follow the direction of relationships. Each method takes many
queries and returns the answers in the same order, each with the cursor for which it is valid.
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
    """`value` is valid exactly at `as_of`; its characters may have been deleted since."""

    value: ValueT_co
    as_of: Cursor


class Neighbour(NamedTuple):
    """`distance` is the number of relationships on the shortest path."""

    distance: int
    number: int


BEFORE_FIRST = Neighbour(0, 0)
"""The key before the first neighbour."""


@dataclass(frozen=True, slots=True)
class NeighboursQuery:
    """Characters within `depth` (1 to 6), nearest first, then by number: at most `limit`, after the key `after`."""

    ecosystem_id: UUID
    number: int
    depth: int
    limit: int
    after: Neighbour = BEFORE_FIRST

    def __post_init__(self) -> None:
        assert 1 <= self.depth <= DEPTH_MAX


@dataclass(frozen=True, slots=True)
class CommonNeighboursQuery:
    """Characters that both have a relationship with, by number: at most `limit`, after the number `after`."""

    ecosystem_id: UUID
    one: int
    other: int
    limit: int
    after: int = 0


@dataclass(frozen=True, slots=True)
class FewestTiesPathQuery:
    """The path with the fewest relationships; its cost is their number. `domain.paths` defines the order of equal paths."""

    ecosystem_id: UUID
    from_number: int
    to_number: int


@dataclass(frozen=True, slots=True)
class StrongestPathQuery:
    """The path of least cost; a relationship costs 1 - |bond| at world time `at`, in millionths."""

    ecosystem_id: UUID
    from_number: int
    to_number: int
    at: float
    rules: RuleSet


class Graph(Protocol):
    """The answer is None for an unknown ecosystem. A character that does not exist has no neighbours and no path."""

    async def neighbours(self, queries: Sequence[NeighboursQuery]) -> list[GraphAnswer[list[Neighbour]] | None]: ...

    async def common_neighbours(self, queries: Sequence[CommonNeighboursQuery]) -> list[GraphAnswer[list[int]] | None]: ...

    async def fewest_paths(self, queries: Sequence[FewestTiesPathQuery]) -> list[GraphAnswer[Path | None] | None]: ...

    async def positions(self, ecosystem_ids: Sequence[UUID]) -> list[Cursor | None]:
        """The cursor for which answers would be valid now; None for an unknown ecosystem."""
        ...

    async def close(self) -> None: ...
