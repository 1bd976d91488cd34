"""The graph that resolvers use: Neo4j answers if it is fast and new enough, else Postgres.

Postgres always answers the strongest path: Neo4j Community has no weighted search, and to fetch its relationships takes longer
than the search.
"""

import asyncio
import logging
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol, TypeVar
from uuid import UUID

from neo4j import AsyncDriver
from neo4j.exceptions import DriverError, Neo4jError

from db.database import Database
from db.graph.contract import (
    CommonNeighboursQuery,
    FewestTiesPathQuery,
    Graph,
    GraphAnswer,
    Neighbour,
    NeighboursQuery,
    StrongestPathQuery,
)
from db.graph.neo4j import Neo4jGraph
from db.graph.postgres import PostgresGraph
from domain.activity import Cursor
from domain.paths import Path

ANSWER_SECONDS_MAX = 1.0
"""The time limit of Neo4j for an answer, including the wait for the projection."""
PROJECTION_SECONDS_MAX = 0.3
"""The longest wait for a projection that is behind the minimum position."""
PROJECTION_POLL_SECONDS = 0.02
RECOVERY_PAUSE_SECONDS = 1.0
"""The pause after an error before Neo4j is tried again."""
RECOVERY_SECONDS_MAX = 60.0

log = logging.getLogger(__name__)

MinimumPositions = Mapping[UUID, Cursor]
"""For each ecosystem the cursor that answers must have reached. There is no minimum for other ecosystems."""


FoundT = TypeVar("FoundT")
Answers = list[GraphAnswer[FoundT] | None]


class GraphQuery(Protocol):
    @property
    def ecosystem_id(self) -> UUID: ...


@dataclass(slots=True)
class Backends:
    """`fallbacks` counts the queries that Postgres answered instead of Neo4j, by reason: "off", "away", "slow" or "behind"."""

    postgres: PostgresGraph
    neo4j: Neo4jGraph | None = None
    recovery: asyncio.Task[None] | None = None
    fallbacks: Counter[str] = field(default_factory=Counter)

    def neo4j_or_reason(self) -> "Neo4jGraph | str":
        """Neo4j, or the reason not to use it."""
        if self.neo4j is None:
            return "off"
        return "away" if self.recovery is not None else self.neo4j

    def start_recovery(self) -> None:
        """Starts a task that runs each kind of query on Neo4j; Neo4j is not used until it succeeds."""
        if self.recovery is None:
            self.recovery = asyncio.create_task(self._recover(), name="recovery of Neo4j")

    async def _recover(self) -> None:
        while self.neo4j is not None:
            try:
                async with asyncio.timeout(RECOVERY_SECONDS_MAX):
                    await self.neo4j.warm_up()
                break
            except (DriverError, Neo4jError, OSError):
                await asyncio.sleep(RECOVERY_PAUSE_SECONDS)
        self.recovery = None

    async def close(self) -> None:
        if self.recovery is not None:
            self.recovery.cancel()
            await asyncio.wait([self.recovery])
        if self.neo4j is not None:
            await self.neo4j.close()


class RoutedGraph:
    """The graph for readers with the same minimum positions, or with none."""

    def __init__(self, backends: Backends, minimum_positions: MinimumPositions | None = None) -> None:
        self.backends, self.minimum_positions = backends, minimum_positions or {}

    @classmethod
    def on_postgres(cls, database: Database) -> "RoutedGraph":
        return cls(Backends(PostgresGraph(database)))

    def connect(self, driver: AsyncDriver) -> None:
        """Uses Neo4j first from now on, as soon as it answers; it may start later than the other stores."""
        self.backends.neo4j = Neo4jGraph(driver)
        self.backends.start_recovery()

    async def wait_until_recovered(self) -> None:
        """Waits until Neo4j is used again; returns at once if it is off."""
        if self.backends.recovery is not None:
            await asyncio.wait([self.backends.recovery])

    async def close(self) -> None:
        await self.backends.close()

    def with_minimum_positions(self, minimum_positions: MinimumPositions) -> "RoutedGraph":
        """The graph for a reader that has seen or written the facts at these cursors."""
        return RoutedGraph(self.backends, minimum_positions)

    async def neighbours(self, queries: Sequence[NeighboursQuery]) -> Answers[list[Neighbour]]:
        return await self._route(queries, lambda graph: graph.neighbours(queries))

    async def common_neighbours(self, queries: Sequence[CommonNeighboursQuery]) -> Answers[list[int]]:
        return await self._route(queries, lambda graph: graph.common_neighbours(queries))

    async def fewest_paths(self, queries: Sequence[FewestTiesPathQuery]) -> Answers[Path | None]:
        return await self._route(queries, lambda graph: graph.fewest_paths(queries))

    async def strongest_paths(self, queries: Sequence[StrongestPathQuery]) -> Answers[Path | None]:
        return await self.backends.postgres.strongest_paths(queries)

    async def _route(
        self, queries: Sequence[GraphQuery], ask: Callable[[Graph], Awaitable[Answers[FoundT]]]
    ) -> Answers[FoundT]:
        neo4j = self.backends.neo4j_or_reason()
        if isinstance(neo4j, str):
            reason = neo4j
        else:
            try:
                async with asyncio.timeout(ANSWER_SECONDS_MAX):
                    if answers := await self._answers_from_neo4j(neo4j, queries, ask):
                        return answers
                reason = "behind"
            except (DriverError, Neo4jError, OSError) as failure:
                reason = "slow" if isinstance(failure, TimeoutError) else "away"
                log.warning("Neo4j is %s, Postgres answers instead: %r", reason, failure)
                self.backends.start_recovery()
        self.backends.fallbacks[reason] += len(queries)
        return await ask(self.backends.postgres)

    async def _answers_from_neo4j(
        self, neo4j: Neo4jGraph, queries: Sequence[GraphQuery], ask: Callable[[Graph], Awaitable[Answers[FoundT]]]
    ) -> Answers[FoundT] | None:
        """None if the projection does not reach the minimum positions in time."""
        ecosystem_ids = [query.ecosystem_id for query in queries]
        deadline = asyncio.get_running_loop().time() + PROJECTION_SECONDS_MAX
        while True:
            answers = await ask(neo4j)
            if self._are_new_enough(ecosystem_ids, [None if answer is None else answer.as_of for answer in answers]):
                return answers
            while not self._are_new_enough(ecosystem_ids, await neo4j.positions(ecosystem_ids)):
                if asyncio.get_running_loop().time() > deadline:
                    return None
                await asyncio.sleep(PROJECTION_POLL_SECONDS)

    def _are_new_enough(self, ecosystem_ids: Sequence[UUID], cursors: Sequence[Cursor | None]) -> bool:
        """Positions of different epochs cannot be compared; they never suffice, and Postgres answers."""
        pairs = [
            (cursor, self.minimum_positions.get(ecosystem_id, cursor))
            for ecosystem_id, cursor in zip(ecosystem_ids, cursors, strict=True)
        ]
        return all(
            cursor is not None and minimum is not None and cursor.epoch == minimum.epoch and cursor.position >= minimum.position
            for cursor, minimum in pairs
        )
