"""One process is the leader. When its connection to Postgres ends, another process is elected."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import pytest
from neo4j import AsyncDriver
from redis.asyncio import Redis

from app.processes import leader, projector
from app.processes.leader import run_leader
from app.processes.projector import Projector
from app.processes.scheduled import ScheduledTasks
from db import leader_election
from db.database import Database
from db.graph.routed import RoutedGraph
from db.leader_election import hold_leadership
from db.projection import drift
from db.stores import Stores
from tests.db.graph_worlds import GraphWorld, tie

TIMEOUT_SECONDS = 60.0


@pytest.fixture
def stores(database: Database, redis: Redis, monkeypatch: pytest.MonkeyPatch) -> Stores:
    for module, name in ((leader_election, "ELECTION_SECONDS"), (leader, "RETRY_SECONDS"), (projector, "POLL_SECONDS")):
        monkeypatch.setattr(module, name, 0.05)
    return Stores(database, redis, RoutedGraph.on_postgres(database))


async def test_one_process_at_a_time_holds_the_leadership(database_url: str) -> None:
    terms: list[str] = []

    async def serve(name: str) -> None:
        async with hold_leadership(database_url) as connection:
            terms.append(f"{name} begins")
            await connection.execute("SELECT pg_sleep(0.2)")
            terms.append(f"{name} ends")

    await asyncio.gather(serve("one"), serve("other"))
    assert [term.split()[1] for term in terms] == ["begins", "ends"] * 2
    assert {term.split()[0] for term in terms} == {"one", "other"}


async def test_the_projection_continues_when_the_leader_loses_its_connection(
    database_url: str, database: Database, stores: Stores, driver: AsyncDriver, projector: Projector
) -> None:
    world = await GraphWorld.create(database, 3)
    async with run_leader_task(database_url, stores, driver), run_leader_task(database_url, stores, driver):
        for version in (1, 2, 3):
            await world.write_ties(tie(1, 2, bond=version, version=version), tie(2, 3, version=version))
            await wait_until(lambda: is_same(projector, world))
            assert len(await find_leaders(database)) == 1
            await database.fetchval("SELECT pg_terminate_backend($1)", (await find_leaders(database))[0])
        await world.delete_character(3)
        await wait_until(lambda: is_same(projector, world))


async def test_scheduled_tasks_run_without_neo4j(database_url: str, database: Database, stores: Stores) -> None:
    world = await GraphWorld.create(database, 3)

    async def is_counted() -> bool:
        counted = "SELECT characters FROM ecosystem_activity_summary WHERE ecosystem_id = $1"
        return await database.fetchval(counted, world.id) == 3

    async with run_leader_task(database_url, stores, None):
        await wait_until(is_counted)


async def test_a_process_leads_again_after_an_exception(
    database_url: str, stores: Stores, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    terms: list[int] = []

    async def run(_: ScheduledTasks) -> None:
        terms.append(len(terms))
        if len(terms) == 1:
            raise ValueError("a bug")
        await asyncio.Event().wait()

    async def is_led_again() -> bool:
        return len(terms) == 2

    monkeypatch.setattr(ScheduledTasks, "run", run)
    async with run_leader_task(database_url, stores, None):
        await wait_until(is_led_again)
    assert "a bug" in caplog.text


@asynccontextmanager
async def run_leader_task(database_url: str, stores: Stores, driver: AsyncDriver | None) -> AsyncIterator[None]:
    async def get_driver() -> AsyncDriver | None:
        return driver

    task = asyncio.create_task(run_leader(database_url, stores, get_driver()))
    try:
        yield
        assert not task.done()
    finally:
        task.cancel()
        await asyncio.wait([task])


async def find_leaders(database: Database) -> list[int]:
    """Waits for a leader. Returns the process IDs of the Postgres connections that hold the lock."""
    process_ids: list[int] = []

    async def is_led() -> bool:
        async with database.transaction() as connection:
            rows = await connection.fetch(
                "SELECT l.pid FROM pg_locks l JOIN pg_database d ON d.oid = l.database "
                "WHERE l.locktype = 'advisory' AND l.granted AND d.datname = current_database()"
            )
        process_ids[:] = [row["pid"] for row in rows]
        return bool(process_ids)

    await wait_until(is_led)
    return process_ids


async def is_same(projector: Projector, world: GraphWorld) -> bool:
    report = await drift.find_drift(projector.connection, projector.projection.driver, world.id)
    return report == drift.DriftReport(world.id, 0, [])


async def wait_until(condition: Callable[[], Awaitable[bool]]) -> None:
    async with asyncio.timeout(TIMEOUT_SECONDS):
        while True:
            if await condition():
                return
            await asyncio.sleep(0.02)
