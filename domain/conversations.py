"""Conversations: what talking does to those who talk. They are at it already, so nobody is asked and nothing is drawn."""

from math import sqrt

from domain.characters import Person
from domain.interactions import Act, Meeting, Past, Ties, World
from domain.rule_sets import Kind

WORDS_OF_A_SPEECH = 25
"""As many words weigh 1 in a script."""


def talk(
    world: World,
    speaker: Person,
    hearer: Person,
    ties: Ties,
    past: Past,
    *,
    at: float,
    tone: float | None = None,
    words: int = WORDS_OF_A_SPEECH,
) -> Act:
    """A chat of the speaker with the hearer. `tone`, in [-1,1], and the number of words count in a script only.

    Raises Invalid, Inactive and TooTired as `interactions.decide` does.
    """
    weight = min(world.rules.words_weight_max, sqrt(words / WORDS_OF_A_SPEECH))
    meeting = Meeting.of(world, speaker, hearer, ties, past, Kind.CHAT, at=at, words_weight=weight)
    meeting.must_be_rested()
    return meeting.taken_for_granted(meeting.valences(accepted=True, tone=tone))
