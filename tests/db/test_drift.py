"""The check finds differences between Neo4j and Postgres that newer facts do not explain."""

from neo4j import AsyncDriver

from app.processes.projector import Projector
from db.database import Database
from db.projection import drift
from db.projection.drift import Difference, DriftReport
from tests.db.graph_worlds import GraphWorld, tie


async def test_changes_in_neo4j_are_found(database: Database, projector: Projector, driver: AsyncDriver) -> None:
    ties = [tie(1, 2, bond=10), tie(2, 3, bond=20), tie(3, 1, bond=30), tie(1, 3, bond=40)]
    world, other = await GraphWorld.create(database, 4, ties), await GraphWorld.create(database, 4, ties)
    await projector.catch_up()
    for statement in (
        "MATCH ({number: 1})-[r:FEELS]->({number: 2}) SET r.bond = 11",
        "MATCH ({number: 2})-[r:FEELS]->({number: 3}) DELETE r",
        "MATCH (a {number: 2}), (b {number: 1}) CREATE (a)-[:FEELS {bond: 1, affinity: 2, felt_at: 3.0, version: 4}]->(b)",
        "MATCH (c:Character {number: 3}) SET c.version = 7",
        "MATCH (c:Character {number: 4}) SET c.name = 'Somebody'",
        "MATCH (p:Projection) WITH p LIMIT 1 CREATE (:Character {ecosystem: $world, number: 9, name: 'Nobody', version: 1})",
    ):
        change = statement.replace("({number", "({ecosystem: $world, number").replace(" {number", " {ecosystem: $world, number")
        await driver.execute_query(change, {"world": str(world.id)})  # type: ignore[arg-type]

    found = await drift.find_drift(projector.connection, driver, world.id)

    assert found == DriftReport(
        world.id,
        0,
        [
            Difference("character", (3,), ("No. 3", 1), ("No. 3", 7)),
            Difference("character", (4,), ("No. 4", 1), ("Somebody", 1)),
            Difference("character", (9,), None, ("Nobody", 1)),
            Difference("tie", (1, 2), (0, 10, 0.0, 1), (0, 11, 0.0, 1)),
            Difference("tie", (2, 1), None, (2, 1, 3.0, 4)),
            Difference("tie", (2, 3), (0, 20, 0.0, 1), None),
        ],
    )
    assert await drift.find_drift(projector.connection, driver, other.id) == DriftReport(other.id, 0, [])


async def test_facts_that_neo4j_does_not_have_yet_are_no_drift(
    database: Database, projector: Projector, driver: AsyncDriver
) -> None:
    world = await GraphWorld.create(database, 4, [tie(1, 2), tie(2, 3), tie(3, 4)])
    await projector.catch_up()
    await world.write_ties(tie(1, 2, bond=5, version=2), tie(2, 1))
    await world.delete_character(4)
    await world.rename(3, "Cosette")
    await world.add_character()
    found = await drift.find_drift(projector.connection, driver, world.id)
    assert found == DriftReport(world.id, 5, [])


async def test_a_missing_ecosystem_or_one_of_another_epoch_has_no_lag(
    database: Database, projector: Projector, driver: AsyncDriver
) -> None:
    world = await GraphWorld.create(database, 2, [tie(1, 2)])
    assert await drift.find_drift(projector.connection, driver, world.id) == DriftReport(world.id, None)
    await projector.catch_up()
    await world.replace_history()
    assert await drift.find_drift(projector.connection, driver, world.id) == DriftReport(world.id, None)


async def test_a_rebuild_repairs_drift(database: Database, projector: Projector, driver: AsyncDriver) -> None:
    world = await GraphWorld.create(database, 3, [tie(1, 2), tie(2, 3)])
    await projector.catch_up()
    await driver.execute_query("MATCH ()-[r:FEELS]->() SET r.bond = 9")
    await projector.projection.invalidate([world.id])
    await projector.catch_up()
    assert await drift.find_drift(projector.connection, driver, world.id) == DriftReport(world.id, 0, [])
