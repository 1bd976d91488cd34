"""Worlds to be: what every kind of file is read into, so that it can be lived through and kept in one way."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any, Protocol

from db.bulk_writer import Chronicle

Progress = Callable[[int, int], None]
"""Told how much is done, and of how much."""


@dataclass(frozen=True, slots=True)
class Origin:
    """What is told of where a world came from. `year` may be before our era (negative); `language` is a tag of BCP 47."""

    format: str
    authors: tuple[str, ...] = ()
    year: int | None = None
    language: str = ""
    licence: str = ""
    source: str = ""
    notes: tuple[str, ...] = field(default=())

    def with_notes(self, notes: tuple[str, ...]) -> "Origin":
        return replace(self, notes=(*self.notes, *notes))


class Tale(Protocol):
    """A world that has been read and can be lived through. Its title is empty where the file has none."""

    @property
    def title(self) -> str: ...

    @property
    def origin(self) -> Origin: ...

    async def live(self, chronicle: Chronicle, *, seed: str, is_plain: bool, progress: Progress) -> float:
        """Tells the chronicle all that happens; answers the world's time at its end. Not to be `is_plain`: tones are heard."""
        ...


def described(origin: Origin) -> str:
    """For people."""
    by = ", ".join(origin.authors)
    lines = (
        f"By {by}." if by else "",
        f"Of the year {origin.year}." if origin.year is not None and origin.year > 0 else "",
        f"Of the year {-origin.year} before our era." if origin.year is not None and origin.year < 0 else "",
        f"Language: {origin.language}." if origin.language not in ("", "und") else "",
        f"Source: {origin.source}" if origin.source else "",
        f"Licence: {origin.licence}" if origin.licence else "",
        *origin.notes,
    )
    return "\n".join(filter(None, lines))


def as_data(origin: Origin) -> dict[str, Any]:
    return {
        "format": origin.format, "authors": list(origin.authors), "year": origin.year, "language": origin.language,
        "licence": origin.licence, "source": origin.source, "notes": list(origin.notes),
    }  # fmt: skip
