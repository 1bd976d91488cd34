"""Relationships: the feelings of one character for another, their drift, the effect of an interaction, stages (R2, R3, R5)."""

from dataclasses import dataclass
from enum import StrEnum
from math import exp, log
from typing import NamedTuple

from domain.fixed_point import SCALE, quantize
from domain.rule_sets import TRUST_LOSS_WEIGHT, KindRule, RuleSet

INITIAL_TRUST = 300_000


class Stage(StrEnum):
    STRANGER = "stranger"
    ACQUAINTANCE = "acquaintance"
    FRIEND = "friend"
    CLOSE_FRIEND = "close_friend"
    RIVAL = "rival"
    ENEMY = "enemy"


@dataclass(frozen=True, slots=True)
class Feelings:
    """Feelings at one instant: affinity and bond in [-1,1], trust and familiarity in [0,1], contact at least 0."""

    affinity: float
    bond: float
    trust: float
    familiarity: float
    contact: float
    stage: Stage

    def after_act(self, rule: KindRule, valence: float, *, share: float, neuroticism: int) -> "Feelings":
        """The feelings after an interaction, with its rates times `share`. Losses weigh more than gains. The stage stays."""
        affinity, trust = self.affinity, self.trust
        if valence >= 0:
            affinity += share * rule.affinity_rate * valence * (1 - affinity)
            trust += share * rule.trust_rate * valence * (1 - trust) * (0.25 + 0.75 * self.familiarity)
        else:
            affinity += affinity_loss_weight(neuroticism) * share * rule.affinity_rate * valence * (1 + affinity)
            trust += TRUST_LOSS_WEIGHT * share * rule.trust_rate * valence * trust
        familiarity = self.familiarity + share * rule.familiarity_rate * (1 - self.familiarity)
        return Feelings(affinity, self.bond, trust, familiarity, self.contact + 1, self.stage)


@dataclass(frozen=True, slots=True)
class RelationshipState:
    """The stored state of one direction: feelings in millionths, valid for the world time `felt_at`."""

    from_number: int
    to_number: int
    affinity: int
    bond: int
    trust: int
    familiarity: int
    contact: int
    stage: Stage
    felt_at: float
    version: int

    @classmethod
    def initial(cls, from_number: int, to_number: int, at: float) -> "RelationshipState":
        """The state before the first interaction; version 0, because it is not stored yet."""
        return cls(from_number, to_number, 0, 0, INITIAL_TRUST, 0, 0, Stage.STRANGER, at, 0)

    def feelings_at(self, rules: RuleSet, at: float) -> Feelings:
        """The feelings at `at`, in closed form: affinity and bond approach each other while both fade (after arXiv 1805.00193).

        Reading at one instant does not change the result at a later one. An `at` before `felt_at` counts as `felt_at`. Only an
        interaction changes the stage.
        """
        elapsed = max(0.0, at - self.felt_at)
        to_bond, to_affinity = log(2) / rules.affinity_half_life, log(2) / rules.bond_half_life
        approach_rate = to_bond + to_affinity
        middle = (to_affinity * self.affinity + to_bond * self.bond) / approach_rate
        gap = (self.affinity - self.bond) * exp(-approach_rate * elapsed)
        remaining = 2 ** (-elapsed / rules.neglect_half_life) / SCALE
        return Feelings(
            affinity=(middle + to_bond / approach_rate * gap) * remaining,
            bond=(middle - to_affinity / approach_rate * gap) * remaining,
            trust=self.trust / SCALE,
            familiarity=self.familiarity * 2 ** (-elapsed / rules.familiarity_half_life) / SCALE,
            contact=self.contact * 2 ** (-elapsed / rules.contact_half_life) / SCALE,
            stage=self.stage,
        )

    def with_drift(self, feelings: Feelings, at: float) -> "RelationshipState":
        """The state with these feelings, rounded and valid for `at`; stage and version stay."""
        return self._quantized(feelings, at, self.stage, self.version)

    def next_version(self, feelings: Feelings, at: float) -> "RelationshipState":
        """The state after an interaction: rounded, with its new stage and the next version."""
        bond, trust, familiarity = quantize(feelings.bond), quantize(feelings.trust), quantize(feelings.familiarity)
        return self._quantized(feelings, at, next_stage(self.stage, bond, trust, familiarity), self.version + 1)

    def _quantized(self, feelings: Feelings, at: float, stage: Stage, version: int) -> "RelationshipState":
        return RelationshipState(
            self.from_number,
            self.to_number,
            quantize(feelings.affinity),
            quantize(feelings.bond),
            quantize(feelings.trust),
            quantize(feelings.familiarity),
            quantize(feelings.contact),
            stage,
            max(self.felt_at, at),
            version,
        )


