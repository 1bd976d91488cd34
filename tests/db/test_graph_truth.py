"""What an answer says is true for the position that it names, whatever is being written."""

import asyncio

import pytest
from neo4j import AsyncDriver

from app.processes.projector import Projector
from db.database import Database
from db.graph.contract import Graph, StrongestTiesOf
from db.graph.neo4j import Neo4jGraph
from db.graph.postgres import PostgresGraph
from db.projection import batches
from domain.rule_sets import STORY
from tests.db.graph_worlds import GraphWorld, tie

OTHERS = range(2, 8)
VERSIONS = 25


async def test_neo4j_never_shows_half_of_a_change(
    database: Database, projector: Projector, driver: AsyncDriver, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(batches, "BATCH_SIZE", 1)
    world = await GraphWorld.made(database, 7)
    truth = {(await world.head()).position: 0}
    async with asyncio.TaskGroup() as tasks:
        writing = tasks.create_task(_write(world, truth))
        projecting = tasks.create_task(_project(projector, world, until=writing))
        seen = await _read(Neo4jGraph(driver), world, truth, until=projecting)
    assert VERSIONS in seen


async def test_postgres_never_shows_half_of_a_change(database: Database) -> None:
    world = await GraphWorld.made(database, 7)
    truth = {(await world.head()).position: 0}
    async with asyncio.TaskGroup() as tasks:
        writing = tasks.create_task(_write(world, truth))
        seen = await _read(PostgresGraph(database), world, truth, until=writing)
    assert VERSIONS in seen


async def _write(world: GraphWorld, truth: dict[int, int]) -> None:
    """Each change gives all ties of the first the same bond; `truth` says which at which position."""
    for version in range(1, VERSIONS + 1):
        head = (await world.head()).position + len(OTHERS)
        truth[head] = version
        await world.feel(*(tie(1, other, bond=version, version=version) for other in OTHERS))


async def _project(projector: Projector, world: GraphWorld, *, until: asyncio.Task[None]) -> None:
    while True:
        ended = until.done()
        await projector.catch_up([world.id])
        if ended:
            return


async def _read(graph: Graph, world: GraphWorld, truth: dict[int, int], *, until: asyncio.Task[None]) -> set[int]:
    """The bonds that were seen, always the same on all ties, and always the one of the position."""
    asked, seen = [StrongestTiesOf(world.id, 1, limit=9, at=0.0, rules=STORY)], set()
    while True:
        ended = until.done()
        (answer,) = await graph.strongest_ties(asked)
        if answer is not None:
            bond = truth[answer.as_of.position]
            assert [found.bond for found in answer.value] == ([bond] * len(OTHERS) if bond else [])
            seen.add(bond)
        if ended:
            return seen
        await asyncio.sleep(0)
