"""What a file is read into, whatever its format, before it is simulated and stored."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any, Protocol

from db.bulk_writer import EcosystemWriter

Progress = Callable[[int, int], None]
"""Called with the number of items that are done and their total."""


@dataclass(frozen=True, slots=True)
class Speaker:
    """A person in a file. `id` is the id in the file; `description` is what the file says beside the name."""

    id: str
    name: str
    description: str = ""


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where a world comes from. `year` is negative before our era; `language` is a BCP 47 tag."""

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
    """A world that has been read and can be simulated. The title is empty if the file has none."""

    @property
    def title(self) -> str: ...

    @property
    def provenance(self) -> Provenance: ...

    async def simulate(self, writer: EcosystemWriter, *, seed: str, skips_sentiment: bool, progress: Progress) -> float:
        """Writes all that happens and returns the world seconds at the end. `skips_sentiment` ignores the tone of texts."""
        ...


def describe(provenance: Provenance) -> str:
    """Returns a description of the provenance for the page, one statement a line."""
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
