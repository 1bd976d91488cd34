"""TEI: reads a play as drama corpora encode it, by the definitions that DraCor publishes its figures with.

The definitions of segments, speakers and words are in docs/imports.md.
"""

from collections import Counter
from collections.abc import Iterable, Iterator

from domain import word_count
from interchange import tei_header, xml
from interchange.errors import Unreadable
from interchange.importable_worlds import Provenance, Speaker
from interchange.plays import Play, Segment, Speech
from interchange.texts import pluralize
from interchange.xml import Element, local_name

UNSPOKEN_ELEMENTS = frozenset({"stage", "note", "speaker"})
"""Elements of a speech whose text is not spoken."""

ROOTS = ("TEI", "TEI.2")
_XI_INCLUDE = "{http://www.w3.org/2001/XInclude}include"
_XML_ID = "{http://www.w3.org/XML/1998/namespace}id"


def read_tei(root: Element, file: str) -> Play:
    """Reads one play. Raises Unreadable if it has no speech with a speaker, or several plays."""
    body = _body(root, file)
    root = next((above for above in body.iterancestors() if local_name(above) in ROOTS), root)
    speeches = list(xml.iter_elements(body, "sp"))
    who = _SpeakerResolver(speeches)
    if not any(who(speech) for speech in speeches):
        raise Unreadable(
            "Its speeches have no speakers: the <sp> elements have neither @who nor a <speaker>. Add one of them.",
            file,
            speeches[0].sourceline,
        )
    return Play(
        title=tei_header.read_title(root),
        provenance=Provenance(
            format="tei",
            authors=tuple(tei_header.read_authors(root)),
            year=tei_header.read_year(root),
            language=tei_header.read_language(root),
            licence=tei_header.read_licence(root),
            source=tei_header.read_source(root),
            notes=tuple(filter(None, _notes(root, body, speeches, who))),
        ),
        speakers=tuple(_speakers(root, speeches, who)),
        segments=tuple(_segments(body, speeches, who)),
    )


def _body(root: Element, file: str) -> Element:
    """Returns the only body that has speeches. A floating text belongs to the speech that quotes it."""
    bodies = [body for body in xml.iter_elements(root, "body") if local_name(body.getparent()) != "floatingText"]
    plays = [body for body in bodies if xml.find_first(body, "sp") is not None]
    if not plays:
        raise Unreadable(
            "It has no speeches: a play in TEI has <sp> elements in its <body>. Encode the speeches.", file, root.sourceline
        )
    if len(plays) > 1:
        raise Unreadable(
            f"It holds {len(plays)} plays, and a world is made from one. Save each in its own file and import those.",
            file,
            plays[1].sourceline,
        )
    return plays[0]


class _SpeakerResolver:
    """Resolves the speakers of a speech: the ids to which @who refers.

    If no @who of the file is a reference (#id), each is a name, blanks included. If no speech has @who, the names that are
    printed above the speeches are used.
    """

    def __init__(self, speeches: list[Element]) -> None:
        self.uses_references = any("#" in speech.get("who", "") for speech in speeches)
        self.uses_printed_names = not any(self._referenced_ids(speech) for speech in speeches)

    def __call__(self, speech: Element) -> tuple[str, ...]:
        return self._printed_names(speech) if self.uses_printed_names else self._referenced_ids(speech)

    def all_in(self, element: Element) -> tuple[str, ...]:
        """Returns all speakers below `element`, in the order of their first speech."""
        return _unique(id_ for speech in xml.iter_elements(element, "sp") for id_ in self(speech))

    def _referenced_ids(self, speech: Element) -> tuple[str, ...]:
        who = xml.collapse_whitespace(speech.get("who", ""))
        if not self.uses_references:
            return (who,) if who else ()
        return _unique(token[1:] for token in who.split() if len(token) > 1)

    @staticmethod
    def _printed_names(speech: Element) -> tuple[str, ...]:
        return _unique(
            filter(
                None,
                (
                    xml.collapse_whitespace(xml.collect_text(name, UNSPOKEN_ELEMENTS))
                    for name in xml.iter_children(speech, "speaker")
                ),
            )
        )


def _segments(body: Element, speeches: list[Element], who: _SpeakerResolver) -> Iterator[Segment]:
    """Returns the scenes and, between them, each speech outside any scene as a segment, in the order of the text."""
    scenes = _scenes(body)
    speeches_of: dict[Element, list[Speech]] = {scene: [] for scene in scenes}
    nested_counts: dict[Element, Counter[str]] = {scene: Counter() for scene in scenes}
    found: dict[Element, Segment] = {}
    for speech in speeches:
        around = [above for above in speech.iterancestors() if above in speeches_of]
        for scene in around[1:]:
            nested_counts[scene].update(who(speech))
        if around:
            speeches_of[around[0]].append(_speech(speech, who))
        else:
            found[speech] = Segment(_heading(speech, body), who(speech), (_speech(speech, who),), is_scene=False)
    for scene in scenes:
        speakers, counts = who.all_in(scene), dict(nested_counts[scene])
        found[scene] = Segment(_heading(scene, body), speakers, tuple(speeches_of[scene]), counts)
    return (found[element] for element in body.iter() if element in found)


