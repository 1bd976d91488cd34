"""Changes: state and fact in one transaction, or not at all; and the wake-up after it."""

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


async def test_what_fails_on_the_way_leaves_everything_as_it_was(world: World) -> None:
    async def fail() -> None:
        async with unit_of_work(world.stores, world.wall, les_miserables.SAMPLE_ID, world.made.users[OWNER]) as made:
            await made.connection.execute("UPDATE characters SET energy = 0")
            await made.record_facts(FACT)
            raise ZeroDivisionError

    async with world.unchanged():
        with pytest.raises(ZeroDivisionError):
            await fail()


async def test_a_change_in_a_world_that_may_not_be_seen_finds_nothing(world: World) -> None:
    async def look() -> None:
        async with unit_of_work(world.stores, world.wall, les_miserables.SAMPLE_ID, world.made.users[OWNER]) as made:
            await made.connection.execute("DELETE FROM members")
            await made.connection.execute("UPDATE ecosystems SET visibility = 'private'")
            await made.load_ecosystem()

    async with world.unchanged():
        with pytest.raises(NotFound):
            await look()


async def test_after_the_commit_the_world_s_channel_and_everybody_s_hear_of_it(world: World) -> None:
    heard: asyncio.Queue[tuple[str, str | None]] = asyncio.Queue()

    async def listen(name: str) -> None:
        async for word in notifications.listen(world.stores.redis, name, seconds=10):
            heard.put_nowait((name, word))

    names = (notifications.ecosystem_channel(les_miserables.SAMPLE_ID), notifications.GLOBAL_CHANNEL)
    listening = [asyncio.create_task(listen(name)) for name in names]
    try:
        async with asyncio.timeout(20):
            assert {await heard.get() for _ in names} == {(name, None) for name in names}
            async with unit_of_work(world.stores, world.wall, les_miserables.SAMPLE_ID, world.made.users[OWNER]) as made:
                await made.record_facts(FACT, FACT)
            assert made.cursor is not None
            assert {await heard.get() for _ in names} == {
                (names[0], str(made.cursor.position)),
                (names[1], str(les_miserables.SAMPLE_ID)),
            }
    finally:
        for task in listening:
            task.cancel()


async def test_answers_are_forgotten_after_a_day(world: World) -> None:
    user_id, now = world.made.users[OWNER], world.wall.now()
    async with world.stores.database.transaction() as connection:
        await users.claim_key(connection, user_id, "old", b"", now - timedelta(days=2))
        await users.claim_key(connection, user_id, "new", b"", now)
    await users.delete_expired_answers(world.stores.database, now)
    assert [row["key"] for row in await world.rows("SELECT key FROM answers")] == ["new"]


async def test_a_database_that_is_not_there_is_unavailable(world: World) -> None:
    """The pool is closed, as when the process stops: nobody waits for it."""
    dsn = world.stores.pool._connect_args[0]
    database = await Database.open(dsn)
    await database.close()
    with pytest.raises(Unavailable):
        await database.fetchval("SELECT 1")
    with pytest.raises(Unavailable):
        async with database.transaction() as connection:
            await connection.fetchval("SELECT 1")
