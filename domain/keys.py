"""Keys: what names a thing for good. All but a user's begin with the ecosystem, so that a world lives on one shard."""

import base64
import struct
from typing import NamedTuple
from uuid import UUID


class UserKey(NamedTuple):
    user_id: UUID


class EcosystemKey(NamedTuple):
    ecosystem_id: UUID


class CharacterKey(NamedTuple):
    """`number` counts the characters of an ecosystem in order of creation; it is never given twice."""

    ecosystem_id: UUID
    number: int


class RelationshipKey(NamedTuple):
    ecosystem_id: UUID
    from_number: int
    to_number: int


class FactKey(NamedTuple):
    """Of a fact, and of what came to be by it: the interaction, conversation or message of that position."""

    ecosystem_id: UUID
    position: int


class ActivityKey(FactKey):
    __slots__ = ()


class InteractionKey(FactKey):
    __slots__ = ()


class ConversationKey(FactKey):
    __slots__ = ()


class MessageKey(FactKey):
    __slots__ = ()


Key = UserKey | EcosystemKey | CharacterKey | RelationshipKey | ActivityKey | InteractionKey | ConversationKey | MessageKey

_FORMATS: dict[int, tuple[type[Key], str]] = {
    1: (UserKey, ""),
    2: (EcosystemKey, ""),
    3: (CharacterKey, "I"),
    4: (RelationshipKey, "II"),
    5: (ActivityKey, "Q"),
    6: (InteractionKey, "Q"),
    7: (ConversationKey, "Q"),
    8: (MessageKey, "Q"),
}
"""By a letter of one byte: what is named, and the numbers that follow the ecosystem's (or the user's) 16 bytes."""
_TAGS = {form: letter for letter, (form, _) in _FORMATS.items()}
_LIMITS = {"I": 2**31 - 1, "Q": 2**63 - 1}


def encode_id(key: Key) -> str:
    """The opaque ID of a thing: URL-safe, 23 to 34 characters."""
    letter = _TAGS[type(key)]
    first, *numbers = key
    return (
        base64.urlsafe_b64encode(struct.pack(f">B16s{_FORMATS[letter][1]}", letter, first.bytes, *numbers)).decode().rstrip("=")
    )


def decode_id(text: str) -> Key | None:
    """The key that an ID names; None where `text` is no ID that was ever given out."""
    try:
        raw = base64.urlsafe_b64decode(text + "==")  # as much padding as there can be; more than is needed is passed over
        form, numbers = _FORMATS[raw[0]]
        _, first, *rest = struct.unpack(f">B16s{numbers}", raw)
    except (struct.error, ValueError, KeyError, IndexError):
        return None
    if any(number > _LIMITS[kind] for number, kind in zip(rest, numbers, strict=True)):
        return None
    key = form(UUID(bytes=first), *rest)
    return key if encode_id(key) == text else None
