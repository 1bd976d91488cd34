"""Neo4j is asked first, in bounded time; Postgres answers in its place where it is off, away, slow or behind."""

import asyncio
from collections.abc import AsyncIterator
from urllib.parse import urlsplit

import pytest

from app.embedded.neo4j import Neo4jConnectionInfo
from app.processes.projector import Projector
from db.database import Database
from db.graph import routed
from db.graph.contract import CommonNeighboursQuery, FewestTiesPathQuery, NeighboursQuery, StrongestPathQuery, StrongestTiesOf
from db.graph.neo4j import open_driver
from db.graph.routed import RoutedGraph
from domain.activity import Cursor
from domain.rule_sets import STORY
from tests.db.graph_worlds import GraphWorld, tie

PATIENCE_SECONDS = 60.0


class Road:
    """The way to Neo4j, which a test can block (nothing comes through) or cut (nobody answers)."""

    def __init__(self, host: str, port: int) -> None:
        self.host, self.port = host, port
        self.open = asyncio.Event()
        self.open.set()
        self.is_cut = False
        self.writers: set[asyncio.StreamWriter] = set()

    async def carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if self.is_cut:
            writer.close()
            return
        far_reader, far_writer = await asyncio.open_connection(self.host, self.port)
        self.writers |= {writer, far_writer}
        await asyncio.gather(self._pump(reader, far_writer), self._pump(far_reader, writer))

    def cut(self) -> None:
        self.is_cut = True
        for writer in self.writers:
            writer.close()

    async def _pump(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while data := await reader.read(65_536):
                await self.open.wait()
                writer.write(data)
        except OSError:
            pass
        finally:
            writer.close()


@pytest.fixture
async def road(neo4j: Neo4jConnectionInfo) -> Road:
    there = urlsplit(neo4j.uri)
    assert there.hostname is not None
    return Road(there.hostname, there.port or 7687)


@pytest.fixture
async def graph(database: Database, neo4j: Neo4jConnectionInfo, road: Road) -> AsyncIterator[RoutedGraph]:
    async with await asyncio.start_server(road.carry, "127.0.0.1", 0) as server:
        port = server.sockets[0].getsockname()[1]
        graph = RoutedGraph.on_postgres(database)
        graph.connect(open_driver(f"bolt://127.0.0.1:{port}", neo4j.user, neo4j.password))
        await graph.recovered()
        yield graph
        road.open.set()
        await graph.close()


async def test_without_neo4j_postgres_answers_everything(database: Database) -> None:
    world, graph = await GraphWorld.made(database, 3, [tie(1, 2), tie(2, 3)]), RoutedGraph.on_postgres(database)
    await graph.recovered()
    assert await asked(graph, world) == [[(1, 2), (2, 3)], [2], [(2, 0)], (1, 2, 3), (1, 2, 3)]
    assert graph.backends.fallbacks == {"off": 4}
    await graph.close()


async def test_what_neo4j_knows_it_answers(database: Database, projector: Projector, graph: RoutedGraph) -> None:
    world = await GraphWorld.made(database, 3, [tie(1, 2), tie(2, 3)])
    await projector.catch_up()
    assert await asked(graph, world) == [[(1, 2), (2, 3)], [2], [(2, 0)], (1, 2, 3), (1, 2, 3)]
    assert graph.backends.fallbacks == {}


async def test_a_world_that_neo4j_does_not_know_yet_is_answered_by_postgres(database: Database, graph: RoutedGraph) -> None:
    world = await GraphWorld.made(database, 2, [tie(1, 2)])
    (answer,) = await graph.neighbours([NeighboursQuery(world.id, 1, depth=1, limit=5)])
    assert answer is not None
    assert answer.as_of == await world.head()
    assert graph.backends.fallbacks == {"behind": 1}


async def test_whoever_just_wrote_is_answered_by_postgres_where_the_projection_does_not_come(
    database: Database, projector: Projector, graph: RoutedGraph
) -> None:
    world = await GraphWorld.made(database, 3, [tie(1, 2)])
    await projector.catch_up()
    written = await world.feel(tie(1, 3))
    question = NeighboursQuery(world.id, 1, depth=1, limit=5)

    (stale,) = await graph.neighbours([question])
    (fresh,) = await graph.at_least({world.id: written}).neighbours([question])

    assert stale is not None
    assert fresh is not None
    assert [number for _, number in stale.value] == [2]
    assert ([number for _, number in fresh.value], fresh.as_of) == ([2, 3], written)
    assert graph.backends.fallbacks == {"behind": 1}


async def test_whoever_just_wrote_waits_a_little_for_the_projection(
    database: Database, projector: Projector, graph: RoutedGraph, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(routed, "PROJECTION_SECONDS_MAX", PATIENCE_SECONDS)
    monkeypatch.setattr(routed, "ANSWER_SECONDS_MAX", PATIENCE_SECONDS)
    world = await GraphWorld.made(database, 3, [tie(1, 2)])
    await projector.catch_up()
    written = await world.feel(tie(1, 3))
    demanding = graph.at_least({world.id: written})
    asking = asyncio.create_task(demanding.neighbours([NeighboursQuery(world.id, 1, depth=1, limit=5)]))
    await projector.catch_up()
    (answer,) = await asking
    assert answer is not None
    assert answer.as_of == written
    assert graph.backends.fallbacks == {}


async def test_of_another_history_nothing_suffices(database: Database, projector: Projector, graph: RoutedGraph) -> None:
    world = await GraphWorld.made(database, 2, [tie(1, 2)])
    await projector.catch_up()
    demanding = graph.at_least({world.id: Cursor(1, 1)})
    (answer,) = await demanding.neighbours([NeighboursQuery(world.id, 1, depth=1, limit=5)])
    assert answer is not None
    assert graph.backends.fallbacks == {"behind": 1}


async def test_a_neo4j_that_hangs_is_not_waited_for_and_is_asked_again_when_it_is_back(
    database: Database, projector: Projector, graph: RoutedGraph, road: Road, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = await GraphWorld.made(database, 3, [tie(1, 2), tie(2, 3)])
    await projector.catch_up()
    monkeypatch.setattr(routed, "ANSWER_SECONDS_MAX", 0.1)
    road.open.clear()
    assert (await asked(graph, world))[0] == [(1, 2), (2, 3)]
    assert graph.backends.fallbacks == {"slow": 1, "away": 3}

    monkeypatch.setattr(routed, "ANSWER_SECONDS_MAX", PATIENCE_SECONDS)
    road.open.set()
    async with asyncio.timeout(PATIENCE_SECONDS):
        await graph.recovered()
    assert (await asked(graph, world))[0] == [(1, 2), (2, 3)]
    assert graph.backends.fallbacks.total() == 4


async def test_a_neo4j_that_is_gone_is_left_alone_until_it_is_back(
    database: Database, projector: Projector, graph: RoutedGraph, road: Road, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(routed, "RECOVERY_PAUSE_SECONDS", 0.02)
    world = await GraphWorld.made(database, 3, [tie(1, 2), tie(2, 3)])
    await projector.catch_up()
    road.cut()
    assert (await asked(graph, world))[0] == [(1, 2), (2, 3)]
    assert graph.backends.fallbacks == {"away": 4}
    road.is_cut = False
    async with asyncio.timeout(PATIENCE_SECONDS):
        await graph.recovered()
    assert (await asked(graph, world))[0] == [(1, 2), (2, 3)]
    assert graph.backends.fallbacks == {"away": 4}


async def asked(graph: RoutedGraph, world: GraphWorld) -> list[object]:
    """What it finds to one question of each kind; the strongest path is never Neo4j's."""
    (neighbours,) = await graph.neighbours([NeighboursQuery(world.id, 1, depth=2, limit=5)])
    (common,) = await graph.common_neighbours([CommonNeighboursQuery(world.id, 1, 3, limit=5)])
    (strongest,) = await graph.strongest_ties([StrongestTiesOf(world.id, 1, limit=5, at=0.0, rules=STORY)])
    (fewest,) = await graph.fewest_paths([FewestTiesPathQuery(world.id, 1, 3)])
    (strong,) = await graph.strongest_paths([StrongestPathQuery(world.id, 1, 3, at=0.0, rules=STORY)])
    found = [answer.value for answer in (neighbours, common, strongest, fewest, strong) if answer]
    return [getattr(one, "numbers", one) for one in found]
