"""The sample world comes out the same, to the last number, and as the novel has it."""

from collections import Counter
from itertools import pairwise

import pytest

from domain.interactions import Past, decide
from domain.relationships import Stage, Tie
from domain.rule_sets import Kind
from interchange import les_miserables
from interchange.les_miserables import ENDS_AT, WORLD, Life, live, plan


@pytest.fixture(scope="module")
def life() -> Life:
    return live()


def tie(life: Life, one: str, other: str) -> Tie:
    numbers = {person.name: person.number for person in life.born}
    return life.ties[numbers[one], numbers[other]]


def test_seventy_seven_people_are_numbered_in_the_order_of_their_names(life: Life) -> None:
    assert [person.number for person in life.born] == list(range(1, 78))
    names = [person.name for person in life.born]
    assert names == sorted(names)
    assert (names[0], names[73], names[76]) == ("Anzelma", "Valjean", "Zephine")


def test_they_are_born_rested_when_the_world_begins(life: Life) -> None:
    assert {(person.energy, person.felt_at, person.is_active) for person in life.born} == {(1_000_000, 0.0, True)}
    assert life.born[0].traits == les_miserables.people()[0].traits
    assert len({person.traits for person in life.born}) == 77


def test_the_plan_has_2654_acts_in_order_between_morning_and_evening_of_six_weeks() -> None:
    planned = plan()
    assert len(planned) == 2_654
    assert all(one.minute <= other.minute for one, other in pairwise(planned))
    assert all(8 * 60 <= act.minute % 1_440 < 22 * 60 for act in planned)
    assert {act.minute // 1_440 for act in planned} == set(range(42))
    assert {act.kind for act in planned} == set(Kind)
    assert 60 * planned[-1].minute < ENDS_AT == 60 * (41 * 1_440 + 22 * 60)


def test_2598_acts_are_done_and_1863_of_them_accepted(life: Life) -> None:
    assert len(life.acts) == 2_598
    assert sum(act.accepted for act in life.acts) == 1_863


def test_valjean_is_too_tired_55_times_and_cosette_once(life: Life) -> None:
    names = {person.number: person.name for person in life.born}
    assert Counter(names[refusal.number] for _, refusal in life.dropped) == {"Valjean": 55, "Cosette": 1}


def test_six_hundred_stages_change_and_most_stay_acquainted(life: Life) -> None:
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


def test_the_stored_sums_are_exact(life: Life) -> None:
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
def test_the_novel_is_recognised(life: Life, one: str, other: str, stage: Stage) -> None:
    assert tie(life, one, other).stage is tie(life, other, one).stage is stage


def test_a_replay_equals_what_was_lived(life: Life) -> None:
    assert live() == life


def test_drift_and_effect_of_the_facts_add_up_to_the_state_in_integers(life: Life) -> None:
    sums: dict[tuple[int, int], Counter[str]] = {}
    for act in life.acts:
        for effect in act.effects:
            total = sums.setdefault((effect.from_number, effect.to_number), Counter(trust=300_000))
            for feeling in ("affinity", "bond", "trust", "familiarity", "contact"):
                total[feeling] += getattr(effect.before, feeling) - getattr(effect.held, feeling)
                total[feeling] += getattr(effect.after, feeling) - getattr(effect.before, feeling)
    assert {key: {feeling: getattr(tie, feeling) for feeling in sums[key]} for key, tie in life.ties.items()} == sums


def test_every_act_starts_from_what_the_one_before_left(life: Life) -> None:
    left: dict[tuple[int, int], Tie] = {}
    for act in life.acts:
        for effect in act.effects:
            key = effect.from_number, effect.to_number
            assert effect.held == left.get(key, Tie.first(*key, act.at))
            left[key] = effect.after
    assert left == life.ties
    assert all(tie.version == versions for tie, versions in zip(left.values(), acts_of_each_tie(life), strict=True))


def acts_of_each_tie(life: Life) -> list[int]:
    counts = Counter((effect.from_number, effect.to_number) for act in life.acts for effect in act.effects)
    return [counts[key] for key in life.ties]


def test_the_people_are_left_as_their_last_act_left_them(life: Life) -> None:
    last = {person.number: person for act in life.acts for person in (act.initiator, act.responder)}
    assert life.people == last


def test_the_sample_goes_on_living_when_the_clock_goes_on(life: Life) -> None:
    valjean, cosette = (life.people[person.number] for person in life.born if person.name in ("Cosette", "Valjean"))
    ties = life.ties[valjean.number, cosette.number], life.ties[cosette.number, valjean.number]
    act = decide(WORLD, valjean, cosette, ties, Past(), Kind.CHAT, at=ENDS_AT + 86_400)
    assert act.effects[0].after.version == ties[0].version + 1
