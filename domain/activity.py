"""Activity: the numbered facts of an ecosystem. One transaction writes a fact and the state that it changed."""

import base64
import struct
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from hashlib import blake2b
from uuid import UUID

from domain.interactions import Act
from domain.refusals import Invalid


class FactType(StrEnum):
    ECOSYSTEM_CREATED = "ecosystem_created"
    ECOSYSTEM_CHANGED = "ecosystem_changed"
    CLOCK_SET = "clock_set"
    MEMBER_GRANTED = "member_granted"
    MEMBER_REVOKED = "member_revoked"
    CHARACTER_CREATED = "character_created"
    CHARACTER_CHANGED = "character_changed"
    CHARACTER_DELETED = "character_deleted"
    INTERACTED = "interacted"
    STAGE_CHANGED = "stage_changed"
    CONVERSATION_OPENED = "conversation_opened"
    MESSAGE_SAID = "message_said"
    CONVERSATION_CLOSED = "conversation_closed"


PRIVATE_TYPES = frozenset({FactType.MEMBER_GRANTED, FactType.MEMBER_REVOKED})
"""Only owners and editors may see facts of these types."""
ACCESS_CHANGING_TYPES = PRIVATE_TYPES | {FactType.ECOSYSTEM_CHANGED}


@dataclass(frozen=True, slots=True)
class Fact:
    """What happened. The database gives it a position when it is written.

    `numbers` are the numbers of the characters that it is about. `data` holds what the rows of its interaction, conversation
    or message do not hold.
    """

    type: FactType
    world_seconds: float
    numbers: tuple[int, ...] = ()
    data: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Cursor:
    """A place in the activity of an ecosystem: after the fact at `position` of the history `epoch`."""

    epoch: int
    position: int

    def __str__(self) -> str:
        return base64.urlsafe_b64encode(struct.pack(">IQ", self.epoch, self.position)).decode()

    @classmethod
    def parse(cls, text: str) -> "Cursor":
        """Reverses `str(cursor)`. Raises Invalid for any other text."""
        try:
            cursor = cls(*struct.unpack(">IQ", base64.urlsafe_b64decode(text)))
        except (struct.error, ValueError):
            cursor = None
        # The decoder accepts other spellings of the same bytes: + for -, and characters that it ignores.
        if cursor is None or str(cursor) != text:
            raise Invalid.at(
                "after", because="This is not a cursor of an activity feed; use `head`, or the `cursor` of a fact."
            )
        return cursor


def epoch_of(ecosystem_id: UUID, version: int) -> int:
    """A 32-bit hash that identifies one history of an ecosystem. `version` counts how often the history was replaced."""
    return int.from_bytes(blake2b(ecosystem_id.bytes + version.to_bytes(4, "big"), digest_size=4).digest(), "big")


def matches_filter(
    types: Iterable[str] | None, numbers: Iterable[int] | None, fact_type: str, fact_numbers: Iterable[int]
) -> bool:
    """Whether a fact passes a filter by type and by character. None matches every fact, an empty list matches none."""
    return (types is None or fact_type in set(types)) and (numbers is None or not set(numbers).isdisjoint(fact_numbers))


def facts_of_act(act: Act) -> list[Fact]:
    """The fact of the interaction first, then one fact for each stage that it changed."""
    names = {character.number: character.name for character in (act.initiator, act.responder)}
    stage_facts = [
        Fact(
            FactType.STAGE_CHANGED,
            act.at,
            (effect.from_number, effect.to_number),
            {
                "from": effect.from_number,
                "to": effect.to_number,
                "from_name": names[effect.from_number],
                "to_name": names[effect.to_number],
                "before": effect.before.stage,
                "after": effect.after.stage,
            },
        )
        for effect in act.stage_changes
    ]
    return [Fact(FactType.INTERACTED, act.at, tuple(names)), *stage_facts]
