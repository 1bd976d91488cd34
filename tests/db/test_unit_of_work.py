"""The unit of work writes state and facts in one transaction, then notifies."""

import asyncio
from datetime import timedelta

import pytest

from db import notifications, users
from db.database import Database, Unavailable
from db.unit_of_work import unit_of_work
from domain.activity import Fact, FactType
from domain.refusals import NotFound
from interchange import sample as les_miserables
from tests.world import OWNER, World

FACT = Fact(FactType.CLOCK_SET, 0.0, data={"rate": 1.0})


async def test_an_exception_rolls_back_everything(world: World) -> None:
    async def fail() -> None:
        async with unit_of_work(world.stores, world.wall_clock, les_miserables.SAMPLE_ID, world.data.users[OWNER]) as work:
            await work.connection.execute("UPDATE characters SET energy = 0")
            await work.record_facts(FACT)
            raise ZeroDivisionError

    async with world.unchanged():
        with pytest.raises(ZeroDivisionError):
            await fail()


async def test_an_ecosystem_that_the_viewer_may_not_see_is_not_found(world: World) -> None:
    async def look() -> None:
        async with unit_of_work(world.stores, world.wall_clock, les_miserables.SAMPLE_ID, world.data.users[OWNER]) as work:
            await work.connection.execute("DELETE FROM members")
            await work.connection.execute("UPDATE ecosystems SET visibility = 'private'")
            await work.load_ecosystem()

    async with world.unchanged():
        with pytest.raises(NotFound):
            await look()


async def test_a_commit_notifies_the_channel_of_the_ecosystem_and_the_global_one(world: World) -> None:
    received: asyncio.Queue[tuple[str, str | None]] = asyncio.Queue()

    async def listen(name: str) -> None:
        async for message in notifications.listen(world.stores.redis, name, seconds=10):
            received.put_nowait((name, message))

    names = (notifications.ecosystem_channel(les_miserables.SAMPLE_ID), notifications.GLOBAL_CHANNEL)
    listening = [asyncio.create_task(listen(name)) for name in names]
    try:
        async with asyncio.timeout(20):
            assert {await received.get() for _ in names} == {(name, None) for name in names}
            async with unit_of_work(world.stores, world.wall_clock, les_miserables.SAMPLE_ID, world.data.users[OWNER]) as work:
                await work.record_facts(FACT, FACT)
            assert work.cursor is not None
            assert {await received.get() for _ in names} == {
                (names[0], str(work.cursor.position)),
                (names[1], str(les_miserables.SAMPLE_ID)),
            }
    finally:
        for task in listening:
            task.cancel()


async def test_idempotency_keys_are_deleted_after_a_day(world: World) -> None:
    user_id, now = world.data.users[OWNER], world.wall_clock.now()
    async with world.stores.database.transaction() as connection:
        await users.claim_key(connection, user_id, "old", b"", now - timedelta(days=2))
        await users.claim_key(connection, user_id, "new", b"", now)
    await users.delete_expired_answers(world.stores.database, now)
    assert [row["key"] for row in await world.rows("SELECT key FROM answers")] == ["new"]


async def test_a_closed_pool_raises_unavailable(world: World) -> None:
    """As when the process stops: there is no retry."""
    dsn = world.stores.pool._connect_args[0]
    database = await Database.open(dsn)
    await database.close()
    with pytest.raises(Unavailable):
        await database.fetchval("SELECT 1")
    with pytest.raises(Unavailable):
        async with database.transaction() as connection:
            await connection.fetchval("SELECT 1")
