"""Follows: what the events of a subscription tell beside what they show, so that those who watch the same share one run."""

from dataclasses import dataclass
from typing import Any, ClassVar, Protocol


class SharedEvent(Protocol):
    """An event that can be shared. Events that lack these, refusals for one, are shown to whoever is there and end the run.

    `position` orders the steps of one follow: everything that is wanted up to it has been sent with this step.
    """

    cursor: str
    position: int


class CaughtUpEvent(SharedEvent, Protocol):
    """The place where followers of the same thing meet."""

    is_caught_up: ClassVar[bool]


@dataclass(frozen=True, slots=True)
class AccessChanged:
    """Yielded when who may see what has changed, and never shown: all who share the run are asked anew who they are."""


def is_caught_up(event: Any) -> bool:
    return getattr(event, "is_caught_up", False)
