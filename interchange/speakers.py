"""Speakers: who appears in a file, before they are characters of a world."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Speaker:
    """`id` names them in the file. `description` says what the file knows of them beyond the name."""

    id: str
    name: str
    description: str = ""
