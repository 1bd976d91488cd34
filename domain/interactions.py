"""Interactions: one act between two characters, decided from their states and relationships, and its effects (R1, R3-R6)."""

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
"""World seconds in which earlier interactions of a kind reduce the effect of the next one."""
QUARREL_WINDOW_SECONDS = 2 * DAY_SECONDS
"""World seconds in which a conflict counts against the character that began it."""
RESPONDER_COST_SHARE = 0.8
"""The responder pays this share of the cost of the initiator."""
DECLINED_VALENCE_FACTOR = -0.5
"""The valence of a declined interaction, as a factor of the absolute base valence of its kind."""
LISTENER_VALENCE_FACTOR = 0.5
"""The valence of a scripted speech for its listener, as a factor of the valence for its speaker."""

RelationshipPair = tuple[RelationshipState | None, RelationshipState | None]
"""The relationships from the initiator to the responder and back; None where there is none yet."""


@dataclass(frozen=True, slots=True)
class EcosystemRules:
    rules: RuleSet
    seed: str


@dataclass(frozen=True, slots=True)
class PairHistory:
    """The earlier interactions of a pair.

    `interaction_count` counts all of them. `repeat_count` counts those of the same kind in the last `REPEAT_WINDOW_SECONDS`, in
    both directions. `has_recent_quarrel` is true if the initiator began a conflict with the responder in the last
    `QUARREL_WINDOW_SECONDS`.
    """

    interaction_count: int = 0
    repeat_count: int = 0
    has_recent_quarrel: bool = False


@dataclass(frozen=True, slots=True)
class Effect:
    """The change of one relationship: as `stored`, `before` the act (drifted to its instant) and `after` it.

    All are integers, so that drift and effect add up exactly.
    """

    from_number: int
    to_number: int
    stored: RelationshipState
    before: RelationshipState
    after: RelationshipState


EffectPair = tuple[Effect, Effect]
"""The effects on the relationships from the initiator to the responder and back."""


@dataclass(frozen=True, slots=True)
class Act:
    """An interaction, its effects, and both characters after it. `chance`, `drawn` (None: no draw) and valences: millionths."""

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
    """The cost and the possible effects of an interaction. `rested_world_seconds` is None if both have enough energy now."""

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
    """The interaction at world time `at`, accepted or declined by a draw.

    Raises Invalid (both are the same character, or the rule set lacks the kind), Inactive and TooTired. It checks the initiator
    first.
    """
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
    """Both possible results of `decide`, without the draw. Raises Invalid and Inactive, but not TooTired."""
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
    """Two characters at one instant, before acceptance is decided. `share` is a factor of the rates of the kind."""

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
        """Checks that the two can interact. Raises Invalid and Inactive."""
        if initiator.number == responder.number:
            raise Invalid.at("responderId", because="A character cannot interact with itself; choose another character.")
        rules = ecosystem.rules
        rule = rules.rule(kind)
        for character in (initiator, responder):
            if not character.is_active:
                raise Inactive(
                    f"{character.name} is not active; make {character.name} active first, or choose another.", character.number
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
        """Each character with too little energy, and the world time from which it suffices; the initiator comes first."""
        for character, cost in ((self.initiator, self.rule.cost), (self.responder, RESPONDER_COST_SHARE * self.rule.cost)):
            if (rested := character.rested_at(cost, self.at)) is not None:
                yield character, rested

    def require_energy(self) -> None:
        for character, rested in self.tired_participants():
            raise TooTired(
                f"{character.name} is too tired for this now; try again when {character.name} is rested.",
                character.number,
                rested,
            )

    def chance(self) -> tuple[float, tuple[Reason, ...]]:
        """The chance of acceptance, and its reasons."""
        measurements = acceptance.measure_motives(
            self.initiator, self.responder, self.feelings[1], self.has_recent_quarrel, self.at
        )
        volition, reasons = acceptance.weigh_motives(self.ecosystem.rules, self.rule, measurements)
        return acceptance.acceptance_chance(volition), reasons

    def valences(self, *, accepted: bool, tone: float | None = None) -> tuple[float, float]:
        """The valences for the initiator and for the responder, in [-1,1]. `tone` replaces the base valence in a script."""
        base = self.rule.base_valence if accepted else DECLINED_VALENCE_FACTOR * abs(self.rule.base_valence)
        if self.ecosystem.rules.is_scripted:
            speaker_valence = base if tone is None else clamp_valence(tone)
            return speaker_valence, LISTENER_VALENCE_FACTOR * speaker_valence
        similarity = compatibility(self.initiator.traits, self.responder.traits)
        return self._valence(base, similarity, self.initiator, self.responder), self._valence(
            base, similarity, self.responder, self.initiator
        )

    def _valence(self, base: float, similarity: float, character: CharacterState, partner: CharacterState) -> float:
        """The valence for `character` (R4). The spark is the constant random part of liking (Kenny: most of its variance)."""
        ease = 0.25 * centered_trait(character.traits.extraversion) + 0.25 * centered_trait(partner.traits.agreeableness)
        spark = 2 * self.draw("spark", 0, character.number, partner.number) - 1
        return clamp_valence(base + 0.25 * (similarity + ease) + 0.3 * character.mood_at(self.at) + 0.2 * spark)

    def effects(self, valences: tuple[float, float]) -> EffectPair:
        return self._effect(0, valences[0], self.initiator), self._effect(1, valences[1], self.responder)

    def _effect(self, direction: int, valence: float, character: CharacterState) -> Effect:
        stored, feelings = self.stored[direction], self.feelings[direction]
        feelings_after = feelings.after_act(self.rule, valence, share=self.share, neuroticism=character.traits.neuroticism)
        return Effect(
            stored.from_number,
            stored.to_number,
            stored,
            stored.with_drift(feelings, self.at),
            stored.next_version(feelings_after, self.at),
        )

    def accepted_act(self, valences: tuple[float, float]) -> Act:
        """The interaction, accepted without a draw."""
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

    def _state_after(self, character: CharacterState, cost: float, valence: float) -> CharacterState:
        energy = character.energy_at(self.at) - cost
        return character.with_state_at(energy=energy, mood=mood.after_act(character.mood_at(self.at), valence), at=self.at)


def centered_trait(trait: int) -> float:
    """A trait in [-1,1], as the formulas use it; 0 is neutral."""
    return 2 * trait / SCALE - 1


def clamp_valence(valence: float) -> float:
    return max(-1.0, min(1.0, valence))
