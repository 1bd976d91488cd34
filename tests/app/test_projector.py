"""The projector writes ecosystems into Neo4j: first all rows, then changes, also after failures of a store."""

import asyncio
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path

import pytest
from neo4j import AsyncDriver
from redis.asyncio import Redis

from app.embedded.launcher import Launcher
from app.processes import projector as projectors
from app.processes.projector import Projector
from db import notifications
from db.database import Database
from db.graph.contract import NeighboursQuery
from db.graph.neo4j import Neo4jGraph, open_driver
from db.projection import batches, drift
from db.projection.batches import Batch
from db.projection.neo4j import FencedOff
from tests.db.graph_worlds import GraphWorld, tie

TIMEOUT_SECONDS = 240


async def test_an_ecosystem_is_projected_in_full_and_then_by_changes(database: Database, projector: Projector) -> None:
    world = await GraphWorld.create(database, 4, [tie(1, 2, bond=5), tie(2, 1, bond=6), tie(3, 1, bond=7)])
    await projector.catch_up()
    assert await read_projection(projector, world) == ({(1, 2): 5, (2, 1): 6, (3, 1): 7}, ["No. 1", "No. 2", "No. 3", "No. 4"])

    await world.add_character()
    await world.write_ties(tie(1, 2, bond=50, version=2), tie(5, 4, bond=8))
    await world.rename(2, "Cosette")
    await projector.catch_up([world.id])

    assert await read_projection(projector, world) == (
        {(1, 2): 50, (2, 1): 6, (3, 1): 7, (5, 4): 8},
        ["No. 1", "Cosette", "No. 3", "No. 4", "No. 5"],
    )
    assert await is_same(projector, world)


async def test_a_deleted_character_is_removed_with_its_ties(database: Database, projector: Projector) -> None:
    world = await GraphWorld.create(database, 3, [tie(1, 2), tie(2, 3), tie(3, 1)])
    await projector.catch_up()
    await world.write_ties(tie(3, 2))
    await world.delete_character(2)
    await projector.catch_up()
    assert await read_projection(projector, world) == ({(3, 1): 0}, ["No. 1", "No. 3"])


async def test_a_deleted_ecosystem_is_removed_and_its_deletion_record_too(database: Database, projector: Projector) -> None:
    world, other = await GraphWorld.create(database, 3, [tie(1, 2)]), await GraphWorld.create(database, 2, [tie(1, 2)])
    await projector.catch_up()
    await world.delete()
    assert await batches.deleted_ecosystems(projector.connection) == [world.id]

    await projector.catch_up()

    assert await batches.deleted_ecosystems(projector.connection) == []
    assert await projector.projection.marks() == {other.id: await other.head()}
    assert await read_projection(projector, world) == ({}, [])
    assert await is_same(projector, other)


async def test_an_ecosystem_with_a_replaced_history_is_rebuilt(database: Database, projector: Projector) -> None:
    world = await GraphWorld.create(database, 3, [tie(1, 2, version=9)])
    await projector.catch_up()
    await world.replace_history()
    await world.add_character()
    await world.add_character()
    await world.write_ties(tie(2, 1, bond=3))
    await projector.catch_up()
    assert await read_projection(projector, world) == ({(2, 1): 3}, ["No. 1", "No. 2"])


async def test_an_ecosystem_is_rebuilt_if_activity_rows_are_missing(database: Database, projector: Projector) -> None:
    world = await GraphWorld.create(database, 3, [tie(1, 2)])
    await projector.catch_up()
    await world.write_ties(tie(2, 3))
    await projector.connection.execute("DELETE FROM activity WHERE position <= (SELECT max(position) FROM activity)")
    await world.write_ties(tie(3, 1))
    await projector.catch_up()
    assert await is_same(projector, world)
    assert await projector.projection.marks() == {world.id: await world.head()}


