"""Nodes: any object by its key. All keys of one type that one level of a query needs become one statement."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Any
from uuid import UUID

from db import activity, characters, conversations, ecosystems, interactions, relationships, users
from db.activity import FactRow
from db.characters import CharacterRow
from db.conversations import ConversationRow, MessageRow
from db.database import Reader
from db.ecosystems import EcosystemRow
from db.interactions import InteractionRow
from db.relationships import RelationshipRow
from db.users import UserRow
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
from resolvers.context import Context


async def find(context: Context, key: Key | None) -> Any:
    """The row of `key`; None where it does not exist or the viewer may not see it."""
    return None if key is None else await _load(context, key)


async def get(context: Context, key: Key) -> Any:
    """The row of `key`. Raises NotFound where it does not exist, may not be seen, or was deleted during this operation."""
    row = await _load(context, key)
    if row is None:
        raise NotFound(missing=key)
    return row


async def find_many(context: Context, keys: Sequence[Key]) -> list[Any]:
    """The rows in the order of `keys`, with None as in `find`."""
    return list(await asyncio.gather(*(_load(context, key) for key in keys)))


async def find_requested(context: Context, keys: Sequence[Key | None], *, maximum: int) -> list[Any]:
    """As `find`, for IDs of a client. Raises Invalid where there are more than `maximum`."""
    if len(keys) > maximum:
        raise Invalid.at("ids", because=f"These are {len(keys)} IDs; at most {maximum} can be requested at once.")
    return await asyncio.gather(*(find(context, key) for key in keys))


def key_of(row: Any) -> Key:
    """The key of a row of any of the types that have one."""
    return _KEYS[type(row)](row)


async def _user_query(reader: Reader, _: UUID | None, ids: Sequence[UUID]) -> list[UserRow | None]:
    """Every viewer may read the name of a user."""
    return await users.by_ids(reader, ids)


_QUERIES: dict[type[Key], Callable[..., Awaitable[Sequence[Any]]]] = {
    UserKey: _user_query,
    EcosystemKey: ecosystems.by_ids,
    CharacterKey: characters.by_keys,
    RelationshipKey: relationships.by_keys,
    ActivityKey: activity.by_keys,
    InteractionKey: interactions.by_keys,
    ConversationKey: conversations.by_keys,
    MessageKey: conversations.messages_by_keys,
}

_KEYS: dict[type, Callable[[Any], Key]] = {
    UserRow: lambda row: UserKey(row.id),
    EcosystemRow: lambda row: EcosystemKey(row.id),
    CharacterRow: lambda row: CharacterKey(row.ecosystem_id, row.number),
    RelationshipRow: lambda row: RelationshipKey(row.ecosystem_id, row.from_number, row.to_number),
    InteractionRow: lambda row: InteractionKey(row.ecosystem_id, row.position),
    ConversationRow: lambda row: ConversationKey(row.ecosystem_id, row.position),
    MessageRow: lambda row: MessageKey(row.ecosystem_id, row.position),
    FactRow: lambda row: ActivityKey(row.ecosystem_id, row.position),
}


def _load(context: Context, key: Key) -> Awaitable[Any]:
    """Adds the key to its loader at once, so that the keys of one level come into one batch."""
    loader = context.loaders.loader_for_query(_QUERIES[type(key)])
    row: Awaitable[Any] = loader.load(key[0] if isinstance(key, UserKey | EcosystemKey) else key)
    return row
