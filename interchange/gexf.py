"""GEXF: networks in XML, of any version, read and written."""

from collections.abc import Iterator, Mapping
from io import BytesIO
from typing import Any

import networkx

from interchange import xml
from interchange.exported_network import RELATIONSHIP, ExportedEdge, ExportedNetwork
from interchange.graph_xml import ELEMENT_KINDS, default_value, read_graph, to_graph
from interchange.networks import ImportedNetwork
from interchange.xml import Element, local_name


def read_gexf(root: Element, file: str) -> ImportedNetwork:
    """Reads nodes and edges with their attributes. Raises Unreadable."""
    # Attributes of nodes and of edges have separate ids.
    declarations = {
        kind: [
            attribute
            for group in xml.iter_elements(root, "attributes")
            if group.get("class", "node") == kind
            for attribute in xml.iter_children(group, "attribute")
        ]
        for kind in ELEMENT_KINDS
    }
    titles = {
        kind: {attribute.get("id", ""): attribute.get("title", "") for attribute in attributes_}
        for kind, attributes_ in declarations.items()
    }
    defaults = {
        kind: {attribute.get("title", ""): default_value(attribute) for attribute in attributes_}
        for kind, attributes_ in declarations.items()
    }

    def attributes(element: Element) -> Mapping[str, str]:
        """Returns the XML attributes of the element and its <attvalues>, by their titles."""
        kind = local_name(element)
        elements = (
            value for group in xml.iter_children(element, "attvalues") for value in xml.iter_children(group, "attvalue")
        )
        # Version 1.0 has `id` in place of `for`.
        values = {titles[kind].get(value.get("for") or value.get("id", ""), ""): value.get("value", "") for value in elements}
        return {**defaults[kind], **values, **{str(key): str(value) for key, value in element.attrib.items()}}

    return read_graph(root, file, "gexf", attributes)


def write_gexf(network: ExportedNetwork) -> Iterator[bytes]:
    """Writes a dynamic graph: a relationship exists from its first act on, an exchange at its times."""

    def spells(edge: ExportedEdge) -> dict[str, Any]:
        if edge.kind == RELATIONSHIP:
            return {"start": edge.times[0], "end": network.world_seconds}
        return {"spells": [(time, time) for time in edge.times]}

    graph, buffer = to_graph(network, spells), BytesIO()
    graph.graph["mode"] = "dynamic"
    networkx.write_gexf(graph, buffer, version="1.2draft")
    yield buffer.getvalue()
