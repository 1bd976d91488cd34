"""Interactions: one act between two characters, decided from what both are and feel, and all that it changes (R1, R3-R6)."""

from collections.abc import Iterator
from dataclasses import dataclass
from math import floor

from domain import acceptance, mood
from domain.acceptance import Reason as Reason
from domain.chance import Chance
from domain.characters import CharacterState, compatibility
from domain.fixed_point import SCALE, quantize
from domain.refusals import Inactive, Invalid, TooTired
from domain.relationships import Feelings, RelationshipState
from domain.rule_sets import DAY_SECONDS, InteractionKind, KindRule, RuleSet

REPEAT_WINDOW_SECONDS = DAY_SECONDS
"""How long an act makes the next one of its kind count less."""
QUARREL_WINDOW_SECONDS = 2 * DAY_SECONDS
"""How long a conflict is held against whoever began it."""
RESPONDER_COST_SHARE = 0.8
"""What the responder pays, of the initiator's cost."""
DECLINED_VALENCE_FACTOR = -0.5
"""What being declined feels like, of the kind's base valence."""
LISTENER_VALENCE_FACTOR = 0.5
"""What the hearer of a scripted speech feels for the speaker, of what the speaker feels."""

RelationshipPair = tuple[RelationshipState | None, RelationshipState | None]
"""What the initiator feels for the responder, and the way back; None where there is nothing yet."""


@dataclass(frozen=True, slots=True)
class EcosystemRules:
    rules: RuleSet
    seed: str


@dataclass(frozen=True, slots=True)
class PairHistory:
    """What the two have done before.

    `interactions` of the pair at all; `repeats` of this kind, whoever began, less than `REPEATS_SECONDS` ago; `quarrelled`
    where the initiator began a conflict with the responder less than `QUARREL_SECONDS` ago.
    """

    interaction_count: int = 0
    repeat_count: int = 0
    has_recent_quarrel: bool = False


@dataclass(frozen=True, slots=True)
class Effect:
    """On one tie: as it was `held`, `before` the act (drifted to it) and `after`; drift and effect add up in integers."""

    from_number: int
    to_number: int
    stored: RelationshipState
    before: RelationshipState
    after: RelationshipState


EffectPair = tuple[Effect, Effect]
"""On what the initiator feels for the responder, and on the way back."""


@dataclass(frozen=True, slots=True)
class Act:
    """What happened, and the two persons after it. Chance, draw (None: nothing was drawn) and valences are millionths."""

    kind: InteractionKind
    at: float
    accepted: bool
    chance: int
    drawn: int | None
    initiator_valence: int
    responder_valence: int
    reasons: tuple[Reason, ...]
    effects: EffectPair
    initiator: CharacterState
    responder: CharacterState

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
    if_accepted: EffectPair
    if_declined: EffectPair


def decide(
    ecosystem: EcosystemRules,
    initiator: CharacterState,
    responder: CharacterState,
    ties: RelationshipPair,
    history: PairHistory,
    kind: InteractionKind,
    *,
    at: float,
) -> Act:
    """Raises Invalid (with oneself, a kind that these rules don't have), Inactive, TooTired; who begins is looked at first."""
    encounter = Encounter.assess(ecosystem, initiator, responder, ties, history, kind, at=at)
    encounter.require_energy()
    if ecosystem.rules.is_scripted:
        return encounter.accepted_act(encounter.valences(accepted=True))

    chance, reasons = encounter.chance()
    drawn = encounter.draw("accept", floor(at / 60), initiator.number, responder.number, history.interaction_count)
    accepted = drawn < chance
    return encounter.build_act(accepted, quantize(chance), quantize(drawn), reasons, encounter.valences(accepted=accepted))


def forecast(
    ecosystem: EcosystemRules,
    initiator: CharacterState,
    responder: CharacterState,
    ties: RelationshipPair,
    history: PairHistory,
    kind: InteractionKind,
    *,
    at: float,
) -> Forecast:
    """What `decide` may come to, without the draw. Raises Invalid and Inactive; the tired are told when they will be rested."""
    encounter = Encounter.assess(ecosystem, initiator, responder, ties, history, kind, at=at)
    chance, reasons = (1.0, ()) if ecosystem.rules.is_scripted else encounter.chance()
    rested_times = [rested for _, rested in encounter.tired_participants()]
    return Forecast(
        cost=encounter.rule.cost,
        rested_world_seconds=max(rested_times, default=None),
        chance=quantize(chance),
        reasons=reasons,
        if_accepted=encounter.effects(encounter.valences(accepted=True)),
        if_declined=encounter.effects(encounter.valences(accepted=False)),
    )


