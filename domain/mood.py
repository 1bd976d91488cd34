"""Mood: pleasure, which every act moves and which comes back to what the traits make of somebody (R6; Mehrabian 1996, ALMA)."""

from typing import Protocol

from domain.fixed_point import SCALE

HALF_LIFE_SECONDS = 3600.0
ACT_WEIGHT = 0.3
"""How far an act of full valence moves a mood towards its end of the scale."""


class Temperament(Protocol):
    """The traits that a mood depends on, in millionths; `Traits` and a character's row both have them."""

    @property
    def extraversion(self) -> int: ...
    @property
    def agreeableness(self) -> int: ...
    @property
    def neuroticism(self) -> int: ...


def baseline(traits: Temperament) -> int:
    """Millionths in [-1,1]: the mood that the traits make."""
    return round(_unrounded_baseline(traits))


def level_at(mood: int, traits: Temperament, felt_at: float, at: float) -> float:
    """In [-1,1]; `mood` in millionths was true at `felt_at`, and nothing is known of before that."""
    rest = _unrounded_baseline(traits)
    return (rest + (mood - rest) * 2 ** (-max(0.0, at - felt_at) / HALF_LIFE_SECONDS)) / SCALE


def _unrounded_baseline(traits: Temperament) -> float:
    """The baseline before it is rounded. Stability is the opposite of neuroticism: most public copies have that sign wrong."""
    extraversion, agreeableness = 2 * traits.extraversion - SCALE, 2 * traits.agreeableness - SCALE
    stability = SCALE - 2 * traits.neuroticism
    # One division of an exact integer, so that a half is a half and rounds to even everywhere.
    return (21 * extraversion + 59 * agreeableness + 19 * stability) / 100


def after_act(mood: float, valence: float) -> float:
    """Of a mood in [-1,1], by an act that felt like `valence` in [-1,1]."""
    return mood + ACT_WEIGHT * valence * (1 - mood if valence >= 0 else 1 + mood)
