"""Characters: made, edited and let go."""

from __future__ import annotations

from typing import Annotated, Any

import strawberry

from domain.keys import CharacterKey, EcosystemKey
from graphql_schema.characters import Character, TraitsChangeInput, TraitsInput
from graphql_schema.mutations.results import CURSOR, KEY, LEFT, VERSION, DeletePayload, DeleteResult
from graphql_schema.nodes import Info, key_of
from graphql_schema.pages import given
from graphql_schema.refusals import (
    Conflict,
    Invalid,
    NotAllowed,
    NotFound,
    NotSignedIn,
    or_refused,
)
from resolvers import characters
from resolvers.context import Context


@strawberry.input(description="A new character. The viewer will own it.")
class CreateCharacterInput:
    ecosystem_id: strawberry.ID = strawberry.field(description="Where it shall live.")
    name: str = strawberry.field(description="1 to 200 characters, on one line. Not unique.")
    description: str = strawberry.field(default="", description="At most 10,000 characters.")
    traits: TraitsInput = strawberry.field(default_factory=dict, description="Its personality; what is left out is .5.")
    idempotency_key: str | None = strawberry.field(default=strawberry.UNSET, description=KEY)


@strawberry.input(description="Changes of a character.")
class UpdateCharacterInput:
    id: strawberry.ID = strawberry.field(description="The character's.")
    version: int = strawberry.field(description=VERSION)
    name: str | None = strawberry.field(default=strawberry.UNSET, description=f"1 to 200 characters, on one line. {LEFT}")
    description: str | None = strawberry.field(default=strawberry.UNSET, description=f"At most 10,000 characters. {LEFT}")
    traits: TraitsChangeInput | None = strawberry.field(
        default=strawberry.UNSET, description=f"Its energy and mood go on from where they are. {LEFT}"
    )
    is_active: bool | None = strawberry.field(default=strawberry.UNSET, description=f"Whether it takes part. {LEFT}")


@strawberry.input(description="The character that shall go.")
class DeleteCharacterInput:
    id: strawberry.ID = strawberry.field(description="The character's.")


@strawberry.type(description="The character as it is after the change.")
class CharacterPayload:
    character: Character = strawberry.field(description="As it is now.")
    cursor: str = strawberry.field(description=CURSOR)


CharacterResult = Annotated[
    CharacterPayload | Conflict | Invalid | NotAllowed | NotFound | NotSignedIn,
    strawberry.union("CharacterResult", description="The changed character, or why nothing has changed."),
]


@strawberry.type
class CharacterChanges:
    @strawberry.mutation(description="Lets a character come to live in a world; the viewer owns it. For editors and owners.")
    async def create_character(
        self, info: Info, input: Annotated[CreateCharacterInput, strawberry.argument(description="The character.")]
    ) -> CharacterResult:
        async def done() -> Any:
            id_ = key_of(input.ecosystem_id, EcosystemKey).ecosystem_id
            traits = input.traits
            values = (traits.openness, traits.conscientiousness, traits.extraversion, traits.agreeableness, traits.neuroticism)
            ask = characters.CreateAsk(id_, input.name, input.description, values, given(input.idempotency_key))
            return await _character(info.context, await characters.create(info.context, ask))

        return await or_refused(done, info.context)

    @strawberry.mutation(
        description="Edits a character. For whoever owns it, editors where nobody does, and owners of the world."
    )
    async def update_character(
        self, info: Info, input: Annotated[UpdateCharacterInput, strawberry.argument(description="The changes.")]
    ) -> CharacterResult:
        async def done() -> Any:
            ask = characters.UpdateAsk(
                key_of(input.id, CharacterKey),
                input.version,
                given(input.name),
                given(input.description),
                _changed_traits(given(input.traits)),
                given(input.is_active),
            )
            return await _character(info.context, await characters.update(info.context, ask))

        return await or_refused(done, info.context)

    @strawberry.mutation(
        description="Deletes a character. Its relationships go with it, in every store; what it did and said stays. For those who may edit it."
    )
    async def delete_character(
        self, info: Info, input: Annotated[DeleteCharacterInput, strawberry.argument(description="Which one.")]
    ) -> DeleteResult:
        async def done() -> Any:
            changed = await characters.delete(info.context, key_of(input.id, CharacterKey))
            return DeletePayload(deleted_id=input.id, cursor=changed.cursor)

        return await or_refused(done, info.context)


def _changed_traits(traits: TraitsChangeInput | None) -> tuple[float | None, ...]:
    if traits is None:
        return (None,) * 5
    values = (traits.openness, traits.conscientiousness, traits.extraversion, traits.agreeableness, traits.neuroticism)
    return tuple(given(value) for value in values)


async def _character(context: Context, changed: characters.Changed) -> CharacterPayload:
    row: Any = await characters.one(context, changed.key)
    return CharacterPayload(character=row, cursor=changed.cursor)
