"""Measures of networks: equal to networkx on the same graph."""

import networkx
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from domain.networks import CharacterMeasures, Network, NetworkMeasures, measure

# Two parts, a triangle with a tail of two, and in TANGLED ties both ways, in and out; SCATTERED has nobody to reach.
TIED = Network([9, 2, 5, 7, 4, 30, 31], [(9, 2), (2, 5), (5, 9), (5, 7), (7, 4), (31, 30)], [3.0, 1.0, 2.0, 5.0, 4.0, 7.0])
TANGLED = Network(
    [9, 2, 5, 7, 4, 30, 31],
    [(9, 2), (2, 9), (2, 5), (5, 9), (9, 5), (5, 7), (7, 4), (4, 5), (4, 2), (31, 30)],
    [3.0, 1.0, 2.0, 5.0, 4.0, 7.0, 1.0, 2.0, 6.0, 8.0],
    is_directed=True,
)
SCATTERED = Network([3, 1, 2], [], [])


@st.composite
def networks(draw: st.DrawFn) -> Network:
    numbers = draw(st.lists(st.integers(1, 99), unique=True, max_size=12))
    is_directed = draw(st.booleans())
    pairs = [(a, b) for a in numbers for b in numbers if a != b and (is_directed or a < b)]
    edges = draw(st.lists(st.sampled_from(pairs), unique=True)) if pairs else []
    weights = draw(st.lists(st.integers(1, 9).map(float), min_size=len(edges), max_size=len(edges)))
    return Network(numbers, edges, weights, is_directed)


def as_networkx(network: Network) -> "networkx.Graph[int]":
    graph: networkx.Graph[int] = networkx.DiGraph() if network.is_directed else networkx.Graph()
    graph.add_nodes_from(network.numbers)
    graph.add_weighted_edges_from((a, b, w) for (a, b), w in zip(network.edges, network.weights, strict=True))
    return graph


@settings(deadline=None)
@example(TIED)
@example(TANGLED)
@example(SCATTERED)
@given(networks())
def test_measures_of_each_character_equal_those_of_networkx(network: Network) -> None:
    graph = as_networkx(network)
    _, each = measure(network)

    assert list(each) == list(network.numbers)
    assert {n: m.degree for n, m in each.items()} == dict(graph.degree())
    assert {n: m.weighted_degree for n, m in each.items()} == dict(graph.degree(weight="weight"))
    assert {n: m.closeness for n, m in each.items()} == pytest.approx(networkx.closeness_centrality(graph), rel=1e-12)
    assert {n: m.betweenness for n, m in each.items()} == pytest.approx(networkx.betweenness_centrality(graph), rel=1e-12)
    assert {n: m.eigenvector for n, m in each.items()} == eigenvector_by_networkx(graph)


def eigenvector_by_networkx(graph: "networkx.Graph[int]") -> object:
    if not graph:
        return {}
    try:
        return pytest.approx(networkx.eigenvector_centrality(graph), abs=1e-9)
    except networkx.PowerIterationFailedConvergence:
        return dict.fromkeys(graph)


@settings(deadline=None)
@example(TIED)
@example(TANGLED)
@example(SCATTERED)
@given(networks().filter(lambda network: len(network.numbers) > 0))
def test_measures_of_the_network_equal_those_of_networkx(network: Network) -> None:
    graph = as_networkx(network)
    ways = [steps for _, to in networkx.shortest_path_length(graph) for steps in to.values() if steps]
    degrees = [degree for _, degree in graph.degree()]

    whole, _ = measure(network)

    assert whole == NetworkMeasures(
        size=len(graph),
        num_edges=graph.number_of_edges(),
        density=pytest.approx(networkx.density(graph), rel=1e-12),
        average_degree=pytest.approx(sum(degrees) / len(graph), rel=1e-12),
        max_degree=max(degrees),
        average_clustering=pytest.approx(networkx.average_clustering(graph), rel=1e-12),
        average_path_length=pytest.approx(sum(ways) / len(ways) if ways else 0.0, rel=1e-12),
        diameter=max(ways, default=0),
        num_connected_components=networkx.number_connected_components(graph.to_undirected()),
    )


def test_an_empty_network_has_no_measures() -> None:
    assert measure(Network([], [], [])) == (NetworkMeasures(0, 0, None, None, None, None, None, None, 0), {})


def test_a_single_character_is_a_component_without_paths() -> None:
    whole, each = measure(Network([7], [], []))

    assert whole == NetworkMeasures(1, 0, 0.0, 0.0, 0, 0.0, 0.0, 0, 1)
    assert each == {7: CharacterMeasures(0, 0.0, 0.0, 0.0, 1.0)}


# Below 50, as rustworkx takes threads from there on, which mutmut's forks do not have.
PATH = Network(range(1, 41), [(n, n + 1) for n in range(1, 40)], [1.0] * 39, is_directed=True)


def test_an_eigenvector_that_does_not_converge_is_none() -> None:
    _, each = measure(PATH)

    assert {m.eigenvector for m in each.values()} == {None}


def test_an_eigenvector_converges_within_the_iterations_or_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("domain.networks.EIGENVECTOR_ITERATIONS_MAX", 2)

    _, each = measure(TIED)

    assert {m.eigenvector for m in each.values()} == {None}


def test_an_eigenvector_converges_within_the_tolerance(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("domain.networks.EIGENVECTOR_TOLERANCE", 1.0)

    _, each = measure(PATH)

    assert all(m.eigenvector is not None for m in each.values())


def test_every_edge_needs_a_weight() -> None:
    with pytest.raises(ValueError, match="shorter"):
        measure(Network([1, 2], [(1, 2)], []))


def test_outgoing_edges_alone_give_a_closeness_of_0() -> None:
    _, each = measure(Network([1, 2, 3], [(1, 2), (1, 3)], [4.0, 2.0], is_directed=True))

    assert each[1].closeness == 0.0
    assert each[1].weighted_degree == 6.0
    assert each[2].closeness == pytest.approx(0.5)