def affinity_loss_weight(neuroticism: int) -> float:
    """The factor of a loss of affinity, compared with a gain: 1.125 to 1.875, the largest for the most neurotic."""
    return 1.5 * (0.75 + 0.5 * neuroticism / SCALE)


def next_stage(current: Stage, bond: int, trust: int, familiarity: int) -> Stage:
    """The stage of these feelings, in millionths. It falls to a lower rank only if the exit thresholds are no longer met."""
    entered = next(stage for stage, thresholds in _ENTRY_THRESHOLDS.items() if thresholds.are_met(bond, trust, familiarity))
    if _RANK[entered] < _RANK[current] and _EXIT_THRESHOLDS[current].are_met(bond, trust, familiarity):
        return current
    return entered


class StageThresholds(NamedTuple):
    """The feelings, in millionths, that a stage requires."""

    bond_min: int = -SCALE
    bond_max: int = SCALE
    trust_min: int = 0
    familiarity_min: int = 0

    def are_met(self, bond: int, trust: int, familiarity: int) -> bool:
        return self.bond_min <= bond <= self.bond_max and trust >= self.trust_min and familiarity >= self.familiarity_min


_ENTRY_THRESHOLDS = {
    Stage.CLOSE_FRIEND: StageThresholds(bond_min=600_000, trust_min=600_000, familiarity_min=600_000),
    Stage.FRIEND: StageThresholds(bond_min=300_000, trust_min=400_000, familiarity_min=350_000),
    Stage.ENEMY: StageThresholds(bond_max=-600_000),
    Stage.RIVAL: StageThresholds(bond_max=-250_000),
    Stage.ACQUAINTANCE: StageThresholds(familiarity_min=100_000),
    Stage.STRANGER: StageThresholds(),
}
"""The first stage whose thresholds are met is taken."""
_EXIT_THRESHOLDS = {
    Stage.CLOSE_FRIEND: StageThresholds(bond_min=550_000, trust_min=550_000, familiarity_min=550_000),
    Stage.FRIEND: StageThresholds(bond_min=250_000, trust_min=350_000, familiarity_min=300_000),
    Stage.ENEMY: StageThresholds(bond_max=-300_000),
    Stage.RIVAL: StageThresholds(bond_max=-200_000),
    Stage.ACQUAINTANCE: StageThresholds(familiarity_min=50_000),
}
"""Wider than the entry thresholds, so that a relationship near one does not change its stage each time (hysteresis)."""
_RANK = {Stage.STRANGER: 0, Stage.ACQUAINTANCE: 1, Stage.FRIEND: 2, Stage.RIVAL: 2, Stage.CLOSE_FRIEND: 3, Stage.ENEMY: 3}


def mutual_stage(stage: Stage, back: Stage | None) -> Stage:
    """The stage of both directions: the lower one, but rival or enemy if one of them is. None: there is no way back."""
    back = back or Stage.STRANGER
    for worst in (Stage.ENEMY, Stage.RIVAL):
        if worst in (stage, back):
            return worst
    return min(stage, back, key=_RANK.__getitem__)
