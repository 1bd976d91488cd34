"""The wake-up: a word on an ecosystem's Redis channel that there are new facts. It may get lost; the table is the truth."""

import asyncio
import logging
from collections.abc import AsyncIterator
from uuid import UUID

from redis.asyncio import Redis
from redis.exceptions import RedisError

GLOBAL_CHANNEL = "activity"
"""Says an ecosystem's id whenever any of them has new facts; the projector listens."""

log = logging.getLogger(__name__)


def ecosystem_channel(ecosystem_id: UUID) -> str:
    """The braces keep all that belongs to one ecosystem in one slot of a cluster."""
    return f"activity:{{{ecosystem_id}}}"


async def publish(redis: Redis, ecosystem_id: UUID, position: int) -> None:
    """Best effort: followers that miss it look at the table by themselves."""
    try:
        pipe = redis.pipeline(transaction=False)
        pipe.publish(ecosystem_channel(ecosystem_id), str(position))
        pipe.publish(GLOBAL_CHANNEL, str(ecosystem_id))
        await pipe.execute()
    except (RedisError, OSError) as away:
        log.warning("wake-up of %s not sent: %s", ecosystem_id, away)


async def listen(redis: Redis, name: str, *, seconds: float) -> AsyncIterator[str | None]:
    """Each message on a channel; None when subscribed, and whenever `seconds` passed without one. Raises RedisError when Redis goes."""
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
