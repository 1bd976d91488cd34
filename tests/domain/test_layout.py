"""The layout of a network."""

from math import dist, hypot, sqrt

import networkx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain import layout
from domain.layout import assign_layout, rim_point


def les_miserables() -> tuple[list[int], list[tuple[int, int]], list[float]]:
    graph = networkx.les_miserables_graph()
    number = {name: n for n, name in enumerate(sorted(graph), 1)}
    edges = [(number[a], number[b]) for a, b in graph.edges]
    return list(number.values()), edges, [float(weight) for *_, weight in graph.edges.data("weight")]


# A world of three parts (three know each other, 1 knows one of them and, both ways, 4; two know each other; one knows nobody).
NUMBERS = [7, 3, 9, 1, 4, 20, 21, 30]
EDGES = [(7, 3), (3, 9), (9, 7), (1, 9), (1, 4), (4, 1), (20, 21)]
WEIGHTS = [3.0, 1.0, 2.0, 0.5, 1.5, 2.0, 4.0]


def test_the_layout_is_the_same_on_every_machine_and_in_every_release() -> None:
    assert assign_layout(NUMBERS, EDGES, WEIGHTS, "seed") == {
        7: (0.380565, 0.0),
        3: (0.376439, 0.347528),
        9: (0.0, -0.02466),
        1: (-0.565408, 0.581096),
        4: (-0.667546, 0.744568),
        20: (-0.481763, -0.522663),
        21: (-0.644193, -0.645807),
        30: (0.242323, -0.579079),
    }


def test_existing_points_stay_and_new_ones_are_always_the_same() -> None:
    kept = {7: (0.5, 0.25), 3: (-0.5, 0.0), 99: (0.0, 0.0), 9: (0.5, 0.3)}
    assert assign_layout(NUMBERS, EDGES, WEIGHTS, "seed", kept) == {
        7: (0.5, 0.25),
        3: (-0.5, 0.0),
        9: (0.5, 0.3),
        1: (0.290725, 0.679083),
        4: (-0.008435, 0.206851),
        20: (0.891843, -0.063978),
        21: (1.0, -0.484119),
        30: (-0.380036, 0.556064),
    }


def test_the_spring_layout_takes_the_nodes_of_highest_degree_if_there_are_too_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(layout, "SPRING_NODES_MAX", 4)
    assert assign_layout(NUMBERS, EDGES, WEIGHTS, "seed") == {
        7: (0.0, -0.7315),
        3: (0.497754, -0.16174),
        9: (-0.056128, 0.0),
        1: (-0.91536, 0.402636),
        4: (-0.57123, 0.139815),
        20: (0.891843, -0.063978),
        21: (1.0, -0.484119),
        30: (-0.380036, 0.556064),
    }


