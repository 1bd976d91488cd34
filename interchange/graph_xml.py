"""GraphML and GEXF: networks in XML, of any version, read for their nodes, labels, edges, weights and kinds."""

from collections.abc import Callable, Mapping

from interchange import xml
from interchange.errors import Unreadable
from interchange.importable_worlds import Provenance
from interchange.network_builder import NetworkBuilder
from interchange.networks import ImportedNetwork
from interchange.texts import pluralize
from interchange.xml import Element, local_name

LABELS = ("label", "name", "title")
WEIGHTS = ("weight", "value", "strength")
KINDS = ("kind", "type", "relation")
ELEMENT_KINDS = ("node", "edge")

Attributes = Callable[[Element], Mapping[str, str]]


def read_graphml(root: Element, file: str) -> ImportedNetwork:
    """Raises Unreadable."""
    keys = list(xml.iter_elements(root, "key"))
    names = {key.get("id", ""): key.get("attr.name", key.get("id", "")) for key in keys}
    defaults = {
        kind: {names[key.get("id", "")]: _default(key) for key in keys if key.get("for", "all") in (kind, "all")}
        for kind in ELEMENT_KINDS
    }

    def attributes(element: Element) -> Mapping[str, str]:
        """What stands in its <data>, by the names that the keys have; yEd keeps what is seen apart."""
        seen = xml.find_first(element, "NodeLabel")
        said = {
            names.get(key, key): xml.collapse_whitespace(data.text or "")
            for data in xml.iter_children(element, "data")
            if (key := data.get("key"))
        }
        return {
            **defaults[local_name(element)],
            "label": "" if seen is None else xml.collapse_whitespace(seen.text or ""),
            **said,
        }

    return _read(root, file, "graphml", attributes)


def read_gexf(root: Element, file: str) -> ImportedNetwork:
    """Raises Unreadable."""
    # Those of nodes and those of edges are numbered apart.
    declared = {
        kind: [
            attribute
            for group in xml.iter_elements(root, "attributes")
            if group.get("class", "node") == kind
            for attribute in xml.iter_children(group, "attribute")
        ]
        for kind in ELEMENT_KINDS
    }
    titles = {kind: {one.get("id", ""): one.get("title", "") for one in all_} for kind, all_ in declared.items()}
    defaults = {kind: {one.get("title", ""): _default(one) for one in all_} for kind, all_ in declared.items()}

    def attributes(element: Element) -> Mapping[str, str]:
        """Its own and those in its <attvalues>, by their titles."""
        kind = local_name(element)
        given = (value for values in xml.iter_children(element, "attvalues") for value in xml.iter_children(values, "attvalue"))
        # Version 1.0 calls it `id`.
        found = {titles[kind].get(value.get("for") or value.get("id", ""), ""): value.get("value", "") for value in given}
        return {**defaults[kind], **found, **{str(key): str(value) for key, value in element.attrib.items()}}

    return _read(root, file, "gexf", attributes)


def _default(declaration: Element) -> str:
    default = xml.find_first(declaration, "default")
    return "" if default is None else xml.collapse_whitespace(default.text or "")


def _read(root: Element, file: str, format_: str, attributes: Attributes) -> ImportedNetwork:
    ties = NetworkBuilder(file)
    for node in xml.iter_elements(root, "node"):
        found = _casefold_keys(attributes(node))
        id_ = node.get("id", "")
        ties.add_node(id_, _first_value(found, LABELS), found.get("description", ""), line=node.sourceline)
    for edge in xml.iter_elements(root, "edge"):
        found = _casefold_keys(attributes(edge))
        weight = _parse_weight(_first_value(found, WEIGHTS) or "1", file, edge.sourceline)
        ties.add_edge(edge.get("source", ""), edge.get("target", ""), weight, _first_value(found, KINDS), line=edge.sourceline)
    left_out = pluralize(
        sum(1 for _ in xml.iter_elements(root, "hyperedge")),
        "hyperedge, which may join more than two, was left out.",
        "hyperedges, which may join more than two, were left out.",
    )
    return ties.build(_title(root), Provenance(format=format_, notes=(left_out,) if left_out else ()))


def _casefold_keys(attributes: Mapping[str, str]) -> dict[str, str]:
    return {name.casefold(): value for name, value in attributes.items()}


def _first_value(attributes: Mapping[str, str], names: tuple[str, ...]) -> str:
    return next((attributes[name] for name in names if attributes.get(name)), "")


def _parse_weight(text: str, file: str, line: int | None) -> float:
    try:
        return float(text)
    except ValueError:
        raise Unreadable(f"{text} is no weight; give a number from 0 on.", file, line) from None


def _title(root: Element) -> str:
    """The name of the graph, or what is said of it; its creator is a program."""
    graph = xml.find_first(root, "graph")
    if graph is not None and graph.get("name"):
        return xml.collapse_whitespace(graph.get("name"))
    for name in ("title", "description", "desc"):
        found = xml.find_first(root, name)
        if found is not None and (title := xml.collapse_whitespace(found.text or "")):
            return title
    return ""
