"""Energy: what acting costs, and how rest gives it back (R1). Computed on read; nothing ticks."""

from math import log2

from domain.fixed_point import SCALE

TOLERANCE = 1e-9
"""A thousandth of the smallest energy that is kept: the instant of being rested may fall a hair too early by rounding."""


def level_at(level: int, extraversion: int, felt_at: float, at: float) -> float:
    """In [0,1]; `level` in millionths was true at `felt_at`, and nothing is known of before that."""
    missing = SCALE - level
    # Written so that without rest the level comes out as it went in: a fifth is not below a fifth.
    return (level + missing * (1 - 2 ** (-max(0.0, at - felt_at) / half_life(extraversion)))) / SCALE


def rested_at(level: int, extraversion: int, felt_at: float, cost: float, at: float) -> float | None:
    """World seconds from which `cost`, below 1, can be paid; None when it can be at `at`."""
    present = level_at(level, extraversion, felt_at, at)
    if suffices(present, cost):
        return None
    return max(felt_at, at) + half_life(extraversion) * log2((1 - present) / (1 - cost))


def suffices(energy: float, cost: float) -> bool:
    return energy >= cost - TOLERANCE


def half_life(extraversion: int) -> float:
    """Seconds in which half of what is missing comes back: ten hours for the most introverted, six for the most extraverted."""
    return 8 * 3600 * (1.25 - 0.5 * extraversion / SCALE)
