"""The best way along directed ties is found from both ends, with few questions, and is the same one whoever asks how."""

from itertools import pairwise
from random import Random

import networkx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain import paths
from domain.paths import EdgeRequest, Path, shortest_path

Tie = tuple[int, int, int]


def test_the_way_to_oneself_is_oneself_and_costs_nothing() -> None:
    assert answered(3, 3, []) == (Path((3,), 0), [])


def test_there_is_no_way_against_the_ties() -> None:
    way, _ = answered(1, 2, [(2, 1, 1)])
    assert way is None


def test_a_cheaper_way_is_taken_however_many_ties_it_has() -> None:
    way, _ = answered(1, 4, [(1, 4, 10), (1, 2, 3), (2, 3, 3), (3, 4, 3)])
    assert way == Path((1, 2, 3, 4), 9)


def test_of_equally_cheap_ways_the_one_with_fewest_ties_is_taken() -> None:
    way, _ = answered(1, 4, [(1, 3, 0), (3, 2, 0), (2, 4, 0), (1, 5, 0), (5, 4, 0)])
    assert way == Path((1, 5, 4), 0)


def test_of_equally_short_ways_the_first_in_order_is_taken() -> None:
    way, _ = answered(1, 9, [(1, 3, 1), (1, 2, 1), (3, 4, 1), (2, 8, 1), (2, 7, 1), (4, 9, 1), (8, 9, 1), (7, 9, 1)])
    assert way == Path((1, 2, 7, 9), 3)


def test_the_first_in_order_is_taken_at_every_fork_of_a_long_way() -> None:
    forks = [(1, 2, 3, 4), (4, 5, 6, 7), (7, 8, 9, 10), (10, 11, 12, 13)]
    way, _ = answered(1, 13, [tie for a, b, c, d in forks for tie in ((a, b, 1), (a, c, 1), (b, d, 1), (c, d, 1))])
    assert way == Path((1, 2, 4, 5, 7, 8, 10, 11, 13), 8)


def test_whoever_is_reached_anew_by_a_cheaper_way_is_looked_at_once() -> None:
    crowd = [(n, 9, 1) for n in range(20, 30)]
    way, questions = answered(1, 9, [(1, 2, 3), (1, 3, 1), (3, 2, 1), (2, 4, 1), (4, 5, 1), (5, 9, 3), *crowd])
    assert way == Path((1, 3, 2, 4, 5, 9), 7)
    assert [question.outgoing for question in questions] == [[1], [3, 2], [4], [5]]


def test_both_ends_are_asked_about_at_once_and_everybody_only_once() -> None:
    _, questions = answered(1, 5, [(n, n + 1, 1) for n in range(1, 5)])
    assert (questions[0].outgoing, questions[0].incoming) == ([1], [5])
    asked = [number for question in questions for number in question.outgoing]
    assert len(asked) == len(set(asked))


def test_a_long_thin_world_is_asked_for_as_a_whole_in_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paths, "PARTIAL_REQUESTS_MAX", 3)
    way, questions = answered(1, 50, [(n, n + 1, 1) for n in range(1, 50)])
    assert way == Path(tuple(range(1, 51)), 49)
    assert [question.wants_all for question in questions] == [False] * 3 + [True]


@pytest.mark.parametrize("at_once", [1, 2, 128])
@pytest.mark.parametrize("questions_max", [2, 32])
def test_in_a_hundred_worlds_it_is_the_best_of_all_ways_there_are(
    at_once: int, questions_max: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paths, "REQUESTED_CHARACTERS_MAX", at_once)
    monkeypatch.setattr(paths, "PARTIAL_REQUESTS_MAX", questions_max)
    for network in map(crowded, range(100)):
        way, _ = answered(1, 8, [(*pair, cost) for pair, cost in network.items()])
        assert way == best_of_all(network, 1, 8)


