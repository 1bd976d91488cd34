"""Characters: who somebody is (traits) and how they are (energy and mood, true for the instant `felt_at`)."""

from dataclasses import dataclass

from domain import energy, mood
from domain.fixed_point import ONE, kept


@dataclass(frozen=True, slots=True)
class Traits:
    """The Big Five, in millionths of [0,1]; half is neither this nor that."""

    openness: int = ONE // 2
    conscientiousness: int = ONE // 2
    extraversion: int = ONE // 2
    agreeableness: int = ONE // 2
    neuroticism: int = ONE // 2


@dataclass(frozen=True, slots=True)
class Person:
    """A character as the rules see it; energy and mood in millionths, `felt_at` in world seconds."""

    number: int
    name: str
    traits: Traits
    energy: int
    mood: int
    felt_at: float
    is_active: bool = True

    def energy_at(self, at: float) -> float:
        return energy.now(self.energy, self.traits.extraversion, self.felt_at, at)

    def mood_at(self, at: float) -> float:
        return mood.now(self.mood, self.traits, self.felt_at, at)

    def rested_at(self, cost: float, at: float) -> float | None:
        """World seconds from which `cost` can be paid; None when it can be at `at`."""
        return energy.rested_at(self.energy, self.traits.extraversion, self.felt_at, cost, at)

    def felt(self, *, energy: float, mood: float, at: float) -> "Person":
        """With what they are at `at`; nobody is taken back before what is known of them."""
        return Person(self.number, self.name, self.traits, kept(energy), kept(mood), max(self.felt_at, at), self.is_active)

    def retraited(self, traits: Traits, at: float) -> "Person":
        """Of another nature from `at` on, but just then in the energy and mood that they were in."""
        now = self.felt(energy=self.energy_at(at), mood=self.mood_at(at), at=at)
        return Person(now.number, now.name, traits, now.energy, now.mood, now.felt_at, now.is_active)


def born(number: int, name: str, traits: Traits, at: float) -> Person:
    """Full of energy, in the mood that the traits make."""
    return Person(number, name, traits, ONE, mood.baseline(traits), at)


def compatibility(one: Traits, other: Traits) -> float:
    """In [-1,1]: how alike they are in openness, extraversion and agreeableness (after Selfhout 2010)."""
    distance = (
        abs(one.openness - other.openness)
        + abs(one.extraversion - other.extraversion)
        + abs(one.agreeableness - other.agreeableness)
    )
    return 1 - 2 * distance / (3 * ONE)