@dataclass(frozen=True, slots=True)
class Encounter:
    """Two persons at one instant, before it is known what comes of it. `share` is how much of the act's rates counts."""

    ecosystem: EcosystemRules
    rule: KindRule
    initiator: CharacterState
    responder: CharacterState
    stored: tuple[RelationshipState, RelationshipState]
    feelings: tuple[Feelings, Feelings]
    has_recent_quarrel: bool
    share: float
    draw: Chance
    at: float

    @classmethod
    def assess(
        cls,
        ecosystem: EcosystemRules,
        initiator: CharacterState,
        responder: CharacterState,
        ties: RelationshipPair,
        history: PairHistory,
        kind: InteractionKind,
        *,
        at: float,
        words_weight: float = 1.0,
    ) -> "Encounter":
        """Raises Invalid and Inactive."""
        if initiator.number == responder.number:
            raise Invalid.at("responderId", because="Nobody can act with themselves; choose another character.")
        rules = ecosystem.rules
        rule = rules.rule(kind)
        for person in (initiator, responder):
            if not person.is_active:
                raise Inactive(
                    f"{person.name} is not active; make {person.name} active first, or choose another.", person.number
                )
        forward = ties[0] or RelationshipState.initial(initiator.number, responder.number, at)
        backward = ties[1] or RelationshipState.initial(responder.number, initiator.number, at)
        return cls(
            ecosystem=ecosystem,
            rule=rule,
            initiator=initiator,
            responder=responder,
            stored=(forward, backward),
            feelings=(forward.feelings_at(rules, at), backward.feelings_at(rules, at)),
            has_recent_quarrel=history.has_recent_quarrel,
            share=1 / (history.repeat_count + 1) if rules.repeats_fade else words_weight,
            draw=Chance(ecosystem.seed, rules.name),
            at=at,
        )

    def tired_participants(self) -> Iterator[tuple[CharacterState, float]]:
        """Who has too little energy for it, and the world seconds from which they have enough; who begins comes first."""
        for person, cost in ((self.initiator, self.rule.cost), (self.responder, RESPONDER_COST_SHARE * self.rule.cost)):
            if (rested := person.rested_at(cost, self.at)) is not None:
                yield person, rested

    def require_energy(self) -> None:
        for person, rested in self.tired_participants():
            raise TooTired(f"{person.name} is too tired for this now; it can be done once rested.", person.number, rested)

    def chance(self) -> tuple[float, tuple[Reason, ...]]:
        """Of being accepted, and why."""
        measured = acceptance.measure_motives(
            self.initiator, self.responder, self.feelings[1], self.has_recent_quarrel, self.at
        )
        volition, reasons = acceptance.weigh_motives(self.ecosystem.rules, self.rule, measured)
        return acceptance.acceptance_chance(volition), reasons

    def valences(self, *, accepted: bool, tone: float | None = None) -> tuple[float, float]:
        """How it feels for who begins, and for the other, in [-1,1]; `tone` is that of the words of a script."""
        base = self.rule.base_valence if accepted else DECLINED_VALENCE_FACTOR * abs(self.rule.base_valence)
        if self.ecosystem.rules.is_scripted:
            spoken = base if tone is None else clamp_valence(tone)
            return spoken, LISTENER_VALENCE_FACTOR * spoken
        alike = compatibility(self.initiator.traits, self.responder.traits)
        return self._valence(base, alike, self.initiator, self.responder), self._valence(
            base, alike, self.responder, self.initiator
        )

    def _valence(self, base: float, alike: float, one: CharacterState, other: CharacterState) -> float:
        """What `one` feels. The spark is what nobody can explain between two (Kenny: most of the variance of liking)."""
        ease = 0.25 * centered_trait(one.traits.extraversion) + 0.25 * centered_trait(other.traits.agreeableness)
        spark = 2 * self.draw("spark", 0, one.number, other.number) - 1
        return clamp_valence(base + 0.25 * (alike + ease) + 0.3 * one.mood_at(self.at) + 0.2 * spark)

    def effects(self, valences: tuple[float, float]) -> EffectPair:
        return self._effect(0, valences[0], self.initiator), self._effect(1, valences[1], self.responder)

    def _effect(self, way: int, valence: float, person: CharacterState) -> Effect:
        held, feelings = self.stored[way], self.feelings[way]
        moved = feelings.after_act(self.rule, valence, share=self.share, neuroticism=person.traits.neuroticism)
        return Effect(
            held.from_number, held.to_number, held, held.with_drift(feelings, self.at), held.next_version(moved, self.at)
        )

    def accepted_act(self, valences: tuple[float, float]) -> Act:
        """Accepted without asking."""
        return self.build_act(True, SCALE, None, (), valences)

    def build_act(
        self, accepted: bool, chance: int, drawn: int | None, reasons: tuple[Reason, ...], valences: tuple[float, float]
    ) -> Act:
        cost = self.rule.cost
        return Act(
            kind=self.rule.kind,
            at=self.at,
            accepted=accepted,
            chance=chance,
            drawn=drawn,
            initiator_valence=quantize(valences[0]),
            responder_valence=quantize(valences[1]),
            reasons=reasons,
            effects=self.effects(valences),
            initiator=self._state_after(self.initiator, cost, valences[0]),
            responder=self._state_after(self.responder, RESPONDER_COST_SHARE * cost, valences[1]),
        )

    def _state_after(self, person: CharacterState, cost: float, valence: float) -> CharacterState:
        energy = person.energy_at(self.at) - cost
        return person.with_state_at(energy=energy, mood=mood.after_act(person.mood_at(self.at), valence), at=self.at)


def centered_trait(trait: int) -> float:
    """A trait as the formulas take it, in [-1,1]."""
    return 2 * trait / SCALE - 1


def clamp_valence(valence: float) -> float:
    return max(-1.0, min(1.0, valence))
