"""Networks: how connected a world is, and who stands where in it. Equal to networkx on the same graph.

A way counts ties, never their weight. Shortest ways of all pairs are found at once, one integer of bits per character.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import rustworkx

EIGENVECTOR_ITERATIONS_MAX = 100
EIGENVECTOR_TOLERANCE = 1e-6


@dataclass(frozen=True, slots=True)
class Network:
    """`edges[i]` joins two of `numbers` with `weights[i]`: each pair (directed: each in order) once, nobody with themselves."""

    numbers: Sequence[int]
    edges: Sequence[tuple[int, int]]
    weights: Sequence[float]
    is_directed: bool = False


@dataclass(frozen=True, slots=True)
class NetworkMeasures:
    """None where the measure is not defined: there is nobody to measure.

    Of a directed network, ways follow the direction, a degree counts ties in and out, clustering is Fagiolo's (2007; networkx
    has the same), and components are those of the undirected projection. Ways are those between pairs that can reach each
    other: `average_path_length` is 0 where there are none.
    """

    size: int
    num_edges: int
    density: float | None
    average_degree: float | None
    max_degree: int | None
    average_clustering: float | None
    average_path_length: float | None
    diameter: int | None
    num_connected_components: int


@dataclass(frozen=True, slots=True)
class CharacterMeasures:
    """`weighted_degree` adds the weights; `closeness` is Wasserman and Faust's, of ways that come in; `betweenness` is
    normalised; `eigenvector` is None where the power iteration has not converged after 100 rounds."""

    degree: int
    weighted_degree: float
    closeness: float
    betweenness: float
    eigenvector: float | None


def measure(network: Network) -> tuple[NetworkMeasures, dict[int, CharacterMeasures]]:
    """Of the network, and of each of its characters by number."""
    graph = _graph(network)
    into, out = _neighbours(network)
    degrees = [into[i].bit_count() + (out[i].bit_count() if network.is_directed else 0) for i in range(len(network.numbers))]
    path_lengths = _PathLengths.measure(into)
    network_measures = _network_measures(
        network, degrees, _clustering(into, out, network.is_directed), path_lengths, _components(graph)
    )
    return network_measures, dict(_character_measures(network, graph, degrees, path_lengths))


def _network_measures(
    network: Network, degrees: list[int], clustering: list[float], ways: "_PathLengths", num_connected_components: int
) -> NetworkMeasures:
    size, num_edges = len(network.numbers), len(network.edges)
    if size == 0:
        return NetworkMeasures(0, 0, None, None, None, None, None, None, 0)
    pairs = size * (size - 1) / (1 if network.is_directed else 2)
    return NetworkMeasures(
        size=size,
        num_edges=num_edges,
        density=num_edges / pairs if pairs else 0.0,
        average_degree=2 * num_edges / size,
        max_degree=max(degrees),
        average_clustering=sum(clustering) / size,
        average_path_length=sum(ways.total_lengths) / sum(ways.reaching_counts) if any(ways.reaching_counts) else 0.0,
        diameter=ways.longest,
        num_connected_components=num_connected_components,
    )


def _character_measures(
    network: Network, graph: "_Graph", degrees: list[int], ways: "_PathLengths"
) -> Iterator[tuple[int, CharacterMeasures]]:
    betweenness = rustworkx.betweenness_centrality(graph)
    eigenvector = _eigenvector(graph)
    weighted_degrees = dict.fromkeys(network.numbers, 0.0)
    for (a, b), weight in zip(network.edges, network.weights, strict=True):
        weighted_degrees[a] += weight
        weighted_degrees[b] += weight
    for i, number in enumerate(network.numbers):
        weighted_degree, closeness = weighted_degrees[number], ways.closeness(i)
        yield number, CharacterMeasures(degrees[i], weighted_degree, closeness, betweenness[i], eigenvector[i])


_Graph = rustworkx.PyGraph | rustworkx.PyDiGraph


def _graph(network: Network) -> _Graph:
    graph = rustworkx.PyDiGraph() if network.is_directed else rustworkx.PyGraph()
    graph.add_nodes_from(network.numbers)
    index = {number: i for i, number in enumerate(network.numbers)}
    graph.add_edges_from_no_data([(index[a], index[b]) for a, b in network.edges])
    return graph


def _components(graph: _Graph) -> int:
    if isinstance(graph, rustworkx.PyDiGraph):
        return int(rustworkx.number_weakly_connected_components(graph))
    return int(rustworkx.number_connected_components(graph))


def _eigenvector(graph: _Graph) -> list[float | None]:
    try:
        found = rustworkx.eigenvector_centrality(graph, max_iter=EIGENVECTOR_ITERATIONS_MAX, tol=EIGENVECTOR_TOLERANCE)
    except rustworkx.FailedToConverge:
        return [None] * graph.num_nodes()
    return [found[i] for i in range(graph.num_nodes())]


def _neighbours(network: Network) -> tuple[list[int], list[int]]:
    """For each character the bits of those with a tie to it, and of those that it has a tie to: the same where undirected."""
    index = {number: i for i, number in enumerate(network.numbers)}
    into = [0] * len(index)
    out = [0] * len(index) if network.is_directed else into
    for a, b in network.edges:
        out[index[a]] |= 1 << index[b]
        into[index[b]] |= 1 << index[a]
    return into, out


@dataclass(frozen=True, slots=True)
class _PathLengths:
    """For each character, from how many others there is a way to it, and how long these ways are together."""

    reaching_counts: list[int]
    total_lengths: list[int]
    longest: int

    @classmethod
    def measure(cls, into: list[int]) -> "_PathLengths":
        """A wave from everybody at once: bit j of `wave[i]` says that the wave of j has just arrived at i."""
        neighbours = [_bits(bits) for bits in into]
        wave = [1 << i for i in range(len(into))]
        seen, reached_by, lengths, steps = list(wave), [0] * len(into), [0] * len(into), 0
        while any(wave := [_union(wave, neighbours[i]) & ~seen[i] for i in range(len(into))]):
            steps += 1
            for i, arrived in enumerate(wave):
                seen[i] |= arrived
                reached_by[i] += arrived.bit_count()
                lengths[i] += steps * arrived.bit_count()
        return cls(reached_by, lengths, steps)

    def closeness(self, i: int) -> float:
        if not self.total_lengths[i]:
            return 0.0
        return self.reaching_counts[i] / self.total_lengths[i] * (self.reaching_counts[i] / (len(self.total_lengths) - 1))


def _union(sets: list[int], members: list[int]) -> int:
    union = 0
    for i in members:
        union |= sets[i]
    return union


def _bits(bits: int) -> list[int]:
    return [i for i, bit in enumerate(reversed(bin(bits)[2:])) if bit == "1"]


def _clustering(into: list[int], out: list[int], is_directed: bool) -> list[float]:
    if is_directed:
        return [_clustering_directed(i, into, out) for i in range(len(into))]
    return [_clustering_undirected(bits, into) for bits in into]


def _clustering_undirected(bits: int, neighbours: list[int]) -> float:
    """How many of the pairs among its neighbours know each other."""
    degree = bits.bit_count()
    triangles = sum((bits & neighbours[j]).bit_count() for j in _bits(bits))
    return triangles / (degree * (degree - 1)) if triangles else 0.0


def _clustering_directed(i: int, into: list[int], out: list[int]) -> float:
    triangles = sum(
        (mine & theirs).bit_count()
        for side in (into[i], out[i])
        for j in _bits(side)
        for mine in (into[i], out[i])
        for theirs in (into[j], out[j])
    )
    degree, both_ways = into[i].bit_count() + out[i].bit_count(), (into[i] & out[i]).bit_count()
    return triangles / (2 * (degree * (degree - 1) - 2 * both_ways)) if triangles else 0.0
