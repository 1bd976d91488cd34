"""Places: where characters are drawn. Once given, a place stays; whoever comes later finds one near its neighbours.

A new world is laid out by springs (Fruchterman, Reingold 1991) from its seed, so that everybody sees the same picture.
"""

from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from math import atan2, cos, hypot, inf, pi, sin, sqrt

import rustworkx

from domain.chance import uniform

SPRUNG_MAX = 2_000
"""So many are laid out by springs, the best connected first: it costs the square of their number."""
ROUNDS_MIN, ROUNDS_MAX = 50, 200
ROUNDS_TIMES_CHARACTERS = 100_000
THREAD_WEIGHT = 1.0
"""Pulls as an average tie what has none to the rest towards it, or it would fly off and leave the rest a dot."""
EVENNESS = 0.8
"""How far a layout is spread evenly (1), or left as the springs have it (0)."""
TRIES = 16

Place = tuple[float, float]
Neighbours = Mapping[int, Sequence[tuple[int, float]]]


def place(
    numbers: Sequence[int],
    edges: Sequence[tuple[int, int]],
    weights: Sequence[float],
    seed: str,
    kept: Mapping[int, Place] | None = None,
) -> dict[int, Place]:
    """A place, x and y in [-1,1], for each of `numbers`: those of `kept` as they are, the others from the seed and their ties.

    `edges[i]` joins two of `numbers` in either direction with `weights[i]` >= 0, its strength.
    """
    if not numbers:
        return {}
    neighbours = _neighbours(numbers, edges, weights)
    places = {number: kept[number] for number in numbers if number in kept} if kept else {}
    if not places:
        places = _sprung(sorted(numbers, key=lambda n: (-len(neighbours[n]), n))[:SPRUNG_MAX], neighbours, seed)
    _place_newcomers(places, numbers, neighbours, seed)
    return {number: places[number] for number in numbers}


def waiting(seed: str, number: int) -> Place:
    """Where somebody is drawn who knows nobody yet: on the rim. It gets a place of its own with its first tie."""
    x, y = _rim(seed, number)
    return round(x, 6), round(y, 6)


def _neighbours(numbers: Sequence[int], edges: Iterable[tuple[int, int]], weights: Iterable[float]) -> Neighbours:
    strengths: dict[int, dict[int, float]] = {number: {} for number in numbers}
    for (a, b), weight in zip(edges, weights, strict=True):
        strengths[a][b] = strengths[b][a] = strengths[a].get(b, 0.0) + weight
    return {number: sorted(others.items()) for number, others in strengths.items()}


