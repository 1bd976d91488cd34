"""Keys: permanent identifiers. All but those of users begin with the ecosystem, so that an ecosystem fits on one shard."""

import base64
import struct
from typing import NamedTuple
from uuid import UUID


class UserKey(NamedTuple):
    user_id: UUID


class EcosystemKey(NamedTuple):
    ecosystem_id: UUID


class CharacterKey(NamedTuple):
    """`number` counts the characters of an ecosystem in order of creation; it is never used again."""

    ecosystem_id: UUID
    number: int


class RelationshipKey(NamedTuple):
    ecosystem_id: UUID
    from_number: int
    to_number: int


class FactKey(NamedTuple):
    """The key of a fact, or of the interaction, conversation or message that it created, by position."""

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
"""For each tag byte: the type of key, and the `struct` format of what follows the 16 bytes of the ecosystem or user."""
_TAGS = {form: letter for letter, (form, _) in _FORMATS.items()}
_LIMITS = {"I": 2**31 - 1, "Q": 2**63 - 1}


def encode_id(key: Key) -> str:
    """The opaque, URL-safe ID of a key: 23 to 34 characters."""
    tag = _TAGS[type(key)]
    first, *numbers = key
    return base64.urlsafe_b64encode(struct.pack(f">B16s{_FORMATS[tag][1]}", tag, first.bytes, *numbers)).decode().rstrip("=")


def decode_id(text: str) -> Key | None:
    """Reverses `encode_id`. None for any other text."""
    try:
        raw = base64.urlsafe_b64decode(text + "==")  # the decoder ignores padding that is not needed
        form, numbers = _FORMATS[raw[0]]
        _, first, *rest = struct.unpack(f">B16s{numbers}", raw)
    except (struct.error, ValueError, KeyError, IndexError):
        return None
    if any(number > _LIMITS[kind] for number, kind in zip(rest, numbers, strict=True)):
        return None
    key = form(UUID(bytes=first), *rest)
    return key if encode_id(key) == text else None
