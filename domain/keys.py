"""Keys: what names a thing for good. All but a user's begin with the ecosystem, so that a world lives on one shard."""

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
