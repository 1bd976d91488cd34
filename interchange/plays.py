"""Plays: what a play is to us before it becomes a world, and how it becomes one: segment by segment, speech by speech."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field

from db.bulk_writer import Chronicle
from domain.rule_sets import DAY_SECONDS
from domain.validation import TITLE_LENGTH_MAX
from interchange import sentiment
from interchange.cast import Company
from interchange.importable_worlds import Origin, Progress
from interchange.speakers import Speaker
from interchange.texts import line

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
    inside: Mapping[str, int] = field(default_factory=dict)
    is_scene: bool = True

    @property
    def elsewhere(self) -> Mapping[str, int]:
        """What each said in other conversations that counts here for who is present; less than 0: what does not count."""
        return self.inside if self.is_scene else dict.fromkeys(self.speakers, -len(self.speeches))


@dataclass(frozen=True, slots=True)
class Play:
    """Segments and speeches stand in the order of the text."""

    title: str
    origin: Origin
    speakers: tuple[Speaker, ...]
    segments: tuple[Segment, ...]

    async def live(self, chronicle: Chronicle, *, seed: str, is_plain: bool, progress: Progress) -> float:
        """A day passes between two segments; the clock stops with the last word."""
        company = Company(chronicle, self.speakers, seed)
        done, total = 0, sum(len(segment.speeches) for segment in self.segments)
        at = 0.0
        for count, segment in enumerate(self.segments):
            at += DAY_SECONDS if count else 0.0
            at = await _play(segment, company, chronicle, at, language="" if is_plain else self.origin.language)
            await chronicle.settle()
            progress(done := done + len(segment.speeches), total)
        return at


async def _play(segment: Segment, company: Company, chronicle: Chronicle, at: float, *, language: str) -> float:
    conversation = chronicle.opened(line(segment.title, TITLE_LENGTH_MAX), company.numbers(segment.speakers), at)
    before: list[int] = []
    for speech in segment.speeches:
        numbers = company.numbers(speech.speakers)
        message = chronicle.said(conversation, company.people(numbers), speech.text, speech.words, at)
        heard = sentiment.of(speech.text, language) if before and numbers else None
        company.exchange(numbers, before, at=at, tone=heard, words=speech.words, message=message)
        at += SPEECH_SECONDS + WORD_SECONDS * speech.words
        before = numbers
        # Whoever else is served by this process is not kept waiting for a whole scene.
        await asyncio.sleep(0)
    elsewhere = segment.elsewhere
    chronicle.closed(conversation, at, inside=dict(zip(company.numbers(elsewhere), elsewhere.values(), strict=True)))
    return at
