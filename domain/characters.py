"""Characters: permanent traits, and energy and mood as of the instant `felt_at`."""

from dataclasses import dataclass

from domain import energy, mood
from domain.fixed_point import SCALE, quantize


@dataclass(frozen=True, slots=True)
class Traits:
    """The Big Five, each in millionths of [0,1]; 500,000 is neutral."""

    openness: int = SCALE // 2
    conscientiousness: int = SCALE // 2
    extraversion: int = SCALE // 2
    agreeableness: int = SCALE // 2
    neuroticism: int = SCALE // 2


@dataclass(frozen=True, slots=True)
class CharacterState:
    """The state of a character that the rules use. Energy and mood are millionths, valid for `felt_at` in world seconds."""

    number: int
    name: str
    traits: Traits
    energy: int
    mood: int
    felt_at: float
    is_active: bool = True

    def energy_at(self, at: float) -> float:
        return energy.level_at(self.energy, self.traits.extraversion, self.felt_at, at)

    def mood_at(self, at: float) -> float:
        return mood.level_at(self.mood, self.traits, self.felt_at, at)

    def rested_at(self, cost: float, at: float) -> float | None:
        """The world time from which the energy suffices for `cost`; None if it suffices at `at`."""
        return energy.rested_at(self.energy, self.traits.extraversion, self.felt_at, cost, at)

    def with_state_at(self, *, energy: float, mood: float, at: float) -> "CharacterState":
        """The state with this energy and mood, valid for `at`, but never for an earlier time than `felt_at`."""
        return CharacterState(
            self.number, self.name, self.traits, quantize(energy), quantize(mood), max(self.felt_at, at), self.is_active
        )

    def with_traits(self, traits: Traits, at: float) -> "CharacterState":
        """The state with other traits from `at` on; energy and mood at `at` stay the same."""
        current = self.with_state_at(energy=self.energy_at(at), mood=self.mood_at(at), at=at)
        return CharacterState(
            current.number, current.name, traits, current.energy, current.mood, current.felt_at, current.is_active
        )


def new_character(number: int, name: str, traits: Traits, at: float) -> CharacterState:
    """Full energy, and the baseline mood of the traits."""
    return CharacterState(number, name, traits, SCALE, mood.baseline(traits), at)


def compatibility(first: Traits, second: Traits) -> float:
    """Similarity in openness, extraversion and agreeableness, in [-1,1] (after Selfhout 2010)."""
    distance = (
        abs(first.openness - second.openness)
        + abs(first.extraversion - second.extraversion)
        + abs(first.agreeableness - second.agreeableness)
    )
    return 1 - 2 * distance / (3 * SCALE)
