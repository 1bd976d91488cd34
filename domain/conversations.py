"""Conversations: the effects of a message on its speakers. It is always accepted, because both take part already."""

from math import sqrt

from domain.characters import CharacterState
from domain.interactions import Act, EcosystemRules, Encounter, PairHistory, RelationshipPair
from domain.rule_sets import InteractionKind

WORDS_AT_WEIGHT_ONE = 25
"""A speech of this many words has the weight 1 in a script."""


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
    """A chat of the speaker with the listener, who spoke before.

    `tone`, in [-1,1], and the number of words count only under a scripted rule set. Raises Invalid, Inactive and TooTired, as
    `interactions.decide` does.
    """
    weight = min(ecosystem.rules.words_weight_max, sqrt(words / WORDS_AT_WEIGHT_ONE))
    encounter = Encounter.assess(ecosystem, speaker, listener, ties, history, InteractionKind.CHAT, at=at, words_weight=weight)
    encounter.require_energy()
    return encounter.accepted_act(encounter.valences(accepted=True, tone=tone))
