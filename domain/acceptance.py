"""Volitions: what moves a responder to take an act up or not, as reasons to read, and the chance that comes of them (R4).

After the volition rules of Ensemble and Comme il Faut, and the compatibility of Talk of the Town.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from math import exp

from domain.characters import CharacterState, compatibility
from domain.fixed_point import quantize
from domain.relationships import Feelings
from domain.rule_sets import KindRule, Motive, RuleSet

TIREDNESS_THRESHOLD = 0.2
"""The energy below which somebody would rather not."""
TEMPERATURE = 0.25
"""The volition that takes an even chance to one of three in four, nearly; less makes people more predictable."""


@dataclass(frozen=True, slots=True)
class Reason:
    """A rule that held. Its `weight`, in millionths, speaks for the act above zero and against it below."""

    rule: str
    description: str
    weight: int


def measure_motives(
    initiator: CharacterState, responder: CharacterState, feelings: Feelings, has_recent_quarrel: bool, at: float
) -> Mapping[Motive, float]:
    """`felt` is what the responder feels for the initiator."""
    return {
        Motive.COMPATIBILITY: compatibility(initiator.traits, responder.traits),
        Motive.AFFINITY: feelings.affinity,
        Motive.TRUST: feelings.trust,
        Motive.MOOD: responder.mood_at(at),
        Motive.RECENT_QUARREL: 1.0 if has_recent_quarrel else 0.0,
        Motive.TIREDNESS: 1.0 if responder.energy_at(at) < TIREDNESS_THRESHOLD else 0.0,
    }


def weigh_motives(rules: RuleSet, rule: KindRule, measurements: Mapping[Motive, float]) -> tuple[float, tuple[Reason, ...]]:
    """The volition, and the rules that held; a kind that nobody likes is taken up by those who dislike."""
    volition, reasons = 0.0, []
    for volition_rule in rules.volitions:
        measure = measurements[volition_rule.name]
        weight = volition_rule.weight * measure
        if volition_rule.reverses_for_negative_kinds and rule.base_valence < 0:
            weight = -weight
        volition += weight
        if measure:
            explanation = volition_rule.text_above_zero if measure > 0 else volition_rule.text_below_zero
            reasons.append(Reason(volition_rule.name.value, explanation, quantize(weight)))
    return volition, tuple(reasons)


def acceptance_chance(volition: float) -> float:
    """Of being accepted, in (0,1)."""
    return 1 / (1 + exp(-volition / TEMPERATURE))
