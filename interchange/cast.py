"""The cast: all characters of an imported world. What they say to each other affects them by the rule set `script`."""

from collections.abc import Iterable, Iterator, Sequence

from db.bulk_writer import EcosystemWriter
from domain.activity import facts_of_act
from domain.characters import CharacterState, Traits, new_character
from domain.conversations import WORDS_AT_WEIGHT_ONE, chat
from domain.interactions import EcosystemRules, PairHistory
from domain.relationships import RelationshipState
from domain.rule_sets import SCRIPT
from domain.validation import DESCRIPTION_LENGTH_MAX, NAME_LENGTH_MAX
from interchange.importable_worlds import Speaker
from interchange.texts import clean_line

NEUTRAL_TRAITS = Traits()
"""Files hold no personality traits."""
NO_HISTORY = PairHistory()
"""The rule set `script` does not use the history of a pair: it has neither chance nor weaker repeats."""


class Cast:
    """Creates the characters, numbered from 1 in the order of `speakers`, and applies their exchanges."""

    def __init__(self, writer: EcosystemWriter, speakers: Iterable[Speaker], seed: str) -> None:
        self._writer = writer
        self._ecosystem = EcosystemRules(SCRIPT, seed)
        self._numbers: dict[str, int] = {}
        self._states: dict[int, CharacterState] = {}
        self._relationships: dict[tuple[int, int], RelationshipState] = {}
        for number, speaker in enumerate(speakers, 1):
            character = new_character(number, clean_line(speaker.name, NAME_LENGTH_MAX) or str(number), NEUTRAL_TRAITS, 0.0)
            self._numbers[speaker.id], self._states[number] = number, character
            writer.add_character(character, clean_line(speaker.description, DESCRIPTION_LENGTH_MAX))

    def find_numbers(self, ids: Iterable[str]) -> list[int]:
        return [self._numbers[id_] for id_ in ids]

    def find_states(self, numbers: Iterable[int]) -> list[CharacterState]:
        return [self._states[number] for number in numbers]

    def add_exchange(
        self, speakers: Sequence[int], listeners: Sequence[int], *, at: float, tone: float | None, words: int, message: int
    ) -> None:
        """Adds a chat of each speaker with each listener, a speaker of the speech before, except with itself."""
        for speaker, listener in ((s, other) for s in speakers for other in listeners if s != other):
            self._chat(speaker, listener, at=at, tone=tone, words=words, message=message)

    def add_meeting(self, numbers: Sequence[int], *, at: float, tone: float | None, message: int) -> None:
        """Adds one chat for each pair; their words are unknown."""
        for speaker, listener in _pairs(numbers):
            self._chat(speaker, listener, at=at, tone=tone, words=WORDS_AT_WEIGHT_ONE, message=message)

    def _chat(self, speaker: int, listener: int, *, at: float, tone: float | None, words: int, message: int) -> None:
        relationships = self._relationships.get((speaker, listener)), self._relationships.get((listener, speaker))
        act = chat(
            self._ecosystem,
            self._states[speaker],
            self._states[listener],
            relationships,
            NO_HISTORY,
            at=at,
            tone=tone,
            words=words,
        )
        for character in (act.initiator, act.responder):
            self._states[character.number] = character
        for effect in act.effects:
            self._relationships[effect.from_number, effect.to_number] = effect.after
        self._writer.add_act(act, facts_of_act(act), message_position=message)


def _pairs(numbers: Sequence[int]) -> Iterator[tuple[int, int]]:
    return ((first, second) for index, first in enumerate(numbers) for second in numbers[index + 1 :])
