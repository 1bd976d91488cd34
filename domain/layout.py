"""Layout: the points where characters are drawn. A point is permanent; a later character gets one near its neighbours.

The first layout is force-directed (Fruchterman, Reingold 1991) and follows from the seed, so that all viewers see the same.
"""

from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from math import atan2, cos, hypot, inf, pi, sin, sqrt

import rustworkx

from domain.chance import uniform

SPRING_NODES_MAX = 2_000
"""The largest number of nodes in the spring layout, whose time is quadratic. The nodes of highest degree take part."""
ITERATIONS_MIN, ITERATIONS_MAX = 50, 200
ITERATIONS_TIMES_NODES = 100_000
COMPONENT_LINK_WEIGHT = 1.0
"""The weight of an added edge between components. Without it components drift apart until each looks like one dot."""
EVENNESS = 0.8
"""The part of the radius that is spread evenly; the rest is that of the spring layout."""
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
    """A point, x and y in [-1,1], for each of `numbers`: unchanged where it is in `existing`, else from the seed and the edges.

    `edges[i]` joins two of `numbers`, in any direction, with the strength `weights[i]` >= 0.
    """
    if not numbers:
        return {}
    neighbours = _neighbours(numbers, edges, weights)
    points = {number: existing[number] for number in numbers if number in existing} if existing else {}
    if not points:
        points = _spring_layout(sorted(numbers, key=lambda n: (-len(neighbours[n]), n))[:SPRING_NODES_MAX], neighbours, seed)
    _place_newcomers(points, numbers, neighbours, seed)
    return {number: points[number] for number in numbers}


def rim_point(seed: str, number: int) -> Point:
    """The point of a character without relationships, on the rim. It gets a permanent point with its first relationship."""
    x, y = _unrounded_rim_point(seed, number)
    return round(x, 6), round(y, 6)


def _neighbours(numbers: Sequence[int], edges: Iterable[tuple[int, int]], weights: Iterable[float]) -> Neighbours:
    strengths: dict[int, dict[int, float]] = {number: {} for number in numbers}
    for (a, b), weight in zip(edges, weights, strict=True):
        strengths[a][b] = strengths[b][a] = strengths[a].get(b, 0.0) + weight
    return {number: sorted(others.items()) for number, others in strengths.items()}


