"""Interactions: one act between two characters, decided from what both are and feel, and all that it changes (R1, R3-R6)."""

from collections.abc import Iterator
from dataclasses import dataclass
from math import floor

from domain import acceptance, mood
from domain.acceptance import Reason as Reason
from domain.chance import Chance
from domain.characters import Person, compatibility
from domain.fixed_point import ONE, kept
from domain.refusals import Inactive, Invalid, TooTired
from domain.relationships import Feelings, Tie
from domain.rule_sets import DAY_SECONDS, Kind, KindRule, RuleSet

REPEATS_SECONDS = DAY_SECONDS
"""How long an act makes the next one of its kind count less."""
QUARREL_SECONDS = 2 * DAY_SECONDS
"""How long a conflict is held against whoever began it."""
RESPONDER_COST = 0.8
"""What the responder pays, of the initiator's cost."""
DECLINED = -0.5
"""What being declined feels like, of the kind's base valence."""
HEARD = 0.5
"""What the hearer of a scripted speech feels for the speaker, of what the speaker feels."""

Ties = tuple[Tie | None, Tie | None]
"""What the initiator feels for the responder, and the way back; None where there is nothing yet."""


@dataclass(frozen=True, slots=True)
class World:
    rules: RuleSet
    seed: str


@dataclass(frozen=True, slots=True)
class Past:
    """What the two have done before.

    `interactions` of the pair at all; `repeats` of this kind, whoever began, less than `REPEATS_SECONDS` ago; `quarrelled`
    where the initiator began a conflict with the responder less than `QUARREL_SECONDS` ago.
    """

    interactions: int = 0
    repeats: int = 0
    quarrelled: bool = False


@dataclass(frozen=True, slots=True)
class Effect:
    """On one tie: as it was `held`, `before` the act (drifted to it) and `after`; drift and effect add up in integers."""

    from_number: int
    to_number: int
    held: Tie
    before: Tie
    after: Tie


Effects = tuple[Effect, Effect]
"""On what the initiator feels for the responder, and on the way back."""


@dataclass(frozen=True, slots=True)
class Act:
    """What happened, and the two persons after it. Chance, draw (None: nothing was drawn) and valences are millionths."""

    kind: Kind
    at: float
    accepted: bool
    chance: int
    drawn: int | None
    initiator_valence: int
    responder_valence: int
    reasons: tuple[Reason, ...]
    effects: Effects
    initiator: Person
    responder: Person

    @property
    def stage_changes(self) -> tuple[Effect, ...]:
        return tuple(effect for effect in self.effects if effect.before.stage != effect.after.stage)


@dataclass(frozen=True, slots=True)
class Forecast:
    """What an act would cost and do, without doing it. `rested_world_seconds` is None where both have the energy now."""

    cost: float
    rested_world_seconds: float | None
    chance: int
    reasons: tuple[Reason, ...]
    if_accepted: Effects
    if_declined: Effects


def decide(world: World, initiator: Person, responder: Person, ties: Ties, past: Past, kind: Kind, *, at: float) -> Act:
    """Raises Invalid (with oneself, a kind that these rules don't have), Inactive, TooTired; who begins is looked at first."""
    meeting = Meeting.of(world, initiator, responder, ties, past, kind, at=at)
    meeting.must_be_rested()
    if world.rules.is_scripted:
        return meeting.taken_for_granted(meeting.valences(accepted=True))

    chance, reasons = meeting.chance()
    drawn = meeting.draw("accept", floor(at / 60), initiator.number, responder.number, past.interactions)
    accepted = drawn < chance
    return meeting.act(accepted, kept(chance), kept(drawn), reasons, meeting.valences(accepted=accepted))


def forecast(world: World, initiator: Person, responder: Person, ties: Ties, past: Past, kind: Kind, *, at: float) -> Forecast:
    """What `decide` may come to, without the draw. Raises Invalid and Inactive; the tired are told when they will be rested."""
    meeting = Meeting.of(world, initiator, responder, ties, past, kind, at=at)
    chance, reasons = (1.0, ()) if world.rules.is_scripted else meeting.chance()
    tired = [rested for _, rested in meeting.tired()]
    return Forecast(
        cost=meeting.rule.cost,
        rested_world_seconds=max(tired, default=None),
        chance=kept(chance),
        reasons=reasons,
        if_accepted=meeting.effects(meeting.valences(accepted=True)),
        if_declined=meeting.effects(meeting.valences(accepted=False)),
    )


