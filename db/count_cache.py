"""A cache of counts over whole ecosystems in Redis. The key of an entry names the head that it counts, so that none is outdated.

Each fact moves the head, so that later readers use another key; entries are never changed and expire. A count is read after the
head in its key, so that it includes at least the facts up to there. Without Redis every count is computed from the tables.
"""

import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import timedelta
from uuid import UUID

from redis.asyncio import Redis
from redis.exceptions import RedisError

from domain.activity import Cursor

TTL = timedelta(minutes=10)

log = logging.getLogger(__name__)


class CountCache:
    """`hits` and `misses` count the requested counts. If `is_on` is false, every count is computed."""

    def __init__(self, redis: Redis) -> None:
        self.redis = redis
        self.is_on = True
        self.hits = 0
        self.misses = 0

    async def get_or_compute(
        self, subject: str, heads: Mapping[UUID, Cursor], compute: Callable[[Sequence[UUID]], Awaitable[Sequence[int]]]
    ) -> dict[UUID, int]:
        """The count of each ecosystem in `heads`, the cursors of their last facts. `compute` returns missing counts in order.

        `subject` names all that the count depends on beside the ecosystem, such as a filter; no count may depend on the viewer.
        """
        if not self.is_on:
            return dict(zip(heads, await compute(list(heads)), strict=True))
        found = await self._read(subject, heads)
        missing = [id_ for id_ in heads if id_ not in found]
        self.hits += len(found)
        self.misses += len(missing)
        if missing:
            computed = dict(zip(missing, await compute(missing), strict=True))
            await self._store(subject, heads, computed)
            found |= computed
        return found

    async def _read(self, subject: str, heads: Mapping[UUID, Cursor]) -> dict[UUID, int]:
        try:
            values = await self.redis.mget([_key(subject, id_, head) for id_, head in heads.items()])
        except (RedisError, OSError):
            return {}
        return {id_: int(value) for id_, value in zip(heads, values, strict=True) if value is not None}

    async def _store(self, subject: str, heads: Mapping[UUID, Cursor], counts: Mapping[UUID, int]) -> None:
        try:
            pipe = self.redis.pipeline(transaction=False)
            for id_, count in counts.items():
                pipe.set(_key(subject, id_, heads[id_]), count, ex=TTL)
            await pipe.execute()
        except (RedisError, OSError) as error:
            log.info("Redis is unavailable, so counts are not cached: %s", error)


def _key(subject: str, ecosystem_id: UUID, head: Cursor) -> str:
    return f"count:{ecosystem_id}:{head.epoch}:{head.position}:{subject}"
