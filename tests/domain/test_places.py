"""Places of characters in the picture of a network."""

from math import dist

import networkx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain import places
from domain.places import place


def les_miserables() -> tuple[list[int], list[tuple[int, int]], list[float]]:
    graph = networkx.les_miserables_graph()
    number = {name: n for n, name in enumerate(sorted(graph), 1)}
    edges = [(number[a], number[b]) for a, b in graph.edges]
    return list(number.values()), edges, [float(weight) for *_, weight in graph.edges.data("weight")]


def test_the_same_seed_gives_the_same_places() -> None:
    assert place(*les_miserables(), "295") == place(*les_miserables(), "295")


def test_another_seed_gives_other_places() -> None:
    assert place(*les_miserables(), "295") != place(*les_miserables(), "296")


def test_those_with_a_tie_are_nearer_than_those_without() -> None:
    numbers, edges, weights = les_miserables()

    found = place(numbers, edges, weights, "295")

    tied = [dist(found[a], found[b]) for a, b in edges]
    every = [dist(found[a], found[b]) for a in numbers for b in numbers if a < b]
    assert sum(tied) / len(tied) < 0.6 * sum(every) / len(every)


@settings(max_examples=100, deadline=None)
@given(st.data())
def test_everybody_has_a_place_of_their_own_inside_the_square_and_who_had_one_stays(data: st.DataObject) -> None:
    numbers = data.draw(st.lists(st.integers(1, 99), unique=True, min_size=1, max_size=30))
    pairs = [(a, b) for a in numbers for b in numbers if a < b]
    edges = data.draw(st.lists(st.sampled_from(pairs), unique=True, max_size=60)) if pairs else []
    kept = data.draw(st.dictionaries(st.sampled_from(numbers), st.tuples(st.floats(-1, 1), st.floats(-1, 1))))

    found = place(numbers, edges, [1.0] * len(edges), "seed", kept)

    assert list(found) == numbers
    assert all(-1 <= x <= 1 and -1 <= y <= 1 for x, y in found.values())
    assert {number: found[number] for number in kept} == kept
    assert len({found[n] for n in numbers if n not in kept}) == len([n for n in numbers if n not in kept])


def test_a_newcomer_is_placed_beside_its_only_neighbour_while_all_others_stay() -> None:
    numbers, edges, weights = les_miserables()
    before = place(numbers, edges, weights, "295")

    after = place([*numbers, 78], [*edges, (5, 78)], [*weights, 1.0], "295", before)

    assert {n: after[n] for n in numbers} == before
    assert dist(after[78], before[5]) < 0.4


def test_a_newcomer_stands_nearer_to_who_is_stronger() -> None:
    kept = {1: (-0.8, 0.0), 2: (0.8, 0.0)}

    found = place(range(1, 101), [(1, 3), (2, 3)], [9.0, 1.0], "seed", kept)

    assert dist(found[3], kept[1]) < dist(found[3], kept[2])


def test_newcomers_who_know_only_each_other_stand_together_at_the_rim() -> None:
    kept = {n: (0.001 * n, 0.0) for n in range(1, 101)}

    found = place([*kept, 101, 102], [(101, 102)], [1.0], "seed", kept)

    assert dist(found[101], (0, 0)) > 0.6
    assert dist(found[101], found[102]) < 0.4


def test_beyond_what_springs_can_lay_out_the_others_are_placed_beside_their_neighbours(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(places, "SPRUNG_MAX", 20)
    numbers, edges, weights = les_miserables()

    found = place(numbers, edges, weights, "295")

    assert len(set(found.values())) == 77


def test_ties_of_no_strength_still_hold_together() -> None:
    assert len(place([1, 2, 3], [(1, 2)], [0.0], "seed")) == 3


def test_nobody_has_no_place() -> None:
    assert place([], [], [], "seed") == {}