def _sprung(numbers: Sequence[int], neighbours: Neighbours, seed: str) -> dict[int, Place]:
    """Numbers come in the order of their ties, most first; their places are rounded, so that machines agree on them."""
    if len(numbers) < 2:
        return dict.fromkeys(numbers, (0.0, 0.0))
    index = {number: i for i, number in enumerate(numbers)}
    ties = [(index[a], index[b], w) for a in numbers for b, w in neighbours[a] if a < b and b in index]
    mean = sum(w for *_, w in ties) / len(ties) if ties else 0.0
    graph = rustworkx.PyGraph()
    graph.add_nodes_from(numbers)
    graph.add_edges_from([(a, b, w / mean if mean else 1.0) for a, b, w in ties])
    components = rustworkx.connected_components(graph)
    graph.add_edges_from([(0, min(component), THREAD_WEIGHT) for component in components if 0 not in component])
    found = rustworkx.spring_layout(
        graph,
        pos={i: _anywhere(seed, number) for number, i in index.items()},
        num_iter=max(ROUNDS_MIN, min(ROUNDS_MAX, ROUNDS_TIMES_CHARACTERS // len(numbers))),
        weight_fn=float,
    )
    return _spread({number: (float(found[i][0]), float(found[i][1])) for number, i in index.items()})


def _spread(places: Mapping[int, Place]) -> dict[int, Place]:
    """Springs leave a knot in the middle and a few far out. Everybody keeps their direction from the middle; how far they are
    from it follows mostly from how many are nearer, so that a disc is filled evenly."""
    middle_x, middle_y = (sorted(at[axis] for at in places.values())[len(places) // 2] for axis in (0, 1))
    away = {number: hypot(x - middle_x, y - middle_y) for number, (x, y) in places.items()}
    farthest = max(away.values())
    nearer = {number: rank for rank, number in enumerate(sorted(places, key=lambda number: (away[number], number)))}
    spread = {}
    for number, (x, y) in places.items():
        evenly, sprung = sqrt(nearer[number] / (len(places) - 1)), away[number] / farthest if farthest else 0.0
        radius, angle = EVENNESS * evenly + (1 - EVENNESS) * sprung, atan2(y - middle_y, x - middle_x)
        spread[number] = round(radius * cos(angle), 6), round(radius * sin(angle), 6)
    return spread


def _anywhere(seed: str, number: int) -> Place:
    return 2 * uniform(seed, "place", number, "x") - 1, 2 * uniform(seed, "place", number, "y") - 1


def _place_newcomers(places: dict[int, Place], numbers: Sequence[int], neighbours: Neighbours, seed: str) -> None:
    """Outwards from those who have a place, so that whoever knows somebody is placed near them."""
    ground = _Ground(places.values(), spacing=1 / sqrt(len(numbers)))
    for start in [*list(places), *(number for number in numbers if number not in places)]:
        if start not in places:
            places[start] = ground.take(_rim(seed, start), uniform(seed, "place", start, "turn"))
        waiting = deque([start])
        while waiting:
            for newcomer, _ in neighbours[waiting.popleft()]:
                if newcomer not in places:
                    places[newcomer] = ground.take(
                        _middle(neighbours[newcomer], places), uniform(seed, "place", newcomer, "turn")
                    )
                    waiting.append(newcomer)


def _rim(seed: str, number: int) -> Place:
    angle = 2 * pi * uniform(seed, "place", number, "rim")
    return 0.9 * cos(angle), 0.9 * sin(angle)


def _middle(neighbours: Sequence[tuple[int, float]], places: Mapping[int, Place]) -> Place:
    """Of those neighbours who have a place, the stronger the nearer."""
    placed = [(*places[number], weight + 1e-9) for number, weight in neighbours if number in places]
    total = sum(weight for *_, weight in placed)
    return sum(x * w for x, _, w in placed) / total, sum(y * w for _, y, w in placed) / total


class _Ground:
    """Who stands where, in squares of `spacing`, so that a newcomer finds room without a look at everybody."""

    def __init__(self, taken: Iterable[Place], spacing: float) -> None:
        self._spacing = spacing
        self._squares: dict[tuple[int, int], list[Place]] = {}
        for at in taken:
            self._squares.setdefault(self._square(at), []).append(at)

    def take(self, near: Place, turn: float) -> Place:
        """The roomiest of some places around `near`; `turn` in [0,1) says where to begin."""
        tries = [self._around(near, turn, i) for i in range(TRIES)]
        at = max(tries, key=self._room)
        self._squares.setdefault(self._square(at), []).append(at)
        return at

    def _around(self, near: Place, turn: float, i: int) -> Place:
        """Along a sunflower's spiral: the golden angle never comes back to where it was."""
        radius, angle = self._spacing * sqrt(0.5 + i / 2), 2 * pi * (turn + i * (3 - sqrt(5)) / 2)
        x, y = near[0] + radius * cos(angle), near[1] + radius * sin(angle)
        return round(max(-1.0, min(1.0, x)), 6), round(max(-1.0, min(1.0, y)), 6)

    def _room(self, at: Place) -> float:
        """Distance to who is nearest; more than `spacing` is no better."""
        column, row = self._square(at)
        squares = (self._squares.get((column + i, row + j), ()) for i in (-1, 0, 1) for j in (-1, 0, 1))
        return min(self._spacing, *(hypot(at[0] - x, at[1] - y) for square in squares for x, y in square), inf)

    def _square(self, at: Place) -> tuple[int, int]:
        return int(at[0] // self._spacing), int(at[1] // self._spacing)
