"""The simulation of the sample world has exactly these results, and the novel is recognised."""

from collections import Counter
from itertools import pairwise

import pytest

from domain.interactions import PairHistory, decide
from domain.relationships import RelationshipState, Stage
from domain.rule_sets import InteractionKind
from interchange import les_miserables
from interchange.les_miserables import ENDS_AT, RULES, SimulationResult, plan_interactions, simulate


@pytest.fixture(scope="module")
def result() -> SimulationResult:
    return simulate()


def tie(result: SimulationResult, one: str, other: str) -> RelationshipState:
    numbers = {person.name: person.number for person in result.initial_characters}
    return result.ties[numbers[one], numbers[other]]


def test_seventy_seven_people_are_numbered_in_the_order_of_their_names(result: SimulationResult) -> None:
    assert [person.number for person in result.initial_characters] == list(range(1, 78))
    names = [person.name for person in result.initial_characters]
    assert names == sorted(names)
    assert (names[0], names[73], names[76]) == ("Anzelma", "Valjean", "Zephine")


def test_all_characters_begin_rested_at_second_zero(result: SimulationResult) -> None:
    assert {(person.energy, person.felt_at, person.is_active) for person in result.initial_characters} == {
        (1_000_000, 0.0, True)
    }
    assert result.initial_characters[0].traits == les_miserables.create_characters()[0].traits
    assert len({person.traits for person in result.initial_characters}) == 77


def test_the_plan_has_2654_interactions_in_order_by_day_in_six_weeks() -> None:
    planned = plan_interactions()
    assert len(planned) == 2_654
    assert all(one.minute <= other.minute for one, other in pairwise(planned))
    assert all(8 * 60 <= act.minute % 1_440 < 22 * 60 for act in planned)
    assert {act.minute // 1_440 for act in planned} == set(range(42))
    assert {act.kind for act in planned} == set(InteractionKind)
    assert 60 * planned[-1].minute < ENDS_AT == 60 * (41 * 1_440 + 22 * 60)


def test_2598_interactions_happen_and_1863_are_accepted(result: SimulationResult) -> None:
    assert len(result.acts) == 2_598
    assert sum(act.accepted for act in result.acts) == 1_863


def test_valjean_is_too_tired_55_times_and_cosette_once(result: SimulationResult) -> None:
    names = {person.number: person.name for person in result.initial_characters}
    assert Counter(names[refusal.number] for _, refusal in result.skipped) == {"Valjean": 55, "Cosette": 1}


def test_600_stages_change_and_most_relationships_are_acquaintances(result: SimulationResult) -> None:
    assert sum(len(act.stage_changes) for act in result.acts) == 600
    assert Counter(tie.stage for tie in result.ties.values()) == {
        Stage.STRANGER: 8,
        Stage.ACQUAINTANCE: 418,
        Stage.FRIEND: 45,
        Stage.CLOSE_FRIEND: 11,
        Stage.RIVAL: 21,
        Stage.ENEMY: 5,
    }
    assert (
        sum(result.ties[one, other].stage is not result.ties[other, one].stage for one, other in result.ties if one < other)
        == 27
    )


def test_the_stored_sums_are_exact(result: SimulationResult) -> None:
    ties = result.ties.values()
    assert sum(tie.affinity for tie in ties) == 60_412_822
    assert sum(tie.bond for tie in ties) == 37_354_982
    assert sum(tie.trust for tie in ties) == 172_479_955
    assert sum(tie.familiarity for tie in ties) == 243_653_288


@pytest.mark.parametrize(
    ("one", "other", "stage"),
    [
        ("Valjean", "Thenardier", Stage.ENEMY),
        ("Valjean", "Javert", Stage.ENEMY),
        ("Marius", "Cosette", Stage.CLOSE_FRIEND),
        ("Valjean", "Cosette", Stage.CLOSE_FRIEND),
    ],
)
def test_the_novel_is_recognised(result: SimulationResult, one: str, other: str, stage: Stage) -> None:
    assert tie(result, one, other).stage is tie(result, other, one).stage is stage


def test_a_second_simulation_equals_the_first(result: SimulationResult) -> None:
    assert simulate() == result


def test_drift_and_effects_add_up_to_the_state_in_integers(result: SimulationResult) -> None:
    sums: dict[tuple[int, int], Counter[str]] = {}
    for act in result.acts:
        for effect in act.effects:
            total = sums.setdefault((effect.from_number, effect.to_number), Counter(trust=300_000))
            for feeling in ("affinity", "bond", "trust", "familiarity", "contact"):
                total[feeling] += getattr(effect.before, feeling) - getattr(effect.stored, feeling)
                total[feeling] += getattr(effect.after, feeling) - getattr(effect.before, feeling)
    assert {key: {feeling: getattr(tie, feeling) for feeling in sums[key]} for key, tie in result.ties.items()} == sums


def test_each_act_starts_from_the_state_after_the_act_before(result: SimulationResult) -> None:
    states: dict[tuple[int, int], RelationshipState] = {}
    for act in result.acts:
        for effect in act.effects:
            key = effect.from_number, effect.to_number
            assert effect.stored == states.get(key, RelationshipState.initial(*key, act.at))
            states[key] = effect.after
    assert states == result.ties
    assert all(tie.version == versions for tie, versions in zip(states.values(), acts_of_each_tie(result), strict=True))


def acts_of_each_tie(result: SimulationResult) -> list[int]:
    counts = Counter((effect.from_number, effect.to_number) for act in result.acts for effect in act.effects)
    return [counts[key] for key in result.ties]


def test_the_final_characters_are_those_of_their_last_acts(result: SimulationResult) -> None:
    last = {person.number: person for act in result.acts for person in (act.initiator, act.responder)}
    assert result.characters == last


def test_interactions_continue_after_the_end_of_the_sample(result: SimulationResult) -> None:
    valjean, cosette = (
        result.characters[person.number] for person in result.initial_characters if person.name in ("Cosette", "Valjean")
    )
    ties = result.ties[valjean.number, cosette.number], result.ties[cosette.number, valjean.number]
    act = decide(RULES, valjean, cosette, ties, PairHistory(), InteractionKind.CHAT, at=ENDS_AT + 86_400)
    assert act.effects[0].after.version == ties[0].version + 1
