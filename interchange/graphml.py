"""GraphML: networks in XML, of any version, read and written."""

from collections.abc import Iterator, Mapping
from io import BytesIO

import networkx

from interchange import xml
from interchange.exported_network import ExportedNetwork
from interchange.graph_xml import ELEMENT_KINDS, default_value, read_graph, to_graph
from interchange.networks import ImportedNetwork
from interchange.xml import Element, local_name


def read_graphml(root: Element, file: str) -> ImportedNetwork:
    """Reads nodes and edges with their data. Raises Unreadable."""
    keys = list(xml.iter_elements(root, "key"))
    names = {key.get("id", ""): key.get("attr.name", key.get("id", "")) for key in keys}
    defaults = {
        kind: {names[key.get("id", "")]: default_value(key) for key in keys if key.get("for", "all") in (kind, "all")}
        for kind in ELEMENT_KINDS
    }

    def attributes(element: Element) -> Mapping[str, str]:
        """Returns the element's data by the names of the keys. yEd stores the label in an element of its own."""
        label = xml.find_first(element, "NodeLabel")
        data_by_name = {
            names.get(key, key): xml.collapse_whitespace(data.text or "")
            for data in xml.iter_children(element, "data")
            if (key := data.get("key"))
        }
        return {
            **defaults[local_name(element)],
            "label": "" if label is None else xml.collapse_whitespace(label.text or ""),
            **data_by_name,
        }

    return read_graph(root, file, "graphml", attributes)


def write_graphml(network: ExportedNetwork) -> Iterator[bytes]:
    graph, buffer = to_graph(network, lambda edge: {"times": " ".join(map(str, edge.times))}), BytesIO()
    networkx.write_graphml_xml(graph, buffer)
    yield buffer.getvalue()
