"""Edges in CSV: a line each, under a head of `source,target` and, where there are any, `weight` and `kind`."""

import csv
from collections.abc import Sequence
from itertools import islice

from importers.networks import Network
from importers.refusals import Unreadable
from importers.ties import Ties
from importers.worlds import Origin

DELIMITERS = ",;\t|"


def is_one(text: str) -> bool:
    return {"source", "target"} <= set(_head(text))


def _head(text: str) -> Sequence[str]:
    line = text.lstrip("\ufeff").split("\n", 1)[0]
    return [cell.strip().strip('"').casefold() for cell in line.split(_delimiter(line))]


def _delimiter(line: str) -> str:
    return max(DELIMITERS, key=line.count)


def read(text: str, file: str) -> Network:
    """Raises Unreadable."""
    head, ties = _head(text), Ties(file)
    lines = csv.reader(text.lstrip("\ufeff").splitlines(), delimiter=_delimiter(text.split("\n", 1)[0]))
    try:
        for cells in islice(lines, 1, None):
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
