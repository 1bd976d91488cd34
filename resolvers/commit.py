"""The result of a mutation."""

from dataclasses import dataclass
from typing import Generic, TypeVar

from domain.keys import Key

KeyT = TypeVar("KeyT", bound=Key)


@dataclass(frozen=True, slots=True)
class Commit(Generic[KeyT]):
    """The key of the changed object, and the cursor of the last fact of the change (or of the head, where nothing changed)."""

    key: KeyT
    cursor: str
