"""The projector: brings what is new in any world into Neo4j. A wake-up only wakes; the tables tell.

Whatever goes away comes back to a projector that goes on from the positions that Neo4j itself keeps.
"""

import asyncio
import logging
from collections.abc import AsyncIterator, Collection, Iterator, Mapping
from contextlib import suppress
from typing import Any
from uuid import UUID

from neo4j import AsyncDriver
from neo4j.exceptions import DriverError, Neo4jError
from redis.asyncio import Redis
from redis.exceptions import RedisError

from app.processes.cancellation import run_together
from db import notifications
from db.projection import batches as projection
from db.projection.batches import BATCH_SIZE, Batch
from db.projection.neo4j import FencedOff, Projection
from domain.activity import Cursor

POLL_SECONDS = 5.0
"""How often all worlds are looked at, because a wake-up may get lost."""
PASS_DELAY_SECONDS = 0.05
"""After each pass, so that a world that is written to all the time can be read in between."""
RETRY_SECONDS = 1.0
ECOSYSTEMS_MAX = 100
"""Written in one pass."""

NEO4J_ERRORS = (DriverError, Neo4jError, OSError)
"""What the driver raises when Neo4j is not there, or not well."""

log = logging.getLogger(__name__)


class Projector:
    """Leads for as long as `connection`, which holds the lock, lives: nothing is read over another one."""

    def __init__(self, connection: Any, driver: AsyncDriver, redis: Redis) -> None:
        self.connection, self.projection, self.redis = connection, Projection(driver), redis
        self.wake_up = asyncio.Event()
        self.woken_ids: set[UUID] = set()
        self.poll_at = 0.0

    async def run(self) -> None:
        """For ever. Raises what asyncpg does when the connection ends, and the lead with it."""
        await run_together(self._receive_notifications(), self._run_passes())

    async def catch_up(self, ecosystem_ids: Collection[UUID] | None = None) -> None:
        """Brings these worlds, or all, up to their heads. Raises the driver's errors, and Deposed where somebody interferes."""
        deleted = await projection.deleted_ecosystems(self.connection) if ecosystem_ids is None else []
        marks = await self.projection.marks(ecosystem_ids)
        heads = await projection.heads(self.connection, ecosystem_ids)
        if gone := marks.keys() - heads.keys():
            await self.projection.erase(gone)
        await projection.clear_deletions(self.connection, deleted)
        behind = [id_ for id_, head in heads.items() if marks.get(id_) != head]
        for first in range(0, len(behind), ECOSYSTEMS_MAX):
            await self._update({id_: marks.get(id_) for id_ in behind[first : first + ECOSYSTEMS_MAX]})

    async def _update(self, marks: Mapping[UUID, Cursor | None]) -> None:
        """In one snapshot, so that what is written is exactly what was true at the heads in it."""
        async with self.connection.transaction(isolation="repeatable_read", readonly=True):
            heads = await projection.heads(self.connection, marks)
            positions = {id_: mark.position for id_, mark in marks.items() if mark and _can_continue(mark, heads.get(id_))}
            kept = await projection.with_next_fact(self.connection, positions)
            positions = {id_: position for id_, position in positions.items() if id_ in kept}
            if positions:
                await self._write(
                    marks, heads, projection.changed_rows(self.connection, positions), positions, is_rebuild=False
                )
            for worlds in _batch_rebuilds({id_: head for id_, head in heads.items() if id_ not in positions}):
                await self._write(marks, heads, projection.all_rows(self.connection, worlds), worlds, is_rebuild=True)

    async def _write(
        self,
        marks: Mapping[UUID, Cursor | None],
        heads: Mapping[UUID, Cursor],
        batches: AsyncIterator[tuple[Batch, bool]],
        ecosystem_ids: Collection[UUID],
        *,
        is_rebuild: bool,
    ) -> None:
        begun = await self.projection.begin(
            {id_: marks[id_] for id_ in ecosystem_ids}, {id_: heads[id_] for id_ in ecosystem_ids}, from_empty=is_rebuild
        )
        if is_rebuild:
            await begun.delete_all()
        async for batch, is_last in batches:
            await begun.write(batch, is_last=is_last)

    async def _run_passes(self) -> None:
        await self._wait_for_neo4j()
        wanted: Collection[UUID] | None = None
        while True:
            try:
                await self.catch_up(wanted)
            except FencedOff:
                wanted = None
                await asyncio.sleep(PASS_DELAY_SECONDS)
            except NEO4J_ERRORS as away:
                if self.connection.is_closed():
                    raise
                log.warning("Neo4j is away, the projection waits: %s", away)
                await self._wait_for_neo4j()
                wanted = None
            else:
                await asyncio.sleep(PASS_DELAY_SECONDS)
                wanted = await self._wait_for_work()

    async def _wait_for_neo4j(self) -> None:
        """When Neo4j is there, with its constraints; it may have come back empty."""
        while True:
            await self.connection.execute("SELECT")
            try:
                return await self.projection.prepare()
            except NEO4J_ERRORS:
                await asyncio.sleep(RETRY_SECONDS)

    async def _wait_for_work(self) -> Collection[UUID] | None:
        """The worlds that called; None, for all, when it is time to look at all."""
        clock = asyncio.get_running_loop().time
        with suppress(TimeoutError):
            async with asyncio.timeout_at(self.poll_at):
                await self.wake_up.wait()
        self.wake_up.clear()
        called, self.woken_ids = self.woken_ids, set()
        if clock() < self.poll_at:
            return called
        self.poll_at = clock() + POLL_SECONDS
        return None

    async def _receive_notifications(self) -> None:
        while True:
            try:
                async for message in notifications.listen(self.redis, notifications.GLOBAL_CHANNEL, seconds=POLL_SECONDS):
                    if message is not None:
                        self.woken_ids.add(UUID(message))
                        self.wake_up.set()
            except (RedisError, OSError, ValueError) as away:
                log.warning("no wake-ups: %s", away)
            await asyncio.sleep(RETRY_SECONDS)


def _can_continue(mark: Cursor, head: Cursor | None) -> bool:
    """Whether the facts since the mark lead to the head; else the world is written anew."""
    return head is not None and mark.epoch == head.epoch and 0 < mark.position < head.position


def _batch_rebuilds(heads: Mapping[UUID, Cursor]) -> Iterator[list[UUID]]:
    """Small worlds together, each larger one by itself."""
    small = [id_ for id_, head in heads.items() if head.position <= BATCH_SIZE]
    if small:
        yield small
    yield from ([id_] for id_ in heads if id_ not in small)