def test_few_are_asked_about_and_the_nearest_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paths, "REQUESTED_CHARACTERS_MAX", 2)
    asked = [
        question for seed in range(100) for question in answered(1, 8, [(*p, cost) for p, cost in crowded(seed).items()])[1]
    ]
    assert (len(asked), sum(len(q.outgoing) for q in asked), sum(len(q.incoming) for q in asked)) == (159, 175, 173)


def test_who_is_nearest_is_asked_about_first_and_of_those_whose_number_comes_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paths, "REQUESTED_CHARACTERS_MAX", 2)
    ties = [(1, 2, 5), (1, 8, 1), (1, 6, 3), (1, 7, 3), (2, 9, 1), *((n, 9, 1) for n in range(20, 40))]
    _, questions = answered(1, 9, ties)
    assert [question.outgoing for question in questions] == [[1], [8, 6], [7, 2]]


def crowded(seed: int) -> dict[tuple[int, int], int]:
    """Eight people with many ways that cost the same; some seeds have no way at all from 1 to 8."""
    draw = Random(seed)
    return {(a, b): draw.choice([0, 1, 1, 2, 5]) for a, b in (draw.sample(range(1, 9), 2) for _ in range(4 + seed % 20))}


def test_nothing_is_asked_any_more_when_the_whole_world_is_known(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paths, "PARTIAL_REQUESTS_MAX", 0)
    crowd_at_the_end = [(1, 2, 1), (1, 3, 2), (3, 4, 2), (4, 5, 2), (5, 9, 2), *((n, 9, 1) for n in range(20, 30))]
    crowd_at_the_start = [(to, from_, cost) for from_, to, cost in crowd_at_the_end]
    assert answered(1, 9, crowd_at_the_end) == (Path((1, 3, 4, 5, 9), 8), [EdgeRequest(wants_all=True)])
    assert answered(9, 1, crowd_at_the_start) == (Path((9, 5, 4, 3, 1), 8), [EdgeRequest(wants_all=True)])


people = st.integers(1, 8)
networks = st.dictionaries(st.tuples(people, people).filter(lambda pair: pair[0] != pair[1]), st.integers(0, 3), max_size=30)


@given(
    network=networks, start=people, goal=people, at_once=st.sampled_from([1, 2, 128]), questions_max=st.sampled_from([1, 3, 32])
)
def test_on_any_network_it_is_the_best_of_all_ways_there_are(
    network: dict[tuple[int, int], int], start: int, goal: int, at_once: int, questions_max: int
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(paths, "REQUESTED_CHARACTERS_MAX", at_once)
        patch.setattr(paths, "PARTIAL_REQUESTS_MAX", questions_max)
        way, _ = answered(start, goal, [(*pair, cost) for pair, cost in network.items()])
    assert way == best_of_all(network, start, goal)


def best_of_all(network: dict[tuple[int, int], int], start: int, goal: int) -> Path | None:
    if start == goal:
        return Path((start,), 0)
    graph = networkx.DiGraph(list(network))
    graph.add_nodes_from(range(1, 9))
    best = min(
        (
            (sum(network[step] for step in pairwise(path)), len(path), path)
            for path in networkx.all_simple_paths(graph, start, goal)
        ),
        default=None,
    )
    return None if best is None else Path(tuple(best[2]), best[0])


def answered(start: int, goal: int, ties: list[Tie]) -> tuple[Path | None, list[EdgeRequest]]:
    """What the search finds, and all that it asked."""
    questions: list[EdgeRequest] = []
    going = shortest_path(start, goal)
    answer: tuple[list[Tie], list[Tie]] | None = None
    while True:
        try:
            question = going.send(answer)  # type: ignore[arg-type]  # None begins a generator
        except StopIteration as ended:
            return ended.value, questions
        questions.append(question)
        outgoing = [tie for tie in ties if question.wants_all or tie[0] in question.outgoing]
        answer = outgoing, [tie for tie in ties if question.wants_all or tie[1] in question.incoming]
