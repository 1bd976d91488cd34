"""The projector: writes new facts of all ecosystems into Neo4j. A notification only wakes it; it reads the tables.

After an outage of a store it continues from the positions that Neo4j itself keeps.
"""

import asyncio
import logging
from collections.abc import AsyncIterator, Collection, Iterator, Mapping
from contextlib import suppress
from typing import Any
from uuid import UUID

from app.processes.cancellation import run_together
from db import notifications
from db.drivers import NEO4J_ERRORS, REDIS_ERRORS, Neo4jDriver, RedisClient
from db.projection import batches as projection
from db.projection.batches import BATCH_SIZE, Batch
from db.projection.neo4j import FencedOff, Projection
from domain.activity import Cursor

POLL_SECONDS = 5.0
"""Interval between two looks at all ecosystems, since a notification may be lost."""
PASS_DELAY_SECONDS = 0.05
"""Pause after each pass, so that readers can read an ecosystem that is written to all the time."""
RETRY_SECONDS = 1.0
ECOSYSTEMS_MAX = 100
"""Ecosystems that one pass writes."""

log = logging.getLogger(__name__)


class Projector:
    """Runs while `connection`, which holds the leader's lock, lives; it reads over this connection only."""

    def __init__(self, connection: Any, driver: Neo4jDriver, redis: RedisClient) -> None:
        self.connection, self.projection, self.redis = connection, Projection(driver), redis
        self.wake_up = asyncio.Event()
        self.woken_ids: set[UUID] = set()
        self.poll_at = 0.0

    async def run(self) -> None:
        """Runs until it is cancelled. Raises asyncpg's error when the connection, and so the leadership, is lost."""
        await run_together(self._receive_notifications(), self._run_passes())

    async def catch_up(self, ecosystem_ids: Collection[UUID] | None = None) -> None:
        """Brings these ecosystems, or all for None, up to their heads.

        Raises the driver's errors, and FencedOff if another projector writes at the same time.
        """
        deleted = await projection.deleted_ecosystems(self.connection) if ecosystem_ids is None else []
        marks = await self.projection.marks(ecosystem_ids)
        heads = await projection.heads(self.connection, ecosystem_ids)
        if missing := marks.keys() - heads.keys():
            await self.projection.erase(missing)
        await projection.clear_deletions(self.connection, deleted)
        behind = [id_ for id_, head in heads.items() if marks.get(id_) != head]
        for first in range(0, len(behind), ECOSYSTEMS_MAX):
            await self._update({id_: marks.get(id_) for id_ in behind[first : first + ECOSYSTEMS_MAX]})

    async def _update(self, marks: Mapping[UUID, Cursor | None]) -> None:
        """Reads in one snapshot, so that Neo4j gets exactly the state at the heads of that snapshot."""
        async with self.connection.transaction(isolation="repeatable_read", readonly=True):
            heads = await projection.heads(self.connection, marks)
            positions = {id_: mark.position for id_, mark in marks.items() if mark and _can_continue(mark, heads.get(id_))}
            continued_ids = await projection.with_next_fact(self.connection, positions)
            positions = {id_: position for id_, position in positions.items() if id_ in continued_ids}
            if positions:
                await self._write(
                    marks, heads, projection.changed_rows(self.connection, positions), positions, is_rebuild=False
                )
            for ids in _batch_rebuilds({id_: head for id_, head in heads.items() if id_ not in positions}):
                await self._write(marks, heads, projection.all_rows(self.connection, ids), ids, is_rebuild=True)

    async def _write(
        self,
        marks: Mapping[UUID, Cursor | None],
        heads: Mapping[UUID, Cursor],
        batches: AsyncIterator[tuple[Batch, bool]],
        ecosystem_ids: Collection[UUID],
        *,
        is_rebuild: bool,
    ) -> None:
        run = await self.projection.begin(
            {id_: marks[id_] for id_ in ecosystem_ids}, {id_: heads[id_] for id_ in ecosystem_ids}, from_empty=is_rebuild
        )
        if is_rebuild:
            await run.delete_all()
        async for batch, is_last in batches:
            await run.write(batch, is_last=is_last)

    async def _run_passes(self) -> None:
        await self._wait_for_neo4j()
        ecosystem_ids: Collection[UUID] | None = None
        while True:
            try:
                await self.catch_up(ecosystem_ids)
            except FencedOff:
                ecosystem_ids = None
                await asyncio.sleep(PASS_DELAY_SECONDS)
            except NEO4J_ERRORS as error:
                if self.connection.is_closed():
                    raise
                log.warning("Neo4j is unavailable; the projection waits: %s", error)
                await self._wait_for_neo4j()
                ecosystem_ids = None
            else:
                await asyncio.sleep(PASS_DELAY_SECONDS)
                ecosystem_ids = await self._wait_for_work()

    async def _wait_for_neo4j(self) -> None:
        """Waits until Neo4j answers and has its constraints; after an outage it may be empty."""
        while True:
            await self.connection.execute("SELECT")
            try:
                return await self.projection.prepare()
            except NEO4J_ERRORS:
                await asyncio.sleep(RETRY_SECONDS)

    async def _wait_for_work(self) -> Collection[UUID] | None:
        """Returns the ecosystems with new facts, or None when it is time to look at all."""
        clock = asyncio.get_running_loop().time
        with suppress(TimeoutError):
            async with asyncio.timeout_at(self.poll_at):
                await self.wake_up.wait()
        self.wake_up.clear()
        notified_ids, self.woken_ids = self.woken_ids, set()
        if clock() < self.poll_at:
            return notified_ids
        self.poll_at = clock() + POLL_SECONDS
        return None

    async def _receive_notifications(self) -> None:
        while True:
            try:
                async for message in notifications.listen(self.redis, notifications.GLOBAL_CHANNEL, seconds=POLL_SECONDS):
                    if message is not None:
                        self.woken_ids.add(UUID(message))
                        self.wake_up.set()
            except (*REDIS_ERRORS, ValueError) as error:
                log.warning("No notifications from Redis; looking every %s seconds: %s", POLL_SECONDS, error)
            await asyncio.sleep(RETRY_SECONDS)


def _can_continue(mark: Cursor, head: Cursor | None) -> bool:
    """Returns whether the facts since the mark lead to the head. If not, the ecosystem is rebuilt."""
    return head is not None and mark.epoch == head.epoch and 0 < mark.position < head.position


def _batch_rebuilds(heads: Mapping[UUID, Cursor]) -> Iterator[list[UUID]]:
    """Yields the small ecosystems together and each larger one alone."""
    small = [id_ for id_, head in heads.items() if head.position <= BATCH_SIZE]
    if small:
        yield small
    yield from ([id_] for id_ in heads if id_ not in small)
