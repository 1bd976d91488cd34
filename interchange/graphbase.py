"""Books of the Stanford GraphBase (Knuth 1993): encounters of two or more characters in each chapter."""

import re
import unicodedata
from collections.abc import Iterator

from interchange.errors import Unreadable
from interchange.importable_worlds import Provenance, Speaker
from interchange.networks import ImportedNetwork, Meeting

LICENCE = "May be freely copied and distributed, provided that no changes whatsoever are made to the file."
SOURCE = "The Stanford GraphBase, copyright 1993 Stanford University"

_ACCENTS = {"'": "\u0301", "`": "\u0300", "^": "\u0302", '"': "\u0308", "~": "\u0303", "c": "\u0327"}


def is_graphbase(text: str) -> bool:
    return text.startswith("* File ") and "Stanford GraphBase" in text.split("\n", 1)[0]


def read_graphbase(text: str, file: str) -> ImportedNetwork:
    """Reads characters (`AB Name, description`) and chapters (`1.2:AB,CD;AB,EF`). Raises Unreadable."""
    book = _Book(file)
    for number, line in enumerate(text.splitlines(), 1):
        if line.startswith("*") or not line.strip():
            continue
        if character := re.match(r"([A-Z0-9]{2}) (.+)", line):
            book.add_character(character[1], character[2], number)
        else:
            book.add_chapter_line(line, number)
    if not any(len(meeting.speakers) > 1 for meeting in book.meetings):
        raise Unreadable("No two characters meet, so there is no network. Add encounters such as 1.1:AB,CD.", file)
    title, authors = _read_title(text)
    return ImportedNetwork(
        title,
        Provenance("graphbase", authors, licence=LICENCE, source=SOURCE),
        tuple(book.speakers.values()),
        tuple(book.meetings),
    )


class _Book:
    """The characters and the encounters that have been read so far."""

    def __init__(self, file: str) -> None:
        self._file = file
        self._chapters: list[str] = []
        self.speakers: dict[str, Speaker] = {}
        self.meetings: list[Meeting] = []

    def add_character(self, code: str, text: str, line: int) -> None:
        if code in self.speakers:
            raise Unreadable(f"The code {code} occurs twice. Give each character its own code.", self._file, line)
        name, _, description = _strip_tex(text).partition(", ")
        self.speakers[code] = Speaker(code, name, ", ".join(filter(None, (description, f"{code} in the file"))))

    def add_chapter_line(self, text: str, line: int) -> None:
        """Adds the encounters of a chapter. A line that begins with `&` continues the chapter before."""
        chapter, _, encounters = text.partition(":")
        if chapter != "&":
            self._chapters.append(chapter.strip())
        elif not self._chapters:
            raise Unreadable(
                "A line begins with & before the first chapter. Begin it with the number of a chapter.", self._file, line
            )
        for codes in filter(None, encounters.strip().split(";")):
            self.meetings.append(Meeting(self._parse_codes(codes, line), len(self._chapters) - 1, title=self._chapters[-1]))

    def _parse_codes(self, text: str, line: int) -> tuple[str, ...]:
        codes = tuple(dict.fromkeys(code.strip() for code in text.split(",")))
        for code in codes:
            if code not in self.speakers:
                raise Unreadable(
                    f"{code or 'Nothing'} is not one of its characters. Add it to the list above.", self._file, line
                )
        return codes


def _read_title(text: str) -> tuple[str, tuple[str, ...]]:
    """Returns title and authors from the second comment, such as `* Anna Karenina, by Leo Nikolaevitch Tolstoy`."""
    comments: Iterator[str] = (line[1:].strip() for line in text.splitlines() if line.startswith("*"))
    _, second = next(comments, ""), next(comments, "")
    title, _, author = _strip_tex(second).partition(", by ")
    return title, (author,) if author else ()


def _strip_tex(text: str) -> str:
    r"""Replaces TeX by plain text: \'e is é, \c{c} is ç, `` and '' are quotes."""
    accented = re.sub(r"\\(['`^\"~c])\s*\{?([A-Za-z])\}?", lambda accent: accent[2] + _ACCENTS[accent[1]], text)
    return unicodedata.normalize("NFC", accented)
