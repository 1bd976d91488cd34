"""The types Conversation and Message. They read the rows of `db.conversations`."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

import strawberry

from domain.keys import CharacterKey, ConversationKey, EcosystemKey
from graphql_schema.interactions import InteractionConnection
from graphql_schema.links import CharacterConnectionLink, CharacterLink, EcosystemLink
from graphql_schema.nodes import Info, Node, character_numbers
from graphql_schema.pages import After, Before, Connection, CountedConnection, Edge, First, Last, page_arguments, unset_to_none
from resolvers import conversations, interactions, nodes, pages


@strawberry.input(description="Selects conversations. A field that is left out or null selects everything.")
class ConversationFilter:
    is_open: bool | None = strawberry.field(
        default=strawberry.UNSET, description="True: open conversations only. False: closed ones only."
    )
    character_ids: list[strawberry.ID] | None = strawberry.field(
        default=strawberry.UNSET,
        description="Conversations in which any of these characters takes part, at most 100 IDs; an empty list selects nothing.",
    )


def to_conversation_filter(filter_: ConversationFilter | None, ecosystem_id: UUID) -> conversations.ConversationFilter:
    if not filter_:
        return conversations.ConversationFilter()
    return conversations.ConversationFilter(
        unset_to_none(filter_.is_open), character_numbers(unset_to_none(filter_.character_ids), ecosystem_id)
    )


@strawberry.type(
    description="A conversation between characters, for example a scene of a play. Every viewer of the ecosystem can read it."
)
class Conversation(Node):
    title: str = strawberry.field(description="The title, 1 to 500 characters.")
    is_open: bool = strawberry.field(description="Whether messages can still be added.")
    opened_world_seconds: float = strawberry.field(description="World time at which the conversation was opened, in seconds.")
    closed_world_seconds: float | None = strawberry.field(
        description="World time at which the conversation was closed, in seconds; null while it is open."
    )
    created_at: datetime = strawberry.field(description="Real time at which the conversation was opened.")

    @strawberry.field(description="The ecosystem in which the conversation takes place.")
    async def ecosystem(self: Any, info: Info) -> EcosystemLink:
        return await nodes.get(info.context, EcosystemKey(self.ecosystem_id))

    @strawberry.field(
        graphql_type=CharacterConnectionLink,
        description="Characters that were invited or spoke and are not deleted, in the order in which they joined.",
    )
    async def participants(
        self: Any,
        info: Info,
        first: First = strawberry.UNSET,
        after: After = strawberry.UNSET,
        last: Last = strawberry.UNSET,
        before: Before = strawberry.UNSET,
    ) -> pages.Page:
        return await conversations.list_participants(info.context, self, page_arguments(first, after, last, before))

    @strawberry.field(graphql_type="MessageConnection", description="The messages in the order in which they were spoken.")
    async def messages(
        self: Any,
        info: Info,
        first: First = strawberry.UNSET,
        after: After = strawberry.UNSET,
        last: Last = strawberry.UNSET,
        before: Before = strawberry.UNSET,
    ) -> pages.Page:
        return await conversations.list_messages(info.context, self, page_arguments(first, after, last, before))


@strawberry.type(description="A message in a conversation. It never changes.")
class Message(Node):
    speaker_names: list[str] = strawberry.field(description="The names of the speakers at that time.")
    text: str = strawberry.field(description="The text, 1 to 50,000 characters.")
    number: int = strawberry.field(description="Position in the conversation, from 1.")
    world_seconds: float = strawberry.field(description="World time at which the message was spoken, in seconds.")
    created_at: datetime = strawberry.field(description="Real time at which the message was added.")

    @strawberry.field(description="The conversation to which the message belongs.")
    async def conversation(self: Any, info: Info) -> Conversation:
        key = ConversationKey(self.ecosystem_id, self.conversation_position)
        return await nodes.get(info.context, key)

    @strawberry.field(
        description="The characters that spoke the message; several when they spoke in chorus. Deleted characters are omitted."
    )
    async def speakers(self: Any, info: Info) -> list[CharacterLink]:
        keys = [CharacterKey(self.ecosystem_id, number) for number in self.speakers]
        found = await nodes.find_many(info.context, keys)
        return [row for row in found if row is not None]

    @strawberry.field(
        graphql_type=InteractionConnection,
        description="The chats that the message caused between its speakers and the previous speakers; an empty page for the first message.",
    )
    async def interactions(
        self: Any,
        info: Info,
        first: First = strawberry.UNSET,
        after: After = strawberry.UNSET,
        last: Last = strawberry.UNSET,
        before: Before = strawberry.UNSET,
    ) -> pages.Page:
        return await interactions.list_for_message(
            info.context, self.ecosystem_id, self.position, page_arguments(first, after, last, before)
        )


@strawberry.type(description="A conversation in a list.")
class ConversationEdge(Edge[Conversation]):
    pass


@strawberry.type(description="A page of conversations, oldest first.")
class ConversationConnection(Connection[ConversationEdge]):
    pass


@strawberry.type(description="A message in a list.")
class MessageEdge(Edge[Message]):
    pass


@strawberry.type(description="A page of messages, in the order in which they were spoken.")
class MessageConnection(CountedConnection[MessageEdge]):
    pass
