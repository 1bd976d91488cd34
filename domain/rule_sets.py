"""Rule sets: the rates of an ecosystem as versioned data. The formulas are in the modules of the other nouns."""

from dataclasses import dataclass, replace
from enum import StrEnum

from domain.refusals import Invalid

DAY_SECONDS = 86_400.0

LOSS_WEIGHT_MAX = 1.5 * (0.75 + 0.5)
"""The factor of a loss of affinity, compared with a gain, for the most neurotic character."""
TRUST_LOSS_WEIGHT = 3.0
"""The factor of a loss of trust, compared with a gain."""


class InteractionKind(StrEnum):
    GREETING = "greeting"
    CHAT = "chat"
    DISCUSSION = "discussion"
    DEBATE = "debate"
    COLLABORATION = "collaboration"
    EMOTIONAL_SUPPORT = "emotional_support"
    CONFLICT = "conflict"


class Motive(StrEnum):
    """What influences the acceptance of an interaction; `acceptance` measures each."""

    COMPATIBILITY = "compatibility"
    AFFINITY = "affinity"
    TRUST = "trust"
    MOOD = "mood"
    RECENT_QUARREL = "recent quarrel"
    TIREDNESS = "tiredness"


@dataclass(frozen=True, slots=True)
class KindRule:
    """One kind of interaction: its rates (times the factor of the rule set), its cost for the initiator, its base valence."""

    kind: InteractionKind
    affinity_rate: float
    trust_rate: float
    familiarity_rate: float
    cost: float
    base_valence: float


@dataclass(frozen=True, slots=True)
class VolitionRule:
    """A motive and its weight ("volition rule" is the term of the Ensemble engine).

    `text_above_zero` and `text_below_zero` explain a measure above or below zero. With `reverses_for_negative_kinds` the weight
    changes its sign for a kind whose base valence is below zero.
    """

    name: Motive
    description: str
    weight: float
    text_above_zero: str
    text_below_zero: str = ""
    reverses_for_negative_kinds: bool = True


@dataclass(frozen=True, slots=True)
class RuleSet:
    """Half-lives are seconds of world time. Raises Invalid if feelings could leave their bounds.

    `repeats_fade`: the n-th interaction of one kind within a day counts 1/n. `is_scripted`: a text gives what happens, so that
    all is accepted and traits have no effect. `words_weight_max`: the largest weight of a long speech.
    """

    name: str
    version: int
    description: str
    kinds: tuple[KindRule, ...]
    volitions: tuple[VolitionRule, ...]
    affinity_half_life: float
    bond_half_life: float
    neglect_half_life: float = 180 * DAY_SECONDS
    familiarity_half_life: float = 120 * DAY_SECONDS
    contact_half_life: float = 14 * DAY_SECONDS
    repeats_fade: bool = True
    is_scripted: bool = False
    words_weight_max: float = 1.0

    def __post_init__(self) -> None:
        for rule in self.kinds:
            if _greatest_rate(rule) * self.words_weight_max > 1:
                raise Invalid.at(
                    "kinds", rule.kind, because=f"The rates of {rule.kind} would let feelings leave their bounds; lower them."
                )
            if not 0 <= rule.cost < 1:
                raise Invalid.at(
                    "kinds", rule.kind, because=f"{rule.kind} must cost at least 0 and less than 1, the full energy."
                )

    def rule(self, kind: InteractionKind) -> KindRule:
        """The rule of a kind. Raises Invalid if this rule set does not have the kind."""
        for rule in self.kinds:
            if rule.kind == kind:
                return rule
        known = ", ".join(rule.kind for rule in self.kinds)
        raise Invalid.at("kind", because=f"The rule set {self.name} does not have the kind {kind}; it has {known}.")


def _greatest_rate(rule: KindRule) -> float:
    """The largest share of the distance to a bound that one interaction can move a feeling."""
    return max(LOSS_WEIGHT_MAX * rule.affinity_rate, TRUST_LOSS_WEIGHT * rule.trust_rate, rule.familiarity_rate)


