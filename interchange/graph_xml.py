"""What GEXF and GraphML share: reading nodes, labels, edges, weights and kinds, and the graph that networkx writes."""

import re
from collections.abc import Callable, Mapping
from typing import Any

import networkx

from interchange import xml
from interchange.errors import Unreadable
from interchange.exported_network import ExportedEdge, ExportedNetwork
from interchange.importable_worlds import Provenance
from interchange.network_builder import NetworkBuilder
from interchange.networks import ImportedNetwork
from interchange.texts import pluralize
from interchange.xml import Element

LABELS = ("label", "name", "title")
WEIGHTS = ("weight", "value", "strength")
KINDS = ("kind", "type", "relation")
ELEMENT_KINDS = ("node", "edge")
_INVALID_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

Attributes = Callable[[Element], Mapping[str, str]]
"""Returns the attributes of a node or an edge by their names."""


def read_graph(root: Element, file: str, format_: str, attributes: Attributes) -> ImportedNetwork:
    """Reads all nodes and edges of the document. Raises Unreadable."""
    builder = NetworkBuilder(file)
    for node in xml.iter_elements(root, "node"):
        values = _casefold_keys(attributes(node))
        id_ = node.get("id", "")
        builder.add_node(id_, _first_value(values, LABELS), values.get("description", ""), line=node.sourceline)
    for edge in xml.iter_elements(root, "edge"):
        values = _casefold_keys(attributes(edge))
        weight = _parse_weight(_first_value(values, WEIGHTS) or "1", file, edge.sourceline)
        builder.add_edge(
            edge.get("source", ""), edge.get("target", ""), weight, _first_value(values, KINDS), line=edge.sourceline
        )
    hyperedge_note = pluralize(
        sum(1 for _ in xml.iter_elements(root, "hyperedge")),
        "hyperedge, which may join more than two nodes, is left out.",
        "hyperedges, which may join more than two nodes, are left out.",
    )
    return builder.build(_title(root), Provenance(format=format_, notes=(hyperedge_note,) if hyperedge_note else ()))


def _casefold_keys(attributes: Mapping[str, str]) -> dict[str, str]:
    return {name.casefold(): value for name, value in attributes.items()}


def _first_value(attributes: Mapping[str, str], names: tuple[str, ...]) -> str:
    return next((attributes[name] for name in names if attributes.get(name)), "")


def _parse_weight(text: str, file: str, line: int | None) -> float:
    try:
        return float(text)
    except ValueError:
        raise Unreadable(f"{text} is not a weight. Give a number from 0 on.", file, line) from None


def _title(root: Element) -> str:
    """Returns the graph's name, else its title or description. The creator is a program and is not used."""
    graph = xml.find_first(root, "graph")
    if graph is not None and graph.get("name"):
        return xml.collapse_whitespace(graph.get("name"))
    for name in ("title", "description", "desc"):
        element = xml.find_first(root, name)
        if element is not None and (title := xml.collapse_whitespace(element.text or "")):
            return title
    return ""


def default_value(declaration: Element) -> str:
    """Returns the default of a declared attribute, or an empty text if it has none."""
    default = xml.find_first(declaration, "default")
    return "" if default is None else xml.collapse_whitespace(default.text or "")


def to_graph(network: ExportedNetwork, times_of: Callable[[ExportedEdge], dict[str, Any]]) -> Any:
    """Returns a directed multigraph. `times_of` returns the attributes that hold the times of an edge."""
    graph: Any = networkx.MultiDiGraph(name=_replace_invalid_xml(network.title))
    for number, name in network.names.items():
        graph.add_node(number, label=_replace_invalid_xml(name), description=_replace_invalid_xml(network.descriptions[number]))
    for edge in network.edges:
        graph.add_edge(
            edge.source, edge.target, edge.kind, weight=edge.weight, kind=edge.kind, **edge.feelings, **times_of(edge)
        )
    return graph


def _replace_invalid_xml(text: str) -> str:
    """Replaces characters that XML does not allow with U+FFFD; networkx does not."""
    return _INVALID_IN_XML.sub("\ufffd", text)
