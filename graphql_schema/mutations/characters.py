"""Mutations of characters."""

from __future__ import annotations

from typing import Annotated, Any

import strawberry

from domain.keys import CharacterKey, EcosystemKey
from graphql_schema.characters import Character, TraitsChangeInput, TraitsInput
from graphql_schema.mutations.results import (
    CHANGE_CURSOR,
    IDEMPOTENCY_KEY,
    UNCHANGED_IF_OMITTED,
    VERSION,
    DeletePayload,
    DeleteResult,
)
from graphql_schema.nodes import Info, require_key
from graphql_schema.pages import unset_to_none
from graphql_schema.refusals import (
    Conflict,
    Invalid,
    NotAllowed,
    NotFound,
    NotSignedIn,
    catch_refusal,
)
from resolvers import characters
from resolvers.commit import Commit
from resolvers.context import Context


@strawberry.input(description="A new character. The viewer becomes its owner.")
class CreateCharacterInput:
    ecosystem_id: strawberry.ID = strawberry.field(description="The ID of the ecosystem in which the character will live.")
    name: str = strawberry.field(
        description="The name, 1 to 200 characters on one line. Several characters may have the same name."
    )
    description: str = strawberry.field(default="", description="A description for people, at most 10,000 characters.")
    traits: TraitsInput = strawberry.field(
        default_factory=dict, description="The personality; a trait that is left out is 0.5."
    )
    idempotency_key: str | None = strawberry.field(default=strawberry.UNSET, description=IDEMPOTENCY_KEY)


@strawberry.input(description="Changes to a character.")
class UpdateCharacterInput:
    id: strawberry.ID = strawberry.field(description="The ID of the character.")
    version: int = strawberry.field(description=VERSION)
    name: str | None = strawberry.field(
        default=strawberry.UNSET, description=f"The new name, 1 to 200 characters on one line. {UNCHANGED_IF_OMITTED}"
    )
    description: str | None = strawberry.field(
        default=strawberry.UNSET, description=f"The new description, at most 10,000 characters. {UNCHANGED_IF_OMITTED}"
    )
    traits: TraitsChangeInput | None = strawberry.field(
        default=strawberry.UNSET,
        description=f"New traits; energy and mood keep their present values and develop by the new traits from now on. {UNCHANGED_IF_OMITTED}",
    )
    is_active: bool | None = strawberry.field(
        default=strawberry.UNSET, description=f"Whether the character takes part. {UNCHANGED_IF_OMITTED}"
    )


@strawberry.input(description="The character to delete.")
class DeleteCharacterInput:
    id: strawberry.ID = strawberry.field(description="The ID of the character.")


@strawberry.type(description="The result of a change to a character.")
class CharacterPayload:
    character: Character = strawberry.field(description="The character after the change.")
    cursor: str = strawberry.field(description=CHANGE_CURSOR)


CharacterResult = Annotated[
    CharacterPayload | Conflict | Invalid | NotAllowed | NotFound | NotSignedIn,
    strawberry.union("CharacterResult", description="The changed character, or the reason why nothing was changed."),
]


@strawberry.type
class CharacterMutations:
    @strawberry.mutation(description="Creates a character, which the viewer owns. For editors and owners of the ecosystem.")
    async def create_character(
        self, info: Info, input: Annotated[CreateCharacterInput, strawberry.argument(description="The new character.")]
    ) -> CharacterResult:
        async def resolve() -> Any:
            id_ = require_key(input.ecosystem_id, EcosystemKey).ecosystem_id
            traits = input.traits
            values = (traits.openness, traits.conscientiousness, traits.extraversion, traits.agreeableness, traits.neuroticism)
            command = characters.CreateCharacter(
                id_, input.name, input.description, values, unset_to_none(input.idempotency_key)
            )
            return await _to_payload(info.context, await characters.create(info.context, command))

        return await catch_refusal(resolve, info.context)

    @strawberry.mutation(
        description="Edits a character. For its owner, for editors when it has no owner, and for owners of the ecosystem."
    )
    async def update_character(
        self, info: Info, input: Annotated[UpdateCharacterInput, strawberry.argument(description="The changes.")]
    ) -> CharacterResult:
        async def resolve() -> Any:
            command = characters.UpdateCharacter(
                require_key(input.id, CharacterKey),
                input.version,
                unset_to_none(input.name),
                unset_to_none(input.description),
                _changed_traits(unset_to_none(input.traits)),
                unset_to_none(input.is_active),
            )
            return await _to_payload(info.context, await characters.update(info.context, command))

        return await catch_refusal(resolve, info.context)

    @strawberry.mutation(
        description="Deletes a character and its relationships. Its interactions and messages remain. For users who may edit it."
    )
    async def delete_character(
        self, info: Info, input: Annotated[DeleteCharacterInput, strawberry.argument(description="The character to delete.")]
    ) -> DeleteResult:
        async def resolve() -> Any:
            commit = await characters.delete(info.context, require_key(input.id, CharacterKey))
            return DeletePayload(deleted_id=input.id, cursor=commit.cursor)

        return await catch_refusal(resolve, info.context)


def _changed_traits(traits: TraitsChangeInput | None) -> tuple[float | None, ...]:
    if traits is None:
        return (None,) * 5
    values = (traits.openness, traits.conscientiousness, traits.extraversion, traits.agreeableness, traits.neuroticism)
    return tuple(unset_to_none(value) for value in values)


async def _to_payload(context: Context, commit: Commit[CharacterKey]) -> CharacterPayload:
    row: Any = await characters.get(context, commit.key)
    return CharacterPayload(character=row, cursor=commit.cursor)
