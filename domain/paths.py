"""Ways: the best way from one character to another along directed ties, searched from both ends, without I/O.

Of ways that cost the same, the one with the fewest ties is taken; of those, the one whose numbers come first in order.
"""

from collections.abc import Generator, Iterable, Sequence
from dataclasses import dataclass
from heapq import heappop, heappush, nsmallest
from math import inf

ASKED_AT_ONCE = 128
"""For the ties of how many characters, on each side, is asked at once: the nearest."""
QUESTIONS_MAX = 32
"""Then all ties of the world are asked for, so that a long thin world is not walked step by step."""

_PER_COST = 1 << 32
"""A tie weighs its cost times this, and 1: so fewer ties win among equal costs."""

Ties = Iterable[tuple[int, int, int]]
"""From, to, cost: a whole number, at least 0."""


@dataclass(frozen=True, slots=True)
class Way:
    """`numbers` from the first character to the last; `cost` is the sum over its ties."""

    numbers: tuple[int, ...]
    cost: int


@dataclass(frozen=True, slots=True)
class Question:
    """Which ties the search needs next: those from `outgoing`, those to `incoming`; or all that there are."""

    outgoing: Sequence[int] = ()
    incoming: Sequence[int] = ()
    is_of_all: bool = False


Search = Generator[Question, tuple[Ties, Ties], Way | None]
"""Is sent the ties of `outgoing` and those of `incoming`, as from, to, cost; all ties twice where it asked for all."""


def search(start: int, goal: int) -> Search:
    """The best way, or None where there is none. Both characters exist."""
    if start == goal:
        return Way((start,), 0)
    ahead, behind = _Side(start), _Side(goal)
    asked = 0
    best: float = inf
    while inf > ahead.nearest + behind.nearest <= best:
        side, other = sorted((ahead, behind), key=_turn)
        if side.lacks_ties:
            asked += 1
            question = _question(ahead, behind, best, is_of_all=asked > QUESTIONS_MAX)
            outgoing, incoming = yield question
            ahead.learn(question.outgoing, outgoing, is_of_all=question.is_of_all)
            behind.learn(question.incoming, ((to, from_, cost) for from_, to, cost in incoming), is_of_all=question.is_of_all)
        best = side.settle(other, best)
    return None if best == inf else _best_way(ahead, behind, int(best))


def _question(ahead: "_Side", behind: "_Side", best: float, *, is_of_all: bool) -> Question:
    """Only who can still be on a way as good as the best that is known is worth asking about."""
    if is_of_all:
        return Question(is_of_all=True)
    return Question(ahead.unknown(best - behind.nearest), behind.unknown(best - ahead.nearest))


def _turn(side: "_Side") -> tuple[bool, int]:
    """The smaller search goes first, but both ends are settled before anything else."""
    return bool(side.settled), len(side.queue)


class _Side:
    """One end's search (Dijkstra's): how far everybody is from it, and by whom they are reached at that distance."""

    def __init__(self, number: int) -> None:
        self.distances = {number: 0}
        self.reached_by: dict[int, list[int]] = {number: []}
        self.queue = [(0, number)]
        self.settled: set[int] = set()
        self.ties: dict[int, list[tuple[int, int]]] = {}
        self.knows_all = False

    @property
    def nearest(self) -> float:
        """The distance of the nearest that is not settled; infinite when all that can be reached are."""
        while self.queue and self.queue[0][1] in self.settled:
            heappop(self.queue)
        return self.queue[0][0] if self.queue else inf

    @property
    def lacks_ties(self) -> bool:
        return not self.knows_all and self.queue[0][1] not in self.ties

    def unknown(self, distance_max: float) -> list[int]:
        """Those nearest whose ties are not known yet."""
        unknown = {number for distance, number in self.queue if number not in self.ties and distance <= distance_max}
        return nsmallest(ASKED_AT_ONCE, unknown, key=lambda number: (self.distances[number], number))

    def learn(self, numbers: Sequence[int], ties: Ties, *, is_of_all: bool) -> None:
        if is_of_all:
            self.knows_all = True
            self.ties.clear()
        for number in numbers:
            self.ties[number] = []
        for near, far, cost in ties:
            self.ties.setdefault(near, []).append((far, cost * _PER_COST + 1))

    def settle(self, other: "_Side", best: float) -> float:
        """Takes the nearest, looks along its ties, and answers the length of the best way that is known now."""
        distance, number = heappop(self.queue)
        self.settled.add(number)
        for far, weight in self.ties.get(number, ()):
            reached = distance + weight
            known = self.distances.get(far, inf)
            if reached < known:
                self.distances[far], self.reached_by[far] = reached, [number]
                heappush(self.queue, (reached, far))
            elif reached == known:
                self.reached_by[far].append(number)
            best = min(best, reached + other.distances.get(far, inf))
        return best


def _best_way(ahead: _Side, behind: _Side, length: int) -> Way:
    """The first in order of all ways of this length: a part settled from the start, one tie, a part settled from the goal."""
    links = _links(ahead, behind, length)
    (number,) = (number for number, distance in ahead.distances.items() if distance == 0)
    numbers = [number]
    while number in links:
        number = min(links[number])
        numbers.append(number)
    return Way(tuple(numbers), length // _PER_COST)


def _links(ahead: _Side, behind: _Side, length: int) -> dict[int, set[int]]:
    """All steps that are part of a way of this length."""
    links: dict[int, set[int]] = {}
    for near in ahead.settled:
        for far, weight in ahead.ties.get(near, ()):
            if far in behind.settled and ahead.distances[near] + weight + behind.distances[far] == length:
                links.setdefault(near, set()).add(far)
    for number in _traced(ahead, list(links)):
        for before in ahead.reached_by[number]:
            links.setdefault(before, set()).add(number)
    for number in _traced(behind, [far for fars in list(links.values()) for far in fars if far in behind.settled]):
        links.setdefault(number, set()).update(behind.reached_by[number])
    return {number: fars for number, fars in links.items() if fars}


def _traced(side: _Side, numbers: Iterable[int]) -> set[int]:
    """These, and all that they are reached by, back to the side's end."""
    traced: set[int] = set()
    rest = list(numbers)
    while rest:
        number = rest.pop()
        if number not in traced:
            traced.add(number)
            rest.extend(side.reached_by[number])
    return traced
