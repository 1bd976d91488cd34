"""Refusals: every expected "no", with data that helps the client to continue. Any other exception is a bug."""

from dataclasses import dataclass, field
from uuid import UUID


@dataclass(slots=True)
class Refusal(Exception):
    """`explanation` is one sentence for people: what is wrong, and what to do."""

    explanation: str


@dataclass(slots=True)
class NotSignedIn(Refusal):
    explanation: str = "Sign in first; this is only for signed-in users."


@dataclass(slots=True)
class BadCredentials(Refusal):
    explanation: str = "The name or the password is wrong; check both and try again."


@dataclass(slots=True)
class TooManyTries(Refusal):
    """`retry_after_seconds` is in seconds of the wall clock."""

    retry_after_seconds: float = 0.0


@dataclass(slots=True)
class NotAllowed(Refusal):
    """`needed_role` is None if no role would suffice."""

    needed_role: str | None = None


@dataclass(slots=True)
class NotFound(Refusal):
    """It does not exist, or the viewer may not see it. `missing` is a key of `domain.keys`."""

    explanation: str = "There is nothing with this id, or you may not see it."
    missing: object = None


@dataclass(frozen=True, slots=True)
class Problem:
    """One error in an input. `path` leads to the field, as in ("traits", "openness")."""

    path: tuple[str, ...]
    explanation: str


@dataclass(slots=True)
class Invalid(Refusal):
    explanation: str = "The input is not valid; see the problems."
    problems: tuple[Problem, ...] = field(default=())

    @classmethod
    def at(cls, *path: str, because: str) -> "Invalid":
        return cls(because, (Problem(path, because),))


@dataclass(slots=True)
class Conflict(Refusal):
    """It was changed since the client read it."""

    explanation: str = "It changed since you read it; read it again, then repeat your change."
    current_version: int = 0


@dataclass(slots=True)
class TooTired(Refusal):
    """The energy of character `number` is too low; it suffices from the world time `rested_world_seconds` on.

    Rules do not know the ecosystem: the caller sets `ecosystem_id`, here and in the refusals below.
    """

    explanation: str = "The character is too tired for this now; try again when it is rested."
    number: int = 0
    rested_world_seconds: float = 0.0
    ecosystem_id: UUID | None = None


@dataclass(slots=True)
class Inactive(Refusal):
    explanation: str = "This character is not active; activate it first, or choose another."
    number: int = 0
    ecosystem_id: UUID | None = None


@dataclass(slots=True)
class ConversationIsClosed(Refusal):
    explanation: str = "This conversation is closed; open a new one."
    position: int = 0
    ecosystem_id: UUID | None = None
