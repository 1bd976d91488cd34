"""Places: where characters are drawn. Once given, a place stays; whoever comes later finds one near its neighbours.

A new world is laid out by springs (Fruchterman, Reingold 1991) from its seed, so that everybody sees the same picture.
"""

from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from math import atan2, cos, hypot, inf, pi, sin, sqrt

import rustworkx

from domain.chance import uniform

SPRING_NODES_MAX = 2_000
"""So many are laid out by springs, the best connected first: it costs the square of their number."""
ITERATIONS_MIN, ITERATIONS_MAX = 50, 200
ITERATIONS_TIMES_NODES = 100_000
COMPONENT_LINK_WEIGHT = 1.0
"""Pulls as an average tie what has none to the rest towards it, or it would fly off and leave the rest a dot."""
EVENNESS = 0.8
"""How far a layout is spread evenly (1), or left as the springs have it (0)."""
CANDIDATES = 16

Point = tuple[float, float]
Neighbours = Mapping[int, Sequence[tuple[int, float]]]


def assign_layout(
    numbers: Sequence[int],
    edges: Sequence[tuple[int, int]],
    weights: Sequence[float],
    seed: str,
    existing: Mapping[int, Point] | None = None,
) -> dict[int, Point]:
    """A place, x and y in [-1,1], for each of `numbers`: those of `kept` as they are, the others from the seed and their ties.

    `edges[i]` joins two of `numbers` in either direction with `weights[i]` >= 0, its strength.
    """
    if not numbers:
        return {}
    neighbours = _neighbours(numbers, edges, weights)
    places = {number: existing[number] for number in numbers if number in existing} if existing else {}
    if not places:
        places = _spring_layout(sorted(numbers, key=lambda n: (-len(neighbours[n]), n))[:SPRING_NODES_MAX], neighbours, seed)
    _place_newcomers(places, numbers, neighbours, seed)
    return {number: places[number] for number in numbers}


def rim_point(seed: str, number: int) -> Point:
    """Where somebody is drawn who knows nobody yet: on the rim. It gets a place of its own with its first tie."""
    x, y = _unrounded_rim_point(seed, number)
    return round(x, 6), round(y, 6)


def _neighbours(numbers: Sequence[int], edges: Iterable[tuple[int, int]], weights: Iterable[float]) -> Neighbours:
    strengths: dict[int, dict[int, float]] = {number: {} for number in numbers}
    for (a, b), weight in zip(edges, weights, strict=True):
        strengths[a][b] = strengths[b][a] = strengths[a].get(b, 0.0) + weight
    return {number: sorted(others.items()) for number, others in strengths.items()}


def _spring_layout(numbers: Sequence[int], neighbours: Neighbours, seed: str) -> dict[int, Point]:
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
    graph.add_edges_from([(0, min(component), COMPONENT_LINK_WEIGHT) for component in components if 0 not in component])
    found = rustworkx.spring_layout(
        graph,
        pos={i: _random_point(seed, number) for number, i in index.items()},
        num_iter=max(ITERATIONS_MIN, min(ITERATIONS_MAX, ITERATIONS_TIMES_NODES // len(numbers))),
        weight_fn=float,
    )
    return _spread({number: (float(found[i][0]), float(found[i][1])) for number, i in index.items()})


def _spread(places: Mapping[int, Point]) -> dict[int, Point]:
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


def _random_point(seed: str, number: int) -> Point:
    return 2 * uniform(seed, "place", number, "x") - 1, 2 * uniform(seed, "place", number, "y") - 1


def _place_newcomers(places: dict[int, Point], numbers: Sequence[int], neighbours: Neighbours, seed: str) -> None:
    """Outwards from those who have a place, so that whoever knows somebody is placed near them."""
    ground = _SpatialGrid(places.values(), spacing=1 / sqrt(len(numbers)))
    for start in [*list(places), *(number for number in numbers if number not in places)]:
        if start not in places:
            places[start] = ground.take_free_point(_unrounded_rim_point(seed, start), uniform(seed, "place", start, "turn"))
        waiting = deque([start])
        while waiting:
            for newcomer, _ in neighbours[waiting.popleft()]:
                if newcomer not in places:
                    places[newcomer] = ground.take_free_point(
                        _weighted_center(neighbours[newcomer], places), uniform(seed, "place", newcomer, "turn")
                    )
                    waiting.append(newcomer)


def _unrounded_rim_point(seed: str, number: int) -> Point:
    angle = 2 * pi * uniform(seed, "place", number, "rim")
    return 0.9 * cos(angle), 0.9 * sin(angle)


def _weighted_center(neighbours: Sequence[tuple[int, float]], places: Mapping[int, Point]) -> Point:
    """Of those neighbours who have a place, the stronger the nearer."""
    placed = [(*places[number], weight + 1e-9) for number, weight in neighbours if number in places]
    total = sum(weight for *_, weight in placed)
    return sum(x * w for x, _, w in placed) / total, sum(y * w for _, y, w in placed) / total


class _SpatialGrid:
    """Who stands where, in squares of `spacing`, so that a newcomer finds room without a look at everybody."""

    def __init__(self, taken: Iterable[Point], spacing: float) -> None:
        self._spacing = spacing
        self._cells: dict[tuple[int, int], list[Point]] = {}
        for at in taken:
            self._cells.setdefault(self._cell(at), []).append(at)

    def take_free_point(self, near: Point, turn: float) -> Point:
        """The roomiest of some places around `near`; `turn` in [0,1) says where to begin."""
        tries = [self._candidate(near, turn, i) for i in range(CANDIDATES)]
        at = max(tries, key=self._free_distance)
        self._cells.setdefault(self._cell(at), []).append(at)
        return at

    def _candidate(self, near: Point, turn: float, i: int) -> Point:
        """Along a sunflower's spiral: the golden angle never comes back to where it was."""
        radius, angle = self._spacing * sqrt(0.5 + i / 2), 2 * pi * (turn + i * (3 - sqrt(5)) / 2)
        x, y = near[0] + radius * cos(angle), near[1] + radius * sin(angle)
        return round(max(-1.0, min(1.0, x)), 6), round(max(-1.0, min(1.0, y)), 6)

    def _free_distance(self, at: Point) -> float:
        """Distance to who is nearest; more than `spacing` is no better."""
        column, row = self._cell(at)
        squares = (self._cells.get((column + i, row + j), ()) for i in (-1, 0, 1) for j in (-1, 0, 1))
        return min(self._spacing, *(hypot(at[0] - x, at[1] - y) for square in squares for x, y in square), inf)

    def _cell(self, at: Point) -> tuple[int, int]:
        return int(at[0] // self._spacing), int(at[1] // self._spacing)
