"""Interactions change the mood; it returns to the baseline of the traits (R6)."""

import pytest
from hypothesis import given

from domain import mood
from domain.characters import Traits
from tests.domain.cast import HOUR, elapsed, signed, traits, valences

HALF = 500_000
FULL = 1_000_000


@pytest.mark.parametrize(
    ("person", "millionths"),
    [
        (Traits(), 0),
        (Traits(extraversion=FULL), 210_000),
        (Traits(extraversion=0), -210_000),
        (Traits(agreeableness=FULL), 590_000),
        (Traits(agreeableness=0), -590_000),
        (Traits(neuroticism=FULL), -190_000),
        (Traits(neuroticism=0), 190_000),
        (Traits(openness=0, conscientiousness=FULL), 0),
        (Traits(0, 0, FULL, FULL, 0), 990_000),
        (Traits(0, 0, 0, 0, FULL), -990_000),
    ],
)
def test_agreeable_extraverted_and_stable_characters_have_a_good_baseline(person: Traits, millionths: int) -> None:
    assert mood.baseline(person) == millionths


@pytest.mark.parametrize(("extraversion", "millionths"), [(500_025, 10), (500_075, 32), (500_125, 52)])
def test_halves_of_a_millionth_round_to_even(extraversion: int, millionths: int) -> None:
    assert mood.baseline(Traits(extraversion=extraversion)) == millionths


def test_a_mood_returns_half_way_in_an_hour() -> None:
    assert mood.level_at(HALF, Traits(), 100.0, 100.0 + HOUR) == pytest.approx(0.25)
    assert mood.level_at(-HALF, Traits(agreeableness=FULL), 0.0, 2 * HOUR) == pytest.approx(0.59 - 1.09 / 4)


def test_a_mood_returns_to_the_exact_baseline_not_to_the_rounded_one() -> None:
    assert mood.level_at(0, Traits(extraversion=500_025), 0.0, 1_000 * HOUR) == pytest.approx(10.5e-6, rel=1e-9)


def test_an_earlier_instant_counts_as_that_of_the_stored_mood() -> None:
    assert mood.level_at(HALF, Traits(), 100.0, 0.0) == pytest.approx(0.5)


@pytest.mark.parametrize(
    ("before", "valence", "after"),
    [
        (0.0, 1.0, 0.3),
        (0.5, 0.6, 0.59),
        (-0.5, 0.6, -0.23),
        (0.5, -0.6, 0.23),
        (-0.5, -0.6, -0.59),
        (0.5, 0.0, 0.5),
        (1.0, 1.0, 1.0),
    ],
)
def test_an_interaction_moves_the_mood_by_three_tenths_of_the_distance_to_the_end(
    before: float, valence: float, after: float
) -> None:
    assert mood.after_act(before, valence) == pytest.approx(after)


@given(signed, traits, elapsed, valences)
def test_a_mood_stays_between_minus_1_and_1(level: int, person: Traits, at: float, valence: float) -> None:
    assert -1 <= mood.after_act(mood.level_at(level, person, 0.0, at), valence) <= 1


@given(signed, valences, valences)
def test_a_higher_valence_never_gives_a_lower_mood(level: int, one: float, other: float) -> None:
    worse, better = sorted((one, other))
    assert mood.after_act(level / 1e6, worse) <= mood.after_act(level / 1e6, better)
