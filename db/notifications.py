"""Notifications of new facts, by Redis channels. They may be lost; the table is the source of truth."""

import asyncio
import logging
from collections.abc import AsyncIterator
from uuid import UUID

from redis.asyncio import Redis
from redis.exceptions import RedisError

GLOBAL_CHANNEL = "activity"
"""Receives the id of each ecosystem that has new facts; the projector listens."""

log = logging.getLogger(__name__)


def ecosystem_channel(ecosystem_id: UUID) -> str:
    """The braces put all keys of an ecosystem into one slot of a Redis cluster."""
    return f"activity:{{{ecosystem_id}}}"


async def publish(redis: Redis, ecosystem_id: UUID, position: int) -> None:
    """Best effort: a lost notification only delays subscribers, which poll the table."""
    try:
        pipe = redis.pipeline(transaction=False)
        pipe.publish(ecosystem_channel(ecosystem_id), str(position))
        pipe.publish(GLOBAL_CHANNEL, str(ecosystem_id))
        await pipe.execute()
    except (RedisError, OSError) as error:
        log.warning("Redis is unavailable, so the notification of %s is not sent: %s", ecosystem_id, error)


async def listen(redis: Redis, name: str, *, seconds: float) -> AsyncIterator[str | None]:
    """Yields each message of a channel; None when subscribed, and after each `seconds` without one. Raises RedisError."""
    async with redis.pubsub() as subscription:
        await subscription.subscribe(name)
        while True:
            message = await subscription.get_message(timeout=seconds)
            if message is None or message["type"] == "subscribe":
                yield None
            elif message["type"] == "message":
                yield message["data"].decode()
            else:
                await asyncio.sleep(0)
