"""Energy returns with rest (R1)."""

from math import log2

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain import energy
from tests.domain.cast import HOUR, elapsed, shares


@pytest.mark.parametrize(("extraversion", "hours"), [(0, 10), (500_000, 8), (1_000_000, 6)])
def test_half_of_the_missing_energy_returns_in_six_to_ten_hours(extraversion: int, hours: int) -> None:
    assert energy.level_at(200_000, extraversion, 0.0, hours * HOUR) == pytest.approx(0.6)
    assert energy.level_at(200_000, extraversion, 50.0, 50.0 + 2 * hours * HOUR) == pytest.approx(0.8)


def test_an_earlier_instant_counts_as_that_of_the_stored_energy() -> None:
    assert energy.level_at(200_000, 500_000, 1_000.0, 0.0) == pytest.approx(0.2)


def test_enough_energy_needs_no_rest() -> None:
    assert energy.rested_at(200_000, 500_000, 0.0, 0.2, 0.0) is None
    assert energy.rested_at(0, 500_000, 0.0, 0.0, 0.0) is None


def test_rest_gives_the_instant_from_which_the_energy_suffices() -> None:
    assert energy.rested_at(100_000, 500_000, 0.0, 0.2, 0.0) == pytest.approx(8 * HOUR * log2(0.9 / 0.8))
    # Seen two hours later, it is still the same instant.
    assert energy.rested_at(100_000, 0, 0.0, 0.5, 2 * HOUR) == pytest.approx(10 * HOUR * log2(0.9 / 0.5))


def test_rest_starts_at_the_instant_of_the_stored_energy() -> None:
    assert energy.rested_at(100_000, 500_000, 7_000.0, 0.2, 0.0) == pytest.approx(7_000 + 8 * HOUR * log2(0.9 / 0.8))


@pytest.mark.parametrize(
    ("present", "does"),
    [(0.2, True), (0.2 - 1e-10, True), (0.2 - energy.TOLERANCE, True), (0.2 - 2e-9, False), (0.3, True), (0.1, False)],
)
def test_energy_suffices_within_a_thousandth_of_a_millionth(present: float, does: bool) -> None:
    assert energy.suffices(present, 0.2) is does


@given(shares, shares, st.floats(0, 0.99), elapsed)
def test_energy_suffices_at_that_instant_and_not_a_second_before(level: int, extraversion: int, cost: float, at: float) -> None:
    rested = energy.rested_at(level, extraversion, 0.0, cost, at)
    if rested is None:
        assert energy.level_at(level, extraversion, 0.0, at) >= cost - 1e-9
    else:
        assert rested > at
        assert energy.rested_at(level, extraversion, 0.0, cost, rested) is None
        if rested - 1 > at:
            assert energy.rested_at(level, extraversion, 0.0, cost, rested - 1) == pytest.approx(rested)


@given(shares, shares, elapsed)
def test_energy_stays_between_0_and_1_and_never_falls_with_rest(level: int, extraversion: int, at: float) -> None:
    assert level / 1e6 - 1e-12 <= energy.level_at(level, extraversion, 0.0, at) <= 1


@given(shares, shares, elapsed, elapsed)
def test_two_rests_equal_one_of_the_same_length(level: int, extraversion: int, first: float, second: float) -> None:
    between = energy.level_at(level, extraversion, 0.0, first)
    # The level between is not rounded, so that the law is tested and not the rounding.
    twice = 1 - (1 - between) * 2 ** (-second / energy.half_life(extraversion))
    assert energy.level_at(level, extraversion, 0.0, first + second) == pytest.approx(twice, abs=1e-12)
