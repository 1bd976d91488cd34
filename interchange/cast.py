"""The company: all who appear in an imported world. What they say to each other works on them by the rules of a script."""

from collections.abc import Iterable, Iterator, Sequence

from db.bulk_writer import Chronicle
from domain.activity import facts_of
from domain.characters import Person, Traits, born
from domain.conversations import WORDS_OF_A_SPEECH, talk
from domain.interactions import Past, World
from domain.relationships import Tie
from domain.rule_sets import SCRIPT
from domain.validation import DESCRIPTION_LENGTH_MAX, NAME_LENGTH_MAX
from interchange.speakers import Speaker
from interchange.texts import line

NATURE = Traits()
"""Nobody's nature is known."""
UNTIMED = Past()
"""A script looks back at nothing: it draws no chances and does not tire of repeats."""


class Company:
    """Their numbers count from 1 in the order in which they appear."""

    def __init__(self, chronicle: Chronicle, speakers: Iterable[Speaker], seed: str) -> None:
        self._chronicle = chronicle
        self._world = World(SCRIPT, seed)
        self._numbers: dict[str, int] = {}
        self._people: dict[int, Person] = {}
        self._ties: dict[tuple[int, int], Tie] = {}
        for number, speaker in enumerate(speakers, 1):
            person = born(number, line(speaker.name, NAME_LENGTH_MAX) or str(number), NATURE, 0.0)
            self._numbers[speaker.id], self._people[number] = number, person
            chronicle.born(person, line(speaker.description, DESCRIPTION_LENGTH_MAX))

    def numbers(self, ids: Iterable[str]) -> list[int]:
        return [self._numbers[id_] for id_ in ids]

    def people(self, numbers: Iterable[int]) -> list[Person]:
        return [self._people[number] for number in numbers]

    def exchange(
        self, speakers: Sequence[int], hearers: Sequence[int], *, at: float, tone: float | None, words: int, message: int
    ) -> None:
        """Each speaker chats with each who spoke just before, but nobody with themselves."""
        for speaker, hearer in ((s, h) for s in speakers for h in hearers if s != h):
            self._chat(speaker, hearer, at=at, tone=tone, words=words, message=message)

    def meet(self, numbers: Sequence[int], *, at: float, tone: float | None, message: int) -> None:
        """Each chats with each other once; what they say is not known."""
        for speaker, hearer in _pairs(numbers):
            self._chat(speaker, hearer, at=at, tone=tone, words=WORDS_OF_A_SPEECH, message=message)

    def _chat(self, speaker: int, hearer: int, *, at: float, tone: float | None, words: int, message: int) -> None:
        ties = self._ties.get((speaker, hearer)), self._ties.get((hearer, speaker))
        act = talk(self._world, self._people[speaker], self._people[hearer], ties, UNTIMED, at=at, tone=tone, words=words)
        for person in (act.initiator, act.responder):
            self._people[person.number] = person
        for effect in act.effects:
            self._ties[effect.from_number, effect.to_number] = effect.after
        self._chronicle.acted(act, facts_of(act), message_position=message)


def _pairs(numbers: Sequence[int]) -> Iterator[tuple[int, int]]:
    return ((one, other) for i, one in enumerate(numbers) for other in numbers[i + 1 :])
