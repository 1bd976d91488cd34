"""Conversations and messages: who spoke, in what order, said what."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any
from uuid import UUID

import strawberry

from domain.keys import CharacterKey, ConversationKey
from graphql_schema.interactions import InteractionConnection
from graphql_schema.nodes import Info, Node, character_numbers
from graphql_schema.pages import (
    EDGE_CURSOR,
    After,
    Before,
    First,
    Last,
    PageInfo,
    page_arguments,
    resolve_total_count,
    unset_to_none,
)
from resolvers import characters, conversations, ecosystems, interactions

if TYPE_CHECKING:
    from graphql_schema.characters import Character, CharacterConnection
    from graphql_schema.ecosystems import Ecosystem


@strawberry.input(description="Which conversations are wanted. What is left out lets everything through.")
class ConversationFilter:
    is_open: bool | None = strawberry.field(default=strawberry.UNSET, description="Only open ones, or only closed ones.")
    character_ids: list[strawberry.ID] | None = strawberry.field(
        default=strawberry.UNSET, description="With any of these characters; an empty list wants nothing."
    )


def to_conversation_filter(filter_: ConversationFilter | None, ecosystem_id: UUID) -> conversations.ConversationFilter:
    if not filter_:
        return conversations.ConversationFilter()
    return conversations.ConversationFilter(
        unset_to_none(filter_.is_open), character_numbers(unset_to_none(filter_.character_ids), ecosystem_id)
    )


@strawberry.type(description="A talk of some characters; a scene of a play is one. Everybody who sees the ecosystem reads it.")
class Conversation(Node):
    title: str = strawberry.field(description="1 to 500 characters.")
    is_open: bool = strawberry.field(description="Whether something can still be said in it.")
    opened_world_seconds: float = strawberry.field(description="World time at which it was opened.")
    closed_world_seconds: float | None = strawberry.field(
        description="World time at which it was closed; null while it is open."
    )
    created_at: datetime = strawberry.field(description="When it was opened by the wall's clock.")

    @strawberry.field(description="The world that it takes place in.")
    async def ecosystem(self: Any, info: Info) -> Annotated[Ecosystem, strawberry.lazy("graphql_schema.ecosystems")]:
        return await info.context.loaders.load_required(ecosystems.by_ids, self.ecosystem_id)

    @strawberry.field(description="Those who were asked in or spoke and still live here, in the order that they joined.")
    async def participants(
        self: Any,
        info: Info,
        first: First = strawberry.UNSET,
        after: After = strawberry.UNSET,
        last: Last = strawberry.UNSET,
        before: Before = strawberry.UNSET,
    ) -> Annotated[CharacterConnection, strawberry.lazy("graphql_schema.characters")]:
        return await conversations.list_participants(info.context, self, page_arguments(first, after, last, before))

    @strawberry.field(description="As they were said.")
    async def messages(
        self: Any,
        info: Info,
        first: First = strawberry.UNSET,
        after: After = strawberry.UNSET,
        last: Last = strawberry.UNSET,
        before: Before = strawberry.UNSET,
    ) -> MessageConnection:
        return await conversations.list_messages(info.context, self, page_arguments(first, after, last, before))


@strawberry.type(description="Something that was said in a conversation. It never changes.")
class Message(Node):
    speaker_names: list[str] = strawberry.field(description="The names of those who spoke, as they were; they stay.")
    text: str = strawberry.field(description="What was said, 1 to 50,000 characters.")
    number: int = strawberry.field(description="From 1, in its conversation.")
    world_seconds: float = strawberry.field(description="World time at which it was said.")
    created_at: datetime = strawberry.field(description="When it was said by the wall's clock.")

    @strawberry.field(description="What it was said in.")
    async def conversation(self: Any, info: Info) -> Conversation:
        key = ConversationKey(self.ecosystem_id, self.conversation_position)
        return await info.context.loaders.load_required(conversations.by_keys, key)

    @strawberry.field(description="Who spoke; more than one where they spoke in chorus; without those who are deleted.")
    async def speakers(self: Any, info: Info) -> list[Annotated[Character, strawberry.lazy("graphql_schema.characters")]]:
        keys = [CharacterKey(self.ecosystem_id, number) for number in self.speakers]
        found = await info.context.loaders.loader_for(characters.by_keys).load_many(keys)
        return [row for row in found if row is not None]

    @strawberry.field(description="What it did between the speakers and who spoke before; an empty page for a first word.")
    async def interactions(
        self: Any,
        info: Info,
        first: First = strawberry.UNSET,
        after: After = strawberry.UNSET,
        last: Last = strawberry.UNSET,
        before: Before = strawberry.UNSET,
    ) -> InteractionConnection:
        return await interactions.list_for_message(
            info.context, self.ecosystem_id, self.position, page_arguments(first, after, last, before)
        )


@strawberry.type(description="A conversation in a list.")
class ConversationEdge:
    cursor: str = strawberry.field(description=EDGE_CURSOR)
    node: Conversation = strawberry.field(description="The conversation.")


@strawberry.type(description="A page of conversations.")
class ConversationConnection:
    edges: list[ConversationEdge] = strawberry.field(description="Oldest first.")
    page_info: PageInfo = strawberry.field(description="Where this page stands.")


@strawberry.type(description="A message in a list.")
class MessageEdge:
    cursor: str = strawberry.field(description=EDGE_CURSOR)
    node: Message = strawberry.field(description="The message.")


@strawberry.type(description="A page of messages.")
class MessageConnection:
    edges: list[MessageEdge] = strawberry.field(description="As they were said.")
    page_info: PageInfo = strawberry.field(description="Where this page stands.")
    total_count: int = strawberry.field(resolver=resolve_total_count, description="How many there are in all pages.")
