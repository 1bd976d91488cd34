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
"""Keys of the weight of a link, and of the list of links."""


def is_node_link(data: Any) -> bool:
    if not isinstance(data, dict) or not isinstance(data.get("nodes"), list):
        return False
    return any(isinstance(data.get(key), list) for key in LINKS)


def read_node_link(data: Mapping[str, Any], file: str) -> ImportedNetwork:
    """Reads links whose ends are ids, names, indexes of the list of nodes, or nodes themselves. Raises Unreadable."""
    builder, nodes = NetworkBuilder(file), data["nodes"]
    ids = _add_nodes(builder, nodes, file)
    declared_ids = {str(node["id"]) for node in nodes if "id" in node}
    links = next(data[key] for key in LINKS if isinstance(data.get(key), list))
    for number, link in enumerate(links, 1):
        if not isinstance(link, dict) or "source" not in link or "target" not in link:
            raise Unreadable(f"Link {number} lacks a source or a target. Give both.", file)
        source, target = (_resolve_end(link[key], ids, declared_ids) for key in ("source", "target"))
        builder.add_edge(source, target, _parse_weight(link, number, file), str(link.get("kind") or ""))
    return builder.build(_title(data), Provenance(format="json"))


def _add_nodes(builder: NetworkBuilder, nodes: Sequence[Any], file: str) -> list[str]:
    """Adds the nodes and returns their ids. Raises Unreadable before it adds any if one has no id."""
    ids = [_node_id(node, number, file) for number, node in enumerate(nodes, 1)]
    for id_, node in zip(ids, nodes, strict=True):
        builder.add_node(id_, str(node.get("name") or node.get("label") or id_), str(node.get("description") or ""))
    return ids


def _node_id(node: Any, number: int, file: str) -> str:
    id_ = _id_or_name(node) if isinstance(node, dict) else None
    if id_ is None:
        raise Unreadable(f"Node {number} has neither an id nor a name. Give each node one.", file)
    return str(id_)


def _id_or_name(node: Mapping[str, Any]) -> Any:
    return next((node[key] for key in ("id", "name") if node.get(key) not in (None, "")), None)


def _resolve_end(end: Any, ids: Sequence[str], declared_ids: Collection[str]) -> str:
    """Returns the id of an end. An integer is an index unless a node declares it as its id; D3 replaces ends by nodes."""
    if isinstance(end, dict):
        id_ = _id_or_name(end)
        return "" if id_ is None else str(id_)
    if isinstance(end, int) and str(end) not in declared_ids and 0 <= end < len(ids):
        return ids[end]
    return str(end)


def _parse_weight(link: Mapping[str, Any], number: int, file: str) -> float:
    weight = next((link[key] for key in WEIGHTS if key in link), 1)
    if isinstance(weight, bool) or not isinstance(weight, int | float):
        raise Unreadable(f"Link {number} has the weight {weight!r}, which is not a number. Give a number from 0 on.", file)
    # An integer in JSON may be greater than any float.
    return inf if isinstance(weight, int) and abs(weight) > WEIGHT_MAX else float(weight)


def _title(data: Mapping[str, Any]) -> str:
    graph = data.get("graph")
    return str(graph.get("name") or "") if isinstance(graph, dict) else ""


def write_node_link(network: ExportedNetwork) -> Iterator[bytes]:
    """Writes the network in the form of networkx's `node_link_data`."""
    nodes = [
        {"id": number, "name": name, "description": network.descriptions[number]} for number, name in network.names.items()
    ]
    links = [
        {
            "source": edge.source, "target": edge.target, "weight": edge.weight, "kind": edge.kind, **edge.feelings,
            "times": edge.times,
        }
        for edge in network.edges
    ]  # fmt: skip
    graph = {"name": network.title, "worldSeconds": network.world_seconds}
    yield json.dumps({"directed": True, "graph": graph, "nodes": nodes, "links": links}, ensure_ascii=False, indent=1).encode()
    yield b"\n"
