"""Ties: collects the nodes and edges of a network file, refuses what makes no sense, and turns weights into meetings."""

from domain.validation import NAME_LENGTH_MAX
from interchange.errors import Unreadable
from interchange.importable_worlds import Provenance, Speaker
from interchange.networks import ImportedNetwork, Meeting
from interchange.texts import clean_line as line_of
from interchange.texts import pluralize

WEIGHT_MAX = 1e100
"""So that sums of weights stay numbers."""
MEETINGS_MAX = 50_000
SCALED_MEETINGS = 10
"""How often those meet who have the strongest tie, where weights are no counts."""

TieKey = tuple[str, str, str]
"""Two ids, in the order in which they first came, and the kind."""


class NetworkBuilder:
    """What has been read of a file so far. Undirected: a tie back counts to the same tie."""

    def __init__(self, file: str) -> None:
        self._file = file
        self._speakers: dict[str, Speaker] = {}
        self._names: set[str] = set()
        self._weights: dict[TieKey, float] = {}
        self._loops = self._zero_weights = 0

    def add_node(self, id_: str, name: str = "", description: str = "", *, line: int | None = None) -> None:
        """Raises Unreadable where the id or the name came before."""
        name = line_of(name or id_, NAME_LENGTH_MAX)
        if not name:
            raise Unreadable("A node has no name; give each one, and import again.", self._file, line)
        if id_ in self._speakers or name in self._names:
            raise Unreadable(
                f"The name {name} occurs twice, so its ties cannot be told apart; rename one of the two, and import again.",
                self._file,
                line,
            )
        self._names.add(name)
        self._speakers[id_] = Speaker(id_, name, description)

    def has_node(self, id_: str) -> bool:
        return id_ in self._speakers

    def add_edge(self, source: str, target: str, weight: float = 1.0, kind: str = "", *, line: int | None = None) -> None:
        """Raises Unreadable where an end is unknown, or the weight is no number from 0 to WEIGHT_MAX."""
        for end in (source, target):
            if end not in self._speakers:
                raise Unreadable(
                    f"An edge leads to {end}, which is no node; add the node, or take the edge away.", self._file, line
                )
        if not 0 <= weight <= WEIGHT_MAX:
            raise Unreadable(
                f"The edge between {source} and {target} has the weight {weight:g}; a weight counts meetings, so give "
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
        """Raises Unreadable where there are no ties."""
        if not self._weights:
            raise Unreadable("Nobody in it has a tie to anybody else, so there is no network; add edges.", self._file)
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
        told = tuple(filter(None, (*notes, self._dropped_note())))
        return ImportedNetwork(title, provenance.with_notes(told), tuple(self._speakers.values()), tuple(meetings))

    def _meeting_counts(self) -> tuple[dict[TieKey, int], tuple[str, ...]]:
        """How often each pair meets: as often as the weight says, where that is a count."""
        total = sum(self._weights.values())
        if all(weight.is_integer() for weight in self._weights.values()) and total <= MEETINGS_MAX:
            return {tie: int(weight) for tie, weight in self._weights.items()}, ()
        strongest = max(self._weights.values())
        often = max(1, min(SCALED_MEETINGS, MEETINGS_MAX // len(self._weights)))
        scaled = {tie: max(1, round(often * weight / strongest)) for tie, weight in self._weights.items()}
        return scaled, (
            f"Its weights are no counts, or too great to be lived through one by one; the strongest tie became {often} "
            "meetings, the others fewer in proportion.",
        )

    def _dropped_note(self) -> str:
        loops = pluralize(
            self._loops,
            "edge that leads back to where it begins was dropped.",
            "edges that lead back to where they begin were dropped.",
        )
        empty = pluralize(self._zero_weights, "edge of weight 0 was dropped.", "edges of weight 0 were dropped.")
        return f"{loops} {empty}".strip()
