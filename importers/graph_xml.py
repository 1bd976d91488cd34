"""GraphML and GEXF: networks in XML, of any version, read for their nodes, labels, edges, weights and kinds."""

from collections.abc import Callable, Mapping

from importers import xml
from importers.networks import Network
from importers.refusals import Unreadable
from importers.ties import Ties
from importers.worlds import Origin
from importers.xml import Element

LABELS = ("label", "name", "title")
WEIGHTS = ("weight", "value", "strength")
KINDS = ("kind", "type", "relation")

Attributes = Callable[[Element], Mapping[str, str]]


def read_graphml(root: Element, file: str) -> Network:
    """Raises Unreadable."""
    names = {key.get("id", ""): key.get("attr.name", key.get("id", "")) for key in xml.every(root, "key")}

    def attributes(element: Element) -> Mapping[str, str]:
        """What stands in its <data>, by the names that the keys have."""
        return {
            names.get(key, key): xml.plain(data.text or "")
            for data in xml.children(element, "data")
            if (key := data.get("key"))
        }

    return _read(root, file, "graphml", attributes)


def read_gexf(root: Element, file: str) -> Network:
    """Raises Unreadable."""
    names = {attribute.get("id", ""): attribute.get("title", "") for attribute in xml.every(root, "attribute")}

    def attributes(element: Element) -> Mapping[str, str]:
        """Its own and those in its <attvalues>, by their titles."""
        values = {names.get(v.get("for", ""), ""): v.get("value", "") for v in xml.every(element, "attvalue")}
        return {**values, **{str(key): str(value) for key, value in element.attrib.items()}}

    return _read(root, file, "gexf", attributes)


def _read(root: Element, file: str, format_: str, attributes: Attributes) -> Network:
    ties = Ties(file)
    for node in xml.every(root, "node"):
        found = _folded(attributes(node))
        id_ = node.get("id", "")
        ties.node(id_, _of(found, LABELS), found.get("description", ""), line=node.sourceline)
    for edge in xml.every(root, "edge"):
        found = _folded(attributes(edge))
        weight = _number(_of(found, WEIGHTS) or "1", file, edge.sourceline)
        ties.edge(edge.get("source", ""), edge.get("target", ""), weight, _of(found, KINDS), line=edge.sourceline)
    return ties.network(_title(root), Origin(format=format_))


def _folded(attributes: Mapping[str, str]) -> dict[str, str]:
    return {name.casefold(): value for name, value in attributes.items()}


def _of(attributes: Mapping[str, str], names: tuple[str, ...]) -> str:
    return next((attributes[name] for name in names if attributes.get(name)), "")


def _number(text: str, file: str, line: int | None) -> float:
    try:
        return float(text)
    except ValueError:
        raise Unreadable(f"{text} is no weight; give a number from 0 on.", file, line) from None


def _title(root: Element) -> str:
    """The name of the graph, or what is said of it; its creator is a program."""
    graph = xml.first(root, "graph")
    if graph is not None and graph.get("name"):
        return xml.plain(graph.get("name"))
    for name in ("title", "description", "desc"):
        found = xml.first(root, name)
        if found is not None and (title := xml.plain(found.text or "")):
            return title
    return ""
