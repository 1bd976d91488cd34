"""Reads the segments of a TEI file: its scenes with their speeches, and the speeches outside any scene."""

from collections import Counter
from collections.abc import Iterator

from domain import word_count
from interchange import xml
from interchange.plays import Segment, Speech
from interchange.tei_speakers import UNSPOKEN_ELEMENTS, SpeakerResolver
from interchange.xml import Element, local_name


def read_segments(body: Element, speeches: list[Element], resolver: SpeakerResolver) -> Iterator[Segment]:
    """Yields the scenes and each speech outside any scene, in the order of the text."""
    scenes = find_scenes(body)
    speeches_of: dict[Element, list[Speech]] = {scene: [] for scene in scenes}
    nested_counts: dict[Element, Counter[str]] = {scene: Counter() for scene in scenes}
    segments: dict[Element, Segment] = {}
    for element in speeches:
        speech = _read_speech(element, resolver)
        enclosing_scenes = [ancestor for ancestor in element.iterancestors() if ancestor in speeches_of]
        for scene in enclosing_scenes[1:]:
            nested_counts[scene].update(speech.speakers)
        if enclosing_scenes:
            speeches_of[enclosing_scenes[0]].append(speech)
        else:
            segments[element] = Segment(_heading(element, body), speech.speakers, (speech,), is_scene=False)
    for scene in scenes:
        speakers = resolver.resolve_all(scene)
        segments[scene] = Segment(_heading(scene, body), speakers, tuple(speeches_of[scene]), dict(nested_counts[scene]))
    return (segments[element] for element in body.iter() if element in segments)


def find_scenes(body: Element) -> list[Element]:
    """Returns the scenes by the kind of divisions that the file has: none, numbered (div1, div2) or unnumbered (div)."""
    unnumbered = list(xml.iter_elements(body, "div"))
    first_level = list(xml.iter_elements(body, "div1"))
    if not unnumbered and not first_level:
        return [body]
    scenes = [division for division in xml.iter_elements(body, "div2") if division.get("type") == "scene"]
    if scenes:
        return scenes + [division for division in first_level if _is_undivided_scene(division)]
    return first_level or [division for division in unnumbered if _is_scene(division)]


def _is_undivided_scene(first_level: Element) -> bool:
    return xml.has_child(first_level, "sp") and not xml.has_child(first_level, "div2")


def _is_scene(division: Element) -> bool:
    if xml.has_child(division, "sp"):
        return True
    return division.get("type") == "scene" and xml.find_first(division, "sp") is None


def _read_speech(element: Element, resolver: SpeakerResolver) -> Speech:
    words = sum(word_count.count_words(xml.collect_text(block, ("stage", "note"))) for block in element.iter("{*}p", "{*}l"))
    texts = (xml.collapse_whitespace(xml.collect_text(block, UNSPOKEN_ELEMENTS)) for block in _iter_outermost_blocks(element))
    return Speech(resolver.resolve(element), "\n".join(filter(None, texts)), words)


def _iter_outermost_blocks(element: Element) -> Iterator[Element]:
    """Yields the blocks of text that are in no other block."""
    for child in element:
        if (name := local_name(child)) in ("p", "l", "ab"):
            yield child
        elif name and name not in UNSPOKEN_ELEMENTS:
            yield from _iter_outermost_blocks(child)


def _heading(element: Element, body: Element) -> str:
    """Returns the headings of the element and of the divisions around it, the outermost first."""
    path = [element, *element.iterancestors()]
    divisions = [body] if element is body else reversed(path[: path.index(body)])
    headings = (
        xml.collapse_whitespace(xml.collect_text(head, ("note",)))
        for division in divisions
        for head in xml.iter_children(division, "head")
    )
    return " | ".join(filter(None, headings))
