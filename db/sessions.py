"""Sessions and one-time links: who is signed in. They live in Redis, under hashes of their tokens, and slide on with each use."""

import asyncio
import logging
import secrets
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from uuid import UUID

import orjson
from redis.asyncio import Redis
from redis.exceptions import RedisError

from db import notifications
from db.database import Unavailable

SESSION_LENGTH = timedelta(minutes=30)
LINK_LENGTH = timedelta(minutes=15)
TRIES_WINDOW = timedelta(minutes=5)
TRIES_MAX = 10
"""Wrong passwords for one name, or from one address, within the window."""
SESSIONS_REMEMBERED_MAX = 10_000
ENDED_CHANNEL = "sessions:ended"
LISTEN_SECONDS = 30.0
RETRY_SECONDS = 1.0

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Session:
    user_id: UUID
    name: str
    expires_at: datetime


class Sessions:
    """Remembers for this process what Redis said last, so that nobody is signed out while Redis is away for a moment."""

    def __init__(self, redis: Redis) -> None:
        self.redis = redis
        self._remembered: dict[str, Session] = {}
        self._ours = secrets.token_hex(8)

    async def open(self, user_id: UUID, name: str, now: datetime) -> tuple[str, Session]:
        """A new session and its token, which is kept nowhere."""
        token = secrets.token_urlsafe(32)
        session = Session(user_id, name, now + SESSION_LENGTH)
        with _reached("Sessions cannot be kept"):
            await self.redis.set(key_of(token), orjson.dumps([str(user_id), name]), ex=SESSION_LENGTH)
        return token, session

    async def of(self, token: str, now: datetime) -> Session | None:
        """Whose session it is, which lives on from now; None when it has ended or never was."""
        key = key_of(token)
        try:
            found = await self.redis.getex(key, ex=SESSION_LENGTH)
        except (RedisError, OSError) as away:
            remembered = self._remembered.get(key)
            if remembered is None:
                raise Unavailable("Sessions cannot be read right now; try again in a moment.") from away
            return remembered if remembered.expires_at > now else None
        if found is None:
            self._remembered.pop(key, None)
            return None
        user_id, name = orjson.loads(found)
        session = Session(UUID(user_id), name, now + SESSION_LENGTH)
        self._remember(key, session)
        return session

    async def is_alive(self, token: str) -> bool:
        """Without making it live longer. True while Redis is away: nobody is thrown out by a fault of ours."""
        try:
            return bool(await self.redis.exists(key_of(token)))
        except (RedisError, OSError):
            return True

    async def end(self, token: str) -> bool:
        """False where there was none. The other processes hear of it."""
        key = key_of(token)
        self._remembered.pop(key, None)
        pipe = self.redis.pipeline(transaction=False)
        pipe.delete(key)
        pipe.publish(ENDED_CHANNEL, f"{self._ours} {key}")
        with _reached("Sessions cannot be ended"):
            deleted, _ = await pipe.execute()
        return bool(deleted)

    async def ended(self) -> AsyncIterator[str]:
        """The key of each session that is ended in another process; for ever. What ends while Redis is away is not heard."""
        while True:
            try:
                async for said in notifications.listen(self.redis, ENDED_CHANNEL, seconds=LISTEN_SECONDS):
                    whose, _, key = (said or "").partition(" ")
                    if key and whose != self._ours:
                        self._remembered.pop(key, None)
                        yield key
            except (RedisError, OSError) as away:
                log.info("sign-outs elsewhere are not heard of for now: %s", away)
                await asyncio.sleep(RETRY_SECONDS)

    async def link(self, user_id: UUID) -> str:
        """A token that signs this user in, once, within LINK_LENGTH."""
        token = secrets.token_urlsafe(24)
        with _reached("Links cannot be kept"):
            await self.redis.set(_key("link", token), str(user_id), ex=LINK_LENGTH)
        return token

    async def follow(self, token: str) -> UUID | None:
        """The user whose link it is; the link is used up."""
        with _reached("Links cannot be followed"):
            found = await self.redis.getdel(_key("link", token))
        return UUID(bytes(found).decode()) if isinstance(found, bytes) else None

    async def seconds_to_wait(self, *who: str) -> float:
        """Above 0 where any of these (names, addresses) had too many wrong tries."""
        with _reached("Nobody can be signed in"):
            for one in who:
                tries = await self.redis.get(_key("tries", one))
                if tries is not None and int(tries) >= TRIES_MAX:
                    return max(1.0, await self.redis.pttl(_key("tries", one)) / 1000)
        return 0.0

    async def count_try(self, *who: str) -> None:
        pipe = self.redis.pipeline()
        for one in who:
            pipe.incr(_key("tries", one))
            pipe.expire(_key("tries", one), TRIES_WINDOW, nx=True)
        with _reached("Nobody can be signed in"):
            await pipe.execute()

    async def forget_tries(self, *who: str) -> None:
        with _reached("Nobody can be signed in"):
            await self.redis.delete(*(_key("tries", one) for one in who))

    def _remember(self, key: str, session: Session) -> None:
        if len(self._remembered) >= SESSIONS_REMEMBERED_MAX:
            self._remembered.pop(next(iter(self._remembered)))
        self._remembered[key] = session


@contextmanager
def _reached(otherwise: str) -> Iterator[None]:
    """Raises Unavailable where Redis is away."""
    try:
        yield
    except (RedisError, OSError) as away:
        raise Unavailable(f"{otherwise} right now; try again in a moment.") from away


def key_of(token: str) -> str:
    """Under which a session is kept."""
    return _key("session", token)


def _key(kind: str, secret: str) -> str:
    return f"{kind}:{sha256(secret.encode('utf-8', 'surrogatepass')).hexdigest()}"
