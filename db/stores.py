"""The stores: Postgres is the source of truth, Redis has notifications, sessions and cached counts, the graph finds paths."""

from dataclasses import dataclass, field
from typing import Any

from redis.asyncio import BlockingConnectionPool, ConnectionPool, Redis
from redis.asyncio.retry import Retry
from redis.backoff import ExponentialBackoff

from db.activity_feed import ActivityFeeds
from db.count_cache import CountCache
from db.database import Database, Reader, Unavailable
from db.last_writes import LastWrites
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
    count_cache: CountCache = field(init=False)
    last_writes: LastWrites = field(init=False)

    def __post_init__(self) -> None:
        self.sessions = Sessions(self.redis)
        self.subscriber_redis = with_own_pool(self.redis, ConnectionPool, SUBSCRIBER_CONNECTIONS_MAX)
        self.publisher_redis = with_own_pool(
            self.redis, BlockingConnectionPool, PUBLISHER_CONNECTIONS_MAX, timeout=REDIS_TIMEOUT_SECONDS
        )
        self.feeds = ActivityFeeds(self.database, self.subscriber_redis)
        self.count_cache = CountCache(self.redis)
        self.last_writes = LastWrites(self.redis)

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
