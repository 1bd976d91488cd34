"""Imported networks: meetings of characters. In the ecosystem, a meeting becomes a conversation of unknown words."""

import asyncio
from dataclasses import dataclass

from db.bulk_writer import EcosystemWriter
from domain.rule_sets import DAY_SECONDS, RULE_SETS, InteractionKind
from domain.validation import TITLE_LENGTH_MAX
from interchange.cast import Cast
from interchange.importable_worlds import Progress, Provenance, Speaker
from interchange.texts import clean_line

UNKNOWN_WORDS = "…"
"""The text of the one message of a meeting."""


@dataclass(frozen=True, slots=True)
class Meeting:
    """`speakers` are ids; a node without edges has a meeting alone. `day` counts from 0; `kind` is in the file's words."""

    speakers: tuple[str, ...]
    day: int
    title: str = ""
    kind: str = ""


@dataclass(frozen=True, slots=True)
class ImportedNetwork:
    """`meetings` are in the order of their days."""

    title: str
    provenance: Provenance
    speakers: tuple[Speaker, ...]
    meetings: tuple[Meeting, ...]

    async def simulate(self, writer: EcosystemWriter, *, seed: str, skips_sentiment: bool, progress: Progress) -> float:
        """Writes a chat for each pair of a meeting. The name of a kind of interaction gives the tone of the chat."""
        cast = Cast(writer, self.speakers, seed)
        names = {speaker.id: speaker.name for speaker in self.speakers}
        for done, meeting in enumerate(self.meetings, 1):
            title = meeting.title or ", ".join(names[id_] for id_ in meeting.speakers)
            _write_meeting(meeting, title, cast, writer, tone=None if skips_sentiment else _kind_tone(meeting.kind))
            await writer.flush_if_full()
            progress(done, len(self.meetings))
            # Other tasks of this process get their turn.
            await asyncio.sleep(0)
        return _meeting_seconds(self.meetings[-1]) if self.meetings else 0.0


def _write_meeting(meeting: Meeting, title: str, cast: Cast, writer: EcosystemWriter, *, tone: float | None) -> None:
    numbers, at = cast.find_numbers(meeting.speakers), _meeting_seconds(meeting)
    conversation = writer.open_conversation(clean_line(title, TITLE_LENGTH_MAX), numbers, at)
    message = writer.add_message(conversation, cast.find_states(numbers), UNKNOWN_WORDS, 0, at)
    cast.add_meeting(numbers, at=at, tone=tone, message=message)
    writer.close_conversation(conversation, at)


def _meeting_seconds(meeting: Meeting) -> float:
    return DAY_SECONDS * meeting.day


def _kind_tone(kind: str) -> float | None:
    """Returns the valence of that kind in the rule set `story`, or None for other words."""
    name = kind.strip().casefold().replace(" ", "_")
    return RULE_SETS["story"].rule(InteractionKind(name)).base_valence if name in list(InteractionKind) else None