@dataclass(frozen=True, slots=True)
class Meeting:
    """Two persons at one instant, before it is known what comes of it. `share` is how much of the act's rates counts."""

    world: World
    rule: KindRule
    initiator: Person
    responder: Person
    held: tuple[Tie, Tie]
    feelings: tuple[Feelings, Feelings]
    quarrelled: bool
    share: float
    draw: Chance
    at: float

    @classmethod
    def of(
        cls,
        world: World,
        initiator: Person,
        responder: Person,
        ties: Ties,
        past: Past,
        kind: Kind,
        *,
        at: float,
        words_weight: float = 1.0,
    ) -> "Meeting":
        """Raises Invalid and Inactive."""
        if initiator.number == responder.number:
            raise Invalid.at("responderId", because="Nobody can act with themselves; choose another character.")
        rules = world.rules
        rule = rules.rule(kind)
        for person in (initiator, responder):
            if not person.is_active:
                raise Inactive(
                    f"{person.name} is not active; make {person.name} active first, or choose another.", person.number
                )
        there = ties[0] or Tie.first(initiator.number, responder.number, at)
        back = ties[1] or Tie.first(responder.number, initiator.number, at)
        return cls(
            world=world,
            rule=rule,
            initiator=initiator,
            responder=responder,
            held=(there, back),
            feelings=(there.at(rules, at), back.at(rules, at)),
            quarrelled=past.quarrelled,
            share=1 / (past.repeats + 1) if rules.repeats_fade else words_weight,
            draw=Chance(world.seed, rules.name),
            at=at,
        )

    def tired(self) -> Iterator[tuple[Person, float]]:
        """Who has too little energy for it, and the world seconds from which they have enough; who begins comes first."""
        for person, cost in ((self.initiator, self.rule.cost), (self.responder, RESPONDER_COST * self.rule.cost)):
            if (rested := person.rested_at(cost, self.at)) is not None:
                yield person, rested

    def must_be_rested(self) -> None:
        for person, rested in self.tired():
            raise TooTired(f"{person.name} is too tired for this now; it can be done once rested.", person.number, rested)

    def chance(self) -> tuple[float, tuple[Reason, ...]]:
        """Of being accepted, and why."""
        measured = acceptance.measures(self.initiator, self.responder, self.feelings[1], self.quarrelled, self.at)
        volition, reasons = acceptance.weighed(self.world.rules, self.rule, measured)
        return acceptance.chance(volition), reasons

    def valences(self, *, accepted: bool, tone: float | None = None) -> tuple[float, float]:
        """How it feels for who begins, and for the other, in [-1,1]; `tone` is that of the words of a script."""
        base = self.rule.base_valence if accepted else DECLINED * abs(self.rule.base_valence)
        if self.world.rules.is_scripted:
            spoken = base if tone is None else clamped(tone)
            return spoken, HEARD * spoken
        alike = compatibility(self.initiator.traits, self.responder.traits)
        return self._valence(base, alike, self.initiator, self.responder), self._valence(
            base, alike, self.responder, self.initiator
        )

    def _valence(self, base: float, alike: float, one: Person, other: Person) -> float:
        """What `one` feels. The spark is what nobody can explain between two (Kenny: most of the variance of liking)."""
        ease = 0.25 * centred(one.traits.extraversion) + 0.25 * centred(other.traits.agreeableness)
        spark = 2 * self.draw("spark", 0, one.number, other.number) - 1
        return clamped(base + 0.25 * (alike + ease) + 0.3 * one.mood_at(self.at) + 0.2 * spark)

    def effects(self, valences: tuple[float, float]) -> Effects:
        return self._effect(0, valences[0], self.initiator), self._effect(1, valences[1], self.responder)

    def _effect(self, way: int, valence: float, person: Person) -> Effect:
        held, feelings = self.held[way], self.feelings[way]
        moved = feelings.moved(self.rule, valence, share=self.share, neuroticism=person.traits.neuroticism)
        return Effect(held.from_number, held.to_number, held, held.drifted(feelings, self.at), held.settled(moved, self.at))

    def taken_for_granted(self, valences: tuple[float, float]) -> Act:
        """Accepted without asking."""
        return self.act(True, ONE, None, (), valences)

    def act(
        self, accepted: bool, chance: int, drawn: int | None, reasons: tuple[Reason, ...], valences: tuple[float, float]
    ) -> Act:
        cost = self.rule.cost
        return Act(
            kind=self.rule.kind,
            at=self.at,
            accepted=accepted,
            chance=chance,
            drawn=drawn,
            initiator_valence=kept(valences[0]),
            responder_valence=kept(valences[1]),
            reasons=reasons,
            effects=self.effects(valences),
            initiator=self._after(self.initiator, cost, valences[0]),
            responder=self._after(self.responder, RESPONDER_COST * cost, valences[1]),
        )

    def _after(self, person: Person, cost: float, valence: float) -> Person:
        energy = person.energy_at(self.at) - cost
        return person.felt(energy=energy, mood=mood.moved(person.mood_at(self.at), valence), at=self.at)


def centred(trait: int) -> float:
    """A trait as the formulas take it, in [-1,1]."""
    return 2 * trait / ONE - 1


def clamped(valence: float) -> float:
    return max(-1.0, min(1.0, valence))
