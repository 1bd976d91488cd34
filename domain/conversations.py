"""Conversations: what talking does to those who talk. They are at it already, so nobody is asked and nothing is drawn."""

from math import sqrt

from domain.characters import CharacterState
from domain.interactions import Act, EcosystemRules, Encounter, PairHistory, RelationshipPair
from domain.rule_sets import InteractionKind

WORDS_AT_WEIGHT_ONE = 25
"""As many words weigh 1 in a script."""


def chat(
    ecosystem: EcosystemRules,
    speaker: CharacterState,
    listener: CharacterState,
    ties: RelationshipPair,
    history: PairHistory,
    *,
    at: float,
    tone: float | None = None,
    words: int = WORDS_AT_WEIGHT_ONE,
) -> Act:
    """A chat of the speaker with the hearer. `tone`, in [-1,1], and the number of words count in a script only.

    Raises Invalid, Inactive and TooTired as `interactions.decide` does.
    """
    weight = min(ecosystem.rules.words_weight_max, sqrt(words / WORDS_AT_WEIGHT_ONE))
    encounter = Encounter.assess(ecosystem, speaker, listener, ties, history, InteractionKind.CHAT, at=at, words_weight=weight)
    encounter.require_energy()
    return encounter.accepted_act(encounter.valences(accepted=True, tone=tone))
