"""Relationships: what one feels for another, how that drifts by itself, what an act does to it, its name (R2, R3, R5)."""

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
    """What somebody feels at one instant: affinity and bond in [-1,1], trust and familiarity in [0,1], contact at least 0."""

    affinity: float
    bond: float
    trust: float
    familiarity: float
    contact: float
    stage: Stage

    def after_act(self, rule: KindRule, valence: float, *, share: float, neuroticism: int) -> "Feelings":
        """By an act that felt like `valence`, of which `share` counts; losses weigh more. The stage is not yet settled."""
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
    """What is kept of a relationship: its feelings in millionths, true for `felt_at`. The way back is a tie of its own."""

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
        """Of two who have never met; version 0, because it has not been kept yet."""
        return cls(from_number, to_number, 0, 0, INITIAL_TRUST, 0, 0, Stage.STRANGER, at, 0)

    def feelings_at(self, rules: RuleSet, at: float) -> Feelings:
        """Drifted to `at` in closed form: affinity and bond pull at each other while both fade (after arXiv 1805.00193).

        When we look never changes what is true. An `at` before `felt_at` counts as `felt_at`. The stage is kept between acts.
        """
        elapsed = max(0.0, at - self.felt_at)
        to_bond, to_affinity = log(2) / rules.affinity_half_life, log(2) / rules.bond_half_life
        both = to_bond + to_affinity
        middle = (to_affinity * self.affinity + to_bond * self.bond) / both
        gap = (self.affinity - self.bond) * exp(-both * elapsed)
        left = 2 ** (-elapsed / rules.neglect_half_life) / SCALE
        return Feelings(
            affinity=(middle + to_bond / both * gap) * left,
            bond=(middle - to_affinity / both * gap) * left,
            trust=self.trust / SCALE,
            familiarity=self.familiarity * 2 ** (-elapsed / rules.familiarity_half_life) / SCALE,
            contact=self.contact * 2 ** (-elapsed / rules.contact_half_life) / SCALE,
            stage=self.stage,
        )

    def with_drift(self, feelings: Feelings, at: float) -> "RelationshipState":
        """The same tie, rounded to be kept as it is at `at`."""
        return self._quantized(feelings, at, self.stage, self.version)

    def next_version(self, feelings: Feelings, at: float) -> "RelationshipState":
        """The next version of the tie, after an act: rounded, and its stage named anew."""
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
    """How much more a loss of affinity weighs than a gain; 1.875 for the most neurotic."""
    return 1.5 * (0.75 + 0.5 * neuroticism / SCALE)


def next_stage(current: Stage, bond: int, trust: int, familiarity: int) -> Stage:
    """What these feelings, in millionths, are called. A lower rank is taken only once the present stage no longer holds."""
    found = next(stage for stage, doors in _ENTRY_THRESHOLDS.items() if doors.are_met(bond, trust, familiarity))
    if _RANK[found] < _RANK[current] and _EXIT_THRESHOLDS[current].are_met(bond, trust, familiarity):
        return current
    return found


class StageThresholds(NamedTuple):
    """Between which feelings, in millionths, a stage holds."""

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
"""The first that holds is taken."""
_EXIT_THRESHOLDS = {
    Stage.CLOSE_FRIEND: StageThresholds(bond_min=550_000, trust_min=550_000, familiarity_min=550_000),
    Stage.FRIEND: StageThresholds(bond_min=250_000, trust_min=350_000, familiarity_min=300_000),
    Stage.ENEMY: StageThresholds(bond_max=-300_000),
    Stage.RIVAL: StageThresholds(bond_max=-200_000),
    Stage.ACQUAINTANCE: StageThresholds(familiarity_min=50_000),
}
"""Looser, so that a tie at a threshold does not change its name with every act (hysteresis)."""
_RANK = {Stage.STRANGER: 0, Stage.ACQUAINTANCE: 1, Stage.FRIEND: 2, Stage.RIVAL: 2, Stage.CLOSE_FRIEND: 3, Stage.ENEMY: 3}


def mutual_stage(stage: Stage, back: Stage | None) -> Stage:
    """What two are to each other: the lower of both, but rivals or enemies as soon as one is. None: nothing is felt back."""
    back = back or Stage.STRANGER
    for worst in (Stage.ENEMY, Stage.RIVAL):
        if worst in (stage, back):
            return worst
    return min(stage, back, key=_RANK.__getitem__)
