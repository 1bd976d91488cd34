"""Refusals: every expected "no", as data that tells the client what can be done. Anything else that is raised is a bug."""

from dataclasses import dataclass, field
from uuid import UUID


@dataclass(slots=True)
class Refusal(Exception):
    """`explanation` is one sentence for a person: what is the matter and what can be done."""

    explanation: str


@dataclass(slots=True)
class NotSignedIn(Refusal):
    explanation: str = "Sign in first: this needs to know who you are."


@dataclass(slots=True)
class BadCredentials(Refusal):
    explanation: str = "That name and password do not belong together; check both and try again."


@dataclass(slots=True)
class TooManyTries(Refusal):
    """`retry_after_seconds` counts on the wall's clock."""

    retry_after_seconds: float = 0.0


@dataclass(slots=True)
class NotAllowed(Refusal):
    """`needed_role` is None where no role would help."""

    needed_role: str | None = None


@dataclass(slots=True)
class NotFound(Refusal):
    """It is not there, or the viewer may not see that it is. `missing` is a key of any kind, never looked into here."""

    explanation: str = "There is nothing here by that id, or it may not be seen."
    missing: object = None


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with an input; `path` leads to it, as in ("traits", "openness")."""

    path: tuple[str, ...]
    explanation: str


@dataclass(slots=True)
class Invalid(Refusal):
    explanation: str = "Something in the input cannot be used; see the problems."
    problems: tuple[Problem, ...] = field(default=())

    @classmethod
    def at(cls, *path: str, because: str) -> "Invalid":
        return cls(because, (Problem(path, because),))


@dataclass(slots=True)
class Conflict(Refusal):
    """Somebody changed it since it was read."""

    explanation: str = "It has changed since you read it; read it again, then repeat your change."
    current_version: int = 0


@dataclass(slots=True)
class TooTired(Refusal):
    """`number` is the tired character's; `rested_world_seconds` is the exact instant from which its energy suffices.

    Here and below, `ecosystem_id` is filled in by whoever knows which world it happened in.
    """

    explanation: str = "Too tired for this now; it can be done once rested."
    number: int = 0
    rested_world_seconds: float = 0.0
    ecosystem_id: UUID | None = None


@dataclass(slots=True)
class Inactive(Refusal):
    explanation: str = "This character is not active; make it active first, or choose another."
    number: int = 0
    ecosystem_id: UUID | None = None


@dataclass(slots=True)
class ConversationIsClosed(Refusal):
    explanation: str = "This conversation is closed; open a new one."
    position: int = 0
    ecosystem_id: UUID | None = None
