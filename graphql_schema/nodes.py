"""The interface Node and the encoding of IDs. Rows of `db` stand for the objects of all types that implement Node."""

from typing import Any, TypeVar
from uuid import UUID

import strawberry

from domain import keys
from domain.keys import ActivityKey, CharacterKey, Key
from domain.refusals import Invalid, NotFound
from resolvers import nodes
from resolvers.context import Context

IDS_MAX = 100
"""The maximum length of a list of IDs in an argument."""
Info = strawberry.Info[Context, None]
KeyT = TypeVar("KeyT", bound=Key)


def encode_id(row: Any) -> strawberry.ID:
    return strawberry.ID(keys.encode_id(nodes.key_of(row)))


def graphql_type_name(row: Any) -> str:
    """The name of the GraphQL type of a row. Each type of fact has its own GraphQL type."""
    key = nodes.key_of(row)
    if isinstance(key, ActivityKey):
        return "".join(word.capitalize() for word in row.type.split("_"))
    return type(key).__name__.removesuffix("Key")


def parse_id(id_: str) -> Key | None:
    """None where the text is not an ID."""
    return keys.decode_id(id_)


def require_key(id_: str, kind: type[KeyT]) -> KeyT:
    """Raises NotFound where the text is not an ID, or the ID of an object of another type."""
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
        """True: `resolve_type` has chosen the type by the row, and other fields return rows of their type only."""
        return True

    @classmethod
    def resolve_type(cls, value: Any, info: Any, type_: Any) -> str:
        return graphql_type_name(value)


def character_numbers(ids: list[strawberry.ID] | None, ecosystem_id: UUID) -> tuple[int, ...] | None:
    """The numbers in IDs of characters, for a filter; None for None. IDs of anything outside the ecosystem are dropped.

    Raises Invalid where there are more than IDS_MAX.
    """
    if ids is None:
        return None
    if len(ids) > IDS_MAX:
        raise Invalid.at("characterIds", because=f"These are {len(ids)} IDs; a filter takes at most {IDS_MAX}.")
    decoded = (keys.decode_id(id_) for id_ in ids)
    return tuple(key.number for key in decoded if isinstance(key, CharacterKey) and key.ecosystem_id == ecosystem_id)
