"""Acceptance is a weighted sum of reasons (R4)."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain import acceptance
from domain.acceptance import Reason
from domain.characters import CharacterState, Traits
from domain.relationships import Feelings, Stage
from domain.rule_sets import SCRIPT, STORY, InteractionKind, Motive
from tests.domain.cast import HOUR, JAVERT, VALJEAN

LIKED = Feelings(affinity=0.5, bond=-0.9, trust=0.6, familiarity=0.1, contact=0.0, stage=Stage.STRANGER)
NOTHING = dict.fromkeys(Motive, 0.0)


def test_each_motive_is_measured_for_the_responder() -> None:
    javert = replace(JAVERT, mood=500_000, energy=100_000)
    assert acceptance.measure_motives(VALJEAN, javert, LIKED, True, 0.0) == {
        Motive.COMPATIBILITY: pytest.approx(0.4 / 3),
        Motive.AFFINITY: 0.5,
        Motive.TRUST: 0.6,
        Motive.MOOD: pytest.approx(0.5),
        Motive.RECENT_QUARREL: 1.0,
        Motive.TIREDNESS: 1.0,
    }


def test_mood_and_tiredness_are_measured_at_the_instant() -> None:
    cosette = CharacterState(4, "Cosette", Traits(), 0, 800_000, 0.0, True)
    later = acceptance.measure_motives(VALJEAN, cosette, LIKED, False, 8 * HOUR)
    assert later[Motive.MOOD] == pytest.approx(0.8 / 256)
    assert (later[Motive.RECENT_QUARREL], later[Motive.TIREDNESS]) == (0.0, 0.0)


@pytest.mark.parametrize(("energy", "tired"), [(199_999, 1.0), (200_000, 0.0)])
def test_a_responder_with_less_than_a_fifth_of_its_energy_is_tired(energy: int, tired: float) -> None:
    assert acceptance.measure_motives(VALJEAN, replace(JAVERT, energy=energy), LIKED, False, 0.0)[Motive.TIREDNESS] == tired


MEASURED = {
    Motive.COMPATIBILITY: 0.2,
    Motive.AFFINITY: -0.5,
    Motive.TRUST: 0.3,
    Motive.MOOD: -0.1,
    Motive.RECENT_QUARREL: 1.0,
    Motive.TIREDNESS: 1.0,
}


def test_the_volition_is_the_sum_of_the_weighted_measures() -> None:
    volition, reasons = acceptance.weigh_motives(STORY, STORY.rule(InteractionKind.CHAT), MEASURED)
    assert volition == pytest.approx(0.1 - 0.3 + 0.09 - 0.03 - 0.5 - 0.4)
    assert reasons == (
        Reason("compatibility", "They are alike in openness, extraversion and agreeableness.", 100_000),
        Reason("affinity", "The responder dislikes the initiator just now.", -300_000),
        Reason("trust", "The responder trusts the initiator so far.", 90_000),
        Reason("mood", "The responder is in a bad mood.", -30_000),
        Reason("recent quarrel", "The initiator began a conflict with the responder within the last two days.", -500_000),
        Reason("tiredness", "The responder has less than a fifth of its energy left.", -400_000),
    )


def test_dislike_favours_a_conflict_and_tiredness_does_not() -> None:
    volition, reasons = acceptance.weigh_motives(STORY, STORY.rule(InteractionKind.CONFLICT), MEASURED)
    assert volition == pytest.approx(-(0.1 - 0.3 + 0.09 - 0.03 - 0.5) - 0.4)
    assert [reason.weight for reason in reasons] == [-100_000, 300_000, -90_000, 30_000, 500_000, -400_000]


def test_a_base_valence_of_0_does_not_reverse_the_weights() -> None:
    neutral = replace(STORY.rule(InteractionKind.CHAT), base_valence=0.0)
    assert acceptance.weigh_motives(STORY, neutral, MEASURED) == acceptance.weigh_motives(
        STORY, STORY.rule(InteractionKind.CHAT), MEASURED
    )


def test_a_measure_of_0_is_no_reason() -> None:
    assert acceptance.weigh_motives(STORY, STORY.rule(InteractionKind.CHAT), NOTHING) == (0.0, ())
    volition, reasons = acceptance.weigh_motives(
        STORY, STORY.rule(InteractionKind.CHAT), {**NOTHING, Motive.COMPATIBILITY: -0.2, Motive.AFFINITY: 0.1}
    )
    assert volition == pytest.approx(-0.1 + 0.06)
    assert [reason.description for reason in reasons] == [
        "They are unlike in openness, extraversion and agreeableness.",
        "The responder likes the initiator just now.",
    ]


def test_a_good_mood_is_a_reason_and_a_script_has_no_reasons() -> None:
    _, reasons = acceptance.weigh_motives(STORY, STORY.rule(InteractionKind.CHAT), {**NOTHING, Motive.MOOD: 0.4})
    assert reasons == (Reason("mood", "The responder is in a good mood.", 120_000),)
    assert acceptance.weigh_motives(SCRIPT, SCRIPT.rule(InteractionKind.CHAT), MEASURED) == (0.0, ())


@pytest.mark.parametrize(("volition", "chance"), [(0.0, 0.5), (0.25, 0.731059), (-0.25, 0.268941), (0.5, 0.880797)])
def test_the_chance_is_a_sigmoid_of_the_volition(volition: float, chance: float) -> None:
    assert acceptance.acceptance_chance(volition) == pytest.approx(chance, abs=1e-6)


@given(st.floats(-3, 3), st.floats(-3, 3))
def test_a_higher_volition_never_lowers_the_chance(one: float, other: float) -> None:
    less, more = sorted((one, other))
    assert 0 < acceptance.acceptance_chance(less) <= acceptance.acceptance_chance(more) < 1
