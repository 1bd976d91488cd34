"""Refusals of what should come in: which file, which line, what is the matter and what can be done."""

from dataclasses import dataclass

from domain.refusals import Refusal
from interchange.texts import clean_line as line_of

EXPLANATION_LENGTH_MAX = 2_000
"""Of an explanation and of a name."""


@dataclass(slots=True)
class Unreadable(Refusal):
    """`file` is the name under which the user knows it; `line` counts from 1, None where no single line is to blame."""

    file: str = ""
    line: int | None = None

    def __post_init__(self) -> None:
        """What a stranger's file, or their server, has its say in can be printed and sent, and moves nobody's cursor."""
        self.explanation, self.file = (
            line_of(self.explanation, EXPLANATION_LENGTH_MAX),
            line_of(self.file, EXPLANATION_LENGTH_MAX),
        )

    def __str__(self) -> str:
        where = self.file if self.line is None else f"{self.file}, line {self.line}"
        return f"{where}: {self.explanation}" if where else self.explanation


@dataclass(slots=True)
class UnknownFormat(Unreadable):
    """Of no kind that can be imported: among many files, one to pass over."""
