"""Edge lists in CSV, read and written: one edge a line below a header of `source,target`, with optional `weight` and `kind`."""

import csv
from collections.abc import Iterator, Sequence
from io import StringIO

from interchange.errors import Unreadable
from interchange.exported_network import ExportedNetwork
from interchange.importable_worlds import Provenance
from interchange.network_builder import NetworkBuilder
from interchange.networks import ImportedNetwork

DELIMITERS = ",;\t|"
CSV_COLUMNS = ("source", "target", "weight", "kind", "stage", "affinity", "bond", "trust", "familiarity", "contact", "times")


def is_edge_list(text: str) -> bool:
    try:
        return {"source", "target"} <= set(_read_header(csv.reader(_split_lines(text), delimiter=_find_delimiter(text))))
    except csv.Error:
        return False


def _split_lines(text: str) -> StringIO:
    """Splits at line ends only: names may hold other separators."""
    return StringIO(text, newline="")


def _find_delimiter(text: str) -> str:
    return max(DELIMITERS, key=next(filter(str.strip, _split_lines(text)), "").count)


def _read_header(lines: Iterator[list[str]]) -> Sequence[str]:
    first = next((cells for cells in lines if any(map(str.strip, cells))), [])
    return [cell.strip().casefold() for cell in first]


def read_edge_list(text: str, file: str) -> ImportedNetwork:
    """Reads nodes and edges; nodes are the ends of edges. Raises Unreadable."""
    lines, builder = csv.reader(_split_lines(text), delimiter=_find_delimiter(text)), NetworkBuilder(file)
    header = _read_header(lines)
    try:
        for cells in lines:
            if any(cell.strip() for cell in cells):
                _add_edge(builder, dict(zip(header, (cell.strip() for cell in cells), strict=False)), file, lines.line_num)
    except csv.Error as error:
        raise Unreadable(
            f"This is not well-formed CSV ({error}). Correct it and import it again.", file, lines.line_num
        ) from None
    return builder.build("", Provenance(format="csv"))


def _add_edge(builder: NetworkBuilder, row: dict[str, str], file: str, line: int) -> None:
    source, target = row.get("source", ""), row.get("target", "")
    if not source or not target:
        raise Unreadable("An edge needs a source and a target. Fill in both.", file, line)
    for end in (source, target):
        if not builder.has_node(end):
            builder.add_node(end, line=line)
    try:
        weight = float(row.get("weight") or 1)
    except ValueError:
        raise Unreadable(f"{row['weight']} is not a weight. Give a number from 0 on.", file, line) from None
    builder.add_edge(source, target, weight, row.get("kind", ""), line=line)


def write_edge_list(network: ExportedNetwork) -> Iterator[bytes]:
    buffer = StringIO()
    lines = csv.DictWriter(buffer, CSV_COLUMNS, restval="", lineterminator="\n")
    lines.writeheader()
    for edge in network.edges:
        ends = {"source": network.names[edge.source], "target": network.names[edge.target]}
        lines.writerow(
            {**ends, "weight": edge.weight, "kind": edge.kind, **edge.feelings, "times": " ".join(map(str, edge.times))}
        )
    yield buffer.getvalue().encode()