_KINDS = (
    # affinity, trust and familiarity rates before the rule set's factor, cost, base valence
    (InteractionKind.GREETING, 0.04, 0.01, 0.02, 0.03, 0.3),
    (InteractionKind.CHAT, 0.06, 0.02, 0.04, 0.06, 0.4),
    (InteractionKind.DISCUSSION, 0.08, 0.03, 0.06, 0.10, 0.3),
    (InteractionKind.DEBATE, 0.06, 0.02, 0.05, 0.14, -0.1),
    (InteractionKind.COLLABORATION, 0.10, 0.05, 0.08, 0.12, 0.6),
    (InteractionKind.EMOTIONAL_SUPPORT, 0.12, 0.04, 0.06, 0.12, 0.7),
    (InteractionKind.CONFLICT, 0.15, 0.05, 0.03, 0.20, -0.8),
)


def scaled_kinds(factor: float) -> tuple[KindRule, ...]:
    """All kinds, with their rates times `factor`."""
    return tuple(
        KindRule(kind, factor * affinity, factor * trust, factor * familiarity, cost, base)
        for kind, affinity, trust, familiarity, cost, base in _KINDS
    )


_REVERSAL_NOTE = "For a conflict it counts in reverse: characters that dislike each other accept conflicts."

_VOLITIONS = (
    VolitionRule(
        Motive.COMPATIBILITY,
        f"How similar the two are in openness, extraversion and agreeableness. Similarity favours acceptance. {_REVERSAL_NOTE}",
        0.5,
        text_above_zero="They are alike in openness, extraversion and agreeableness.",
        text_below_zero="They are unlike in openness, extraversion and agreeableness.",
    ),
    VolitionRule(
        Motive.AFFINITY,
        f"How much the responder likes the initiator just now. {_REVERSAL_NOTE}",
        0.6,
        text_above_zero="The responder likes the initiator just now.",
        text_below_zero="The responder dislikes the initiator just now.",
    ),
    VolitionRule(
        Motive.TRUST,
        f"How far the responder trusts the initiator. {_REVERSAL_NOTE}",
        0.3,
        text_above_zero="The responder trusts the initiator so far.",
    ),
    VolitionRule(
        Motive.MOOD,
        f"The mood that the responder is in. {_REVERSAL_NOTE}",
        0.3,
        text_above_zero="The responder is in a good mood.",
        text_below_zero="The responder is in a bad mood.",
    ),
    VolitionRule(
        Motive.RECENT_QUARREL,
        f"Whether the initiator began a conflict with the responder within the last two days. {_REVERSAL_NOTE}",
        -0.5,
        text_above_zero="The initiator began a conflict with the responder within the last two days.",
    ),
    VolitionRule(
        Motive.TIREDNESS,
        "Whether the responder has less than a fifth of its energy left; then it accepts less of everything, also conflicts.",
        -0.4,
        text_above_zero="The responder has less than a fifth of its energy left.",
        reverses_for_negative_kinds=False,
    ),
)

STORY = RuleSet(
    name="story",
    version=1,
    description="For games and stories: characters who meet every day become friends within a month.",
    kinds=scaled_kinds(2),
    volitions=_VOLITIONS,
    affinity_half_life=3 * DAY_SECONDS,
    bond_half_life=5 * DAY_SECONDS,
)
REALISTIC = RuleSet(
    name="realistic",
    version=1,
    description="For simulations: characters who meet every day become friends within a season.",
    kinds=scaled_kinds(1.5),
    volitions=_VOLITIONS,
    affinity_half_life=3 * DAY_SECONDS,
    bond_half_life=14 * DAY_SECONDS,
)
SCRIPT = RuleSet(
    name="script",
    version=1,
    description="For imported plays: all is accepted and costs no energy; the tone of the words sets the valence.",
    kinds=tuple(replace(rule, cost=0.0) for rule in scaled_kinds(4) if rule.kind is InteractionKind.CHAT),
    volitions=(),
    affinity_half_life=3 * DAY_SECONDS,
    bond_half_life=2 * DAY_SECONDS,
    repeats_fade=False,
    is_scripted=True,
    words_weight_max=2.0,
)

RULE_SETS = {rules.name: rules for rules in (STORY, REALISTIC, SCRIPT)}


def by_name(name: str) -> RuleSet:
    """Raises Invalid if there is no rule set of this name."""
    if name not in RULE_SETS:
        raise Invalid.at("ruleSet", because=f"There is no such rule set; choose one of {', '.join(RULE_SETS)}.")
    return RULE_SETS[name]
