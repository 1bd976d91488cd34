"""Collects the nodes and edges of a network file, refuses invalid ones, and turns weights into meetings."""

from domain.validation import NAME_LENGTH_MAX
from interchange.errors import Unreadable
from interchange.importable_worlds import Provenance, Speaker
from interchange.networks import ImportedNetwork, Meeting
from interchange.texts import clean_line as line_of
from interchange.texts import pluralize

WEIGHT_MAX = 1e100
"""Keeps sums of weights finite."""
MEETINGS_MAX = 50_000
SCALED_MEETINGS = 10
"""Meetings of the strongest edge, if weights are not counts."""

TieKey = tuple[str, str, str]
"""Two ids, in the order of their first edge, and the kind."""


class NetworkBuilder:
    """The nodes and edges that have been read so far. Edges are undirected: both directions add to one weight."""

    def __init__(self, file: str) -> None:
        self._file = file
        self._speakers: dict[str, Speaker] = {}
        self._names: set[str] = set()
        self._weights: dict[TieKey, float] = {}
        self._loops = self._zero_weights = 0

    def add_node(self, id_: str, name: str = "", description: str = "", *, line: int | None = None) -> None:
        """Raises Unreadable if the node has no name, or an id or a name of an earlier node."""
        name = line_of(name or id_, NAME_LENGTH_MAX)
        if not name:
            raise Unreadable("A node has no name. Give each node a name and import again.", self._file, line)
        if id_ in self._speakers or name in self._names:
            raise Unreadable(
                f"The name {name} occurs twice, so its edges are ambiguous. Rename one of the nodes and import again.",
                self._file,
                line,
            )
        self._names.add(name)
        self._speakers[id_] = Speaker(id_, name, description)

    def has_node(self, id_: str) -> bool:
        return id_ in self._speakers

    def add_edge(self, source: str, target: str, weight: float = 1.0, kind: str = "", *, line: int | None = None) -> None:
        """Raises Unreadable if an end is not a node, or the weight is not in [0, WEIGHT_MAX]."""
        for end in (source, target):
            if end not in self._speakers:
                raise Unreadable(
                    f"An edge leads to {end}, which is not a node. Add the node or remove the edge.", self._file, line
                )
        if not 0 <= weight <= WEIGHT_MAX:
            raise Unreadable(
                f"The edge between {source} and {target} has the weight {weight:g}. A weight counts meetings: give "
                f"{'a smaller one' if weight > 0 else '0 or more'}.",
                self._file,
                line,
            )
        if source == target:
            self._loops += 1
        elif weight == 0:
            self._zero_weights += 1
        else:
            tie = (target, source, kind) if (target, source, kind) in self._weights else (source, target, kind)
            self._weights[tie] = self._weights.get(tie, 0.0) + weight

    def build(self, title: str, provenance: Provenance) -> ImportedNetwork:
        """Raises Unreadable if there is no edge with a weight above 0."""
        if not self._weights:
            raise Unreadable("No two nodes are joined by an edge. Add edges.", self._file)
        counts, notes = self._meeting_counts()
        last = max(counts.values())
        meetings = sorted(
            (
                Meeting((one, other), last - count + nth, kind=kind)
                for (one, other, kind), count in counts.items()
                for nth in range(count)
            ),
            key=lambda meeting: meeting.day,
        )
        alone = self._speakers.keys() - {end for one, other, _ in counts for end in (one, other)}
        meetings += [Meeting((id_,), last - 1) for id_ in self._speakers if id_ in alone]
        all_notes = tuple(filter(None, (*notes, self._dropped_note())))
        return ImportedNetwork(title, provenance.with_notes(all_notes), tuple(self._speakers.values()), tuple(meetings))

    def _meeting_counts(self) -> tuple[dict[TieKey, int], tuple[str, ...]]:
        """Returns the meetings of each edge and notes. Weights that are counts are used as they are, others are scaled."""
        total = sum(self._weights.values())
        if all(weight.is_integer() for weight in self._weights.values()) and total <= MEETINGS_MAX:
            return {tie: int(weight) for tie, weight in self._weights.items()}, ()
        strongest = max(self._weights.values())
        most = max(1, min(SCALED_MEETINGS, MEETINGS_MAX // len(self._weights)))
        scaled = {tie: max(1, round(most * weight / strongest)) for tie, weight in self._weights.items()}
        return scaled, (f"Weights were scaled: the strongest edge became {most} meetings, the others fewer in proportion.",)

    def _dropped_note(self) -> str:
        loops = pluralize(
            self._loops,
            "edge from a node to itself is left out.",
            "edges from a node to itself are left out.",
        )
        empty = pluralize(self._zero_weights, "edge of weight 0 is left out.", "edges of weight 0 are left out.")
        return f"{loops} {empty}".strip()
