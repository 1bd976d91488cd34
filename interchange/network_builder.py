"""Collects the nodes and edges of a network file, refuses invalid ones, and turns weights into meetings."""

from domain.validation import NAME_LENGTH_MAX
from interchange.errors import Unreadable
from interchange.importable_worlds import Provenance, Speaker
from interchange.networks import ImportedNetwork, Meeting
from interchange.texts import clean_line, pluralize

WEIGHT_MAX = 1e100
"""Keeps sums of weights finite."""
MEETINGS_MAX = 50_000
SCALED_MEETINGS = 10
"""Meetings of the strongest edge, if weights are not counts."""

EdgeKey = tuple[str, str, str]
"""Two ids, in the order of their first edge, and the kind."""


class NetworkBuilder:
    """The nodes and edges that have been read so far. Edges are undirected: both directions add to one weight."""

    def __init__(self, file: str) -> None:
        self._file = file
        self._speakers: dict[str, Speaker] = {}
        self._names: set[str] = set()
        self._weights: dict[EdgeKey, float] = {}
        self._loop_count = self._zero_weight_count = 0

    def add_node(self, id_: str, name: str = "", description: str = "", *, line: int | None = None) -> None:
        """Raises Unreadable if the node has no name, or an id or a name of an earlier node."""
        name = clean_line(name or id_, NAME_LENGTH_MAX)
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
            self._loop_count += 1
        elif weight == 0:
            self._zero_weight_count += 1
        else:
            key = (target, source, kind) if (target, source, kind) in self._weights else (source, target, kind)
            self._weights[key] = self._weights.get(key, 0.0) + weight

    def build(self, title: str, provenance: Provenance) -> ImportedNetwork:
        """Raises Unreadable if there is no edge with a weight above 0."""
        if not self._weights:
            raise Unreadable("No two nodes are joined by an edge. Add edges.", self._file)
        counts, notes = self._meeting_counts()
        all_notes = tuple(filter(None, (*notes, self._dropped_note())))
        meetings = self._create_meetings(counts)
        return ImportedNetwork(title, provenance.with_notes(all_notes), tuple(self._speakers.values()), tuple(meetings))

    def _create_meetings(self, counts: dict[EdgeKey, int]) -> list[Meeting]:
        """Returns meetings on successive days, so that all edges end on the same day; isolated nodes are alone on that day."""
        day_count = max(counts.values())
        meetings = sorted(
            (
                Meeting((source, target), day_count - count + index, kind=kind)
                for (source, target, kind), count in counts.items()
                for index in range(count)
            ),
            key=lambda meeting: meeting.day,
        )
        joined_ids = {end for source, target, _ in counts for end in (source, target)}
        return meetings + [Meeting((id_,), day_count - 1) for id_ in self._speakers if id_ not in joined_ids]

    def _meeting_counts(self) -> tuple[dict[EdgeKey, int], tuple[str, ...]]:
        """Returns the meetings of each edge and notes. Weights that are counts are used as they are, others are scaled."""
        total = sum(self._weights.values())
        if all(weight.is_integer() for weight in self._weights.values()) and total <= MEETINGS_MAX:
            return {key: int(weight) for key, weight in self._weights.items()}, ()
        weight_max = max(self._weights.values())
        count_max = max(1, min(SCALED_MEETINGS, MEETINGS_MAX // len(self._weights)))
        counts = {key: max(1, round(count_max * weight / weight_max)) for key, weight in self._weights.items()}
        return counts, (
            f"Weights were scaled: the strongest edge became {count_max} meetings, the others fewer in proportion.",
        )

    def _dropped_note(self) -> str:
        loops = pluralize(
            self._loop_count,
            "edge from a node to itself is left out.",
            "edges from a node to itself are left out.",
        )
        zero_weights = pluralize(self._zero_weight_count, "edge of weight 0 is left out.", "edges of weight 0 are left out.")
        return f"{loops} {zero_weights}".strip()
