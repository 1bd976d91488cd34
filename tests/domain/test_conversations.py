"""Talking is a chat with whoever spoke before, accepted without asking; in a script the words decide."""

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


def spoken(tone: float | None = None, words: int = 25, *, past: PairHistory | None = None) -> Act:
    return chat(
        EcosystemRules(SCRIPT, "1"), MARIUS, COSETTE, (None, None), past or PairHistory(), at=50.0, tone=tone, words=words
    )


def test_who_talks_is_not_asked_and_nothing_is_drawn() -> None:
    act = chat(EcosystemRules(STORY, "295"), MARIUS, COSETTE, (None, HATED), PairHistory(9, 0, has_recent_quarrel=True), at=0.0)
    assert (act.kind, act.accepted, act.chance, act.drawn, act.reasons) == (InteractionKind.CHAT, True, 1_000_000, None, ())


def test_outside_of_scripts_talking_costs_and_feels_as_an_accepted_chat() -> None:
    world, past = EcosystemRules(STORY, "295"), PairHistory(3, 2)
    act = chat(world, VALJEAN, JAVERT, (None, None), past, at=70.0, tone=-1.0, words=900)
    assert act.effects == forecast(world, VALJEAN, JAVERT, (None, None), past, InteractionKind.CHAT, at=70.0).if_accepted
    spark = 0.2 * (2 * uniform("295", "story", "spark", 0, 1, 2) - 1)
    felt = 0.4 + 0.25 * (0.4 / 3 + 0.25 * -0.4 + 0.25 * -0.8) + 0.3 * VALJEAN.mood_at(70.0) + spark
    assert act.initiator_valence == pytest.approx(felt * 1e6, abs=1)
    assert (act.at, act.initiator.energy, act.responder.energy) == (70.0, 940_000, 952_000)


def test_in_a_script_the_speaker_feels_the_tone_and_the_hearer_half_of_it() -> None:
    act = spoken(-0.6)
    assert (act.initiator_valence, act.responder_valence) == (-600_000, -300_000)
    assert [effect.after.affinity for effect in act.effects] == [-round(1.5 * 0.24 * 0.6 * 1e6), -round(1.5 * 0.24 * 0.3 * 1e6)]
    assert (act.initiator.mood, act.responder.mood) == (-180_000, -90_000)
    assert (act.initiator.energy, act.responder.energy) == (1_000_000, 1_000_000)
    assert (act.accepted, act.chance, act.drawn, act.reasons) == (True, 1_000_000, None, ())


def test_without_a_tone_a_speech_is_a_friendly_one_and_a_tone_of_0_is_one() -> None:
    assert spoken(None) == spoken(0.4)
    assert spoken(0.0).initiator_valence == 0
    assert spoken(0.0).effects[0].after.familiarity == 160_000


@pytest.mark.parametrize(("words", "weight"), [(0, 0.0), (1, 0.2), (16, 0.8), (25, 1.0), (36, 1.2), (100, 2.0), (10_000, 2.0)])
def test_the_length_of_a_speech_weighs_by_its_root_and_at_most_twofold(words: int, weight: float) -> None:
    act = spoken(0.5, words)
    assert act.effects[0].after.affinity == round(0.24 * 0.5 * weight * 1e6)
    assert act.effects[1].after.familiarity == round(0.16 * weight * 1e6)


def test_a_speech_is_twenty_five_words_long_unless_told() -> None:
    assert chat(EcosystemRules(SCRIPT, "1"), MARIUS, COSETTE, (None, None), PairHistory(), at=50.0) == spoken(None, 25)


def test_in_a_script_repeats_count_whole() -> None:
    assert spoken(0.5, past=PairHistory(40, 40, True)) == spoken(0.5)


@given(st.floats(-9, 9), st.integers(0, 100_000))
def test_no_tone_breaks_the_bounds(tone: float, words: int) -> None:
    act = spoken(tone, words)
    assert -1_000_000 <= act.initiator_valence <= 1_000_000
    assert all(-1_000_000 <= effect.after.affinity <= 1_000_000 for effect in act.effects)


def test_talking_is_refused_as_any_act_is() -> None:
    world, nothing = EcosystemRules(STORY, "1"), (None, None)
    with pytest.raises(TooTired):
        chat(world, replace(MARIUS, energy=0), COSETTE, nothing, PairHistory(), at=0.0)
    with pytest.raises(Inactive):
        chat(world, MARIUS, replace(COSETTE, is_active=False), nothing, PairHistory(), at=0.0)
    with pytest.raises(Invalid):
        chat(world, MARIUS, MARIUS, nothing, PairHistory(), at=0.0)
