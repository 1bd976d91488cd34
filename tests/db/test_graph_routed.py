"""Neo4j answers first, within a time limit; Postgres answers instead if Neo4j is off, away, slow or behind."""

import asyncio
from collections.abc import AsyncIterator
from urllib.parse import urlsplit

import pytest

from app.embedded.neo4j import Neo4jConnectionInfo
from app.processes.projector import Projector
from db.database import Database
from db.graph import routed
from db.graph.contract import CommonNeighboursQuery, FewestTiesPathQuery, NeighboursQuery, StrongestPathQuery
from db.graph.neo4j import open_driver
from db.graph.routed import RoutedGraph
from domain.activity import Cursor
from domain.rule_sets import STORY
from tests.db.graph_worlds import GraphWorld, tie

PATIENCE_SECONDS = 60.0


class Proxy:
    """A TCP proxy to Neo4j, which a test can block (no bytes pass) or cut (connections are closed)."""

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
async def proxy(neo4j: Neo4jConnectionInfo) -> Proxy:
    address = urlsplit(neo4j.uri)
    assert address.hostname is not None
    return Proxy(address.hostname, address.port or 7687)


@pytest.fixture
async def graph(
    database: Database, neo4j: Neo4jConnectionInfo, proxy: Proxy, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[RoutedGraph]:
    """A routed graph with a long time limit, so that a slow machine does not fall back to Postgres."""
    monkeypatch.setattr(routed, "ANSWER_SECONDS_MAX", PATIENCE_SECONDS)
    async with await asyncio.start_server(proxy.carry, "127.0.0.1", 0) as server:
        port = server.sockets[0].getsockname()[1]
        graph = RoutedGraph.on_postgres(database)
        graph.connect(open_driver(f"bolt://127.0.0.1:{port}", neo4j.user, neo4j.password))
        await graph.wait_until_recovered()
        yield graph
        proxy.open.set()
        await graph.close()


async def test_without_neo4j_postgres_answers_everything(database: Database) -> None:
    world, graph = await GraphWorld.create(database, 3, [tie(1, 2), tie(2, 3)]), RoutedGraph.on_postgres(database)
    await graph.wait_until_recovered()
    assert await all_answers(graph, world) == [[(1, 2), (2, 3)], [2], (1, 2, 3), (1, 2, 3)]
    assert graph.backends.fallbacks == {"off": 3}
    await graph.close()


async def test_neo4j_answers_if_it_has_the_ecosystem(database: Database, projector: Projector, graph: RoutedGraph) -> None:
    world = await GraphWorld.create(database, 3, [tie(1, 2), tie(2, 3)])
    await projector.catch_up()
    assert await all_answers(graph, world) == [[(1, 2), (2, 3)], [2], (1, 2, 3), (1, 2, 3)]
    assert graph.backends.fallbacks == {}


async def test_postgres_answers_if_neo4j_does_not_have_the_ecosystem_yet(database: Database, graph: RoutedGraph) -> None:
    world = await GraphWorld.create(database, 2, [tie(1, 2)])
    (answer,) = await graph.neighbours([NeighboursQuery(world.id, 1, depth=1, limit=5)])
    assert answer is not None
    assert answer.as_of == await world.head()
    assert graph.backends.fallbacks == {"behind": 1}


async def test_postgres_answers_a_writer_if_the_projection_stays_behind(
    database: Database, projector: Projector, graph: RoutedGraph
) -> None:
    world = await GraphWorld.create(database, 3, [tie(1, 2)])
    await projector.catch_up()
    written = await world.write_ties(tie(1, 3))
    query = NeighboursQuery(world.id, 1, depth=1, limit=5)

    (stale,) = await graph.neighbours([query])
    (fresh,) = await graph.with_minimum_positions({world.id: written}).neighbours([query])

    assert stale is not None
    assert fresh is not None
    assert [number for _, number in stale.value] == [2]
    assert ([number for _, number in fresh.value], fresh.as_of) == ([2, 3], written)
    assert graph.backends.fallbacks == {"behind": 1}


async def test_a_query_of_a_writer_waits_for_the_projection(
    database: Database, projector: Projector, graph: RoutedGraph, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(routed, "PROJECTION_SECONDS_MAX", PATIENCE_SECONDS)
    world = await GraphWorld.create(database, 3, [tie(1, 2)])
    await projector.catch_up()
    written = await world.write_ties(tie(1, 3))
    fresh_graph = graph.with_minimum_positions({world.id: written})
    asking = asyncio.create_task(fresh_graph.neighbours([NeighboursQuery(world.id, 1, depth=1, limit=5)]))
    await projector.catch_up()
    (answer,) = await asking
    assert answer is not None
    assert answer.as_of == written
    assert graph.backends.fallbacks == {}


async def test_positions_of_another_epoch_never_suffice(database: Database, projector: Projector, graph: RoutedGraph) -> None:
    world = await GraphWorld.create(database, 2, [tie(1, 2)])
    await projector.catch_up()
    fresh_graph = graph.with_minimum_positions({world.id: Cursor(1, 1)})
    (answer,) = await fresh_graph.neighbours([NeighboursQuery(world.id, 1, depth=1, limit=5)])
    assert answer is not None
    assert graph.backends.fallbacks == {"behind": 1}


async def test_a_neo4j_that_hangs_is_skipped_and_used_again_after_recovery(
    database: Database, projector: Projector, graph: RoutedGraph, proxy: Proxy, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = await GraphWorld.create(database, 3, [tie(1, 2), tie(2, 3)])
    await projector.catch_up()
    monkeypatch.setattr(routed, "ANSWER_SECONDS_MAX", 0.1)
    proxy.open.clear()
    assert (await all_answers(graph, world))[0] == [(1, 2), (2, 3)]
    assert graph.backends.fallbacks == {"slow": 1, "away": 2}

    monkeypatch.setattr(routed, "ANSWER_SECONDS_MAX", PATIENCE_SECONDS)
    proxy.open.set()
    async with asyncio.timeout(PATIENCE_SECONDS):
        await graph.wait_until_recovered()
    assert (await all_answers(graph, world))[0] == [(1, 2), (2, 3)]
    assert graph.backends.fallbacks.total() == 3


async def test_a_neo4j_that_is_away_is_skipped_until_it_answers(
    database: Database, projector: Projector, graph: RoutedGraph, proxy: Proxy, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(routed, "RECOVERY_PAUSE_SECONDS", 0.02)
    world = await GraphWorld.create(database, 3, [tie(1, 2), tie(2, 3)])
    await projector.catch_up()
    proxy.cut()
    assert (await all_answers(graph, world))[0] == [(1, 2), (2, 3)]
    assert graph.backends.fallbacks == {"away": 3}
    proxy.is_cut = False
    async with asyncio.timeout(PATIENCE_SECONDS):
        await graph.wait_until_recovered()
    assert (await all_answers(graph, world))[0] == [(1, 2), (2, 3)]
    assert graph.backends.fallbacks == {"away": 3}


async def all_answers(graph: RoutedGraph, world: GraphWorld) -> list[object]:
    """The answers to one query of each kind. Postgres always answers the last one, the strongest path."""
    (neighbours,) = await graph.neighbours([NeighboursQuery(world.id, 1, depth=2, limit=5)])
    (common,) = await graph.common_neighbours([CommonNeighboursQuery(world.id, 1, 3, limit=5)])
    (fewest,) = await graph.fewest_paths([FewestTiesPathQuery(world.id, 1, 3)])
    (strong,) = await graph.strongest_paths([StrongestPathQuery(world.id, 1, 3, at=0.0, rules=STORY)])
    found = [answer.value for answer in (neighbours, common, fewest, strong) if answer]
    return [getattr(one, "numbers", one) for one in found]
