"""Activity feeds: the newest facts of the subscribed ecosystems, in memory. Redis notifies, the table has the facts."""

import asyncio
import logging
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from uuid import UUID

from redis.asyncio import Redis
from redis.exceptions import RedisError

from db import activity, ecosystems, notifications
from db.activity import FactRow
from db.database import Database, Unavailable
from domain.activity import ACCESS_CHANGING_TYPES

RECENT_MAX = 1_000
"""Facts of one ecosystem in memory, for all subscribers; a subscriber that is further behind reads the table."""
BATCH_MAX = 200
HEAD_CHECK_SECONDS = 5.0
"""The table is read at least so often, also without a notification."""
POLL_SECONDS = 0.5
"""The table is read so often while Redis is unavailable."""
IDLE_SECONDS_MAX = 30.0
"""A feed without subscribers stops after this time, so that a subscriber that reconnects finds it."""

log = logging.getLogger(__name__)


class ActivityFeed:
    """The feed of one ecosystem. It is complete up to `last_position`. `is_deleted` is set when the ecosystem was deleted.

    `access_position` is the position of the last fact that changed access rights, or the position at the start; None before the
    first read.
    """

    def __init__(self, database: Database, redis: Redis, ecosystem_id: UUID) -> None:
        self.ecosystem_id = ecosystem_id
        self.epoch = 0
        self.last_position = 0
        self.access_position: int | None = None
        self.is_deleted = False
        self.subscriber_count = 0
        self._database = database
        self._redis = redis
        self._recent: deque[FactRow] = deque(maxlen=RECENT_MAX)
        self._changed = asyncio.Event()
        self._reads_by_position: dict[int, asyncio.Task[list[FactRow]]] = {}
        self._lock = asyncio.Lock()
        self._next_refresh: asyncio.Task[None] | None = None

    async def facts_after(self, position: int) -> list[FactRow]:
        """Facts after a position, in order, at most BATCH_MAX. Concurrent calls for the same position share one read."""
        if self._recent and position >= self._recent[0].position - 1:
            start = position - self._recent[0].position + 1
            return [self._recent[n] for n in range(start, min(len(self._recent), start + BATCH_MAX))]
        if position >= self.last_position:
            return []
        if position not in self._reads_by_position:
            read = asyncio.ensure_future(activity.after(self._database, self.ecosystem_id, position, BATCH_MAX))
            self._reads_by_position[position] = read
            read.add_done_callback(lambda _: self._reads_by_position.pop(position, None))
        return await asyncio.shield(self._reads_by_position[position])

    async def wait_for_change(self, position: int, epoch: int, *, seconds: float) -> bool:
        """Waits until there are facts after `position`, another epoch, or no ecosystem. False if `seconds` pass first."""
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                while self.last_position <= position and self.epoch == epoch and not self.is_deleted:
                    await self._changed.wait()
                return True
        return False

    async def run(self) -> None:
        """Reads until it is cancelled. It subscribes to notifications before it reads, so that it misses none."""
        while not self.is_deleted:
            try:
                async for _ in notifications.listen(
                    self._redis, notifications.ecosystem_channel(self.ecosystem_id), seconds=HEAD_CHECK_SECONDS
                ):
                    await self.refresh()
                    if self.is_deleted:
                        return
            except (RedisError, OSError) as error:
                log.info(
                    "no notifications for %s, Redis is unavailable, reading every %s s: %s",
                    self.ecosystem_id,
                    POLL_SECONDS,
                    error,
                )
                await self._refresh_if_available()
                await asyncio.sleep(POLL_SECONDS)
            except Unavailable:
                await asyncio.sleep(POLL_SECONDS)
            except Exception:
                # Subscribers would wait forever for a feed that has stopped.
                log.exception("The feed of %s continues after an error", self.ecosystem_id)
                await asyncio.sleep(POLL_SECONDS)

    async def _refresh_if_available(self) -> None:
        with suppress(Unavailable):
            await self.refresh()

    async def refresh(self) -> None:
        """Reads the facts that exist now. Calls during a running read share the next one."""
        if self._next_refresh is None:
            self._next_refresh = asyncio.create_task(self._run_refresh())
        await asyncio.shield(self._next_refresh)

    async def _run_refresh(self) -> None:
        async with self._lock:
            self._next_refresh = None
            await self._read()

    async def _read(self) -> None:
        """The first read takes only the head."""
        current = (await ecosystems.heads(self._database, [self.ecosystem_id])).get(self.ecosystem_id)
        if current is None:
            self.is_deleted = True
            self._notify()
            return
        epoch, head = current
        if epoch != self.epoch or head < self.last_position:
            self._recent.clear()
            self.epoch, self.last_position, self.access_position = epoch, head, head
            self._notify()
        while self.last_position < head:
            facts = await activity.after(self._database, self.ecosystem_id, self.last_position, BATCH_MAX)
            if not facts or facts[0].epoch != self.epoch:
                return
            self._recent.extend(facts)
            self.access_position = max(
                (fact.position for fact in facts if fact.type in ACCESS_CHANGING_TYPES), default=self.access_position
            )
            self.last_position = facts[-1].position
            self._notify()

    def _notify(self) -> None:
        self._changed.set()
        self._changed = asyncio.Event()


class ActivityFeeds:
    """The feeds of this process. Each runs while it has subscribers, and for IDLE_SECONDS_MAX after the last."""

    def __init__(self, database: Database, redis: Redis) -> None:
        self._database = database
        self._redis = redis
        self._feeds: dict[UUID, tuple[ActivityFeed, asyncio.Task[None]]] = {}

    @asynccontextmanager
    async def subscribe(self, ecosystem_id: UUID) -> AsyncIterator[ActivityFeed]:
        """The feed of an ecosystem, read up to the current head. `is_deleted` is set if there is no such ecosystem."""
        feed = await self._running_feed(ecosystem_id)
        feed.subscriber_count += 1
        try:
            yield feed
        finally:
            feed.subscriber_count -= 1
            if feed.subscriber_count == 0:
                asyncio.get_running_loop().call_later(IDLE_SECONDS_MAX, self._stop_if_idle, ecosystem_id)

    async def access_position(self, ecosystem_id: UUID) -> int | None:
        """The access position of the running feed, which may be behind the table. None if there is no such ecosystem."""
        running = self._feeds.get(ecosystem_id)
        if running and running[0].access_position is not None:
            return running[0].access_position
        async with self.subscribe(ecosystem_id) as feed:
            return feed.access_position

    async def _running_feed(self, ecosystem_id: UUID) -> ActivityFeed:
        running = self._feeds.get(ecosystem_id)
        if running and not running[0].is_deleted and not running[1].done():
            feed = running[0]
        else:
            feed = ActivityFeed(self._database, self._redis, ecosystem_id)
            self._feeds[ecosystem_id] = (feed, asyncio.create_task(feed.run(), name=f"feed of {ecosystem_id}"))
        await feed.refresh()
        return feed

    def _stop_if_idle(self, ecosystem_id: UUID) -> None:
        running = self._feeds.get(ecosystem_id)
        if running and running[0].subscriber_count == 0:
            del self._feeds[ecosystem_id]
            running[1].cancel()

    async def close(self) -> None:
        tasks = [task for _, task in self._feeds.values()]
        self._feeds.clear()
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