def _spring_layout(numbers: Sequence[int], neighbours: Neighbours, seed: str) -> dict[int, Point]:
    """`numbers` are in descending order of degree. Points are rounded, so that all machines give the same."""
    if len(numbers) < 2:
        return dict.fromkeys(numbers, (0.0, 0.0))
    layout = rustworkx.spring_layout(
        _connected_graph(numbers, neighbours),
        pos={i: _random_point(seed, number) for i, number in enumerate(numbers)},
        num_iter=max(ITERATIONS_MIN, min(ITERATIONS_MAX, ITERATIONS_TIMES_NODES // len(numbers))),
        weight_fn=float,
    )
    return _spread({number: (float(layout[i][0]), float(layout[i][1])) for i, number in enumerate(numbers)})


def _connected_graph(numbers: Sequence[int], neighbours: Neighbours) -> rustworkx.PyGraph:
    """The edges among `numbers` in multiples of the mean weight, and an edge from the first node to each other component."""
    index = {number: i for i, number in enumerate(numbers)}
    edges = [(index[a], index[b], w) for a in numbers for b, w in neighbours[a] if a < b and b in index]
    mean = sum(w for *_, w in edges) / len(edges) if edges else 0.0
    graph = rustworkx.PyGraph()
    graph.add_nodes_from(numbers)
    graph.add_edges_from([(a, b, w / mean if mean else 1.0) for a, b, w in edges])
    components = rustworkx.connected_components(graph)
    graph.add_edges_from([(0, min(component), COMPONENT_LINK_WEIGHT) for component in components if 0 not in component])
    return graph


def _spread(points: Mapping[int, Point]) -> dict[int, Point]:
    """Fills a disc evenly, because a spring layout crowds the middle.

    Each node keeps its angle; its radius follows mostly from its rank by distance from the middle.
    """
    middle_x, middle_y = (sorted(point[axis] for point in points.values())[len(points) // 2] for axis in (0, 1))
    distances = {number: hypot(x - middle_x, y - middle_y) for number, (x, y) in points.items()}
    farthest = max(distances.values())
    ranks = {number: rank for rank, number in enumerate(sorted(points, key=lambda number: (distances[number], number)))}
    spread = {}
    for number, (x, y) in points.items():
        even_radius, spring_radius = sqrt(ranks[number] / (len(points) - 1)), distances[number] / farthest if farthest else 0.0
        radius, angle = EVENNESS * even_radius + (1 - EVENNESS) * spring_radius, atan2(y - middle_y, x - middle_x)
        spread[number] = round(radius * cos(angle), 6), round(radius * sin(angle), 6)
    return spread


def _random_point(seed: str, number: int) -> Point:
    return 2 * uniform(seed, "place", number, "x") - 1, 2 * uniform(seed, "place", number, "y") - 1


def _place_newcomers(points: dict[int, Point], numbers: Sequence[int], neighbours: Neighbours, seed: str) -> None:
    """Breadth-first from the nodes that have a point, so that a newcomer gets a point near its neighbours."""
    grid = _SpatialGrid(points.values(), spacing=1 / sqrt(len(numbers)))
    for start in [*list(points), *(number for number in numbers if number not in points)]:
        if start not in points:
            points[start] = grid.take_free_point(_unrounded_rim_point(seed, start), uniform(seed, "place", start, "turn"))
        queue = deque([start])
        while queue:
            for newcomer, _ in neighbours[queue.popleft()]:
                if newcomer not in points:
                    points[newcomer] = grid.take_free_point(
                        _weighted_center(neighbours[newcomer], points), uniform(seed, "place", newcomer, "turn")
                    )
                    queue.append(newcomer)


def _unrounded_rim_point(seed: str, number: int) -> Point:
    angle = 2 * pi * uniform(seed, "place", number, "rim")
    return 0.9 * cos(angle), 0.9 * sin(angle)


def _weighted_center(neighbours: Sequence[tuple[int, float]], points: Mapping[int, Point]) -> Point:
    """The average of the points of neighbours, weighted by the strength of the edge."""
    weighted = [(*points[number], weight + 1e-9) for number, weight in neighbours if number in points]
    total = sum(weight for *_, weight in weighted)
    return sum(x * w for x, _, w in weighted) / total, sum(y * w for _, y, w in weighted) / total


class _SpatialGrid:
    """Taken points in square cells of side `spacing`, so that a search for free space reads only nearby points."""

    def __init__(self, taken: Iterable[Point], spacing: float) -> None:
        self._spacing = spacing
        self._cells: dict[tuple[int, int], list[Point]] = {}
        for point in taken:
            self._cells.setdefault(self._cell(point), []).append(point)

    def take_free_point(self, target: Point, rotation: float) -> Point:
        """The candidate around `target` that is farthest from all taken points; `rotation` in [0,1) rotates the candidates."""
        candidates = [self._candidate(target, rotation, i) for i in range(CANDIDATES)]
        point = max(candidates, key=self._free_distance)
        self._cells.setdefault(self._cell(point), []).append(point)
        return point

    def _candidate(self, target: Point, rotation: float, i: int) -> Point:
        """Candidates lie on a sunflower spiral: with the golden angle no two have the same direction."""
        radius, angle = self._spacing * sqrt(0.5 + i / 2), 2 * pi * (rotation + i * (3 - sqrt(5)) / 2)
        x, y = target[0] + radius * cos(angle), target[1] + radius * sin(angle)
        return round(max(-1.0, min(1.0, x)), 6), round(max(-1.0, min(1.0, y)), 6)

    def _free_distance(self, point: Point) -> float:
        """The distance to the nearest taken point, at most `spacing`."""
        column, row = self._cell(point)
        cells = (self._cells.get((column + i, row + j), ()) for i in (-1, 0, 1) for j in (-1, 0, 1))
        return min(self._spacing, *(hypot(point[0] - x, point[1] - y) for cell in cells for x, y in cell), inf)

    def _cell(self, point: Point) -> tuple[int, int]:
        return int(point[0] // self._spacing), int(point[1] // self._spacing)
