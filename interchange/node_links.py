"""Node-link JSON, read and written: as D3 and networkx write it, and as Evelina Gabasova's Star Wars networks have it."""

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from math import inf
from typing import Any

from interchange.errors import Unreadable
from interchange.exported_network import ExportedNetwork
from interchange.importable_worlds import Provenance
from interchange.network_builder import WEIGHT_MAX, NetworkBuilder
from interchange.networks import ImportedNetwork

WEIGHTS = ("weight", "value")
LINKS = ("links", "edges")


def is_node_link(data: Any) -> bool:
    return (
        isinstance(data, dict) and isinstance(data.get("nodes"), list) and any(isinstance(data.get(key), list) for key in LINKS)
    )


def read_node_link(data: Mapping[str, Any], file: str) -> ImportedNetwork:
    """Reads links whose ends are ids, names, indexes of the list of nodes, or nodes themselves. Raises Unreadable."""
    builder, nodes = NetworkBuilder(file), data["nodes"]
    ids = [_id(node, place, file) for place, node in enumerate(nodes)]
    known = {str(node["id"]) for node in nodes if "id" in node}
    for id_, node in zip(ids, nodes, strict=True):
        builder.add_node(id_, str(node.get("name") or node.get("label") or id_), str(node.get("description") or ""))
    for place, link in enumerate(next(data[key] for key in LINKS if isinstance(data.get(key), list))):
        if not isinstance(link, dict) or "source" not in link or "target" not in link:
            raise Unreadable(f"Link {place + 1} lacks a source or a target. Give both.", file)
        one, other = (_resolve_end(link[end], ids, known) for end in ("source", "target"))
        builder.add_edge(one, other, _weight(link, place, file), str(link.get("kind") or ""))
    graph = data.get("graph")
    title = graph.get("name") if isinstance(graph, dict) else None
    return builder.build(str(title or ""), Provenance(format="json"))


def _id(node: Any, place: int, file: str) -> str:
    if not isinstance(node, dict) or not any(node.get(key) not in (None, "") for key in ("id", "name")):
        raise Unreadable(f"Node {place + 1} has neither an id nor a name. Give each node one.", file)
    return str(node["id"] if node.get("id") not in (None, "") else node["name"])


def _resolve_end(end: Any, ids: Sequence[str], known: Collection[str]) -> str:
    """Resolves an end to an id: an integer is an index unless it is in `known`; D3 replaces ends by nodes."""
    if isinstance(end, dict):
        end = next((end[key] for key in ("id", "name") if end.get(key) not in (None, "")), "")
        return str(end)
    if isinstance(end, int) and str(end) not in known and 0 <= end < len(ids):
        return ids[end]
    return str(end)


def _weight(link: Mapping[str, Any], place: int, file: str) -> float:
    weight = next((link[key] for key in WEIGHTS if key in link), 1)
    if isinstance(weight, bool) or not isinstance(weight, int | float):
        raise Unreadable(f"Link {place + 1} has the weight {weight!r}, which is not a number. Give a number from 0 on.", file)
    # An integer in JSON may be greater than any float.
    return inf if isinstance(weight, int) and abs(weight) > WEIGHT_MAX else float(weight)


def write_node_link(network: ExportedNetwork) -> Iterator[bytes]:
    nodes = [{"id": n, "name": name, "description": network.descriptions[n]} for n, name in network.names.items()]
    links = [
        {"source": e.source, "target": e.target, "weight": e.weight, "kind": e.kind, **e.feelings, "times": e.times}
        for e in network.edges
    ]
    graph = {"name": network.title, "worldSeconds": network.world_seconds}
    yield json.dumps({"directed": True, "graph": graph, "nodes": nodes, "links": links}, ensure_ascii=False, indent=1).encode()
    yield b"\n"
