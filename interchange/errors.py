"""Refusals of an import: the file, the line, what is wrong and what the user can do."""

from dataclasses import dataclass

from domain.refusals import Refusal
from interchange.texts import clean_line

EXPLANATION_LENGTH_MAX = 2_000
"""Characters of an explanation, and of a name."""


@dataclass(slots=True)
class Unreadable(Refusal):
    """`file` is the name that the user gave; `line` counts from 1, or is None if the error has no line."""

    file: str = ""
    line: int | None = None

    def __post_init__(self) -> None:
        """Cleans and shortens text that came from a file or a server, so that a terminal prints it safely."""
        self.explanation, self.file = (
            clean_line(self.explanation, EXPLANATION_LENGTH_MAX),
            clean_line(self.file, EXPLANATION_LENGTH_MAX),
        )

    def __str__(self) -> str:
        location = self.file if self.line is None else f"{self.file}, line {self.line}"
        return f"{location}: {self.explanation}" if location else self.explanation


@dataclass(slots=True)
class UnknownFormat(Unreadable):
    """The format is not supported; in a folder or a zip such a file is skipped."""
