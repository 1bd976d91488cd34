"""The stores: Postgres is the source of truth, Redis has notifications, sessions and caches, the graph finds paths."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from redis.asyncio import BlockingConnectionPool, ConnectionPool, Redis
from redis.asyncio.retry import Retry
from redis.backoff import ExponentialBackoff

from db import activity
from db.activity_feed import ActivityFeeds
from db.cache import Cache
from db.database import Database, Reader, Unavailable
from db.sessions import Sessions

__all__ = ["Database", "Reader", "Stores", "Unavailable", "open_redis"]

REDIS_TIMEOUT_SECONDS = 1.0
REDIS_CONNECTIONS_MAX = 256
SUBSCRIBER_CONNECTIONS_MAX = 2_048
"""Each subscribed ecosystem holds one connection."""
PUBLISHER_CONNECTIONS_MAX = 8
"""A publisher holds a connection for a moment; others wait for it."""


@dataclass(slots=True)
class Stores:
    """`graph` works with and without Neo4j."""

    database: Database
    redis: Redis
    graph: Any
    subscriber_redis: Redis = field(init=False)
    publisher_redis: Redis = field(init=False)
    sessions: Sessions = field(init=False)
    feeds: ActivityFeeds = field(init=False)
    cache: Cache = field(init=False)

    def __post_init__(self) -> None:
        self.sessions = Sessions(self.redis)
        self.subscriber_redis = with_own_pool(self.redis, ConnectionPool, SUBSCRIBER_CONNECTIONS_MAX)
        self.publisher_redis = with_own_pool(
            self.redis, BlockingConnectionPool, PUBLISHER_CONNECTIONS_MAX, timeout=REDIS_TIMEOUT_SECONDS
        )
        self.feeds = ActivityFeeds(self.database, self.subscriber_redis)
        self.cache = Cache(self.redis, self._facts_after)

    async def _facts_after(self, ecosystem_id: UUID, position: int, limit: int) -> list[tuple[str, Sequence[int], int]]:
        facts = await activity.after(self.database, ecosystem_id, position, limit)
        return [(fact.type, fact.numbers, fact.position) for fact in facts]

    @property
    def pool(self) -> Any:
        return self.database.pool

    async def close(self) -> None:
        await self.feeds.close()
        await self.graph.close()
        await self.subscriber_redis.aclose()
        await self.publisher_redis.aclose()
        await self.redis.aclose()
        await self.database.close()


def open_redis(url: str) -> Redis:
    """Short timeouts, because callers can continue without Redis."""
    return Redis.from_url(
        url,
        socket_timeout=REDIS_TIMEOUT_SECONDS,
        socket_connect_timeout=REDIS_TIMEOUT_SECONDS,
        retry=Retry(ExponentialBackoff(cap=0.1, base=0.01), 1),
        max_connections=REDIS_CONNECTIONS_MAX,
        health_check_interval=15,
    )


def with_own_pool(redis: Redis, kind: type[ConnectionPool], connections_max: int, **options: Any) -> Redis:
    """A client of the same Redis with a separate pool, so that long-held connections do not exhaust the shared one."""
    pool = redis.connection_pool
    return Redis.from_pool(
        kind(
            connection_class=pool.connection_class,
            max_connections=connections_max,
            **{**pool.connection_kwargs, **options},
        )
    )
