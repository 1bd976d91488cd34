"""Sessions and one-time sign-in links, in Redis, under hashes of their tokens. Each use extends a session."""

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

SESSION_TTL = timedelta(minutes=30)
LINK_TTL = timedelta(minutes=15)
ATTEMPTS_WINDOW = timedelta(minutes=5)
ATTEMPTS_MAX = 10
"""Wrong passwords for one name or from one address, within the window."""
CACHED_SESSIONS_MAX = 10_000
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
    """Caches sessions in this process, so that users stay signed in while Redis is unavailable for a short time."""

    def __init__(self, redis: Redis) -> None:
        self.redis = redis
        self._cached: dict[str, Session] = {}
        self._process_id = secrets.token_hex(8)

    async def open(self, user_id: UUID, name: str, now: datetime) -> tuple[str, Session]:
        """A new session and its token. Only a hash of the token is stored."""
        token = secrets.token_urlsafe(32)
        session = Session(user_id, name, now + SESSION_TTL)
        with _redis_or_unavailable("Sessions cannot be stored"):
            await self.redis.set(session_key(token), orjson.dumps([str(user_id), name]), ex=SESSION_TTL)
        return token, session

    async def find(self, token: str, now: datetime) -> Session | None:
        """The session of a token, extended from now on; None if it has ended or never existed. Raises Unavailable."""
        key = session_key(token)
        try:
            found = await self.redis.getex(key, ex=SESSION_TTL)
        except (RedisError, OSError) as error:
            cached = self._cached.get(key)
            if cached is None:
                raise Unavailable("Sessions cannot be read right now; try again in a moment.") from error
            return cached if cached.expires_at > now else None
        if found is None:
            self._cached.pop(key, None)
            return None
        user_id, name = orjson.loads(found)
        session = Session(UUID(user_id), name, now + SESSION_TTL)
        self._cache(key, session)
        return session

    async def end(self, token: str) -> bool:
        """Ends a session and notifies the other processes. Returns False if there was none."""
        key = session_key(token)
        self._cached.pop(key, None)
        pipe = self.redis.pipeline(transaction=False)
        pipe.delete(key)
        pipe.publish(ENDED_CHANNEL, f"{self._process_id} {key}")
        with _redis_or_unavailable("Sessions cannot be ended"):
            deleted, _ = await pipe.execute()
        return bool(deleted)

    async def ended_elsewhere(self) -> AsyncIterator[str]:
        """Yields the key of each session that ends in another process, without end. It misses those during an outage of Redis."""
        while True:
            try:
                async for message in notifications.listen(self.redis, ENDED_CHANNEL, seconds=LISTEN_SECONDS):
                    process_id, _, key = (message or "").partition(" ")
                    if key and process_id != self._process_id:
                        self._cached.pop(key, None)
                        yield key
            except (RedisError, OSError) as error:
                log.info("Redis is unavailable, so sign-outs in other processes are not received: %s", error)
                await asyncio.sleep(RETRY_SECONDS)

    async def create_link(self, user_id: UUID) -> str:
        """A token that signs this user in once, within LINK_TTL."""
        token = secrets.token_urlsafe(24)
        with _redis_or_unavailable("Links cannot be stored"):
            await self.redis.set(_hashed_key("link", token), str(user_id), ex=LINK_TTL)
        return token

    async def redeem_link(self, token: str) -> UUID | None:
        """The user of a link, which is valid only once; None if it is not valid."""
        with _redis_or_unavailable("Links cannot be used"):
            found = await self.redis.getdel(_hashed_key("link", token))
        return UUID(bytes(found).decode()) if isinstance(found, bytes) else None

    async def retry_after_seconds(self, *subjects: str) -> float:
        """Above 0 if any of these names or addresses has too many failed attempts."""
        with _redis_or_unavailable("Sign-in is not possible"):
            for subject in subjects:
                attempts = await self.redis.get(_hashed_key("tries", subject))
                if attempts is not None and int(attempts) >= ATTEMPTS_MAX:
                    return max(1.0, await self.redis.pttl(_hashed_key("tries", subject)) / 1000)
        return 0.0

    async def count_failed_attempt(self, *subjects: str) -> None:
        pipe = self.redis.pipeline()
        for subject in subjects:
            pipe.incr(_hashed_key("tries", subject))
            pipe.expire(_hashed_key("tries", subject), ATTEMPTS_WINDOW, nx=True)
        with _redis_or_unavailable("Sign-in is not possible"):
            await pipe.execute()

    async def clear_attempts(self, *subjects: str) -> None:
        with _redis_or_unavailable("Sign-in is not possible"):
            await self.redis.delete(*(_hashed_key("tries", subject) for subject in subjects))

    def _cache(self, key: str, session: Session) -> None:
        if len(self._cached) >= CACHED_SESSIONS_MAX:
            self._cached.pop(next(iter(self._cached)))
        self._cached[key] = session


@contextmanager
def _redis_or_unavailable(message: str) -> Iterator[None]:
    """Raises Unavailable, with this message, if Redis does not answer."""
    try:
        yield
    except (RedisError, OSError) as error:
        raise Unavailable(f"{message} right now; try again in a moment.") from error


def session_key(token: str) -> str:
    """The key of a session in Redis."""
    return _hashed_key("session", token)


def _hashed_key(kind: str, secret: str) -> str:
    return f"{kind}:{sha256(secret.encode('utf-8', 'surrogatepass')).hexdigest()}"
