"""Networks: who meets whom, as a file tells it. In the world that it becomes, a meeting is a conversation of unknown words."""

import asyncio
from dataclasses import dataclass

from db.bulk_writer import EcosystemWriter
from domain.rule_sets import DAY_SECONDS, RULE_SETS, InteractionKind
from domain.validation import TITLE_LENGTH_MAX
from interchange.cast import Cast
from interchange.importable_worlds import Progress, Provenance, Speaker
from interchange.texts import clean_line

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
class ImportedNetwork:
    """`meetings` come in the order of their days."""

    title: str
    provenance: Provenance
    speakers: tuple[Speaker, ...]
    meetings: tuple[Meeting, ...]

    async def simulate(self, writer: EcosystemWriter, *, seed: str, skips_sentiment: bool, progress: Progress) -> float:
        """Each chats with each whom they meet; a kind of interaction that the file names is heard as its tone."""
        company = Cast(writer, self.speakers, seed)
        names = {speaker.id: speaker.name for speaker in self.speakers}
        for done, meeting in enumerate(self.meetings, 1):
            title = meeting.title or ", ".join(names[id_] for id_ in meeting.speakers)
            _write_meeting(meeting, title, company, writer, tone=None if skips_sentiment else _kind_tone(meeting.kind))
            await writer.flush_if_full()
            progress(done, len(self.meetings))
            # Whoever else is served by this process is not kept waiting.
            await asyncio.sleep(0)
        return _meeting_seconds(self.meetings[-1]) if self.meetings else 0.0


def _write_meeting(meeting: Meeting, title: str, cast: Cast, writer: EcosystemWriter, *, tone: float | None) -> None:
    numbers, at = cast.numbers(meeting.speakers), _meeting_seconds(meeting)
    conversation = writer.open_conversation(clean_line(title, TITLE_LENGTH_MAX), numbers, at)
    message = writer.add_message(conversation, cast.states(numbers), UNKNOWN_WORDS, 0, at)
    cast.add_meeting(numbers, at=at, tone=tone, message=message)
    writer.close_conversation(conversation, at)


def _meeting_seconds(meeting: Meeting) -> float:
    return DAY_SECONDS * meeting.day


def _kind_tone(kind: str) -> float | None:
    """How acts of that kind feel elsewhere; None for other words."""
    known = kind.strip().casefold().replace(" ", "_")
    return RULE_SETS["story"].rule(InteractionKind(known)).base_valence if known in list(InteractionKind) else None
