"""The cursors of users' last writes, in Redis, so that a user's next queries of the graph include them."""

import logging
from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from redis.asyncio import Redis
from redis.exceptions import RedisError

from domain.activity import Cursor

TTL = timedelta(minutes=1)

log = logging.getLogger(__name__)


class LastWrites:
    """Best effort: a reader that gets None has to assume that the user wrote the last fact of each ecosystem."""

    def __init__(self, redis: Redis) -> None:
        self.redis = redis

    async def record(self, ecosystem_id: UUID, user_id: UUID, cursor: Cursor) -> None:
        """Stores the cursor for a minute, where Redis is available."""
        try:
            await self.redis.set(_key(ecosystem_id, user_id), str(cursor), ex=TTL)
        except (RedisError, OSError) as error:
            log.info("Redis is unavailable, so the last write of a user is not stored: %s", error)

    async def by_ecosystem(self, ecosystem_ids: Sequence[UUID], user_id: UUID) -> dict[UUID, Cursor] | None:
        """The cursor of the user's last write in each ecosystem where there was one. None if Redis is unavailable."""
        try:
            values: list[Any] = await self.redis.mget([_key(ecosystem_id, user_id) for ecosystem_id in ecosystem_ids])
        except (RedisError, OSError):
            return None
        return {
            ecosystem_id: Cursor.parse(bytes(value).decode())
            for ecosystem_id, value in zip(ecosystem_ids, values, strict=True)
            if value is not None
        }


def _key(ecosystem_id: UUID, user_id: UUID) -> str:
    return f"wrote:{{{ecosystem_id}}}:{user_id}"
