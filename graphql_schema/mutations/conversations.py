"""Conversations: opened, spoken in and closed."""

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
from resolvers import conversations
from resolvers.context import Context


@strawberry.input(description="A new conversation.")
class OpenConversationInput:
    ecosystem_id: strawberry.ID = strawberry.field(description="Where it takes place.")
    title: str = strawberry.field(description="1 to 500 characters, on one line.")
    participant_ids: list[strawberry.ID] = strawberry.field(
        description="Who is asked in, at most 100 active characters of the ecosystem; whoever speaks joins by that."
    )
    idempotency_key: str | None = strawberry.field(default=strawberry.UNSET, description=IDEMPOTENCY_KEY)


@strawberry.input(description="Which conversation shall end.")
class CloseConversationInput:
    id: strawberry.ID = strawberry.field(description="The conversation's.")


@strawberry.input(description="What shall be said.")
class SayInput:
    conversation_id: strawberry.ID = strawberry.field(description="Where.")
    speaker_id: strawberry.ID = strawberry.field(description="By whom; the viewer must be allowed to act as this character.")
    text: str = strawberry.field(description="1 to 50,000 characters.")
    idempotency_key: str | None = strawberry.field(default=strawberry.UNSET, description=IDEMPOTENCY_KEY)


@strawberry.type(description="The conversation as it is after the change.")
class ConversationPayload:
    conversation: Conversation = strawberry.field(description="As it is now.")
    cursor: str = strawberry.field(description=CHANGE_CURSOR)


@strawberry.type(description="What was said.")
class SayPayload:
    message: Message = strawberry.field(description="With what it did to those who hear.")
    cursor: str = strawberry.field(description=CHANGE_CURSOR)


ConversationResult = Annotated[
    ConversationPayload | Inactive | Invalid | NotAllowed | NotFound | NotSignedIn,
    strawberry.union("ConversationResult", description="The changed conversation, or why nothing has changed."),
]


SayResult = Annotated[
    SayPayload | ConversationIsClosed | TooTired | Inactive | Invalid | NotAllowed | NotFound | NotSignedIn,
    strawberry.union("SayResult", description="What was said, or why nothing was."),
]


@strawberry.type
class ConversationMutations:
    @strawberry.mutation(description="Opens a conversation. For editors and owners.")
    async def open_conversation(
        self, info: Info, input: Annotated[OpenConversationInput, strawberry.argument(description="The conversation.")]
    ) -> ConversationResult:
        async def resolve() -> Any:
            id_ = require_key(input.ecosystem_id, EcosystemKey).ecosystem_id
            keys = tuple(require_key(each, CharacterKey) for each in input.participant_ids)
            ask = conversations.OpenConversation(id_, input.title, keys, unset_to_none(input.idempotency_key))
            return await _to_payload(info.context, await conversations.open_conversation(info.context, ask))

        return await catch_refusal(resolve, info.context)

    @strawberry.mutation(
        description="Says something in a conversation: a chat with whoever spoke just before. For whoever may act as the speaker."
    )
    async def say(
        self, info: Info, input: Annotated[SayInput, strawberry.argument(description="Who says what, where.")]
    ) -> SayResult:
        async def resolve() -> Any:
            conversation, speaker = (
                require_key(input.conversation_id, ConversationKey),
                require_key(input.speaker_id, CharacterKey),
            )
            ask = conversations.SayMessage(conversation, speaker, input.text, unset_to_none(input.idempotency_key))
            said = await conversations.say(info.context, ask)
            message: Any = await info.context.loaders.load_required(conversations.messages_by_keys, said.key)
            return SayPayload(message=message, cursor=said.cursor)

        return await catch_refusal(resolve, info.context)

    @strawberry.mutation(description="Ends a conversation; one that has ended stays as it is. For editors and owners.")
    async def close_conversation(
        self, info: Info, input: Annotated[CloseConversationInput, strawberry.argument(description="Which one.")]
    ) -> ConversationResult:
        async def resolve() -> Any:
            changed = await conversations.close_conversation(info.context, require_key(input.id, ConversationKey))
            return await _to_payload(info.context, changed)

        return await catch_refusal(resolve, info.context)


async def _to_payload(context: Context, commit: conversations.ConversationCommit) -> ConversationPayload:
    row: Any = await conversations.get(context, commit.key)
    return ConversationPayload(conversation=row, cursor=commit.cursor)
