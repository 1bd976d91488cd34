"""Feeds: what each process knows of the newest facts of the worlds that are followed in it. Woken by Redis, told by the table."""

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
from domain.activity import CHANGES_WHO_MAY_SEE

RECENT_MAX = 1_000
"""Facts of one world that are kept for all its followers; whoever is further behind reads the table at its own pace."""
BATCH_MAX = 200
HEAD_CHECK_SECONDS = 5.0
"""How often the table is looked at though nothing was said."""
POLL_SECONDS = 0.5
"""How often it is looked at while Redis is away."""
LINGER_SECONDS = 30.0
"""How long a feed outlives its last follower, for those who come back."""

log = logging.getLogger(__name__)


class Feed:
    """One world's. `last` is the position that it has read to; `gone` when the world was deleted.

    `rights` is that of the last fact that changed who may see what, or where it began; None until it has read.
    """

    def __init__(self, database: Database, redis: Redis, ecosystem_id: UUID) -> None:
        self.ecosystem_id = ecosystem_id
        self.epoch = 0
        self.last = 0
        self.rights: int | None = None
        self.gone = False
        self.followers = 0
        self._database = database
        self._redis = redis
        self._recent: deque[FactRow] = deque(maxlen=RECENT_MAX)
        self._moved = asyncio.Event()
        self._reading: dict[int, asyncio.Task[list[FactRow]]] = {}
        self._lock = asyncio.Lock()
        self._refreshing: asyncio.Task[None] | None = None

    async def after(self, position: int) -> list[FactRow]:
        """Facts behind a position, in order, at most BATCH_MAX. Those who ask for the same ones at once are answered by one read."""
        if self._recent and position >= self._recent[0].position - 1:
            start = position - self._recent[0].position + 1
            return [self._recent[n] for n in range(start, min(len(self._recent), start + BATCH_MAX))]
        if position >= self.last:
            return []
        if position not in self._reading:
            read = asyncio.ensure_future(activity.after(self._database, self.ecosystem_id, position, BATCH_MAX))
            self._reading[position] = read
            read.add_done_callback(lambda _: self._reading.pop(position, None))
        return await asyncio.shield(self._reading[position])

    async def moved(self, position: int, epoch: int, *, seconds: float) -> bool:
        """Waits until there is more than `position`, another epoch, or no world; False when `seconds` passed first."""
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                while self.last <= position and self.epoch == epoch and not self.gone:
                    await self._moved.wait()
                return True
        return False

    async def run(self) -> None:
        """Until cancelled: subscribes first, then reads, so that nothing falls between."""
        while not self.gone:
            try:
                async for _ in notifications.listen(
                    self._redis, notifications.channel(self.ecosystem_id), seconds=HEAD_CHECK_SECONDS
                ):
                    await self.read()
                    if self.gone:
                        return
            except (RedisError, OSError) as away:
                log.info("no wake-ups for %s, looking every %s s: %s", self.ecosystem_id, POLL_SECONDS, away)
                await self._read_patiently()
                await asyncio.sleep(POLL_SECONDS)
            except Unavailable:
                await asyncio.sleep(POLL_SECONDS)
            except Exception:
                # Whoever follows would wait for ever for a feed that has stopped.
                log.exception("the feed of %s goes on after a failure", self.ecosystem_id)
                await asyncio.sleep(POLL_SECONDS)

    async def _read_patiently(self) -> None:
        with suppress(Unavailable):
            await self.read()

    async def read(self) -> None:
        """Reads what is new as of now. All who ask while another read goes on share the next one."""
        if self._refreshing is None:
            self._refreshing = asyncio.create_task(self._read_next())
        await asyncio.shield(self._refreshing)

    async def _read_next(self) -> None:
        async with self._lock:
            self._refreshing = None
            await self._read()

    async def _read(self) -> None:
        """The first read only learns where the world stands."""
        stands = (await ecosystems.heads(self._database, [self.ecosystem_id])).get(self.ecosystem_id)
        if stands is None:
            self.gone = True
            self._tell()
            return
        epoch, head = stands
        if epoch != self.epoch or head < self.last:
            self._recent.clear()
            self.epoch, self.last, self.rights = epoch, head, head
            self._tell()
        while self.last < head:
            facts = await activity.after(self._database, self.ecosystem_id, self.last, BATCH_MAX)
            if not facts or facts[0].epoch != self.epoch:
                return
            self._recent.extend(facts)
            self.rights = max((fact.position for fact in facts if fact.type in CHANGES_WHO_MAY_SEE), default=self.rights)
            self.last = facts[-1].position
            self._tell()

    def _tell(self) -> None:
        self._moved.set()
        self._moved = asyncio.Event()


class Feeds:
    """Those of this process; each runs while it is followed, and a while longer."""

    def __init__(self, database: Database, redis: Redis) -> None:
        self._database = database
        self._redis = redis
        self._feeds: dict[UUID, tuple[Feed, asyncio.Task[None]]] = {}

    @asynccontextmanager
    async def follow(self, ecosystem_id: UUID) -> AsyncIterator[Feed]:
        """The world's feed, at least as new as now. `gone` is set where there is no such world."""
        feed = await self._running(ecosystem_id)
        feed.followers += 1
        try:
            yield feed
        finally:
            feed.followers -= 1
            if feed.followers == 0:
                asyncio.get_running_loop().call_later(LINGER_SECONDS, self._stop_if_idle, ecosystem_id)

    async def rights(self, ecosystem_id: UUID) -> int | None:
        """As the world's feed knows them, which may be less than the table does."""
        known = self._feeds.get(ecosystem_id)
        if known and known[0].rights is not None:
            return known[0].rights
        async with self.follow(ecosystem_id) as feed:
            return feed.rights

    async def _running(self, ecosystem_id: UUID) -> Feed:
        known = self._feeds.get(ecosystem_id)
        if known and not known[0].gone and not known[1].done():
            feed = known[0]
        else:
            feed = Feed(self._database, self._redis, ecosystem_id)
            self._feeds[ecosystem_id] = (feed, asyncio.create_task(feed.run(), name=f"feed of {ecosystem_id}"))
        await feed.read()
        return feed

    def _stop_if_idle(self, ecosystem_id: UUID) -> None:
        known = self._feeds.get(ecosystem_id)
        if known and known[0].followers == 0:
            del self._feeds[ecosystem_id]
            known[1].cancel()

    async def close(self) -> None:
        tasks = [task for _, task in self._feeds.values()]
        self._feeds.clear()
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
