"""The shortest path along directed edges is found from both ends, with few requests, and does not depend on their order."""

from itertools import pairwise
from random import Random

import networkx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain import paths
from domain.paths import EdgeRequest, Path, shortest_path

Tie = tuple[int, int, int]


def test_the_path_to_the_start_itself_has_cost_0() -> None:
    assert answered(3, 3, []) == (Path((3,), 0), [])


def test_there_is_no_path_against_the_direction_of_edges() -> None:
    way, _ = answered(1, 2, [(2, 1, 1)])
    assert way is None


def test_the_cheapest_path_wins_whatever_its_number_of_edges() -> None:
    way, _ = answered(1, 4, [(1, 4, 10), (1, 2, 3), (2, 3, 3), (3, 4, 3)])
    assert way == Path((1, 2, 3, 4), 9)


def test_of_equally_cheap_paths_the_one_with_fewest_edges_wins() -> None:
    way, _ = answered(1, 4, [(1, 3, 0), (3, 2, 0), (2, 4, 0), (1, 5, 0), (5, 4, 0)])
    assert way == Path((1, 5, 4), 0)


def test_of_equal_paths_the_first_in_order_wins() -> None:
    way, _ = answered(1, 9, [(1, 3, 1), (1, 2, 1), (3, 4, 1), (2, 8, 1), (2, 7, 1), (4, 9, 1), (8, 9, 1), (7, 9, 1)])
    assert way == Path((1, 2, 7, 9), 3)


def test_the_first_in_order_wins_at_every_fork_of_a_long_path() -> None:
    forks = [(1, 2, 3, 4), (4, 5, 6, 7), (7, 8, 9, 10), (10, 11, 12, 13)]
    way, _ = answered(1, 13, [tie for a, b, c, d in forks for tie in ((a, b, 1), (a, c, 1), (b, d, 1), (c, d, 1))])
    assert way == Path((1, 2, 4, 5, 7, 8, 10, 11, 13), 8)


def test_a_node_that_is_reached_again_at_lower_cost_is_settled_once() -> None:
    crowd = [(n, 9, 1) for n in range(20, 30)]
    way, questions = answered(1, 9, [(1, 2, 3), (1, 3, 1), (3, 2, 1), (2, 4, 1), (4, 5, 1), (5, 9, 3), *crowd])
    assert way == Path((1, 3, 2, 4, 5, 9), 7)
    assert [question.outgoing for question in questions] == [[1], [3, 2], [4], [5]]


def test_the_first_request_has_both_ends_and_no_node_is_requested_twice() -> None:
    _, questions = answered(1, 5, [(n, n + 1, 1) for n in range(1, 5)])
    assert (questions[0].outgoing, questions[0].incoming) == ([1], [5])
    asked = [number for question in questions for number in question.outgoing]
    assert len(asked) == len(set(asked))


def test_a_long_chain_ends_with_a_request_for_all_edges(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paths, "PARTIAL_REQUESTS_MAX", 3)
    way, questions = answered(1, 50, [(n, n + 1, 1) for n in range(1, 50)])
    assert way == Path(tuple(range(1, 51)), 49)
    assert [question.wants_all for question in questions] == [False] * 3 + [True]


@pytest.mark.parametrize("at_once", [1, 2, 128])
@pytest.mark.parametrize("questions_max", [2, 32])
def test_in_a_hundred_networks_it_is_the_best_of_all_paths(
    at_once: int, questions_max: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paths, "REQUESTED_CHARACTERS_MAX", at_once)
    monkeypatch.setattr(paths, "PARTIAL_REQUESTS_MAX", questions_max)
    for network in map(crowded, range(100)):
        way, _ = answered(1, 8, [(*pair, cost) for pair, cost in network.items()])
        assert way == best_of_all(network, 1, 8)


def test_requests_are_small_and_start_with_the_nearest(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paths, "REQUESTED_CHARACTERS_MAX", 2)
    asked = [
        question for seed in range(100) for question in answered(1, 8, [(*p, cost) for p, cost in crowded(seed).items()])[1]
    ]
    assert (len(asked), sum(len(q.outgoing) for q in asked), sum(len(q.incoming) for q in asked)) == (159, 175, 173)


def test_requests_are_ordered_by_distance_and_number(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paths, "REQUESTED_CHARACTERS_MAX", 2)
    ties = [(1, 2, 5), (1, 8, 1), (1, 6, 3), (1, 7, 3), (2, 9, 1), *((n, 9, 1) for n in range(20, 40))]
    _, questions = answered(1, 9, ties)
    assert [question.outgoing for question in questions] == [[1], [8, 6], [7, 2]]


def crowded(seed: int) -> dict[tuple[int, int], int]:
    """Eight nodes with many paths of equal cost; some seeds have no path from 1 to 8."""
    draw = Random(seed)
    return {(a, b): draw.choice([0, 1, 1, 2, 5]) for a, b in (draw.sample(range(1, 9), 2) for _ in range(4 + seed % 20))}


def test_there_is_no_request_after_that_for_all_edges(monkeypatch: pytest.MonkeyPatch) -> None:
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
def test_on_any_network_it_is_the_best_of_all_paths(
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
    """The result of the search, and its requests."""
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
