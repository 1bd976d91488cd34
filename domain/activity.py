"""Activity: the numbered facts of an ecosystem. A fact is written with the state that it changed, or not at all."""

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
"""Seen by owners and editors only."""
ACCESS_CHANGING_TYPES = PRIVATE_TYPES | {FactType.ECOSYSTEM_CHANGED}


@dataclass(frozen=True, slots=True)
class Fact:
    """What happened; it gets its position when it is kept.

    `numbers` are the characters that it is about. `data` is what the fact's own row, interaction or message does not hold.
    """

    type: FactType
    world_seconds: float
    numbers: tuple[int, ...] = ()
    data: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Cursor:
    """A place in an ecosystem's activity: all facts up to `position` of the history `epoch` have been seen."""

    epoch: int
    position: int

    def __str__(self) -> str:
        return base64.urlsafe_b64encode(struct.pack(">IQ", self.epoch, self.position)).decode()

    @classmethod
    def parse(cls, text: str) -> "Cursor":
        """Raises Invalid where `text` is none that was ever given out."""
        try:
            cursor = cls(*struct.unpack(">IQ", base64.urlsafe_b64decode(text)))
        except (struct.error, ValueError):
            cursor = None
        # The decoder takes more spellings than one: + for -, and signs that it leaves out.
        if cursor is None or str(cursor) != text:
            raise Invalid.at("after", because="This is no cursor of a feed; take `head`, or the `cursor` of a fact.")
        return cursor


def epoch_of(ecosystem_id: UUID, version: int) -> int:
    """32 bits that tell this history of an ecosystem from every other; `version` counts how often it was replaced."""
    return int.from_bytes(blake2b(ecosystem_id.bytes + version.to_bytes(4, "big"), digest_size=4).digest(), "big")


def matches_filter(
    types: Iterable[str] | None, numbers: Iterable[int] | None, fact_type: str, fact_numbers: Iterable[int]
) -> bool:
    """Whether a fact passes a filter; None lets all through, an empty list none."""
    return (types is None or fact_type in set(types)) and (numbers is None or not set(numbers).isdisjoint(fact_numbers))


def facts_of_act(act: Act) -> list[Fact]:
    """That it happened, and each stage that was crossed by it."""
    names = {person.number: person.name for person in (act.initiator, act.responder)}
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
