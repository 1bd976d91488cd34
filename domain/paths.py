"""Ways: the best way from one character to another along directed ties, searched from both ends, without I/O.

Of ways that cost the same, the one with the fewest ties is taken; of those, the one whose numbers come first in order.
"""

from collections.abc import Generator, Iterable, Sequence
from dataclasses import dataclass
from heapq import heappop, heappush, nsmallest
from math import inf

REQUESTED_CHARACTERS_MAX = 128
"""For the ties of how many characters, on each side, is asked at once: the nearest."""
PARTIAL_REQUESTS_MAX = 32
"""Then all ties of the world are asked for, so that a long thin world is not walked step by step."""

_PER_COST = 1 << 32
"""A tie weighs its cost times this, and 1: so fewer ties win among equal costs."""

WeightedEdges = Iterable[tuple[int, int, int]]
"""From, to, cost: a whole number, at least 0."""


@dataclass(frozen=True, slots=True)
class Path:
    """`numbers` from the first character to the last; `cost` is the sum over its ties."""

    numbers: tuple[int, ...]
    cost: int


@dataclass(frozen=True, slots=True)
class EdgeRequest:
    """Which ties the search needs next: those from `outgoing`, those to `incoming`; or all that there are."""

    outgoing: Sequence[int] = ()
    incoming: Sequence[int] = ()
    wants_all: bool = False


PathSearch = Generator[EdgeRequest, tuple[WeightedEdges, WeightedEdges], Path | None]
"""Is sent the ties of `outgoing` and those of `incoming`, as from, to, cost; all ties twice where it asked for all."""


def shortest_path(start: int, goal: int) -> PathSearch:
    """The best way, or None where there is none. Both characters exist."""
    if start == goal:
        return Path((start,), 0)
    forward, backward = _Frontier(start), _Frontier(goal)
    request_count = 0
    best: float = inf
    while inf > forward.nearest + backward.nearest <= best:
        side, other = sorted((forward, backward), key=_search_priority)
        if side.needs_edges:
            request_count += 1
            request = _edge_request(forward, backward, best, wants_all=request_count > PARTIAL_REQUESTS_MAX)
            outgoing, incoming = yield request
            forward.add_edges(request.outgoing, outgoing, has_all=request.wants_all)
            backward.add_edges(request.incoming, ((to, from_, cost) for from_, to, cost in incoming), has_all=request.wants_all)
        best = side.settle_nearest(other, best)
    return None if best == inf else _best_path(forward, backward, int(best))


def _edge_request(forward: "_Frontier", backward: "_Frontier", best: float, *, wants_all: bool) -> EdgeRequest:
    """Only who can still be on a way as good as the best that is known is worth asking about."""
    if wants_all:
        return EdgeRequest(wants_all=True)
    return EdgeRequest(forward.unexpanded(best - backward.nearest), backward.unexpanded(best - forward.nearest))


def _search_priority(side: "_Frontier") -> tuple[bool, int]:
    """The smaller search goes first, but both ends are settled before anything else."""
    return bool(side.settled), len(side.queue)


class _Frontier:
    """One end's search (Dijkstra's): how far everybody is from it, and by whom they are reached at that distance."""

    def __init__(self, number: int) -> None:
        self.distances = {number: 0}
        self.predecessors: dict[int, list[int]] = {number: []}
        self.queue = [(0, number)]
        self.settled: set[int] = set()
        self.edges: dict[int, list[tuple[int, int]]] = {}
        self.has_all_edges = False

    @property
    def nearest(self) -> float:
        """The distance of the nearest that is not settled; infinite when all that can be reached are."""
        while self.queue and self.queue[0][1] in self.settled:
            heappop(self.queue)
        return self.queue[0][0] if self.queue else inf

    @property
    def needs_edges(self) -> bool:
        return not self.has_all_edges and self.queue[0][1] not in self.edges

    def unexpanded(self, distance_max: float) -> list[int]:
        """Those nearest whose ties are not known yet."""
        unknown = {number for distance, number in self.queue if number not in self.edges and distance <= distance_max}
        return nsmallest(REQUESTED_CHARACTERS_MAX, unknown, key=lambda number: (self.distances[number], number))

    def add_edges(self, numbers: Sequence[int], edges: WeightedEdges, *, has_all: bool) -> None:
        if has_all:
            self.has_all_edges = True
            self.edges.clear()
        for number in numbers:
            self.edges[number] = []
        for near, far, cost in edges:
            self.edges.setdefault(near, []).append((far, cost * _PER_COST + 1))

    def settle_nearest(self, other: "_Frontier", best: float) -> float:
        """Takes the nearest, looks along its ties, and answers the length of the best way that is known now."""
        distance, number = heappop(self.queue)
        self.settled.add(number)
        for far, weight in self.edges.get(number, ()):
            reached = distance + weight
            known = self.distances.get(far, inf)
            if reached < known:
                self.distances[far], self.predecessors[far] = reached, [number]
                heappush(self.queue, (reached, far))
            elif reached == known:
                self.predecessors[far].append(number)
            best = min(best, reached + other.distances.get(far, inf))
        return best


def _best_path(forward: _Frontier, backward: _Frontier, length: int) -> Path:
    """The first in order of all ways of this length: a part settled from the start, one tie, a part settled from the goal."""
    links = _path_edges(forward, backward, length)
    (number,) = (number for number, distance in forward.distances.items() if distance == 0)
    numbers = [number]
    while number in links:
        number = min(links[number])
        numbers.append(number)
    return Path(tuple(numbers), length // _PER_COST)


def _path_edges(forward: _Frontier, backward: _Frontier, length: int) -> dict[int, set[int]]:
    """All steps that are part of a way of this length."""
    links: dict[int, set[int]] = {}
    for near in forward.settled:
        for far, weight in forward.edges.get(near, ()):
            if far in backward.settled and forward.distances[near] + weight + backward.distances[far] == length:
                links.setdefault(near, set()).add(far)
    for number in _trace_predecessors(forward, list(links)):
        for before in forward.predecessors[number]:
            links.setdefault(before, set()).add(number)
    for number in _trace_predecessors(
        backward, [far for fars in list(links.values()) for far in fars if far in backward.settled]
    ):
        links.setdefault(number, set()).update(backward.predecessors[number])
    return {number: fars for number, fars in links.items() if fars}


def _trace_predecessors(side: _Frontier, numbers: Iterable[int]) -> set[int]:
    """These, and all that they are reached by, back to the side's end."""
    traced: set[int] = set()
    rest = list(numbers)
    while rest:
        number = rest.pop()
        if number not in traced:
            traced.add(number)
            rest.extend(side.predecessors[number])
    return traced
