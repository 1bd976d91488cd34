"""The files under tests/data, and their expected figures."""

import json
from functools import cache
from pathlib import Path
from typing import Any

import networkx

DATA = Path(__file__).parents[1] / "data"
PLAYS = sorted(path.stem for path in (DATA / "plays").glob("*.xml"))


def play(name: str) -> bytes:
    return (DATA / "plays" / f"{name}.xml").read_bytes()


@cache
def of_play(name: str) -> dict[str, Any]:
    """Returns the content of NAME.json, totals computed from it, and `network`: the co-presence measures by networkx."""
    known = json.loads((DATA / "plays" / f"{name}.json").read_text())
    nodes = known.get("networkNodes", [character["id"] for character in known["characters"]])
    totals = {
        "numOfSpeeches": len(known["texts"]),
        "charCountSpeech": sum(map(len, known["texts"])),
        "network": measured(nodes, known["coPresenceEdges"]),
    }
    return known | totals


@cache
def _networks() -> dict[str, Any]:
    return dict(json.loads((DATA / "networks" / "expected.json").read_text()))


NETWORKS = sorted(_networks())


def network(name: str) -> bytes:
    return (DATA / "networks" / name).read_bytes()


@cache
def of_network(name: str) -> dict[str, Any]:
    """Returns the entry of a file in `expected.json`, with its measures by networkx."""
    known = _networks()[name]
    return known | measured(known["names"], known["edges"])


def measured(nodes: Any, edges: list[Any]) -> dict[str, Any]:
    """Returns the measures of an undirected network by networkx, under the keys of published references."""
    graph: networkx.Graph[str] = networkx.Graph()
    graph.add_nodes_from(nodes)
    graph.add_weighted_edges_from(edges)
    lengths = [length for _, to in networkx.shortest_path_length(graph) for length in to.values() if length]
    degrees = dict(graph.degree())
    return {
        "size": len(graph),
        "numEdges": graph.number_of_edges(),
        "maxDegree": max(degrees.values()),
        "averageDegree": sum(degrees.values()) / len(graph),
        "density": networkx.density(graph),
        "averageClustering": networkx.average_clustering(graph),
        "averagePathLength": sum(lengths) / len(lengths) if lengths else 0.0,
        "diameter": max(lengths, default=0),
        "numConnectedComponents": networkx.number_connected_components(graph),
        "nodes": dict(_each(graph, degrees)),
    }


def _each(graph: "networkx.Graph[str]", degrees: dict[str, int]) -> Any:
    weighted = dict(graph.degree(weight="weight"))
    closeness, betweenness = networkx.closeness_centrality(graph), networkx.betweenness_centrality(graph)
    eigenvector = networkx.eigenvector_centrality(graph)
    for node in graph:
        yield (
            node,
            {
                "degree": degrees[node],
                "weightedDegree": weighted[node],
                "closeness": closeness[node],
                "betweenness": betweenness[node],
                "eigenvector": eigenvector[node],
            },
        )
