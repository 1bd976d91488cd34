"""`observatory graph check` and `rebuild`: beside a run that leads, or by themselves."""

import asyncio
from collections.abc import Callable
from uuid import UUID

import pytest
from neo4j import AsyncDriver
from typer.testing import CliRunner, Result

from app.cli import app
from app.embedded.neo4j import Neo4jConnectionInfo
from app.processes.projector import Projector
from db.database import Database
from tests.db.graph_worlds import GraphWorld, tie

Observatory = Callable[..., "asyncio.Future[Result]"]


@pytest.fixture
def observatory(database_url: str, redis_url: str, neo4j: Neo4jConnectionInfo) -> Observatory:
    """The command line, pointed at the stores of this test."""
    environment = {
        "DATABASE_URL": database_url,
        "REDIS_URL": redis_url,
        "NEO4J_URI": neo4j.uri,
        "NEO4J_USER": neo4j.user,
        "NEO4J_PASSWORD": neo4j.password,
    }

    def run(*words: str, **changes: str) -> "asyncio.Future[Result]":
        return asyncio.ensure_future(asyncio.to_thread(CliRunner().invoke, app, ["graph", *words], env=environment | changes))

    return run


async def test_a_copy_that_is_right_passes(database: Database, projector: Projector, observatory: Observatory) -> None:
    world = await GraphWorld.create(database, 2, [tie(1, 2)])
    await projector.catch_up()
    result = await observatory("check")
    assert (result.exit_code, result.stdout) == (0, f"{world.id}: 0 facts behind, 0 differences\n")


async def test_drift_is_listed_fails_and_is_repaired(
    database: Database, projector: Projector, driver: AsyncDriver, observatory: Observatory
) -> None:
    world, other = await GraphWorld.create(database, 2, [tie(1, 2)]), await GraphWorld.create(database, 2, [tie(1, 2)])
    await projector.catch_up()
    await driver.execute_query("MATCH ({ecosystem: $world})-[r:FEELS]->() SET r.bond = 7", {"world": str(world.id)})

    found = await observatory("check")
    assert found.exit_code != 0
    assert (
        f"{world.id}: 0 facts behind, 1 differences\n  tie 1-2: Postgres (0, 0, 0.0, 1), Neo4j (0, 7, 0.0, 1)\n" in found.stdout
    )
    assert f"{other.id}: 0 facts behind, 0 differences\n" in found.stdout

    assert (await observatory("check", "--repair")).exit_code == 0
    assert (await observatory("check", str(world.id))).exit_code == 0


async def test_all_worlds_or_one_are_written_anew(
    database: Database, projector: Projector, driver: AsyncDriver, observatory: Observatory
) -> None:
    worlds = [await GraphWorld.create(database, 2, [tie(1, 2)]) for _ in range(2)]
    await projector.catch_up()
    for asked, expected in ((["rebuild", str(worlds[0].id)], {worlds[0].id: 1, worlds[1].id: 0}), (["rebuild"], None)):
        await driver.execute_query("MATCH ()-[r:FEELS]->() DELETE r")
        assert (await observatory(*asked)).exit_code == 0
        assert await ties(driver) == (expected or {world.id: 1 for world in worlds})


async def test_without_neo4j_it_says_so(observatory: Observatory) -> None:
    result = await observatory("check", NEO4J_URI="off")
    assert "There is no Neo4j" in str(result.exception)


async def ties(driver: AsyncDriver) -> dict[UUID, int]:
    """How many each world has in Neo4j."""
    counted = await driver.execute_query(
        "MATCH (p:Projection) OPTIONAL MATCH (:Character {ecosystem: p.ecosystem})-[r:FEELS]->() RETURN p.ecosystem, count(r)"
    )
    return {UUID(world): count for world, count in counted.records}
