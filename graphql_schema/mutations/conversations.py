"""Mutations of conversations and their messages."""

from __future__ import annotations

from typing import Annotated, Any

import strawberry

from domain.keys import CharacterKey, ConversationKey, EcosystemKey
from graphql_schema.conversations import Conversation, Message
from graphql_schema.mutations.results import CHANGE_CURSOR, IDEMPOTENCY_KEY
from graphql_schema.nodes import Info, require_key
from graphql_schema.pages import unset_to_none
from graphql_schema.refusals import (
    ConversationIsClosed,
    Inactive,
    Invalid,
    NotAllowed,
    NotFound,
    NotSignedIn,
    TooTired,
    catch_refusal,
)
from resolvers import conversations, messages, nodes
from resolvers.commit import Commit
from resolvers.context import Context


@strawberry.input(description="A new conversation.")
class OpenConversationInput:
    ecosystem_id: strawberry.ID = strawberry.field(description="The ID of the ecosystem in which the conversation takes place.")
    title: str = strawberry.field(description="The title, 1 to 500 characters on one line.")
    participant_ids: list[strawberry.ID] = strawberry.field(
        description="The IDs of the invited characters, at most 100, all active and of the same ecosystem. A character that speaks joins as well."
    )
    idempotency_key: str | None = strawberry.field(default=strawberry.UNSET, description=IDEMPOTENCY_KEY)


@strawberry.input(description="The conversation to close.")
class CloseConversationInput:
    id: strawberry.ID = strawberry.field(description="The ID of the conversation.")


@strawberry.input(description="A new message.")
class SayInput:
    conversation_id: strawberry.ID = strawberry.field(description="The ID of the conversation.")
    speaker_id: strawberry.ID = strawberry.field(
        description="The ID of the speaking character; the viewer must be allowed to act as it."
    )
    text: str = strawberry.field(description="The text, 1 to 50,000 characters.")
    idempotency_key: str | None = strawberry.field(default=strawberry.UNSET, description=IDEMPOTENCY_KEY)


@strawberry.type(description="The result of a change to a conversation.")
class ConversationPayload:
    conversation: Conversation = strawberry.field(description="The conversation after the change.")
    cursor: str = strawberry.field(description=CHANGE_CURSOR)


@strawberry.type(description="The result of adding a message.")
class SayPayload:
    message: Message = strawberry.field(description="The new message with the interactions that it caused.")
    cursor: str = strawberry.field(description=CHANGE_CURSOR)


ConversationResult = Annotated[
    ConversationPayload | Inactive | Invalid | NotAllowed | NotFound | NotSignedIn,
    strawberry.union("ConversationResult", description="The changed conversation, or the reason why nothing was changed."),
]


SayResult = Annotated[
    SayPayload | ConversationIsClosed | TooTired | Inactive | Invalid | NotAllowed | NotFound | NotSignedIn,
    strawberry.union("SayResult", description="The new message, or the reason why none was added."),
]


@strawberry.type
class ConversationMutations:
    @strawberry.mutation(description="Opens a conversation. For editors and owners of the ecosystem.")
    async def open_conversation(
        self, info: Info, input: Annotated[OpenConversationInput, strawberry.argument(description="The new conversation.")]
    ) -> ConversationResult:
        async def resolve() -> Any:
            id_ = require_key(input.ecosystem_id, EcosystemKey).ecosystem_id
            keys = tuple(require_key(each, CharacterKey) for each in input.participant_ids)
            command = conversations.OpenConversation(id_, input.title, keys, unset_to_none(input.idempotency_key))
            return await _to_payload(info.context, await conversations.open_conversation(info.context, command))

        return await catch_refusal(resolve, info.context)

    @strawberry.mutation(
        description="Adds a message to a conversation, which is a CHAT with each character that spoke just before. For users who may act as the speaker."
    )
    async def say(
        self, info: Info, input: Annotated[SayInput, strawberry.argument(description="The new message.")]
    ) -> SayResult:
        async def resolve() -> Any:
            conversation, speaker = (
                require_key(input.conversation_id, ConversationKey),
                require_key(input.speaker_id, CharacterKey),
            )
            command = messages.SayMessage(conversation, speaker, input.text, unset_to_none(input.idempotency_key))
            commit = await messages.say(info.context, command)
            message: Any = await nodes.get(info.context, commit.key)
            return SayPayload(message=message, cursor=commit.cursor)

        return await catch_refusal(resolve, info.context)

    @strawberry.mutation(
        description="Closes a conversation; closing a closed one changes nothing. For editors and owners of the ecosystem."
    )
    async def close_conversation(
        self,
        info: Info,
        input: Annotated[CloseConversationInput, strawberry.argument(description="The conversation to close.")],
    ) -> ConversationResult:
        async def resolve() -> Any:
            commit = await conversations.close_conversation(info.context, require_key(input.id, ConversationKey))
            return await _to_payload(info.context, commit)

        return await catch_refusal(resolve, info.context)


async def _to_payload(context: Context, commit: Commit[ConversationKey]) -> ConversationPayload:
    row: Any = await conversations.get(context, commit.key)
    return ConversationPayload(conversation=row, cursor=commit.cursor)
