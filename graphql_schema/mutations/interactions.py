"""Interactions: one character does something to another."""

from __future__ import annotations

from typing import Annotated, Any

import strawberry

from domain.keys import CharacterKey
from graphql_schema.characters import Character
from graphql_schema.enums import Kind
from graphql_schema.interactions import Interaction
from graphql_schema.mutations.results import CURSOR, KEY
from graphql_schema.nodes import Info, key_of
from graphql_schema.pages import given
from graphql_schema.refusals import (
    Inactive,
    Invalid,
    NotAllowed,
    NotFound,
    NotSignedIn,
    TooTired,
    or_refused,
)
from resolvers import characters, interactions
from resolvers.context import Context


@strawberry.input(description="Who does what to whom.")
class InteractInput:
    initiator_id: strawberry.ID = strawberry.field(
        description="Who begins; the viewer must be allowed to act as this character."
    )
    responder_id: strawberry.ID = strawberry.field(description="With whom; of the same ecosystem, and not the same one.")
    kind: Kind = strawberry.field(description="What is done.")
    content: str = strawberry.field(
        default="", description="What is said or done, for people to read: at most 10,000 characters."
    )
    idempotency_key: str | None = strawberry.field(default=strawberry.UNSET, description=KEY)


@strawberry.type(description="What has happened.")
class InteractPayload:
    interaction: Interaction = strawberry.field(description="The act, with its reasons and effects.")
    initiator: Character = strawberry.field(description="As it is now.")
    responder: Character = strawberry.field(description="As it is now.")
    cursor: str = strawberry.field(description=CURSOR)


InteractResult = Annotated[
    InteractPayload | TooTired | Inactive | Invalid | NotAllowed | NotFound | NotSignedIn,
    strawberry.union("InteractResult", description="What has happened, or why nothing has."),
]


@strawberry.type
class InteractionChanges:
    @strawberry.mutation(description="Lets one character do something to another. For whoever may act as the initiator.")
    async def interact(
        self, info: Info, input: Annotated[InteractInput, strawberry.argument(description="Who does what to whom.")]
    ) -> InteractResult:
        async def done() -> Any:
            initiator, responder = key_of(input.initiator_id, CharacterKey), key_of(input.responder_id, CharacterKey)
            key = given(input.idempotency_key)
            ask = interactions.InteractAsk(initiator, responder, input.kind, input.content, key)
            return await _interacted(info.context, await interactions.interact(info.context, ask))

        return await or_refused(done, info.context)


async def _interacted(context: Context, done: interactions.Interacted) -> InteractPayload:
    row: Any = await context.loaders.existing(interactions.by_keys, done.key)
    initiator: Any = await characters.one(context, done.initiator)
    responder: Any = await characters.one(context, done.responder)
    return InteractPayload(interaction=row, initiator=initiator, responder=responder, cursor=done.cursor)
