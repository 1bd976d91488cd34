"""An answer is valid for its position, also during a write."""

import asyncio

import pytest
from neo4j import AsyncDriver

from app.processes.projector import Projector
from db.database import Database
from db.graph.contract import Graph, NeighboursQuery
from db.graph.neo4j import Neo4jGraph
from db.graph.postgres import PostgresGraph
from db.projection import batches
from tests.db.graph_worlds import GraphWorld, tie

CHANGES = 25
TIES_OF_EACH_CHANGE = 6


async def test_neo4j_never_shows_half_of_a_change(
    database: Database, projector: Projector, driver: AsyncDriver, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(batches, "BATCH_SIZE", 1)
    world = await GraphWorld.create(database, 1 + CHANGES * TIES_OF_EACH_CHANGE)
    expected = {(await world.head()).position: 0}
    async with asyncio.TaskGroup() as tasks:
        writing = tasks.create_task(_write(world, expected))
        projecting = tasks.create_task(_project(projector, world, until=writing))
        seen = await _read(Neo4jGraph(driver), world, expected, until=projecting)
    assert CHANGES * TIES_OF_EACH_CHANGE in seen


async def test_postgres_never_shows_half_of_a_change(database: Database) -> None:
    world = await GraphWorld.create(database, 1 + CHANGES * TIES_OF_EACH_CHANGE)
    expected = {(await world.head()).position: 0}
    async with asyncio.TaskGroup() as tasks:
        writing = tasks.create_task(_write(world, expected))
        seen = await _read(PostgresGraph(database), world, expected, until=writing)
    assert CHANGES * TIES_OF_EACH_CHANGE in seen


async def _write(world: GraphWorld, expected: dict[int, int]) -> None:
    """Each change gives the first character new neighbours; `expected` has their number at each position."""
    for change in range(CHANGES):
        first = 2 + change * TIES_OF_EACH_CHANGE
        head = (await world.head()).position + TIES_OF_EACH_CHANGE
        expected[head] = (change + 1) * TIES_OF_EACH_CHANGE
        await world.write_ties(*(tie(1, other) for other in range(first, first + TIES_OF_EACH_CHANGE)))


async def _project(projector: Projector, world: GraphWorld, *, until: asyncio.Task[None]) -> None:
    while True:
        ended = until.done()
        await projector.catch_up([world.id])
        if ended:
            return


async def _read(graph: Graph, world: GraphWorld, expected: dict[int, int], *, until: asyncio.Task[None]) -> set[int]:
    """The numbers of neighbours that were read, each of which must be that of its position."""
    queries, seen = [NeighboursQuery(world.id, 1, depth=1, limit=CHANGES * TIES_OF_EACH_CHANGE)], set()
    while True:
        ended = until.done()
        (answer,) = await graph.neighbours(queries)
        if answer is not None:
            assert len(answer.value) == expected[answer.as_of.position]
            seen.add(len(answer.value))
        if ended:
            return seen
        await asyncio.sleep(0)
