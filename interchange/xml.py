"""Parses untrusted XML: without entities, without network access, within libxml2's limits of depth and size."""

from collections.abc import Collection, Iterator
from typing import Any, TypeAlias

from lxml import etree

from interchange.errors import Unreadable

Element: TypeAlias = Any
"""lxml has no types."""


_IGNORED_ERRORS = frozenset({etree.ErrorTypes.DTD_XMLID_VALUE, etree.ErrorTypes.DTD_ID_REDEFINED})
"""Invalid and duplicate ids: whole corpora have them, and ids are only looked up."""


LIMIT_EXPLANATION = (
    "The XML is beyond a limit: it has entities that grow without end, more than 256 nested elements, or a text of more than "
    "10 MB. Remove that part and import again."
)


def parse(content: bytes, file: str) -> Element:
    """Returns the root. Raises Unreadable if the XML is malformed or has entities other than XML's own five."""
    parser = _parser()
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError:
        if error := _first_error(parser):
            if error.type == etree.ErrorTypes.ERR_RESOURCE_LIMIT:
                raise Unreadable(LIMIT_EXPLANATION, file, error.line) from None
            raise Unreadable(
                f"This is not well-formed XML ({error.message.strip()}). Correct it and import it again.", file, error.line
            ) from None
        root = etree.fromstring(content, _parser(recover=True))
    _refuse_entities(root, content, file)
    return root


def _parser(**options: bool) -> etree.XMLParser:
    # No `collect_ids=False`: with it, libxml2 reads the DTD that a file names from disk.
    return etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_pis=True, **options)


def _first_error(parser: etree.XMLParser) -> Any:
    """Returns the first error that is not ignored. The log keeps the last hundred errors; a fatal one is the last."""
    errors = (entry for entry in parser.error_log if entry.level >= etree.ErrorLevels.ERROR)
    return next((error for error in errors if error.type not in _IGNORED_ERRORS), None)


def _refuse_entities(root: Element, content: bytes, file: str) -> None:
    if declared := _declared_entity(root):
        line = content.count(b"\n", 0, max(0, content.find(b"<!ENTITY"))) + 1
        raise Unreadable(
            f"It declares the entity {declared}. Entities are not expanded: they can grow without end or read other files. "
            "Replace them by their text, remove the declarations and import again.",
            file,
            line,
        )
    if (used := next(root.iter(etree.Entity), None)) is not None:
        raise Unreadable(
            f"It uses the entity {used.text}, which another file declares, and other files are not read. "
            "Replace it by its character and import again.",
            file,
            used.getparent().sourceline,
        )


def _declared_entity(root: Element) -> str | None:
    dtd = root.getroottree().docinfo.internalDTD
    return None if dtd is None else next((str(entity.name) for entity in dtd.iterentities()), None)


def local_name(element: Element) -> str:
    """Returns the name without its namespace, or an empty text for a comment."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def collect_text(element: Element, skipped: Collection[str]) -> str:
    return "".join(_iter_texts(element, skipped))


def _iter_texts(element: Element, skipped: Collection[str]) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        if (name := local_name(child)) and name not in skipped:
            yield from _iter_texts(child, skipped)
        yield child.tail or ""


def collapse_whitespace(text: str) -> str:
    """Returns the text with runs of white space as single spaces."""
    return " ".join(text.split())


def iter_elements(element: Element, name: str) -> Iterator[Element]:
    """Yields the element and its descendants of this name, in document order, in any namespace."""
    return iter(element.iter(f"{{*}}{name}"))


def find_first(element: Element, name: str) -> Element | None:
    return next(iter_elements(element, name), None)


def iter_children(element: Element, name: str) -> Iterator[Element]:
    return iter(element.iterchildren(f"{{*}}{name}"))


def has_child(element: Element, name: str) -> bool:
    return next(iter_children(element, name), None) is not None
