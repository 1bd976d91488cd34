"""Refusals of what should come in: which file, which line, what is the matter and what can be done."""

from dataclasses import dataclass

from domain.refusals import Refusal


@dataclass(slots=True)
class Unreadable(Refusal):
    """`file` is the name under which the user knows it; `line` counts from 1, None where no single line is to blame."""

    file: str = ""
    line: int | None = None

    def __str__(self) -> str:
        where = self.file if self.line is None else f"{self.file}, line {self.line}"
        return f"{where}: {self.explanation}" if where else self.explanation


@dataclass(slots=True)
class Unknown(Unreadable):
    """Of no kind that can be imported: among many files, one to pass over."""
