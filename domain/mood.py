"""Mood: pleasure, which interactions change and which returns to the baseline of the traits (R6; Mehrabian 1996, ALMA)."""

from typing import Protocol

from domain.fixed_point import SCALE

HALF_LIFE_SECONDS = 3600.0
ACT_WEIGHT = 0.3
"""An interaction of valence 1 or -1 moves the mood by this share of the distance to the end of the scale."""


class Temperament(Protocol):
    """The traits that mood depends on, in millionths. `Traits` and the row of a character have them."""

    @property
    def extraversion(self) -> int: ...
    @property
    def agreeableness(self) -> int: ...
    @property
    def neuroticism(self) -> int: ...


def baseline(traits: Temperament) -> int:
    """The mood at rest, in millionths of [-1,1]."""
    return round(_unrounded_baseline(traits))


def level_at(mood: int, traits: Temperament, felt_at: float, at: float) -> float:
    """Mood in [-1,1] at `at`. `mood`, in millionths, is valid for `felt_at`; an earlier `at` counts as `felt_at`."""
    rest = _unrounded_baseline(traits)
    return (rest + (mood - rest) * 2 ** (-max(0.0, at - felt_at) / HALF_LIFE_SECONDS)) / SCALE


def _unrounded_baseline(traits: Temperament) -> float:
    """The baseline in millionths. Stability is the opposite of neuroticism; many published copies have the wrong sign."""
    extraversion, agreeableness = 2 * traits.extraversion - SCALE, 2 * traits.agreeableness - SCALE
    stability = SCALE - 2 * traits.neuroticism
    # One division of an exact integer, so that halves are exact and round to even on every machine.
    return (21 * extraversion + 59 * agreeableness + 19 * stability) / 100


def after_act(mood: float, valence: float) -> float:
    """The mood after an interaction. Both arguments and the result are in [-1,1]."""
    return mood + ACT_WEIGHT * valence * (1 - mood if valence >= 0 else 1 + mood)
