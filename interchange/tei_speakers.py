"""Reads the speakers of a TEI file: which of them speak a speech, and their names in the list of persons."""

from collections.abc import Iterable, Iterator

from interchange import xml
from interchange.importable_worlds import Speaker
from interchange.xml import Element, local_name

UNSPOKEN_ELEMENTS = frozenset({"stage", "note", "speaker"})
"""Elements of a speech whose text is not spoken."""

_XML_ID = "{http://www.w3.org/XML/1998/namespace}id"


class SpeakerResolver:
    """Resolves the speakers of a speech: the ids to which @who refers.

    If no @who of the file is a reference (#id), each value is a name, with its spaces. If no speech has @who, the names that
    are printed above the speeches are used.
    """

    def __init__(self, speeches: list[Element]) -> None:
        self.uses_references = any("#" in speech.get("who", "") for speech in speeches)
        self.uses_printed_names = not any(self._referenced_ids(speech) for speech in speeches)

    def resolve(self, speech: Element) -> tuple[str, ...]:
        """Returns the ids of the speakers of one speech; none if it names no speaker."""
        return self._printed_names(speech) if self.uses_printed_names else self._referenced_ids(speech)

    def resolve_all(self, element: Element) -> tuple[str, ...]:
        """Returns the ids of all speakers below `element`, in the order of their first speech."""
        return _unique(id_ for speech in xml.iter_elements(element, "sp") for id_ in self.resolve(speech))

    def _referenced_ids(self, speech: Element) -> tuple[str, ...]:
        references = xml.collapse_whitespace(speech.get("who", ""))
        if not self.uses_references:
            return (references,) if references else ()
        return _unique(token[1:] for token in references.split() if len(token) > 1)

    @staticmethod
    def _printed_names(speech: Element) -> tuple[str, ...]:
        names = (
            xml.collapse_whitespace(xml.collect_text(name, UNSPOKEN_ELEMENTS)) for name in xml.iter_children(speech, "speaker")
        )
        return _unique(filter(None, names))


def _unique(ids: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(ids))


def read_speakers(root: Element, speeches: list[Element], resolver: SpeakerResolver) -> Iterator[Speaker]:
    """Yields the speakers in the order of their first speech. The name is the id if the list of persons has none."""
    persons: dict[str, Element] = {}
    for person in _iter_persons(root):
        persons.setdefault(person.get(_XML_ID), person)
    for id_ in _unique(id_ for speech in speeches for id_ in resolver.resolve(speech)):
        person = persons.get(id_)
        if person is None:
            yield Speaker(id_, id_)
        else:
            yield Speaker(id_, _person_name(person) or id_, _person_description(person))


def _iter_persons(root: Element) -> Iterator[Element]:
    return (
        element
        for description in xml.iter_elements(root, "particDesc")
        for element in description.iter()
        if local_name(element) in ("person", "personGrp")
    )


def _person_name(person: Element) -> str:
    name = next((child for child in person.iter() if local_name(child) in ("persName", "name")), None)
    return "" if name is None else xml.collapse_whitespace(xml.collect_text(name, ()))


def _person_description(person: Element) -> str:
    kind = "group" if local_name(person) == "personGrp" else ""
    return ", ".join(filter(None, (kind, person.get("sex", "").casefold())))
