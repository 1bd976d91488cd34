"""Energy comes back by rest (R1)."""

from math import log2

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain import energy
from tests.domain.cast import HOUR, elapsed, shares


@pytest.mark.parametrize(("extraversion", "hours"), [(0, 10), (500_000, 8), (1_000_000, 6)])
def test_half_of_what_is_missing_comes_back_in_six_to_ten_hours(extraversion: int, hours: int) -> None:
    assert energy.level_at(200_000, extraversion, 0.0, hours * HOUR) == pytest.approx(0.6)
    assert energy.level_at(200_000, extraversion, 50.0, 50.0 + 2 * hours * HOUR) == pytest.approx(0.8)


def test_before_what_is_known_of_it_energy_is_what_it_was_then() -> None:
    assert energy.level_at(200_000, 500_000, 1_000.0, 0.0) == pytest.approx(0.2)


def test_nobody_waits_for_what_they_have() -> None:
    assert energy.rested_at(200_000, 500_000, 0.0, 0.2, 0.0) is None
    assert energy.rested_at(0, 500_000, 0.0, 0.0, 0.0) is None


def test_the_tired_are_told_the_instant_from_which_it_suffices() -> None:
    assert energy.rested_at(100_000, 500_000, 0.0, 0.2, 0.0) == pytest.approx(8 * HOUR * log2(0.9 / 0.8))
    # Seen two hours later, it is still the same instant.
    assert energy.rested_at(100_000, 0, 0.0, 0.5, 2 * HOUR) == pytest.approx(10 * HOUR * log2(0.9 / 0.5))


def test_rest_begins_no_sooner_than_what_is_known_of_it() -> None:
    assert energy.rested_at(100_000, 500_000, 7_000.0, 0.2, 0.0) == pytest.approx(7_000 + 8 * HOUR * log2(0.9 / 0.8))


@pytest.mark.parametrize(
    ("present", "does"),
    [(0.2, True), (0.2 - 1e-10, True), (0.2 - energy.TOLERANCE, True), (0.2 - 2e-9, False), (0.3, True), (0.1, False)],
)
def test_energy_suffices_down_to_a_thousandth_of_the_least_that_is_kept(present: float, does: bool) -> None:
    assert energy.suffices(present, 0.2) is does


@given(shares, shares, st.floats(0, 0.99), elapsed)
def test_at_that_instant_it_does_suffice_and_a_second_before_it_does_not(
    level: int, extraversion: int, cost: float, at: float
) -> None:
    rested = energy.rested_at(level, extraversion, 0.0, cost, at)
    if rested is None:
        assert energy.level_at(level, extraversion, 0.0, at) >= cost - 1e-9
    else:
        assert rested > at
        assert energy.rested_at(level, extraversion, 0.0, cost, rested) is None
        if rested - 1 > at:
            assert energy.rested_at(level, extraversion, 0.0, cost, rested - 1) == pytest.approx(rested)


@given(shares, shares, elapsed)
def test_energy_stays_between_0_and_1_and_only_grows_by_rest(level: int, extraversion: int, at: float) -> None:
    assert level / 1e6 - 1e-12 <= energy.level_at(level, extraversion, 0.0, at) <= 1


@given(shares, shares, elapsed, elapsed)
def test_resting_twice_is_resting_once_for_as_long(level: int, extraversion: int, first: float, second: float) -> None:
    between = energy.level_at(level, extraversion, 0.0, first)
    # The level between is not rounded, so that the law is tested and not the rounding.
    twice = 1 - (1 - between) * 2 ** (-second / energy.half_life(extraversion))
    assert energy.level_at(level, extraversion, 0.0, first + second) == pytest.approx(twice, abs=1e-12)
