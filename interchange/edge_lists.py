"""Edges in CSV: a line each, under a head of `source,target` and, where there are any, `weight` and `kind`."""

import csv
from collections.abc import Iterator, Sequence
from io import StringIO

from interchange.errors import Unreadable
from interchange.importable_worlds import Origin
from interchange.network_builder import Ties
from interchange.networks import Network

DELIMITERS = ",;\t|"


def is_one(text: str) -> bool:
    try:
        return {"source", "target"} <= set(_head(csv.reader(_lines(text), delimiter=_delimiter(text))))
    except csv.Error:
        return False


def _lines(text: str) -> StringIO:
    """Broken at the ends of lines only: names may hold other separators."""
    return StringIO(text, newline="")


def _delimiter(text: str) -> str:
    return max(DELIMITERS, key=next(filter(str.strip, _lines(text)), "").count)


def _head(lines: Iterator[list[str]]) -> Sequence[str]:
    first = next((cells for cells in lines if any(map(str.strip, cells))), [])
    return [cell.strip().casefold() for cell in first]


def read(text: str, file: str) -> Network:
    """Raises Unreadable."""
    lines, ties = csv.reader(_lines(text), delimiter=_delimiter(text)), Ties(file)
    head = _head(lines)
    try:
        for cells in lines:
            if any(cell.strip() for cell in cells):
                _edge(ties, dict(zip(head, (cell.strip() for cell in cells), strict=False)), file, lines.line_num)
    except csv.Error as error:
        raise Unreadable(
            f"It is no well-formed CSV ({error}); correct it there and import again.", file, lines.line_num
        ) from None
    return ties.network("", Origin(format="csv"))


def _edge(ties: Ties, row: dict[str, str], file: str, line: int) -> None:
    one, other = row.get("source", ""), row.get("target", "")
    if not one or not other:
        raise Unreadable("An edge needs a source and a target; fill in both.", file, line)
    for end in (one, other):
        if not ties.knows(end):
            ties.node(end, line=line)
    try:
        weight = float(row.get("weight") or 1)
    except ValueError:
        raise Unreadable(f"{row['weight']} is no weight; give a number from 0 on.", file, line) from None
    ties.edge(one, other, weight, row.get("kind", ""), line=line)
