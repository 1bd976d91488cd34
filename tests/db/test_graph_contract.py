"""The contract of all graphs: the same queries on Postgres, on Neo4j, and on the graph that routes to both."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from uuid import uuid4

import networkx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from neo4j import AsyncDriver

from app.processes.projector import Projector
from db.database import Database
from db.graph.contract import (
    CommonNeighboursQuery,
    FewestTiesPathQuery,
    Graph,
    Neighbour,
    NeighboursQuery,
    StrongestPathQuery,
)
from db.graph.neo4j import Neo4jGraph
from db.graph.postgres import PostgresGraph
from db.graph.routed import RoutedGraph
from domain.paths import Path
from domain.relationships import RelationshipState
from domain.rule_sets import STORY
from tests.db.graph_worlds import GraphWorld, tie

DAY = 86_400.0


@dataclass(slots=True)
class Subject:
    """A graph under test, and how an ecosystem gets into it."""

    graph: Graph
    paths: RoutedGraph
    database: Database
    projector: Projector | None

    async def world(self, people: int, ties: Iterable[RelationshipState]) -> GraphWorld:
        world = await GraphWorld.create(self.database, people, ties)
        await self.catch_up(world)
        return world

    async def catch_up(self, world: GraphWorld) -> None:
        if self.projector is not None:
            await self.projector.catch_up([world.id])


@pytest.fixture
async def on_postgres(database: Database) -> Subject:
    return Subject(PostgresGraph(database), RoutedGraph.on_postgres(database), database, None)


@pytest.fixture
async def on_neo4j(database: Database, driver: AsyncDriver, projector: Projector) -> Subject:
    return Subject(Neo4jGraph(driver), RoutedGraph.on_postgres(database), database, projector)


@pytest.fixture
async def routed(database: Database, driver: AsyncDriver, projector: Projector) -> Subject:
    graph = RoutedGraph.on_postgres(database)
    graph.connect(driver)
    await graph.wait_until_recovered()
    return Subject(graph, graph, database, projector)


@pytest.fixture(params=["on_postgres", "on_neo4j", "routed"])
def subject(request: pytest.FixtureRequest) -> Subject:
    subject: Subject = request.getfixturevalue(request.param)
    return subject


async def test_neighbours_are_within_the_depth_in_both_directions_nearest_first(
    subject: Subject,
) -> None:
    world = await subject.world(7, [tie(2, 1), tie(1, 3), tie(3, 5), tie(4, 2), tie(5, 4), tie(5, 6)])

    (answer,) = await subject.graph.neighbours([NeighboursQuery(world.id, 1, depth=3, limit=10)])

    assert answer is not None
    assert answer.value == [Neighbour(1, 2), Neighbour(1, 3), Neighbour(2, 4), Neighbour(2, 5), Neighbour(3, 6)]


async def test_neighbours_are_paged_by_distance_and_number(subject: Subject) -> None:
    world = await subject.world(6, [tie(1, n) for n in (2, 3, 4)] + [tie(2, 5), tie(2, 6)])
    pages, after = [], Neighbour(0, 0)
    for _ in range(3):
        (answer,) = await subject.graph.neighbours([NeighboursQuery(world.id, 1, depth=2, limit=2, after=after)])
        assert answer is not None
        pages.append(answer.value)
        after = answer.value[-1]
    assert pages == [[(1, 2), (1, 3)], [(1, 4), (2, 5)], [(2, 6)]]


async def test_common_neighbours_are_found_in_both_directions_and_paged_by_number(subject: Subject) -> None:
    world = await subject.world(6, [tie(1, 3), tie(3, 2), tie(4, 1), tie(4, 2), tie(5, 1), tie(2, 6), tie(1, 6), tie(1, 2)])

    queries = [CommonNeighboursQuery(world.id, 1, 2, limit=2), CommonNeighboursQuery(world.id, 2, 1, limit=2, after=4)]
    first, second = await subject.graph.common_neighbours(queries)

    assert first is not None
    assert second is not None
    assert (first.value, second.value) == ([3, 4], [6])


async def test_the_common_neighbours_with_itself_are_the_neighbours(subject: Subject) -> None:
    world = await subject.world(3, [tie(1, 2), tie(3, 1)])
    (answer,) = await subject.graph.common_neighbours([CommonNeighboursQuery(world.id, 1, 1, limit=5)])
    assert answer is not None
    assert answer.value == [2, 3]


async def test_the_path_of_fewest_ties_follows_their_direction_and_is_the_first_in_order(subject: Subject) -> None:
    world = await subject.world(6, [tie(1, 5), tie(5, 4), tie(1, 3), tie(3, 4), tie(1, 2), tie(4, 2), tie(4, 6), tie(3, 2)])
    queries = [FewestTiesPathQuery(world.id, *ends) for ends in ((1, 4), (1, 6), (6, 1), (2, 2))]

    found = [answer.value for answer in await subject.graph.fewest_paths(queries) if answer]

    assert found == [Path((1, 3, 4), 2), Path((1, 3, 4, 6), 3), None, Path((2,), 0)]


async def test_the_strongest_path_prefers_strong_bonds_to_few_ties(subject: Subject) -> None:
    ties = [tie(1, 2, bond=900_000), tie(2, 3, bond=-800_000), tie(1, 3, bond=300_000), tie(3, 4, bond=0)]
    world = await subject.world(5, ties)
    queries = [StrongestPathQuery(world.id, *ends, at=0.0, rules=STORY) for ends in ((1, 3), (1, 4), (1, 5), (5, 5))]

    found = [answer.value for answer in await subject.paths.strongest_paths(queries) if answer]

    assert found == [Path((1, 2, 3), 300_000), Path((1, 2, 3, 4), 1_300_000), None, Path((5,), 0)]


async def test_a_character_that_does_not_exist_has_no_neighbours_and_no_path(subject: Subject) -> None:
    world = await subject.world(2, [tie(1, 2)])
    neighbours = await subject.graph.neighbours([NeighboursQuery(world.id, 9, depth=2, limit=5)])
    common = await subject.graph.common_neighbours([CommonNeighboursQuery(world.id, 1, 9, limit=5)])
    paths = await subject.graph.fewest_paths([FewestTiesPathQuery(world.id, 1, 9), FewestTiesPathQuery(world.id, 9, 9)])
    answers = [answer.value for answer in (*neighbours, *common, *paths) if answer]
    assert answers == [[], [], None, None]


async def test_the_answer_for_an_unknown_ecosystem_is_none(subject: Subject) -> None:
    world, unknown = await subject.world(2, [tie(1, 2)]), uuid4()
    queries = [NeighboursQuery(unknown, 1, depth=1, limit=5), NeighboursQuery(world.id, 1, depth=1, limit=5)]
    absent, present = await subject.graph.neighbours(queries)
    assert absent is None
    assert present is not None


async def test_ecosystems_with_the_same_numbers_are_separate(subject: Subject) -> None:
    one, other = await subject.world(3, [tie(1, 2)]), await subject.world(3, [tie(1, 3)])
    queries = [NeighboursQuery(world.id, 1, depth=6, limit=5) for world in (one, other)]
    answers = [answer.value for answer in await subject.graph.neighbours(queries) if answer]
    assert answers == [[Neighbour(1, 2)], [Neighbour(1, 3)]]


async def test_queries_of_different_depth_and_limit_are_answered_in_their_order(subject: Subject) -> None:
    world = await subject.world(4, [tie(1, 2), tie(2, 3), tie(3, 4)])
    queries = [NeighboursQuery(world.id, 1, depth=depth, limit=limit) for depth, limit in ((3, 9), (1, 9), (3, 1), (2, 9))]
    counts = [len(answer.value) for answer in await subject.graph.neighbours(queries) if answer]
    assert counts == [3, 1, 1, 2]


async def test_each_answer_has_the_cursor_for_which_it_is_valid(subject: Subject) -> None:
    world = await subject.world(3, [tie(1, 2)])
    written = await world.write_ties(tie(2, 3))
    await subject.catch_up(world)
    queries = NeighboursQuery(world.id, 1, depth=6, limit=9)
    (answer,) = await subject.graph.neighbours([queries])
    assert answer is not None
    assert answer.as_of == written
    assert answer.value == [Neighbour(1, 2), Neighbour(2, 3)]


people = st.integers(1, 7)
bonds = st.integers(-1_000_000, 1_000_000)
seconds = st.floats(0, 20 * DAY)
pairs = st.tuples(people, people).filter(lambda pair: pair[0] != pair[1])
networks = st.dictionaries(pairs, st.tuples(bonds, bonds, seconds), max_size=20)


@given(network=networks, one=people, other=people, depth=st.integers(1, 6), at=seconds)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
async def test_on_any_network_the_answers_equal_those_of_networkx(
    subject: Subject, network: dict[tuple[int, int], tuple[int, int, float]], one: int, other: int, depth: int, at: float
) -> None:
    ties = [tie(*pair, bond=bond, affinity=affinity, felt_at=since) for pair, (bond, affinity, since) in network.items()]
    world = await subject.world(7, ties)
    directed = networkx.DiGraph()
    directed.add_nodes_from(range(1, 8))
    bond_now = {(t.from_number, t.to_number): round(t.feelings_at(STORY, at).bond * 1_000_000) for t in ties}
    directed.add_weighted_edges_from((*pair, 1_000_000 - abs(bond)) for pair, bond in bond_now.items())
    undirected = directed.to_undirected()

    (neighbours,) = await subject.graph.neighbours([NeighboursQuery(world.id, one, depth=depth, limit=9)])
    (common,) = await subject.graph.common_neighbours([CommonNeighboursQuery(world.id, one, other, limit=9)])
    (fewest,) = await subject.graph.fewest_paths([FewestTiesPathQuery(world.id, one, other)])
    (strong,) = await subject.paths.strongest_paths([StrongestPathQuery(world.id, one, other, at, STORY)])

    assert None not in (neighbours, common, fewest, strong)
    near = networkx.single_source_shortest_path_length(undirected, one, cutoff=depth)
    assert neighbours.value == sorted((distance, number) for number, distance in near.items() if distance > 0)
    assert common.value == sorted(set(undirected[one]) & set(undirected[other]))
    assert fewest.value == _best(directed, one, other, by=lambda weight: 1)
    assert strong.value == _best(directed, one, other, by=lambda weight: weight)


def _best(graph: networkx.DiGraph, one: int, other: int, *, by: object) -> Path | None:
    """The best of all simple paths, by cost, then by number of edges, then by numbers."""
    if one == other:
        return Path((one,), 0)
    paths = [
        (sum(by(graph[a][b]["weight"]) for a, b in pairwise(numbers)), len(numbers), tuple(numbers))  # type: ignore[operator]
        for numbers in networkx.all_simple_paths(graph, one, other)
    ]
    return Path(min(paths)[2], min(paths)[0]) if paths else None
