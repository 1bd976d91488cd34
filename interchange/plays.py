"""Imported plays: segments of speeches, which are simulated one by one."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field

from db.bulk_writer import EcosystemWriter
from domain.rule_sets import DAY_SECONDS
from domain.validation import TITLE_LENGTH_MAX
from interchange import sentiment
from interchange.cast import Cast
from interchange.importable_worlds import Progress, Provenance, Speaker
from interchange.texts import clean_line

SPEECH_SECONDS = 1.0
WORD_SECONDS = 0.4
"""World seconds of a speech, and of each of its words."""


@dataclass(frozen=True, slots=True)
class Speech:
    """`speakers` are ids: several for a chorus, none if the text names no speaker. `words` counts as drama corpora do."""

    speakers: tuple[str, ...]
    text: str
    words: int


@dataclass(frozen=True, slots=True)
class Segment:
    """A scene or an equivalent division. `speakers` includes those who speak only in segments inside this one.

    `nested_counts` counts the speeches of each speaker in those, since corpora and co-presence count them for this segment too.
    A segment that is not a scene is one speech outside any scene: corpora count its words, but no co-presence.
    """

    title: str
    speakers: tuple[str, ...]
    speeches: tuple[Speech, ...]
    nested_counts: Mapping[str, int] = field(default_factory=dict)
    is_scene: bool = True

    @property
    def presence_adjustments(self) -> Mapping[str, int]:
        """Returns what to add to each speaker's number of speeches for co-presence; negative outside a scene."""
        return self.nested_counts if self.is_scene else dict.fromkeys(self.speakers, -len(self.speeches))


@dataclass(frozen=True, slots=True)
class Play:
    """Segments and speeches are in the order of the text."""

    title: str
    provenance: Provenance
    speakers: tuple[Speaker, ...]
    segments: tuple[Segment, ...]

    async def simulate(self, writer: EcosystemWriter, *, seed: str, skips_sentiment: bool, progress: Progress) -> float:
        """Simulates the speeches. One day passes between two segments; the clock stops after the last word."""
        cast = Cast(writer, self.speakers, seed)
        done, total = 0, sum(len(segment.speeches) for segment in self.segments)
        at = 0.0
        for count, segment in enumerate(self.segments):
            at += DAY_SECONDS if count else 0.0
            at = await _write_segment(segment, cast, writer, at, language="" if skips_sentiment else self.provenance.language)
            await writer.flush_if_full()
            progress(done := done + len(segment.speeches), total)
        return at


async def _write_segment(segment: Segment, cast: Cast, writer: EcosystemWriter, at: float, *, language: str) -> float:
    conversation = writer.open_conversation(
        clean_line(segment.title, TITLE_LENGTH_MAX), cast.find_numbers(segment.speakers), at
    )
    previous_speakers: list[int] = []
    for speech in segment.speeches:
        numbers = cast.find_numbers(speech.speakers)
        message = writer.add_message(conversation, cast.find_states(numbers), speech.text, speech.words, at)
        tone = sentiment.measure_tone(speech.text, language) if previous_speakers and numbers else None
        cast.add_exchange(numbers, previous_speakers, at=at, tone=tone, words=speech.words, message=message)
        at += SPEECH_SECONDS + WORD_SECONDS * speech.words
        previous_speakers = numbers
        # Other tasks of this process get their turn within a scene.
        await asyncio.sleep(0)
    adjustments = segment.presence_adjustments
    counts = dict(zip(cast.find_numbers(adjustments), adjustments.values(), strict=True))
    writer.close_conversation(conversation, at, nested_message_counts=counts)
    return at
