"""The sample world comes out the same, to the last number, and as the novel has it."""

from collections import Counter
from itertools import pairwise

import pytest

from domain.interactions import PairHistory, decide
from domain.relationships import RelationshipState, Stage
from domain.rule_sets import InteractionKind
from interchange import les_miserables
from interchange.les_miserables import ENDS_AT, RULES, SimulationResult, plan_interactions, simulate


@pytest.fixture(scope="module")
def life() -> SimulationResult:
    return simulate()


def tie(life: SimulationResult, one: str, other: str) -> RelationshipState:
    numbers = {person.name: person.number for person in life.initial_characters}
    return life.ties[numbers[one], numbers[other]]


def test_seventy_seven_people_are_numbered_in_the_order_of_their_names(life: SimulationResult) -> None:
    assert [person.number for person in life.initial_characters] == list(range(1, 78))
    names = [person.name for person in life.initial_characters]
    assert names == sorted(names)
    assert (names[0], names[73], names[76]) == ("Anzelma", "Valjean", "Zephine")


def test_they_are_born_rested_when_the_world_begins(life: SimulationResult) -> None:
    assert {(person.energy, person.felt_at, person.is_active) for person in life.initial_characters} == {(1_000_000, 0.0, True)}
    assert life.initial_characters[0].traits == les_miserables.create_characters()[0].traits
    assert len({person.traits for person in life.initial_characters}) == 77


def test_the_plan_has_2654_acts_in_order_between_morning_and_evening_of_six_weeks() -> None:
    planned = plan_interactions()
    assert len(planned) == 2_654
    assert all(one.minute <= other.minute for one, other in pairwise(planned))
    assert all(8 * 60 <= act.minute % 1_440 < 22 * 60 for act in planned)
    assert {act.minute // 1_440 for act in planned} == set(range(42))
    assert {act.kind for act in planned} == set(InteractionKind)
    assert 60 * planned[-1].minute < ENDS_AT == 60 * (41 * 1_440 + 22 * 60)


def test_2598_acts_are_done_and_1863_of_them_accepted(life: SimulationResult) -> None:
    assert len(life.acts) == 2_598
    assert sum(act.accepted for act in life.acts) == 1_863


def test_valjean_is_too_tired_55_times_and_cosette_once(life: SimulationResult) -> None:
    names = {person.number: person.name for person in life.initial_characters}
    assert Counter(names[refusal.number] for _, refusal in life.skipped) == {"Valjean": 55, "Cosette": 1}


def test_six_hundred_stages_change_and_most_stay_acquainted(life: SimulationResult) -> None:
    assert sum(len(act.stage_changes) for act in life.acts) == 600
    assert Counter(tie.stage for tie in life.ties.values()) == {
        Stage.STRANGER: 8,
        Stage.ACQUAINTANCE: 418,
        Stage.FRIEND: 45,
        Stage.CLOSE_FRIEND: 11,
        Stage.RIVAL: 21,
        Stage.ENEMY: 5,
    }
    assert sum(life.ties[one, other].stage is not life.ties[other, one].stage for one, other in life.ties if one < other) == 27


def test_the_stored_sums_are_exact(life: SimulationResult) -> None:
    ties = life.ties.values()
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
def test_the_novel_is_recognised(life: SimulationResult, one: str, other: str, stage: Stage) -> None:
    assert tie(life, one, other).stage is tie(life, other, one).stage is stage


def test_a_replay_equals_what_was_lived(life: SimulationResult) -> None:
    assert simulate() == life


def test_drift_and_effect_of_the_facts_add_up_to_the_state_in_integers(life: SimulationResult) -> None:
    sums: dict[tuple[int, int], Counter[str]] = {}
    for act in life.acts:
        for effect in act.effects:
            total = sums.setdefault((effect.from_number, effect.to_number), Counter(trust=300_000))
            for feeling in ("affinity", "bond", "trust", "familiarity", "contact"):
                total[feeling] += getattr(effect.before, feeling) - getattr(effect.stored, feeling)
                total[feeling] += getattr(effect.after, feeling) - getattr(effect.before, feeling)
    assert {key: {feeling: getattr(tie, feeling) for feeling in sums[key]} for key, tie in life.ties.items()} == sums


def test_every_act_starts_from_what_the_one_before_left(life: SimulationResult) -> None:
    left: dict[tuple[int, int], RelationshipState] = {}
    for act in life.acts:
        for effect in act.effects:
            key = effect.from_number, effect.to_number
            assert effect.stored == left.get(key, RelationshipState.initial(*key, act.at))
            left[key] = effect.after
    assert left == life.ties
    assert all(tie.version == versions for tie, versions in zip(left.values(), acts_of_each_tie(life), strict=True))


def acts_of_each_tie(life: SimulationResult) -> list[int]:
    counts = Counter((effect.from_number, effect.to_number) for act in life.acts for effect in act.effects)
    return [counts[key] for key in life.ties]


def test_the_people_are_left_as_their_last_act_left_them(life: SimulationResult) -> None:
    last = {person.number: person for act in life.acts for person in (act.initiator, act.responder)}
    assert life.characters == last


def test_the_sample_goes_on_living_when_the_clock_goes_on(life: SimulationResult) -> None:
    valjean, cosette = (
        life.characters[person.number] for person in life.initial_characters if person.name in ("Cosette", "Valjean")
    )
    ties = life.ties[valjean.number, cosette.number], life.ties[cosette.number, valjean.number]
    act = decide(RULES, valjean, cosette, ties, PairHistory(), InteractionKind.CHAT, at=ENDS_AT + 86_400)
    assert act.effects[0].after.version == ties[0].version + 1
