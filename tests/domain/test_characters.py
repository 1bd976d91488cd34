"""New characters are rested; traits change only by an update."""

import pytest
from hypothesis import given

from domain.characters import CharacterState, Traits, compatibility, new_character
from tests.domain.cast import DAY, HOUR, JAVERT, VALJEAN, traits

HALF, FULL = 500_000, 1_000_000
TIRED = CharacterState(7, "Fantine", Traits(extraversion=0, agreeableness=FULL), 200_000, -500_000, 100.0, False)


def test_a_new_character_has_full_energy_and_the_baseline_mood() -> None:
    fantine = new_character(7, "Fantine", Traits(agreeableness=FULL), 5.0)
    assert fantine == CharacterState(7, "Fantine", Traits(HALF, HALF, HALF, FULL, HALF), FULL, 590_000, 5.0, True)


def test_energy_mood_and_rest_follow_from_traits_and_instant() -> None:
    at = 100.0 + 10 * HOUR
    assert TIRED.energy_at(at) == pytest.approx(0.6)
    assert TIRED.mood_at(100.0 + HOUR) == pytest.approx(0.38 - 0.88 / 2)
    assert TIRED.rested_at(0.6, 100.0) == pytest.approx(at)
    assert TIRED.rested_at(0.2, 100.0) is None


def test_new_traits_change_neither_energy_nor_mood_at_that_instant() -> None:
    at = 100.0 + 10 * HOUR
    changed = TIRED.with_traits(Traits(), at)
    assert changed == CharacterState(7, "Fantine", Traits(), 600_000, 379_141, at, False)
    assert TIRED.mood_at(at) == pytest.approx(0.379141, abs=5e-7)


def test_a_state_never_becomes_valid_for_an_earlier_instant() -> None:
    assert TIRED.with_traits(Traits(), 0.0) == CharacterState(7, "Fantine", Traits(), 200_000, -500_000, 100.0, False)


def test_similar_characters_are_compatible_and_opposite_ones_are_not() -> None:
    assert compatibility(Traits(), Traits()) == 1
    assert compatibility(Traits(FULL, 0, FULL, FULL, 0), Traits(0, 0, 0, 0, 0)) == -1
    # |dO| = .8, |dE| = .4 and |dA| = 1.4 on the scale from -1 to 1.
    assert compatibility(VALJEAN.traits, JAVERT.traits) == pytest.approx((3 - 0.8 - 0.4 - 1.4) / 3)


def test_conscientiousness_and_neuroticism_do_not_affect_compatibility() -> None:
    assert compatibility(Traits(conscientiousness=0, neuroticism=FULL), Traits(conscientiousness=FULL, neuroticism=0)) == 1


@given(traits, traits)
def test_compatibility_is_symmetric_and_bounded(one: Traits, other: Traits) -> None:
    assert compatibility(one, other) == compatibility(other, one)
    assert -1 <= compatibility(one, other) <= 1


def test_without_interactions_characters_become_rested_and_reach_the_baseline_mood() -> None:
    assert TIRED.energy_at(100 * DAY) == pytest.approx(1)
    assert TIRED.mood_at(100 * DAY) == pytest.approx(0.38)
