"""Nodes: anything by its key, one statement for each kind."""

import asyncio
from collections.abc import Sequence
from typing import Any

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
from domain.refusals import Invalid
from resolvers import activity, characters, conversations, ecosystems, interactions, relationships, users
from resolvers.context import Context

_BATCHES: dict[type[Key], Any] = {
    UserKey: users.by_ids,
    EcosystemKey: ecosystems.by_ids,
    CharacterKey: characters.by_keys,
    RelationshipKey: relationships.by_keys,
    ActivityKey: activity.by_keys,
    InteractionKey: interactions.by_keys,
    ConversationKey: conversations.by_keys,
    MessageKey: conversations.messages_by_keys,
}


async def get(context: Context, key: Key | None) -> Any:
    """None where there is none, or it may not be seen."""
    if key is None:
        return None
    return await context.loaders.loader_for(_BATCHES[type(key)]).load(
        key[0] if isinstance(key, UserKey | EcosystemKey) else key
    )


async def get_many(context: Context, keys: Sequence[Key | None], *, maximum: int) -> list[Any]:
    """In the order of `keys`. Raises Invalid where there are more than `most`."""
    if len(keys) > maximum:
        raise Invalid.at("ids", because=f"These are {len(keys)} ids; at most {maximum} can be asked for at once.")
    return await asyncio.gather(*(get(context, key) for key in keys))
