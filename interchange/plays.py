"""Plays: what a play is to us before it becomes a world, and how it becomes one: segment by segment, speech by speech."""

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
"""How long a speech takes on the clock of the play, and how long each of its words."""


@dataclass(frozen=True, slots=True)
class Speech:
    """`speakers` are ids, several for a chorus, none where the text does not say who; `words` counts as drama corpora do."""

    speakers: tuple[str, ...]
    text: str
    words: int


@dataclass(frozen=True, slots=True)
class Segment:
    """A scene, or what takes its place. `speakers` also has those who speak only in segments inside of this one.

    `inside` counts the speeches of each in those: corpora count them to this segment, too, and so does co-presence.
    What is no scene is a speech outside of any: corpora count its words, but nobody is present with anybody there.
    """

    title: str
    speakers: tuple[str, ...]
    speeches: tuple[Speech, ...]
    nested_counts: Mapping[str, int] = field(default_factory=dict)
    is_scene: bool = True

    @property
    def presence_adjustments(self) -> Mapping[str, int]:
        """What each said in other conversations that counts here for who is present; less than 0: what does not count."""
        return self.nested_counts if self.is_scene else dict.fromkeys(self.speakers, -len(self.speeches))


@dataclass(frozen=True, slots=True)
class Play:
    """Segments and speeches stand in the order of the text."""

    title: str
    provenance: Provenance
    speakers: tuple[Speaker, ...]
    segments: tuple[Segment, ...]

    async def simulate(self, writer: EcosystemWriter, *, seed: str, skips_sentiment: bool, progress: Progress) -> float:
        """A day passes between two segments; the clock stops with the last word."""
        company = Cast(writer, self.speakers, seed)
        done, total = 0, sum(len(segment.speeches) for segment in self.segments)
        at = 0.0
        for count, segment in enumerate(self.segments):
            at += DAY_SECONDS if count else 0.0
            at = await _write_segment(
                segment, company, writer, at, language="" if skips_sentiment else self.provenance.language
            )
            await writer.flush_if_full()
            progress(done := done + len(segment.speeches), total)
        return at


async def _write_segment(segment: Segment, cast: Cast, writer: EcosystemWriter, at: float, *, language: str) -> float:
    conversation = writer.open_conversation(clean_line(segment.title, TITLE_LENGTH_MAX), cast.numbers(segment.speakers), at)
    before: list[int] = []
    for speech in segment.speeches:
        numbers = cast.numbers(speech.speakers)
        message = writer.add_message(conversation, cast.states(numbers), speech.text, speech.words, at)
        heard = sentiment.measure_tone(speech.text, language) if before and numbers else None
        cast.add_exchange(numbers, before, at=at, tone=heard, words=speech.words, message=message)
        at += SPEECH_SECONDS + WORD_SECONDS * speech.words
        before = numbers
        # Whoever else is served by this process is not kept waiting for a whole scene.
        await asyncio.sleep(0)
    elsewhere = segment.presence_adjustments
    writer.close_conversation(
        conversation, at, nested_message_counts=dict(zip(cast.numbers(elsewhere), elsewhere.values(), strict=True))
    )
    return at
