"""Networks: who meets whom, as a file tells it. In the world that it becomes, a meeting is a conversation of unknown words."""

import asyncio
from dataclasses import dataclass

from db.bulk_writer import Chronicle
from domain.rule_sets import DAY_SECONDS, RULE_SETS, Kind
from domain.validation import TITLE_LENGTH_MAX
from interchange.cast import Company
from interchange.importable_worlds import Origin, Progress
from interchange.speakers import Speaker
from interchange.texts import line

UNKNOWN_WORDS = "…"
"""What those who met said to each other, all at once."""


@dataclass(frozen=True, slots=True)
class Meeting:
    """`speakers` are ids, a single one for whoever is there alone. `day` counts from the world's start; `kind` is the
    file's own word for it, if it has one."""

    speakers: tuple[str, ...]
    day: int
    title: str = ""
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Network:
    """`meetings` come in the order of their days."""

    title: str
    origin: Origin
    speakers: tuple[Speaker, ...]
    meetings: tuple[Meeting, ...]

    async def live(self, chronicle: Chronicle, *, seed: str, is_plain: bool, progress: Progress) -> float:
        """Each chats with each whom they meet; a kind of interaction that the file names is heard as its tone."""
        company = Company(chronicle, self.speakers, seed)
        names = {speaker.id: speaker.name for speaker in self.speakers}
        for done, meeting in enumerate(self.meetings, 1):
            title = meeting.title or ", ".join(names[id_] for id_ in meeting.speakers)
            _meet(meeting, title, company, chronicle, tone=None if is_plain else _tone(meeting.kind))
            await chronicle.settle()
            progress(done, len(self.meetings))
            # Whoever else is served by this process is not kept waiting.
            await asyncio.sleep(0)
        return _at(self.meetings[-1]) if self.meetings else 0.0


def _meet(meeting: Meeting, title: str, company: Company, chronicle: Chronicle, *, tone: float | None) -> None:
    numbers, at = company.numbers(meeting.speakers), _at(meeting)
    conversation = chronicle.opened(line(title, TITLE_LENGTH_MAX), numbers, at)
    message = chronicle.said(conversation, company.people(numbers), UNKNOWN_WORDS, 0, at)
    company.meet(numbers, at=at, tone=tone, message=message)
    chronicle.closed(conversation, at)


def _at(meeting: Meeting) -> float:
    return DAY_SECONDS * meeting.day


def _tone(kind: str) -> float | None:
    """How acts of that kind feel elsewhere; None for other words."""
    known = kind.strip().casefold().replace(" ", "_")
    return RULE_SETS["story"].rule(Kind(known)).base_valence if known in list(Kind) else None
