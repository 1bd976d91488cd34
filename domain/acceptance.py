"""Acceptance: the chance that a responder accepts an interaction, and the reasons for it (R4).

The weighted sum of reasons is the "volition" of Ensemble and Comme il Faut; compatibility comes from Talk of the Town.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from math import exp

from domain.characters import CharacterState, compatibility
from domain.fixed_point import quantize
from domain.relationships import Feelings
from domain.rule_sets import KindRule, Motive, RuleSet

TIREDNESS_THRESHOLD = 0.2
"""A responder with less energy than this is less likely to accept."""
TEMPERATURE = 0.25
"""The scale of the sigmoid: a volition of this size gives a chance of 0.73. A smaller scale makes answers more predictable."""


@dataclass(frozen=True, slots=True)
class Reason:
    """A rule that had an effect. Its `weight`, in millionths, favours acceptance if it is above zero."""

    rule: str
    description: str
    weight: int


def measure_motives(
    initiator: CharacterState, responder: CharacterState, feelings: Feelings, has_recent_quarrel: bool, at: float
) -> Mapping[Motive, float]:
    """The measure of each motive. `feelings` are those of the responder for the initiator."""
    return {
        Motive.COMPATIBILITY: compatibility(initiator.traits, responder.traits),
        Motive.AFFINITY: feelings.affinity,
        Motive.TRUST: feelings.trust,
        Motive.MOOD: responder.mood_at(at),
        Motive.RECENT_QUARREL: 1.0 if has_recent_quarrel else 0.0,
        Motive.TIREDNESS: 1.0 if responder.energy_at(at) < TIREDNESS_THRESHOLD else 0.0,
    }


def weigh_motives(rules: RuleSet, rule: KindRule, measurements: Mapping[Motive, float]) -> tuple[float, tuple[Reason, ...]]:
    """The volition, and a reason for each measure that is not zero."""
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
    """The chance of acceptance, in (0,1): a sigmoid of the volition."""
    return 1 / (1 + exp(-volition / TEMPERATURE))
