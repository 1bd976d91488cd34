"""Social networks that networkx contains: they are imported by name, without a file."""

from collections.abc import Callable
from typing import Any

import networkx

from interchange.importable_worlds import Provenance
from interchange.network_builder import NetworkBuilder
from interchange.networks import ImportedNetwork

GRAPHS: dict[str, tuple[str, Callable[[], Any], str]] = {
    "les-miserables": ("Les Misérables", networkx.les_miserables_graph, "Knuth, The Stanford GraphBase, 1993"),
    "karate-club": (
        "Zachary's karate club",
        networkx.karate_club_graph,
        "Zachary, Journal of Anthropological Research 33, 1977",
    ),
    "florentine-families": (
        "Florentine families",
        networkx.florentine_families_graph,
        "Breiger, Pattison, Social Networks 8, 1986",
    ),
    "davis-southern-women": (
        "Davis' southern women, and where they met",
        networkx.davis_southern_women_graph,
        "Davis, Gardner, Gardner, Deep South, 1941",
    ),
}


def read_social_graph(name: str) -> ImportedNetwork:
    """Reads a graph of networkx. `name` is a key of GRAPHS; nodes are in code point order of their names."""
    title, load_graph, source = GRAPHS[name]
    graph, builder = load_graph(), NetworkBuilder(name)
    for node in sorted(graph, key=str) if all(isinstance(node, str) for node in graph) else sorted(graph):
        builder.add_node(str(node))
    for source_node, target_node, weight in graph.edges.data("weight", default=1):
        builder.add_edge(str(source_node), str(target_node), float(weight))
    return builder.build(title, Provenance("networkx", licence="BSD-3-Clause, as part of networkx", source=source))
