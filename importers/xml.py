"""XML from strangers: parsed without entities, without the network, within libxml2's limits of depth and size."""

from collections.abc import Collection, Iterator
from typing import Any, TypeAlias

from lxml import etree

from importers.refusals import Unreadable

Element: TypeAlias = Any
"""lxml says nothing about its types."""


def parse(content: bytes, file: str) -> Element:
    """The root. Raises Unreadable for what is no well-formed XML, or declares entities of its own."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_pis=True)
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        raise Unreadable(
            f"It is no well-formed XML ({error.msg}); correct it there and import again.", file, error.lineno
        ) from None
    if entity := _entity(root):
        line = content.count(b"\n", 0, max(0, content.find(b"<!ENTITY"))) + 1
        raise Unreadable(
            f"It declares the entity {entity}, and entities are not followed: they can grow without end or read other files. "
            "Write out what they stand for, take the declarations away, and import again.",
            file,
            line,
        )
    return root


def _entity(root: Element) -> str | None:
    dtd = root.getroottree().docinfo.internalDTD
    return None if dtd is None else next((str(entity.name) for entity in dtd.iterentities()), None)


def local_name(element: Element) -> str:
    """Without the namespace; empty for comments, which have none."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def text(element: Element, silent: Collection[str]) -> str:
    return "".join(_texts(element, silent))


def _texts(element: Element, silent: Collection[str]) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        if (name := local_name(child)) and name not in silent:
            yield from _texts(child, silent)
        yield child.tail or ""


def plain(text: str) -> str:
    """White space collapsed."""
    return " ".join(text.split())


def every(element: Element, name: str) -> Iterator[Element]:
    """Itself or below it, in document order, in whatever namespace."""
    return iter(element.iter(f"{{*}}{name}"))


def first(element: Element, name: str) -> Element | None:
    return next(every(element, name), None)


def children(element: Element, name: str) -> Iterator[Element]:
    return iter(element.iterchildren(f"{{*}}{name}"))


def has(element: Element, name: str) -> bool:
    return next(children(element, name), None) is not None