async def test_changes_larger_than_a_batch_are_projected_in_full(
    database: Database, projector: Projector, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(batches, "BATCH_SIZE", 3)
    monkeypatch.setattr(projectors, "BATCH_SIZE", 3)
    worlds = [await GraphWorld.create(database, 7, [tie(n, n + 1) for n in range(1, 7)]) for _ in range(3)]
    await projector.catch_up()
    for world in worlds:
        await world.write_ties(*(tie(n + 1, n) for n in range(1, 7)))
        await world.delete_character(1)
    await projector.catch_up()
    assert [await is_same(projector, world) for world in worlds] == [True] * 3


async def test_an_interrupted_write_is_not_served_and_is_repeated(
    database: Database, projector: Projector, driver: AsyncDriver
) -> None:
    world = await GraphWorld.create(database, 3, [tie(1, 2)])
    await projector.catch_up()
    base, head = await world.head(), await world.write_ties(tie(2, 3))
    begun = await projector.projection.begin({world.id: base}, {world.id: head}, from_empty=False)
    await begun.write(Batch(ties=[[str(world.id), 2, 3, 0, 0, 0.0, 1]]), is_last=False)
    queries = [NeighboursQuery(world.id, 1, depth=2, limit=5)]
    assert await Neo4jGraph(driver).neighbours(queries) == [None]

    await projector.catch_up()

    (answer,) = await Neo4jGraph(driver).neighbours(queries)
    assert answer is not None
    assert answer.as_of == head


async def test_a_projector_that_lost_the_leadership_writes_nothing(database: Database, projector: Projector) -> None:
    world = await GraphWorld.create(database, 2, [tie(1, 2, bond=1)])
    head = await world.head()
    late = await projector.projection.begin({world.id: None}, {world.id: head}, from_empty=True)
    await projector.catch_up()
    with pytest.raises(FencedOff):
        await late.write(Batch(deleted=[[str(world.id), 1]]), is_last=True)
    with pytest.raises(FencedOff):
        await projector.projection.begin({world.id: None}, {world.id: head}, from_empty=True)
    assert await is_same(projector, world)


async def test_an_invalidated_ecosystem_is_not_served_until_it_is_rebuilt(
    database: Database, projector: Projector, driver: AsyncDriver
) -> None:
    world = await GraphWorld.create(database, 2, [tie(1, 2)])
    await projector.catch_up()
    await driver.execute_query("MATCH ()-[r:FEELS]->() DELETE r")
    await projector.projection.invalidate([world.id])
    assert await Neo4jGraph(driver).positions([world.id]) == [None]
    await projector.catch_up()
    assert await Neo4jGraph(driver).positions([world.id]) == [await world.head()]
    assert await is_same(projector, world)


async def test_a_notification_projects_changes_without_a_poll(
    database: Database, projector: Projector, redis: Redis, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = await GraphWorld.create(database, 2)
    async with running(projector):
        await wait_until(lambda: has_reached(projector, world))
        monkeypatch.setattr(projectors, "POLL_SECONDS", 3_600.0)
        await wait_for_poll(projector)
        await world.write_ties(tie(1, 2))

        async def publish_and_check() -> bool:
            await notifications.publish(redis, world.id, 1)
            return await has_reached(projector, world)

        await redis.publish(notifications.GLOBAL_CHANNEL, "not an ecosystem ID")
        await wait_until(publish_and_check)


async def test_without_redis_changes_are_projected_by_polling(
    database: Database, driver: AsyncDriver, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(projectors, "POLL_SECONDS", 0.05)
    world = await GraphWorld.create(database, 2)
    async with database.pool.acquire() as connection, Redis(port=1) as unavailable_redis:
        projector = Projector(connection, driver, unavailable_redis)
        async with running(projector):
            await wait_until(lambda: has_reached(projector, world))
            await world.write_ties(tie(1, 2))
            await wait_until(lambda: has_reached(projector, world))


async def test_a_neo4j_killed_during_writes_loses_no_change(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(projectors, "POLL_SECONDS", 0.05)
    monkeypatch.setattr(projectors, "RETRY_SECONDS", 0.05)
    world = await GraphWorld.create(database, 30, [tie(n, n % 30 + 1) for n in range(1, 31)])
    with temporary_folder() as data:
        async with Launcher(data, report=lambda _: None) as launcher:
            address = await launcher.neo4j()
            async with (
                open_driver(address.uri, address.user, address.password) as driver,
                database.pool.acquire() as connection,
                Redis(port=1) as unavailable_redis,
            ):
                projector = Projector(connection, driver, unavailable_redis)
                async with running(projector):
                    for version in range(2, 40):
                        await world.write_ties(*(tie(n, n % 30 + 1, bond=version, version=version) for n in range(1, 31)))
                        if version in (12, 24):
                            await wait_until(lambda: has_begun(projector, world))
                            launcher.supervised[0].process.popen.kill()
                    await wait_until(lambda: has_reached(projector, world))
                assert await is_same(projector, world)


@contextmanager
def temporary_folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="observatory-") as name:
        Path(name).chmod(0o755)
        yield Path(name)


@asynccontextmanager
async def running(projector: Projector) -> AsyncIterator[None]:
    task = asyncio.create_task(projector.run())
    try:
        yield
        assert not task.done()
    finally:
        task.cancel()
        await asyncio.wait([task])


async def wait_until(condition: Callable[[], Awaitable[bool]]) -> None:
    async with asyncio.timeout(TIMEOUT_SECONDS):
        while True:
            if await condition():
                return
            await asyncio.sleep(0.02)


async def wait_for_poll(projector: Projector) -> None:
    """Waits until the next poll is in the far future."""

    async def has_polled() -> bool:
        return projector.poll_at > asyncio.get_running_loop().time() + 1_000

    await wait_until(has_polled)


async def has_begun(projector: Projector, world: GraphWorld) -> bool:
    try:
        return world.id in await projector.projection.marks([world.id])
    except projectors.NEO4J_ERRORS:
        return False


async def has_reached(projector: Projector, world: GraphWorld) -> bool:
    try:
        return (await projector.projection.marks([world.id])).get(world.id) == await world.head()
    except projectors.NEO4J_ERRORS:
        return False


async def is_same(projector: Projector, world: GraphWorld) -> bool:
    report = await drift.find_drift(projector.connection, projector.projection.driver, world.id)
    return report == drift.DriftReport(world.id, 0, [])


async def read_projection(projector: Projector, world: GraphWorld) -> tuple[dict[tuple[int, int], int], list[str]]:
    """Returns the bonds by pair and the names in the order of their numbers, as stored in Neo4j."""
    driver, parameters = projector.projection.driver, {"world": str(world.id)}
    ties = await driver.execute_query(
        "MATCH (a:Character {ecosystem: $world})-[r:FEELS]->(b) RETURN a.number, b.number, r.bond", parameters
    )
    names = await driver.execute_query("MATCH (c:Character {ecosystem: $world}) RETURN c.name ORDER BY c.number", parameters)
    return {(a, b): bond for a, b, bond in ties.records}, [record[0] for record in names.records]