def _scenes(body: Element) -> list[Element]:
    divisions = {level: list(xml.iter_elements(body, level)) for level in ("div", "div1", "div2")}
    if not divisions["div"] and not divisions["div1"]:
        return [body]
    scenes = [div for div in divisions["div2"] if div.get("type") == "scene"]
    if scenes:
        return [*scenes, *(div for div in divisions["div1"] if xml.has_child(div, "sp") and not xml.has_child(div, "div2"))]
    if divisions["div1"]:
        return divisions["div1"]
    return [
        div
        for div in divisions["div"]
        if xml.has_child(div, "sp") or (div.get("type") == "scene" and next(xml.iter_elements(div, "sp"), None) is None)
    ]


def _speech(element: Element, who: _SpeakerResolver) -> Speech:
    counted = sum(word_count.count_words(xml.collect_text(block, ("stage", "note"))) for block in element.iter("{*}p", "{*}l"))
    blocks = (xml.collapse_whitespace(xml.collect_text(block, UNSPOKEN_ELEMENTS)) for block in _outermost_blocks(element))
    return Speech(who(element), "\n".join(filter(None, blocks)), counted)


def _outermost_blocks(element: Element) -> Iterator[Element]:
    """Yields the blocks of text that are in no other block."""
    for child in element:
        if (name := local_name(child)) in ("p", "l", "ab"):
            yield child
        elif name and name not in UNSPOKEN_ELEMENTS:
            yield from _outermost_blocks(child)


def _heading(element: Element, body: Element) -> str:
    """Returns the headings of the division and those around it, the outermost first."""
    around = [element, *element.iterancestors()]
    headed = reversed(around[: around.index(body)] if element is not body else [body])
    heads = (
        xml.collapse_whitespace(xml.collect_text(head, ("note",)))
        for division in headed
        for head in xml.iter_children(division, "head")
    )
    return " | ".join(filter(None, heads))


def _speakers(root: Element, speeches: list[Element], who: _SpeakerResolver) -> Iterator[Speaker]:
    """Yields the speakers in the order of their first speech."""
    listed: dict[str, Element] = {}
    for person in _listed_persons(root):
        listed.setdefault(person.get(_XML_ID), person)
    for id_ in _unique(id_ for speech in speeches for id_ in who(speech)):
        person = listed.get(id_)
        named = _person_name(person) if person is not None else ""
        yield Speaker(id_, named or id_, "" if person is None else _person_description(person))


def _listed_persons(root: Element) -> Iterator[Element]:
    return (
        person
        for people in xml.iter_elements(root, "particDesc")
        for person in people.iter()
        if local_name(person) in ("person", "personGrp")
    )


def _person_name(person: Element) -> str:
    name = next((child for child in person.iter() if local_name(child) in ("persName", "name")), None)
    return "" if name is None else xml.collapse_whitespace(xml.collect_text(name, ()))


def _person_description(person: Element) -> str:
    kind = "group" if local_name(person) == "personGrp" else ""
    return ", ".join(filter(None, (kind, person.get("sex", "").casefold())))


def _notes(root: Element, body: Element, speeches: list[Element], who: _SpeakerResolver) -> Iterator[str]:
    if who.uses_printed_names:
        yield (
            "Its speeches have no @who, so the names that are printed above them count as the speakers; "
            "one person may have several names."
        )
    elif not who.uses_references:
        yield "@who of its speeches has names in place of references (#id); each name counts as one speaker."
    yield pluralize(
        sum(not who(speech) for speech in speeches),
        f"of its {len(speeches)} speeches has no speaker; it is kept without one.",
        f"of its {len(speeches)} speeches have no speaker; they are kept without one.",
    )
    yield pluralize(
        sum(1 for _ in xml.iter_elements(root, "sp")) - len(speeches),
        "speech in its front or back matter is not part of the play's body and is left out.",
        "speeches in its front or back matter are not part of the play's body and are left out.",
    )
    yield pluralize(
        sum(1 for _ in root.iter(_XI_INCLUDE)),
        "part of it is in another file (xi:include), which is not read.",
        "parts of it are in other files (xi:include), which are not read.",
    )
    scenes = set(_scenes(body))
    yield pluralize(
        sum(scenes.isdisjoint(speech.iterancestors()) for speech in speeches),
        f"of its {len(speeches)} speeches is outside any scene; it became a separate conversation.",
        f"of its {len(speeches)} speeches are outside any scene; they became separate conversations.",
    )


def _unique(ids: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(ids))
