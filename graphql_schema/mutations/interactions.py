"""The mutation that makes one character interact with another."""

from __future__ import annotations

from typing import Annotated, Any

import strawberry

from domain.keys import CharacterKey
from graphql_schema.characters import Character
from graphql_schema.enums import InteractionKind
from graphql_schema.interactions import Interaction
from graphql_schema.mutations.results import CHANGE_CURSOR, IDEMPOTENCY_KEY
from graphql_schema.nodes import Info, require_key
from graphql_schema.pages import unset_to_none
from graphql_schema.refusals import (
    Inactive,
    Invalid,
    NotAllowed,
    NotFound,
    NotSignedIn,
    TooTired,
    catch_refusal,
)
from resolvers import interactions, nodes


@strawberry.input(description="An interaction to carry out.")
class InteractInput:
    initiator_id: strawberry.ID = strawberry.field(
        description="The ID of the character that begins; the viewer must be allowed to act as it."
    )
    responder_id: strawberry.ID = strawberry.field(
        description="The ID of the other character, which must live in the same ecosystem."
    )
    kind: InteractionKind = strawberry.field(description="The kind of interaction.")
    content: str = strawberry.field(
        default="", description="What is said or done, for people to read, at most 10,000 characters."
    )
    idempotency_key: str | None = strawberry.field(default=strawberry.UNSET, description=IDEMPOTENCY_KEY)


@strawberry.type(description="The result of an interaction.")
class InteractPayload:
    interaction: Interaction = strawberry.field(description="The interaction with its reasons and effects.")
    initiator: Character = strawberry.field(description="The initiator after the interaction.")
    responder: Character = strawberry.field(description="The responder after the interaction.")
    cursor: str = strawberry.field(description=CHANGE_CURSOR)


InteractResult = Annotated[
    InteractPayload | TooTired | Inactive | Invalid | NotAllowed | NotFound | NotSignedIn,
    strawberry.union("InteractResult", description="The interaction, or the reason why nothing was changed."),
]


@strawberry.type
class InteractionMutations:
    @strawberry.mutation(description="Makes one character interact with another. For users who may act as the initiator.")
    async def interact(
        self, info: Info, input: Annotated[InteractInput, strawberry.argument(description="The interaction.")]
    ) -> InteractResult:
        async def resolve() -> Any:
            initiator, responder = require_key(input.initiator_id, CharacterKey), require_key(input.responder_id, CharacterKey)
            key = unset_to_none(input.idempotency_key)
            command = interactions.Interact(initiator, responder, input.kind, input.content, key)
            commit = await interactions.interact(info.context, command)
            return InteractPayload(
                interaction=await nodes.get(info.context, commit.key),
                initiator=await nodes.get(info.context, initiator),
                responder=await nodes.get(info.context, responder),
                cursor=commit.cursor,
            )

        return await catch_refusal(resolve, info.context)
