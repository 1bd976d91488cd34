"""What the server reads of the events that the resolver of a subscription yields.

Every attribute is optional. An event without a cursor and a position is sent to all subscribers that are present; none of
them can resume after it.

| attribute          | type | meaning                                                                                       |
|--------------------|------|-----------------------------------------------------------------------------------------------|
| `cursor`           | str  | the subscription resumes here when its argument `after` has this value                         |
| `position`         | int  | the order of the events; all wanted events up to this position have been yielded               |
| `is_caught_up`     | bool | true when all events from before the subscription have been yielded                            |
| `is_access_change` | bool | true for an event that is not sent: it states that viewers may have gained or lost access      |
"""

import sys
from dataclasses import dataclass
from typing import Any

NO_POSITION = sys.maxsize
"""The position of an event that has none. It is after every other position."""


@dataclass(slots=True)
class EncodedEvent:
    """An executed event. `payload` is its response map as JSON, `deflated` the compressed form that WebSockets share."""

    payload: bytes
    cursor: str | None = None
    position: int = NO_POSITION
    deflated: bytes | None = None


def encode(event: Any, payload: bytes) -> EncodedEvent:
    return EncodedEvent(payload, getattr(event, "cursor", None), getattr(event, "position", NO_POSITION))


def is_resumable(event: Any) -> bool:
    return hasattr(event, "cursor")


def is_caught_up(event: Any) -> bool:
    return getattr(event, "is_caught_up", False)


def is_access_change(event: Any) -> bool:
    return getattr(event, "is_access_change", False)
