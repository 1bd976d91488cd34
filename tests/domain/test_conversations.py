"""A message is an accepted chat with the previous speakers; in a script its words set the valence."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.chance import uniform
from domain.conversations import chat
from domain.interactions import Act, EcosystemRules, PairHistory, forecast
from domain.refusals import Inactive, Invalid, TooTired
from domain.relationships import RelationshipState, Stage
from domain.rule_sets import SCRIPT, STORY, InteractionKind
from tests.domain.cast import COSETTE, JAVERT, MARIUS, VALJEAN

HATED = replace(RelationshipState.initial(4, 3, 0.0), affinity=-1_000_000, bond=-1_000_000, trust=0, stage=Stage.ENEMY)


def speech(tone: float | None = None, words: int = 25, *, past: PairHistory | None = None) -> Act:
    return chat(
        EcosystemRules(SCRIPT, "1"), MARIUS, COSETTE, (None, None), past or PairHistory(), at=50.0, tone=tone, words=words
    )


def test_a_message_is_accepted_without_a_draw() -> None:
    act = chat(EcosystemRules(STORY, "295"), MARIUS, COSETTE, (None, HATED), PairHistory(9, 0, has_recent_quarrel=True), at=0.0)
    assert (act.kind, act.accepted, act.chance, act.drawn, act.reasons) == (InteractionKind.CHAT, True, 1_000_000, None, ())


def test_outside_of_scripts_a_message_has_the_cost_and_valence_of_an_accepted_chat() -> None:
    world, past = EcosystemRules(STORY, "295"), PairHistory(3, 2)
    act = chat(world, VALJEAN, JAVERT, (None, None), past, at=70.0, tone=-1.0, words=900)
    assert act.effects == forecast(world, VALJEAN, JAVERT, (None, None), past, InteractionKind.CHAT, at=70.0).if_accepted
    spark = 0.2 * (2 * uniform("295", "story", "spark", 0, 1, 2) - 1)
    felt = 0.4 + 0.25 * (0.4 / 3 + 0.25 * -0.4 + 0.25 * -0.8) + 0.3 * VALJEAN.mood_at(70.0) + spark
    assert act.initiator_valence == pytest.approx(felt * 1e6, abs=1)
    assert (act.at, act.initiator.energy, act.responder.energy) == (70.0, 940_000, 952_000)


def test_in_a_script_the_valence_is_the_tone_for_the_speaker_and_half_of_it_for_the_listener() -> None:
    act = speech(-0.6)
    assert (act.initiator_valence, act.responder_valence) == (-600_000, -300_000)
    assert [effect.after.affinity for effect in act.effects] == [-round(1.5 * 0.24 * 0.6 * 1e6), -round(1.5 * 0.24 * 0.3 * 1e6)]
    assert (act.initiator.mood, act.responder.mood) == (-180_000, -90_000)
    assert (act.initiator.energy, act.responder.energy) == (1_000_000, 1_000_000)
    assert (act.accepted, act.chance, act.drawn, act.reasons) == (True, 1_000_000, None, ())


def test_a_speech_without_a_tone_has_the_base_valence_and_a_tone_of_0_is_a_tone() -> None:
    assert speech(None) == speech(0.4)
    assert speech(0.0).initiator_valence == 0
    assert speech(0.0).effects[0].after.familiarity == 160_000


@pytest.mark.parametrize(("words", "weight"), [(0, 0.0), (1, 0.2), (16, 0.8), (25, 1.0), (36, 1.2), (100, 2.0), (10_000, 2.0)])
def test_a_speech_weighs_by_the_square_root_of_its_length_and_at_most_2(words: int, weight: float) -> None:
    act = speech(0.5, words)
    assert act.effects[0].after.affinity == round(0.24 * 0.5 * weight * 1e6)
    assert act.effects[1].after.familiarity == round(0.16 * weight * 1e6)


def test_a_speech_has_twenty_five_words_by_default() -> None:
    assert chat(EcosystemRules(SCRIPT, "1"), MARIUS, COSETTE, (None, None), PairHistory(), at=50.0) == speech(None, 25)


def test_in_a_script_repeats_count_in_full() -> None:
    assert speech(0.5, past=PairHistory(40, 40, True)) == speech(0.5)


@given(st.floats(-9, 9), st.integers(0, 100_000))
def test_no_tone_takes_feelings_out_of_their_bounds(tone: float, words: int) -> None:
    act = speech(tone, words)
    assert -1_000_000 <= act.initiator_valence <= 1_000_000
    assert all(-1_000_000 <= effect.after.affinity <= 1_000_000 for effect in act.effects)


def test_a_message_is_refused_as_any_interaction() -> None:
    world, nothing = EcosystemRules(STORY, "1"), (None, None)
    with pytest.raises(TooTired):
        chat(world, replace(MARIUS, energy=0), COSETTE, nothing, PairHistory(), at=0.0)
    with pytest.raises(Inactive):
        chat(world, MARIUS, replace(COSETTE, is_active=False), nothing, PairHistory(), at=0.0)
    with pytest.raises(Invalid):
        chat(world, MARIUS, MARIUS, nothing, PairHistory(), at=0.0)
