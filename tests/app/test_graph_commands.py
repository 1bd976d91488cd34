"""`observatory graph check` and `observatory graph rebuild`, during a run and without one."""

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
    """Runs `observatory graph` on the stores of the test."""
    environment = {
        "DATABASE_URL": database_url,
        "REDIS_URL": redis_url,
        "NEO4J_URI": neo4j.uri,
        "NEO4J_USER": neo4j.user,
        "NEO4J_PASSWORD": neo4j.password,
    }

    def run(*arguments: str, **changes: str) -> "asyncio.Future[Result]":
        return asyncio.ensure_future(
            asyncio.to_thread(CliRunner().invoke, app, ["graph", *arguments], env=environment | changes)
        )

    return run


async def test_check_passes_for_a_correct_projection(
    database: Database, projector: Projector, observatory: Observatory
) -> None:
    world = await GraphWorld.create(database, 2, [tie(1, 2)])
    await projector.catch_up()
    result = await observatory("check")
    assert (result.exit_code, result.stdout) == (0, f"{world.id}: 0 facts behind, 0 differences\n")


async def test_check_lists_drift_and_repairs_it_on_request(
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


async def test_rebuild_writes_one_ecosystem_or_all_of_them(
    database: Database, projector: Projector, driver: AsyncDriver, observatory: Observatory
) -> None:
    worlds = [await GraphWorld.create(database, 2, [tie(1, 2)]) for _ in range(2)]
    await projector.catch_up()
    for arguments, expected in ((["rebuild", str(worlds[0].id)], {worlds[0].id: 1, worlds[1].id: 0}), (["rebuild"], None)):
        await driver.execute_query("MATCH ()-[r:FEELS]->() DELETE r")
        assert (await observatory(*arguments)).exit_code == 0
        assert await count_ties(driver) == (expected or {world.id: 1 for world in worlds})


async def test_check_without_neo4j_is_an_error(observatory: Observatory) -> None:
    result = await observatory("check", NEO4J_URI="off")
    assert "There is no Neo4j" in str(result.exception)


async def count_ties(driver: AsyncDriver) -> dict[UUID, int]:
    """Returns the number of ties in Neo4j by ecosystem ID."""
    counted = await driver.execute_query(
        "MATCH (p:Projection) OPTIONAL MATCH (:Character {ecosystem: p.ecosystem})-[r:FEELS]->() RETURN p.ecosystem, count(r)"
    )
    return {UUID(world): count for world, count in counted.records}
