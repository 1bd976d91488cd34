"""TEI: reads a play as drama corpora encode it, by the definitions that DraCor publishes its figures with.

The definitions of segments, speakers and words are in docs/imports.md.
"""

from collections.abc import Iterator

from interchange import tei_header, xml
from interchange.errors import Unreadable
from interchange.importable_worlds import Provenance
from interchange.plays import Play
from interchange.tei_segments import find_scenes, read_segments
from interchange.tei_speakers import SpeakerResolver, read_speakers
from interchange.texts import pluralize
from interchange.xml import Element, local_name

ROOTS = ("TEI", "TEI.2")
_XI_INCLUDE = "{http://www.w3.org/2001/XInclude}include"


def read_tei(root: Element, file: str) -> Play:
    """Reads one play. Raises Unreadable if it has no speech with a speaker, or several plays."""
    body = _find_body(root, file)
    root = next((ancestor for ancestor in body.iterancestors() if local_name(ancestor) in ROOTS), root)
    speeches = list(xml.iter_elements(body, "sp"))
    resolver = SpeakerResolver(speeches)
    if not any(resolver.resolve(speech) for speech in speeches):
        raise Unreadable(
            "Its speeches have no speakers: the <sp> elements have neither @who nor a <speaker>. Add one of them.",
            file,
            speeches[0].sourceline,
        )
    return Play(
        title=tei_header.read_title(root),
        provenance=_read_provenance(root, tuple(filter(None, _notes(root, body, speeches, resolver)))),
        speakers=tuple(read_speakers(root, speeches, resolver)),
        segments=tuple(read_segments(body, speeches, resolver)),
    )


def _find_body(root: Element, file: str) -> Element:
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


def _read_provenance(root: Element, notes: tuple[str, ...]) -> Provenance:
    return Provenance(
        format="tei",
        authors=tuple(tei_header.read_authors(root)),
        year=tei_header.read_year(root),
        language=tei_header.read_language(root),
        licence=tei_header.read_licence(root),
        source=tei_header.read_source(root),
        notes=notes,
    )


def _notes(root: Element, body: Element, speeches: list[Element], resolver: SpeakerResolver) -> Iterator[str]:
    """Yields what the import reads differently or leaves out; empty texts for what does not occur."""
    if resolver.uses_printed_names:
        yield (
            "Its speeches have no @who, so the names that are printed above them count as the speakers; "
            "one person may have several names."
        )
    elif not resolver.uses_references:
        yield "@who of its speeches has names in place of references (#id); each name counts as one speaker."
    yield pluralize(
        sum(not resolver.resolve(speech) for speech in speeches),
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
    scenes = set(find_scenes(body))
    yield pluralize(
        sum(scenes.isdisjoint(speech.iterancestors()) for speech in speeches),
        f"of its {len(speeches)} speeches is outside any scene; it became a separate conversation.",
        f"of its {len(speeches)} speeches are outside any scene; they became separate conversations.",
    )
