"""Energy: interactions cost it, rest restores it (R1). It is computed on read; no job updates it."""

from math import log2

from domain.fixed_point import SCALE

TOLERANCE = 1e-9
"""A thousandth of the smallest stored difference: rounding may make the computed instant of rest slightly too early."""


def level_at(level: int, extraversion: int, felt_at: float, at: float) -> float:
    """Energy in [0,1] at `at`. `level`, in millionths, is valid for `felt_at`; an earlier `at` counts as `felt_at`."""
    missing = SCALE - level
    # In this form the result without rest is exactly `level`: a fifth stays a fifth, and is not below it.
    return (level + missing * (1 - 2 ** (-max(0.0, at - felt_at) / half_life(extraversion)))) / SCALE


def rested_at(level: int, extraversion: int, felt_at: float, cost: float, at: float) -> float | None:
    """The world time from which the energy suffices for `cost` (below 1); None if it suffices at `at`."""
    present = level_at(level, extraversion, felt_at, at)
    if suffices(present, cost):
        return None
    return max(felt_at, at) + half_life(extraversion) * log2((1 - present) / (1 - cost))


def suffices(energy: float, cost: float) -> bool:
    return energy >= cost - TOLERANCE


def half_life(extraversion: int) -> float:
    """Seconds in which half of the missing energy returns: 10 hours for the most introverted, 6 for the most extraverted."""
    return 8 * 3600 * (1.25 - 0.5 * extraversion / SCALE)
