"""Sessions: each use extends them, and they survive a short outage of Redis."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from redis.asyncio import Redis

from db.database import Unavailable
from db.sessions import ATTEMPTS_MAX, ATTEMPTS_WINDOW, SESSION_TTL, Sessions
from db.stores import open_redis

NOW = datetime(2026, 11, 25, tzinfo=UTC)
NOWHERE = "redis://127.0.0.1:1/0"


@pytest.fixture
def sessions(redis: Redis) -> Sessions:
    return Sessions(redis)


async def test_a_session_is_found_by_its_token_which_is_not_stored(sessions: Sessions) -> None:
    user_id = uuid4()
    token, opened = await sessions.open(user_id, "Fantine", NOW)
    assert opened.expires_at == NOW + SESSION_TTL
    session = await sessions.find(token, NOW + timedelta(minutes=20))
    assert session is not None
    assert (session.user_id, session.name, session.expires_at) == (user_id, "Fantine", NOW + timedelta(minutes=50))
    kept = await sessions.redis.keys("*")
    assert all(token.encode() not in key for key in kept)


async def test_it_lasts_half_an_hour_after_its_last_use(sessions: Sessions) -> None:
    token, _ = await sessions.open(uuid4(), "Fantine", NOW)
    [key] = await sessions.redis.keys("session:*")
    await sessions.redis.expire(key, 10)
    assert await sessions.redis.ttl(key) <= 10
    await sessions.find(token, NOW)
    assert await sessions.redis.ttl(key) > SESSION_TTL.total_seconds() - 10


async def test_a_session_that_ended_or_never_existed_is_none(sessions: Sessions) -> None:
    token, _ = await sessions.open(uuid4(), "Fantine", NOW)
    assert await sessions.end(token)
    assert not await sessions.end(token)
    for no in (token, "", "made up", "é", "\0"):
        assert await sessions.find(no, NOW) is None


async def test_while_redis_is_unavailable_cached_sessions_last_until_they_expire(sessions: Sessions) -> None:
    token, _ = await sessions.open(uuid4(), "Fantine", NOW)
    known = await sessions.find(token, NOW)
    async with open_redis(NOWHERE) as nowhere:
        sessions.redis = nowhere
        assert await sessions.find(token, NOW + timedelta(minutes=29)) == known
        assert await sessions.find(token, NOW + timedelta(minutes=31)) is None
        with pytest.raises(Unavailable):
            await sessions.find("somebody new", NOW)
        with pytest.raises(Unavailable):
            await sessions.open(uuid4(), "Fantine", NOW)
        with pytest.raises(Unavailable):
            await sessions.end(token)
        with pytest.raises(Unavailable):
            await sessions.retry_after_seconds("anybody")
        with pytest.raises(Unavailable):
            await sessions.count_failed_attempt("anybody")
        with pytest.raises(Unavailable):
            await sessions.clear_attempts("anybody")
        with pytest.raises(Unavailable):
            await sessions.create_link(uuid4())
        with pytest.raises(Unavailable):
            await sessions.redeem_link("a link")


async def test_a_link_is_valid_once(sessions: Sessions) -> None:
    user_id = uuid4()
    token = await sessions.create_link(user_id)
    assert await sessions.redeem_link(token) == user_id
    assert await sessions.redeem_link(token) is None


async def test_after_too_many_failed_attempts_sign_in_waits_for_the_end_of_the_window(sessions: Sessions) -> None:
    for _ in range(ATTEMPTS_MAX):
        assert await sessions.retry_after_seconds("name a", "address b") == 0
        await sessions.count_failed_attempt("name a", "address b")
    for who in ("name a", "address b"):
        assert 0 < await sessions.retry_after_seconds(who) <= ATTEMPTS_WINDOW.total_seconds()
    assert await sessions.retry_after_seconds("name c") == 0
    await sessions.clear_attempts("name a", "address b")
    assert await sessions.retry_after_seconds("name a", "address b") == 0