@pytest.mark.parametrize(
    ("rounds_times_characters", "at"),
    [(0, (0.496871, -0.124254)), (40, (0.619724, -0.164815)), (55, (0.426875, -0.308275)), (99, (0.722765, -0.459392))],
)
def test_the_spring_layout_has_fewer_iterations_for_more_nodes(
    rounds_times_characters: int, at: tuple[float, float], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(layout, "ITERATIONS_MIN", 3)
    monkeypatch.setattr(layout, "ITERATIONS_MAX", 9)
    monkeypatch.setattr(layout, "ITERATIONS_TIMES_NODES", rounds_times_characters)
    assert assign_layout(NUMBERS, EDGES, WEIGHTS, "seed")[7] == at


@pytest.mark.parametrize(
    ("numbers", "edges", "found"),
    [
        ([5], [], {5: (0.0, 0.0)}),
        ([5, 6], [(6, 5)], {5: (0.0, -0.039006), 6: (-1.0, 0.0)}),
        ([2, 5, 6], [], {2: (0.0, 0.0), 5: (0.755788, -0.122708), 6: (-0.987075, 0.160259)}),
    ],
)
def test_one_two_or_three_nodes_without_a_strong_edge_get_points(
    numbers: list[int], edges: list[tuple[int, int]], found: dict[int, tuple[float, float]]
) -> None:
    assert assign_layout(numbers, edges, [0.0] * len(edges), "seed") == found


def test_a_layout_fills_the_disc_evenly() -> None:
    away = sorted(hypot(x, y) for x, y in assign_layout(*les_miserables(), "295").values())
    assert away[-1] == pytest.approx(1, abs=0.1)
    half, quarter = away[len(away) // 2], away[len(away) // 4]
    assert half == pytest.approx(sqrt(1 / 2), abs=0.15)
    assert quarter == pytest.approx(sqrt(1 / 4), abs=0.15)


def test_the_rim_point_of_a_character_never_changes() -> None:
    assert rim_point("seed", 3) == (-0.670849, -0.599968)
    on_rim = [rim_point("seed", number) for number in range(1, 100)]
    assert all(hypot(x, y) == pytest.approx(0.9, abs=1e-5) for x, y in on_rim)
    assert all((x, y) == (round(x, 6), round(y, 6)) for x, y in on_rim)


def test_every_edge_needs_a_weight() -> None:
    with pytest.raises(ValueError, match="shorter"):
        assign_layout([1, 2], [(1, 2)], [], "seed")


def test_the_same_seed_gives_the_same_points() -> None:
    assert assign_layout(*les_miserables(), "295") == assign_layout(*les_miserables(), "295")


def test_another_seed_gives_other_points() -> None:
    assert assign_layout(*les_miserables(), "295") != assign_layout(*les_miserables(), "296")


def test_neighbours_are_nearer_than_other_nodes() -> None:
    numbers, edges, weights = les_miserables()

    found = assign_layout(numbers, edges, weights, "295")

    tied = [dist(found[a], found[b]) for a, b in edges]
    every = [dist(found[a], found[b]) for a in numbers for b in numbers if a < b]
    assert sum(tied) / len(tied) < 0.6 * sum(every) / len(every)


@settings(deadline=None)
@given(st.data())
def test_all_points_are_distinct_and_inside_the_square_and_existing_ones_stay(data: st.DataObject) -> None:
    numbers = data.draw(st.lists(st.integers(1, 99), unique=True, min_size=1, max_size=30))
    pairs = [(a, b) for a in numbers for b in numbers if a < b]
    edges = data.draw(st.lists(st.sampled_from(pairs), unique=True, max_size=60)) if pairs else []
    kept = data.draw(st.dictionaries(st.sampled_from(numbers), st.tuples(st.floats(-1, 1), st.floats(-1, 1))))

    found = assign_layout(numbers, edges, [1.0] * len(edges), "seed", kept)

    assert list(found) == numbers
    assert all(-1 <= x <= 1 and -1 <= y <= 1 for x, y in found.values())
    assert {number: found[number] for number in kept} == kept
    assert len({found[n] for n in numbers if n not in kept}) == len([n for n in numbers if n not in kept])


def test_a_new_node_gets_a_point_beside_its_only_neighbour() -> None:
    numbers, edges, weights = les_miserables()
    before = assign_layout(numbers, edges, weights, "295")

    after = assign_layout([*numbers, 78], [*edges, (5, 78)], [*weights, 1.0], "295", before)

    assert {n: after[n] for n in numbers} == before
    assert dist(after[78], before[5]) < 0.4


def test_a_new_node_is_nearer_to_its_stronger_neighbour() -> None:
    kept = {1: (-0.8, 0.0), 2: (0.8, 0.0)}

    found = assign_layout(range(1, 101), [(1, 3), (2, 3)], [9.0, 1.0], "seed", kept)

    assert dist(found[3], (-0.8 * 0.9 + 0.8 * 0.1, 0.0)) < dist(found[3], kept[1]) < dist(found[3], kept[2])
    assert found[3] == (-0.572471, 0.020971)


def test_new_nodes_with_edges_only_to_each_other_are_together_near_the_rim() -> None:
    kept = {n: (0.001 * n, 0.0) for n in range(1, 101)}

    found = assign_layout([*kept, 101, 102], [(101, 102)], [1.0], "seed", kept)

    assert dist(found[101], (0, 0)) > 0.6
    assert dist(found[101], found[102]) < 0.4


def test_nodes_beyond_the_limit_of_the_spring_layout_are_placed_beside_their_neighbours(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(layout, "SPRING_NODES_MAX", 20)
    numbers, edges, weights = les_miserables()

    found = assign_layout(numbers, edges, weights, "295")

    assert len(set(found.values())) == 77


def test_edges_of_weight_0_count_like_edges_of_equal_weight() -> None:
    numbers, edges = [1, 2, 3, 4], [(1, 2), (2, 3)]
    assert assign_layout(numbers, edges, [0.0, 0.0], "seed") == assign_layout(numbers, edges, [1.0, 1.0], "seed")


def test_an_edge_of_weight_0_still_places_a_new_node_near() -> None:
    kept = {number: (0.1 * number, 0.0) for number in range(1, 9)}
    strong = assign_layout([*kept, 9], [(1, 9)], [1.0], "seed", kept)
    assert (
        assign_layout([*kept, 9], [(1, 9)], [1e-9], "seed", kept)
        == assign_layout([*kept, 9], [(1, 9)], [0.0], "seed", kept)
        == strong
    )


def test_nodes_are_spread_even_if_the_spring_layout_gives_one_point() -> None:
    assert layout._spread({3: (0.5, 0.5), 1: (0.5, 0.5), 2: (0.5, 0.5)}) == {
        1: (0.0, 0.0),
        2: (0.565685, 0.0),
        3: (0.8, 0.0),
    }


def test_an_empty_network_has_an_empty_layout() -> None:
    assert assign_layout([], [], [], "seed") == {}
