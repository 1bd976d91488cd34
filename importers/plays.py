"""Plays: what a play is to us before it becomes a world. Segments and speeches stand in the order of the text."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Speaker:
    """`id` names them in the file. `description` says what the file knows of them beyond the name."""

    id: str
    name: str
    description: str = ""


@dataclass(frozen=True, slots=True)
class Speech:
    """`speakers` are ids, several for a chorus, none where the text does not say who; `words` counts as drama corpora do."""

    speakers: tuple[str, ...]
    text: str
    words: int


@dataclass(frozen=True, slots=True)
class Segment:
    """A scene, or what takes its place. `speakers` also has those who speak only in segments inside of this one."""

    title: str
    speakers: tuple[str, ...]
    speeches: tuple[Speech, ...]


@dataclass(frozen=True, slots=True)
class Play:
    """`year` may be before our era (negative); `language` is a tag of BCP 47; `notes` are what the user should be told."""

    title: str
    authors: tuple[str, ...]
    year: int | None
    language: str
    licence: str
    source: str
    speakers: tuple[Speaker, ...]
    segments: tuple[Segment, ...]
    notes: tuple[str, ...] = field(default=())
