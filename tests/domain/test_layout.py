"""Places of characters in the picture of a network."""

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


def test_a_world_looks_the_same_on_every_machine_and_after_every_release() -> None:
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


def test_whoever_has_a_place_stays_and_the_others_always_come_to_the_same_places_around_them() -> None:
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


def test_the_best_connected_are_laid_out_first_where_springs_cannot_lay_out_all(monkeypatch: pytest.MonkeyPatch) -> None:
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
def test_springs_are_given_fewer_rounds_the_more_they_hold(
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
def test_one_two_or_three_without_a_tie_of_strength_find_their_places(
    numbers: list[int], edges: list[tuple[int, int]], found: dict[int, tuple[float, float]]
) -> None:
    assert assign_layout(numbers, edges, [0.0] * len(edges), "seed") == found


def test_a_layout_fills_its_disc_evenly_to_the_rim() -> None:
    away = sorted(hypot(x, y) for x, y in assign_layout(*les_miserables(), "295").values())
    assert away[-1] == pytest.approx(1, abs=0.1)
    half, quarter = away[len(away) // 2], away[len(away) // 4]
    assert half == pytest.approx(sqrt(1 / 2), abs=0.15)
    assert quarter == pytest.approx(sqrt(1 / 4), abs=0.15)


def test_whoever_knows_nobody_waits_on_the_rim_at_a_place_that_never_changes() -> None:
    assert rim_point("seed", 3) == (-0.670849, -0.599968)
    on_rim = [rim_point("seed", number) for number in range(1, 100)]
    assert all(hypot(x, y) == pytest.approx(0.9, abs=1e-5) for x, y in on_rim)
    assert all((x, y) == (round(x, 6), round(y, 6)) for x, y in on_rim)


def test_edges_and_weights_are_as_many() -> None:
    with pytest.raises(ValueError, match="shorter"):
        assign_layout([1, 2], [(1, 2)], [], "seed")


def test_the_same_seed_gives_the_same_places() -> None:
    assert assign_layout(*les_miserables(), "295") == assign_layout(*les_miserables(), "295")


def test_another_seed_gives_other_places() -> None:
    assert assign_layout(*les_miserables(), "295") != assign_layout(*les_miserables(), "296")


def test_those_with_a_tie_are_nearer_than_those_without() -> None:
    numbers, edges, weights = les_miserables()

    found = assign_layout(numbers, edges, weights, "295")

    tied = [dist(found[a], found[b]) for a, b in edges]
    every = [dist(found[a], found[b]) for a in numbers for b in numbers if a < b]
    assert sum(tied) / len(tied) < 0.6 * sum(every) / len(every)


@settings(deadline=None)
@given(st.data())
def test_everybody_has_a_place_of_their_own_inside_the_square_and_who_had_one_stays(data: st.DataObject) -> None:
    numbers = data.draw(st.lists(st.integers(1, 99), unique=True, min_size=1, max_size=30))
    pairs = [(a, b) for a in numbers for b in numbers if a < b]
    edges = data.draw(st.lists(st.sampled_from(pairs), unique=True, max_size=60)) if pairs else []
    kept = data.draw(st.dictionaries(st.sampled_from(numbers), st.tuples(st.floats(-1, 1), st.floats(-1, 1))))

    found = assign_layout(numbers, edges, [1.0] * len(edges), "seed", kept)

    assert list(found) == numbers
    assert all(-1 <= x <= 1 and -1 <= y <= 1 for x, y in found.values())
    assert {number: found[number] for number in kept} == kept
    assert len({found[n] for n in numbers if n not in kept}) == len([n for n in numbers if n not in kept])


def test_a_newcomer_is_placed_beside_its_only_neighbour_while_all_others_stay() -> None:
    numbers, edges, weights = les_miserables()
    before = assign_layout(numbers, edges, weights, "295")

    after = assign_layout([*numbers, 78], [*edges, (5, 78)], [*weights, 1.0], "295", before)

    assert {n: after[n] for n in numbers} == before
    assert dist(after[78], before[5]) < 0.4


def test_a_newcomer_stands_nearer_to_who_is_stronger() -> None:
    kept = {1: (-0.8, 0.0), 2: (0.8, 0.0)}

    found = assign_layout(range(1, 101), [(1, 3), (2, 3)], [9.0, 1.0], "seed", kept)

    assert dist(found[3], (-0.8 * 0.9 + 0.8 * 0.1, 0.0)) < dist(found[3], kept[1]) < dist(found[3], kept[2])
    assert found[3] == (-0.572471, 0.020971)


def test_newcomers_who_know_only_each_other_stand_together_at_the_rim() -> None:
    kept = {n: (0.001 * n, 0.0) for n in range(1, 101)}

    found = assign_layout([*kept, 101, 102], [(101, 102)], [1.0], "seed", kept)

    assert dist(found[101], (0, 0)) > 0.6
    assert dist(found[101], found[102]) < 0.4


def test_beyond_what_springs_can_lay_out_the_others_are_placed_beside_their_neighbours(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(layout, "SPRING_NODES_MAX", 20)
    numbers, edges, weights = les_miserables()

    found = assign_layout(numbers, edges, weights, "295")

    assert len(set(found.values())) == 77


def test_ties_of_no_strength_hold_together_as_ties_of_one_strength_do() -> None:
    numbers, edges = [1, 2, 3, 4], [(1, 2), (2, 3)]
    assert assign_layout(numbers, edges, [0.0, 0.0], "seed") == assign_layout(numbers, edges, [1.0, 1.0], "seed")


def test_a_tie_however_weak_brings_a_newcomer_near() -> None:
    kept = {number: (0.1 * number, 0.0) for number in range(1, 9)}
    strong = assign_layout([*kept, 9], [(1, 9)], [1.0], "seed", kept)
    assert (
        assign_layout([*kept, 9], [(1, 9)], [1e-9], "seed", kept)
        == assign_layout([*kept, 9], [(1, 9)], [0.0], "seed", kept)
        == strong
    )


def test_springs_that_leave_all_in_one_place_do_not_keep_them_there() -> None:
    assert layout._spread({3: (0.5, 0.5), 1: (0.5, 0.5), 2: (0.5, 0.5)}) == {
        1: (0.0, 0.0),
        2: (0.565685, 0.0),
        3: (0.8, 0.0),
    }


def test_nobody_has_no_place() -> None:
    assert assign_layout([], [], [], "seed") == {}
