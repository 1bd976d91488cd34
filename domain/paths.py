"""Paths: bidirectional Dijkstra search along directed edges, without I/O.

Of paths of equal cost, the one with the fewest edges is the result; of those, the one whose numbers come first in order.
"""

from collections.abc import Generator, Iterable, Sequence
from dataclasses import dataclass
from heapq import heappop, heappush, nsmallest
from math import inf

REQUESTED_CHARACTERS_MAX = 128
"""The number of characters, on each side, whose edges one request asks for: the nearest ones."""
PARTIAL_REQUESTS_MAX = 32
"""After so many requests the search asks for all edges, so that long chains do not need one request for each step."""

_PER_COST = 1 << 32
"""The weight of an edge is its cost times this, plus 1, so that fewer edges win among equal costs."""

WeightedEdges = Iterable[tuple[int, int, int]]
"""From, to, cost (a whole number, at least 0)."""


@dataclass(frozen=True, slots=True)
class Path:
    """`numbers` are the characters from start to goal; `cost` is the sum of the costs of the edges."""

    numbers: tuple[int, ...]
    cost: int


@dataclass(frozen=True, slots=True)
class EdgeRequest:
    """The edges that the search needs next: those from `outgoing` and those to `incoming`, or all edges."""

    outgoing: Sequence[int] = ()
    incoming: Sequence[int] = ()
    wants_all: bool = False


PathSearch = Generator[EdgeRequest, tuple[WeightedEdges, WeightedEdges], Path | None]
"""A generator that yields requests. It is sent the edges of `outgoing` and of `incoming` (for `wants_all`: all edges twice)."""


def shortest_path(start: int, goal: int) -> PathSearch:
    """The best path, or None if there is none. Both characters must exist."""
    if start == goal:
        return Path((start,), 0)
    forward, backward = _Frontier(start), _Frontier(goal)
    request_count = 0
    best: float = inf
    while inf > forward.nearest + backward.nearest <= best:
        frontier, other = sorted((forward, backward), key=_search_priority)
        if frontier.needs_edges:
            request_count += 1
            request = _edge_request(forward, backward, best, wants_all=request_count > PARTIAL_REQUESTS_MAX)
            outgoing, incoming = yield request
            forward.add_edges(request.outgoing, outgoing, has_all=request.wants_all)
            backward.add_edges(request.incoming, ((to, from_, cost) for from_, to, cost in incoming), has_all=request.wants_all)
        best = frontier.settle_nearest(other, best)
    return None if best == inf else _best_path(forward, backward, int(best))


def _edge_request(forward: "_Frontier", backward: "_Frontier", best: float, *, wants_all: bool) -> EdgeRequest:
    """Asks only for characters that can still be on a path as good as the best known one."""
    if wants_all:
        return EdgeRequest(wants_all=True)
    return EdgeRequest(forward.unexpanded(best - backward.nearest), backward.unexpanded(best - forward.nearest))


def _search_priority(frontier: "_Frontier") -> tuple[bool, int]:
    """The smaller frontier goes first, after both ends are settled."""
    return bool(frontier.settled), len(frontier.queue)


class _Frontier:
    """Dijkstra's search from one end: the distance of each number, and its predecessors at that distance."""

    def __init__(self, number: int) -> None:
        self.distances = {number: 0}
        self.predecessors: dict[int, list[int]] = {number: []}
        self.queue = [(0, number)]
        self.settled: set[int] = set()
        self.edges: dict[int, list[tuple[int, int]]] = {}
        self.has_all_edges = False

    @property
    def nearest(self) -> float:
        """The distance of the nearest number that is not settled; infinite if there is none."""
        while self.queue and self.queue[0][1] in self.settled:
            heappop(self.queue)
        return self.queue[0][0] if self.queue else inf

    @property
    def needs_edges(self) -> bool:
        return not self.has_all_edges and self.queue[0][1] not in self.edges

    def unexpanded(self, distance_max: float) -> list[int]:
        """The nearest numbers whose edges are not known yet."""
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
        """Settles the nearest number, relaxes its edges, and returns the length of the best path known now."""
        distance, number = heappop(self.queue)
        self.settled.add(number)
        for far, weight in self.edges.get(number, ()):
            distance_to_far = distance + weight
            known = self.distances.get(far, inf)
            if distance_to_far < known:
                self.distances[far], self.predecessors[far] = distance_to_far, [number]
                heappush(self.queue, (distance_to_far, far))
            elif distance_to_far == known:
                self.predecessors[far].append(number)
            best = min(best, distance_to_far + other.distances.get(far, inf))
        return best


def _best_path(forward: _Frontier, backward: _Frontier, length: int) -> Path:
    """The first path in order of this length: settled from the start, then one edge, then settled from the goal."""
    edges = _path_edges(forward, backward, length)
    (number,) = (number for number, distance in forward.distances.items() if distance == 0)
    numbers = [number]
    while number in edges:
        number = min(edges[number])
        numbers.append(number)
    return Path(tuple(numbers), length // _PER_COST)


def _path_edges(forward: _Frontier, backward: _Frontier, length: int) -> dict[int, set[int]]:
    """All edges that are part of a path of this length."""
    edges: dict[int, set[int]] = {}
    for near in forward.settled:
        for far, weight in forward.edges.get(near, ()):
            if far in backward.settled and forward.distances[near] + weight + backward.distances[far] == length:
                edges.setdefault(near, set()).add(far)
    for number in _trace_predecessors(forward, list(edges)):
        for predecessor in forward.predecessors[number]:
            edges.setdefault(predecessor, set()).add(number)
    for number in _trace_predecessors(
        backward, [far for targets in list(edges.values()) for far in targets if far in backward.settled]
    ):
        edges.setdefault(number, set()).update(backward.predecessors[number])
    return {number: targets for number, targets in edges.items() if targets}


def _trace_predecessors(frontier: _Frontier, numbers: Iterable[int]) -> set[int]:
    """These numbers and all their predecessors, back to the end of the frontier."""
    traced: set[int] = set()
    stack = list(numbers)
    while stack:
        number = stack.pop()
        if number not in traced:
            traced.add(number)
            stack.extend(frontier.predecessors[number])
    return traced
