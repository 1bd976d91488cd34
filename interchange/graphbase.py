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
    """Raises Unreadable."""
    speakers: dict[str, Speaker] = {}
    meetings: list[Meeting] = []
    chapters: list[str] = []
    for number, line in enumerate(text.splitlines(), 1):
        if line.startswith("*") or not line.strip():
            continue
        if found := re.match(r"([A-Z0-9]{2}) (.+)", line):
            if found[1] in speakers:
                raise Unreadable(f"The code {found[1]} occurs twice. Give each character its own code.", file, number)
            speakers[found[1]] = _speaker(found[1], found[2])
            continue
        chapter, _, encounters = line.partition(":")
        if chapter != "&":
            chapters.append(chapter.strip())
        for codes in filter(None, encounters.strip().split(";")):
            meetings.append(Meeting(_parse_codes(codes, speakers, file, number), len(chapters) - 1, title=chapters[-1]))
    if not any(len(meeting.speakers) > 1 for meeting in meetings):
        raise Unreadable("No two characters meet, so there is no network. Add encounters such as 1.1:AB,CD.", file)
    title, authors = _title(text)
    return ImportedNetwork(
        title, Provenance("graphbase", authors, licence=LICENCE, source=SOURCE), tuple(speakers.values()), tuple(meetings)
    )


def _parse_codes(codes: str, speakers: dict[str, Speaker], file: str, line: int) -> tuple[str, ...]:
    found = tuple(dict.fromkeys(code.strip() for code in codes.split(",")))
    for code in found:
        if code not in speakers:
            raise Unreadable(f"{code or 'Nothing'} is not one of its characters. Add it to the list above.", file, line)
    return found


def _speaker(code: str, text: str) -> Speaker:
    name, _, description = _strip_tex(text).partition(", ")
    return Speaker(code, name, ", ".join(filter(None, (description, f"{code} in the file"))))


def _title(text: str) -> tuple[str, tuple[str, ...]]:
    """From the second comment, such as `* Anna Karenina, by Leo Nikolaevitch Tolstoy`."""
    comments: Iterator[str] = (line[1:].strip() for line in text.splitlines() if line.startswith("*"))
    _, second = next(comments, ""), next(comments, "")
    title, _, author = _strip_tex(second).partition(", by ")
    return title, (author,) if author else ()


def _strip_tex(text: str) -> str:
    r"""Without TeX: \'e is é, \c{c} is ç, `` and '' are quotes."""
    accented = re.sub(r"\\(['`^\"~c])\s*\{?([A-Za-z])\}?", lambda found: found[2] + _ACCENTS[found[1]], text)
    return unicodedata.normalize("NFC", accented)
