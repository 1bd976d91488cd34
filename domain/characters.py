"""Characters: who somebody is (traits) and how they are (energy and mood, true for the instant `felt_at`)."""

from dataclasses import dataclass

from domain import energy, mood
from domain.fixed_point import SCALE, quantize


@dataclass(frozen=True, slots=True)
class Traits:
    """The Big Five, in millionths of [0,1]; half is neither this nor that."""

    openness: int = SCALE // 2
    conscientiousness: int = SCALE // 2
    extraversion: int = SCALE // 2
    agreeableness: int = SCALE // 2
    neuroticism: int = SCALE // 2


@dataclass(frozen=True, slots=True)
class CharacterState:
    """A character as the rules see it; energy and mood in millionths, `felt_at` in world seconds."""

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
        """World seconds from which `cost` can be paid; None when it can be at `at`."""
        return energy.rested_at(self.energy, self.traits.extraversion, self.felt_at, cost, at)

    def with_state_at(self, *, energy: float, mood: float, at: float) -> "CharacterState":
        """With what they are at `at`; nobody is taken back before what is known of them."""
        return CharacterState(
            self.number, self.name, self.traits, quantize(energy), quantize(mood), max(self.felt_at, at), self.is_active
        )

    def with_traits(self, traits: Traits, at: float) -> "CharacterState":
        """Of another nature from `at` on, but just then in the energy and mood that they were in."""
        current = self.with_state_at(energy=self.energy_at(at), mood=self.mood_at(at), at=at)
        return CharacterState(
            current.number, current.name, traits, current.energy, current.mood, current.felt_at, current.is_active
        )


def new_character(number: int, name: str, traits: Traits, at: float) -> CharacterState:
    """Full of energy, in the mood that the traits make."""
    return CharacterState(number, name, traits, SCALE, mood.baseline(traits), at)


def compatibility(first: Traits, second: Traits) -> float:
    """In [-1,1]: how alike they are in openness, extraversion and agreeableness (after Selfhout 2010)."""
    distance = (
        abs(first.openness - second.openness)
        + abs(first.extraversion - second.extraversion)
        + abs(first.agreeableness - second.agreeableness)
    )
    return 1 - 2 * distance / (3 * SCALE)
