"""Nodes: everything with an identity, and the opaque IDs that name it. Fields of all our types read from rows."""

from collections.abc import Callable
from typing import Any, TypeVar
from uuid import UUID

import strawberry

from domain import keys
from domain.keys import (
    ActivityKey,
    CharacterKey,
    ConversationKey,
    EcosystemKey,
    InteractionKey,
    Key,
    MessageKey,
    RelationshipKey,
    UserKey,
)
from domain.refusals import Invalid, NotFound
from resolvers import rows
from resolvers.context import Context

IDS_MAX = 100
"""IDs that one list may hold."""
Info = strawberry.Info[Context, None]
KeyT = TypeVar("KeyT", bound=Key)

_KEYS: dict[type, tuple[str, Callable[[Any], Key]]] = {
    rows.UserRow: ("User", lambda row: UserKey(row.id)),
    rows.EcosystemRow: ("Ecosystem", lambda row: EcosystemKey(row.id)),
    rows.CharacterRow: ("Character", lambda row: CharacterKey(row.ecosystem_id, row.number)),
    rows.CachedCharacter: ("Character", lambda row: CharacterKey(row.ecosystem_id, row.number)),
    rows.RelationshipRow: ("Relationship", lambda row: RelationshipKey(row.ecosystem_id, row.from_number, row.to_number)),
    rows.CachedRelationship: ("Relationship", lambda row: RelationshipKey(row.ecosystem_id, row.from_number, row.to_number)),
    rows.InteractionRow: ("Interaction", lambda row: InteractionKey(row.ecosystem_id, row.position)),
    rows.ConversationRow: ("Conversation", lambda row: ConversationKey(row.ecosystem_id, row.position)),
    rows.MessageRow: ("Message", lambda row: MessageKey(row.ecosystem_id, row.position)),
    rows.FactRow: ("Activity", lambda row: ActivityKey(row.ecosystem_id, row.position)),
}


def encode_id(row: Any) -> strawberry.ID:
    return strawberry.ID(keys.encode_id(_KEYS[type(row)][1](row)))


def graphql_type_name(row: Any) -> str:
    """The GraphQL type that shows a row; a fact's is named as its type."""
    if isinstance(row, rows.FactRow):
        return "".join(word.capitalize() for word in row.type.split("_"))
    return _KEYS[type(row)][0]


def parse_id(id_: str) -> Key | None:
    """None where an ID is none."""
    return keys.decode_id(id_)


def require_key(id_: str, kind: type[KeyT]) -> KeyT:
    """Raises NotFound where an ID is none, or names a thing of another kind."""
    key = keys.decode_id(id_)
    if not isinstance(key, kind):
        raise NotFound(missing=id_)
    return key


@strawberry.interface(description="An object with an ID that `Query.node` accepts.")
class Node:
    @strawberry.field(
        description="An opaque identifier. It contains the type and the ecosystem of the object, never changes and is never reused."
    )
    def id(self: Any) -> strawberry.ID:
        return encode_id(self)

    @classmethod
    def is_type_of(cls, value: Any, info: Any) -> bool:
        """Rows stand in for the types that show them."""
        return True

    @classmethod
    def resolve_type(cls, value: Any, info: Any, type_: Any) -> str:
        return graphql_type_name(value)


def character_numbers(ids: list[strawberry.ID] | None, ecosystem_id: UUID) -> tuple[int, ...] | None:
    """The numbers of characters for a filter: an ID that names none of this ecosystem matches nothing. None where there is no filter."""
    if ids is None:
        return None
    if len(ids) > IDS_MAX:
        raise Invalid.at("characterIds", because=f"These are {len(ids)} ids; at most {IDS_MAX} can be filtered by at once.")
    read = (keys.decode_id(id_) for id_ in ids)
    return tuple(key.number for key in read if isinstance(key, CharacterKey) and key.ecosystem_id == ecosystem_id)
