"""Networks: measures of the whole graph and of each character. The results equal those of networkx on the same graph.

The length of a path counts its edges, not their weights. One breadth-first search from all nodes at once finds all distances; a
set of nodes is an integer with one bit for each node.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import rustworkx

EIGENVECTOR_ITERATIONS_MAX = 100
EIGENVECTOR_TOLERANCE = 1e-6


@dataclass(frozen=True, slots=True)
class Network:
    """`edges[i]` joins two of `numbers` with `weights[i]`. Each pair (if directed: each ordered pair) occurs once; no loops."""

    numbers: Sequence[int]
    edges: Sequence[tuple[int, int]]
    weights: Sequence[float]
    is_directed: bool = False


@dataclass(frozen=True, slots=True)
class NetworkMeasures:
    """A measure is None if it is not defined, because the network is empty.

    In a directed network paths follow the direction, degree counts edges in and out, clustering is that of Fagiolo (2007; as in
    networkx), and components are weakly connected. `average_path_length` is the average over all pairs with a path; 0 if there
    are none.
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
    """`weighted_degree` is the sum of the weights.

    `closeness` is that of Wasserman and Faust, over incoming paths. `betweenness` is normalised. `eigenvector` is None if the
    power iteration does not converge in 100 iterations.
    """

    degree: int
    weighted_degree: float
    closeness: float
    betweenness: float
    eigenvector: float | None


def measure(network: Network) -> tuple[NetworkMeasures, dict[int, CharacterMeasures]]:
    """The measures of the network, and those of each character by number."""
    graph = _graph(network)
    into, out = _neighbours(network)
    degrees = [into[i].bit_count() + (out[i].bit_count() if network.is_directed else 0) for i in range(len(network.numbers))]
    path_lengths = _PathLengths.measure(into)
    network_measures = _network_measures(
        network, degrees, _clustering(into, out, network.is_directed), path_lengths, _components(graph)
    )
    return network_measures, dict(_character_measures(network, graph, degrees, path_lengths))


def _network_measures(
    network: Network, degrees: list[int], clustering: list[float], path_lengths: "_PathLengths", num_connected_components: int
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
        average_path_length=sum(path_lengths.total_lengths) / sum(path_lengths.reaching_counts)
        if any(path_lengths.reaching_counts)
        else 0.0,
        diameter=path_lengths.longest,
        num_connected_components=num_connected_components,
    )


def _character_measures(
    network: Network, graph: "_Graph", degrees: list[int], path_lengths: "_PathLengths"
) -> Iterator[tuple[int, CharacterMeasures]]:
    betweenness = rustworkx.betweenness_centrality(graph)
    eigenvector = _eigenvector(graph)
    weighted_degrees = dict.fromkeys(network.numbers, 0.0)
    for (a, b), weight in zip(network.edges, network.weights, strict=True):
        weighted_degrees[a] += weight
        weighted_degrees[b] += weight
    for i, number in enumerate(network.numbers):
        weighted_degree, closeness = weighted_degrees[number], path_lengths.closeness(i)
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
        centrality = rustworkx.eigenvector_centrality(graph, max_iter=EIGENVECTOR_ITERATIONS_MAX, tol=EIGENVECTOR_TOLERANCE)
    except rustworkx.FailedToConverge:
        return [None] * graph.num_nodes()
    return [centrality[i] for i in range(graph.num_nodes())]


def _neighbours(network: Network) -> tuple[list[int], list[int]]:
    """For each node the bit set of its predecessors, and that of its successors; they are the same list if undirected."""
    index = {number: i for i, number in enumerate(network.numbers)}
    into = [0] * len(index)
    out = [0] * len(index) if network.is_directed else into
    for a, b in network.edges:
        out[index[a]] |= 1 << index[b]
        into[index[b]] |= 1 << index[a]
    return into, out


@dataclass(frozen=True, slots=True)
class _PathLengths:
    """For each node, how many others have a path to it, and the sum of the lengths of these paths."""

    reaching_counts: list[int]
    total_lengths: list[int]
    longest: int

    @classmethod
    def measure(cls, into: list[int]) -> "_PathLengths":
        """Breadth-first search from all nodes: bit j of `frontier[i]` means that the search from j reaches i in this step."""
        neighbours = [_bits(bits) for bits in into]
        frontier = [1 << i for i in range(len(into))]
        visited, reaching_counts, total_lengths, steps = list(frontier), [0] * len(into), [0] * len(into), 0
        while any(frontier := [_union(frontier, neighbours[i]) & ~visited[i] for i in range(len(into))]):
            steps += 1
            for i, arrived in enumerate(frontier):
                visited[i] |= arrived
                reaching_counts[i] += arrived.bit_count()
                total_lengths[i] += steps * arrived.bit_count()
        return cls(reaching_counts, total_lengths, steps)

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
    """The share of pairs of neighbours that are neighbours of each other."""
    degree = bits.bit_count()
    triangles = sum((bits & neighbours[j]).bit_count() for j in _bits(bits))
    return triangles / (degree * (degree - 1)) if triangles else 0.0


def _clustering_directed(i: int, into: list[int], out: list[int]) -> float:
    triangles = sum(
        (first & second).bit_count()
        for adjacent in (into[i], out[i])
        for j in _bits(adjacent)
        for first in (into[i], out[i])
        for second in (into[j], out[j])
    )
    degree, mutual_count = into[i].bit_count() + out[i].bit_count(), (into[i] & out[i]).bit_count()
    return triangles / (2 * (degree * (degree - 1) - 2 * mutual_count)) if triangles else 0.0
