"""Worlds to be: what every kind of file is read into, so that it can be lived through and kept in one way."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any, Protocol

from db.bulk_writer import EcosystemWriter

Progress = Callable[[int, int], None]
"""Told how much is done, and of how much."""


@dataclass(frozen=True, slots=True)
class Speaker:
    """`id` names them in the file. `description` says what the file knows of them beyond the name."""

    id: str
    name: str
    description: str = ""


@dataclass(frozen=True, slots=True)
class Provenance:
    """What is told of where a world came from. `year` may be before our era (negative); `language` is a tag of BCP 47."""

    format: str
    authors: tuple[str, ...] = ()
    year: int | None = None
    language: str = ""
    licence: str = ""
    source: str = ""
    notes: tuple[str, ...] = field(default=())

    def with_notes(self, notes: tuple[str, ...]) -> "Provenance":
        return replace(self, notes=(*self.notes, *notes))


class ImportableWorld(Protocol):
    """A world that has been read and can be lived through. Its title is empty where the file has none."""

    @property
    def title(self) -> str: ...

    @property
    def provenance(self) -> Provenance: ...

    async def simulate(self, writer: EcosystemWriter, *, seed: str, skips_sentiment: bool, progress: Progress) -> float:
        """Tells the chronicle all that happens; answers the world's time at its end. Not to be `is_plain`: tones are heard."""
        ...


def describe(provenance: Provenance) -> str:
    """For people."""
    by = ", ".join(provenance.authors)
    lines = (
        f"By {by}." if by else "",
        f"Of the year {provenance.year}." if provenance.year is not None and provenance.year > 0 else "",
        f"Of the year {-provenance.year} before our era." if provenance.year is not None and provenance.year < 0 else "",
        f"Language: {provenance.language}." if provenance.language not in ("", "und") else "",
        f"Source: {provenance.source}" if provenance.source else "",
        f"Licence: {provenance.licence}" if provenance.licence else "",
        *provenance.notes,
    )
    return "\n".join(filter(None, lines))


def to_data(provenance: Provenance) -> dict[str, Any]:
    return {
        "format": provenance.format, "authors": list(provenance.authors), "year": provenance.year,
        "language": provenance.language,
        "licence": provenance.licence, "source": provenance.source, "notes": list(provenance.notes),
    }  # fmt: skip
