"""Recognises the format of a file by its content."""

import json
from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from typing import Any

from interchange import edge_lists, gexf, graphbase, graphml, node_links, tei, xml
from interchange.errors import UnknownFormat, Unreadable
from interchange.importable_worlds import ImportableWorld

SUPPORTED_FORMATS = (
    "plays in TEI, networks as GraphML, GEXF, JSON with nodes and links, CSV with a header of source,target, "
    "books of the Stanford GraphBase, and archives of this program"
)


def read_world(content: bytes, file: str) -> ImportableWorld:
    """Reads a file of any supported format. Raises Unreadable, or UnknownFormat."""
    if not content.strip():
        raise Unreadable("The file is empty. Choose another file.", file)
    if _is_xml(content):
        return _read_xml(content, file)
    text = _decode(content, file)
    if text.lstrip().startswith(("{", "[")):
        return _read_json(text, file)
    if graphbase.is_graphbase(text):
        return graphbase.read_graphbase(text, file)
    if edge_lists.is_edge_list(text):
        return edge_lists.read_edge_list(text, file)
    raise _unknown_format(file)


def _is_xml(content: bytes) -> bool:
    """Returns whether the first character is `<`, in any encoding, after a byte order mark and white space."""
    start = content[:200].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    return start.startswith(b"<")


def _read_xml(content: bytes, file: str) -> ImportableWorld:
    root = xml.parse(content, file)
    match xml.local_name(root):
        case "TEI" | "teiCorpus" | "TEI.2":
            return tei.read_tei(root, file)
        case "graphml":
            return graphml.read_graphml(root, file)
        case "gexf":
            return gexf.read_gexf(root, file)
        case name:
            raise UnknownFormat(
                f"This kind of XML (<{name}>) is not supported. Supported are {SUPPORTED_FORMATS}.", file, root.sourceline
            )


def _read_json(text: str, file: str) -> ImportableWorld:
    try:
        data: Any = json.loads(text)
    except json.JSONDecodeError as error:
        raise Unreadable(
            f"This is not well-formed JSON ({error.msg}). Correct it and import it again.", file, error.lineno
        ) from None
    except ValueError:
        raise Unreadable("It has a number with thousands of digits. Shorten it.", file) from None
    except RecursionError:
        raise Unreadable("Its JSON is nested too deeply. Choose another file.", file) from None
    if not node_links.is_node_link(data):
        raise _unknown_format(file)
    return node_links.read_node_link(data, file)


def _decode(content: bytes, file: str) -> str:
    # Spreadsheets save UTF-16 under the name Unicode.
    is_utf16 = content.startswith((BOM_UTF16_LE, BOM_UTF16_BE))
    if b"\0" in content and not is_utf16:
        raise _unknown_format(file)
    try:
        text = content.decode("utf-16" if is_utf16 else "utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise Unreadable("The file is not in UTF-8. Save it in that encoding and import it again.", file, line) from None
    if "\0" in text:
        raise _unknown_format(file)
    return text


def _unknown_format(file: str) -> UnknownFormat:
    return UnknownFormat(f"The format is not supported. Supported are {SUPPORTED_FORMATS}.", file)
