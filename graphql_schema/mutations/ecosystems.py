"""Ecosystems: worlds made, changed and let go, their clocks, and who may do what in them."""

from __future__ import annotations

from typing import Annotated, Any

import strawberry

from domain.keys import EcosystemKey, UserKey
from graphql_schema.ecosystems import Ecosystem
from graphql_schema.enums import Role, Visibility
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
from resolvers import ecosystems
from resolvers.context import Context


@strawberry.input(description="A new world. The viewer will own it.")
class CreateEcosystemInput:
    name: str = strawberry.field(description="1 to 200 characters, on one line.")
    description: str = strawberry.field(default="", description="At most 10,000 characters.")
    visibility: Visibility = strawberry.field(default=Visibility.PRIVATE, description="Who may see it.")
    rule_set: str = strawberry.field(
        default="story", description="Name of one of `Query.ruleSets`. It cannot be changed later."
    )
    seed: str | None = strawberry.field(
        default=strawberry.UNSET,
        description="1 to 200 characters; decides every chance. Left out: a random one. It cannot be changed later.",
    )
    rate: float = strawberry.field(default=1.0, description="World seconds per second of the wall, 0 to 1,000,000.")
    idempotency_key: str | None = strawberry.field(default=strawberry.UNSET, description=IDEMPOTENCY_KEY)


@strawberry.input(description="Changes of a world itself.")
class UpdateEcosystemInput:
    id: strawberry.ID = strawberry.field(description="The ecosystem's.")
    version: int = strawberry.field(description=VERSION)
    name: str | None = strawberry.field(
        default=strawberry.UNSET, description=f"1 to 200 characters, on one line. {UNCHANGED_IF_OMITTED}"
    )
    description: str | None = strawberry.field(
        default=strawberry.UNSET, description=f"At most 10,000 characters. {UNCHANGED_IF_OMITTED}"
    )
    visibility: Visibility | None = strawberry.field(
        default=strawberry.UNSET, description=f"Who may see it. {UNCHANGED_IF_OMITTED}"
    )


@strawberry.input(description="The world that shall go.")
class DeleteEcosystemInput:
    id: strawberry.ID = strawberry.field(description="The ecosystem's.")


@strawberry.input(description="How fast a world's clock shall run.")
class SetClockInput:
    ecosystem_id: strawberry.ID = strawberry.field(description="The ecosystem's.")
    rate: float = strawberry.field(description="World seconds per second of the wall, 0 (stopped) to 1,000,000.")


@strawberry.input(description="Who shall have which role.")
class GrantRoleInput:
    ecosystem_id: strawberry.ID = strawberry.field(description="The ecosystem's.")
    user_name: str = strawberry.field(description="The name of their account, whatever its case and accents.")
    role: Role = strawberry.field(description="It replaces the one that they had. The last owner stays an owner.")


@strawberry.input(description="Whose role shall be taken. Everybody may take their own.")
class RevokeRoleInput:
    ecosystem_id: strawberry.ID = strawberry.field(description="The ecosystem's.")
    user_id: strawberry.ID = strawberry.field(description="The user's. The last owner cannot be taken.")


@strawberry.type(description="The world as it is after the change.")
class EcosystemPayload:
    ecosystem: Ecosystem = strawberry.field(description="As it is now.")
    cursor: str = strawberry.field(description=CHANGE_CURSOR)


EcosystemResult = Annotated[
    EcosystemPayload | Conflict | Invalid | NotAllowed | NotFound | NotSignedIn,
    strawberry.union("EcosystemResult", description="The changed world, or why nothing has changed."),
]


@strawberry.type
class EcosystemMutations:
    @strawberry.mutation(description="Makes a world, which the viewer owns.")
    async def create_ecosystem(
        self, info: Info, input: Annotated[CreateEcosystemInput, strawberry.argument(description="The world.")]
    ) -> EcosystemResult:
        async def resolve() -> Any:
            ask = ecosystems.CreateEcosystem(
                input.name,
                input.description,
                input.visibility,
                input.rule_set,
                unset_to_none(input.seed),
                input.rate,
                unset_to_none(input.idempotency_key),
            )
            return await _to_payload(info.context, await ecosystems.create(info.context, ask))

        return await catch_refusal(resolve, info.context)

    @strawberry.mutation(description="Changes a world's name, description or visibility. For its owners.")
    async def update_ecosystem(
        self, info: Info, input: Annotated[UpdateEcosystemInput, strawberry.argument(description="The changes.")]
    ) -> EcosystemResult:
        async def resolve() -> Any:
            id_ = require_key(input.id, EcosystemKey).ecosystem_id
            name, description, visibility = (
                unset_to_none(input.name),
                unset_to_none(input.description),
                unset_to_none(input.visibility),
            )
            ask = ecosystems.UpdateEcosystem(id_, input.version, name, description, visibility)
            return await _to_payload(info.context, await ecosystems.update(info.context, ask))

        return await catch_refusal(resolve, info.context)

    @strawberry.mutation(description="Deletes the world and all that belongs to it, in every store. For its owners.")
    async def delete_ecosystem(
        self, info: Info, input: Annotated[DeleteEcosystemInput, strawberry.argument(description="Which one.")]
    ) -> DeleteResult:
        async def resolve() -> Any:
            await ecosystems.delete(info.context, require_key(input.id, EcosystemKey).ecosystem_id)
            return DeletePayload(deleted_id=input.id, cursor=None)

        return await catch_refusal(resolve, info.context)

    @strawberry.mutation(description="Sets how fast the world's clock runs; 0 stops it. For its owners.")
    async def set_clock(
        self, info: Info, input: Annotated[SetClockInput, strawberry.argument(description="Which clock, how fast.")]
    ) -> EcosystemResult:
        async def resolve() -> Any:
            id_ = require_key(input.ecosystem_id, EcosystemKey).ecosystem_id
            return await _to_payload(info.context, await ecosystems.set_clock(info.context, id_, input.rate))

        return await catch_refusal(resolve, info.context)

    @strawberry.mutation(description="Gives somebody a role in the world, in place of the one that they had. For its owners.")
    async def grant_role(
        self, info: Info, input: Annotated[GrantRoleInput, strawberry.argument(description="Who, which role.")]
    ) -> EcosystemResult:
        async def resolve() -> Any:
            id_ = require_key(input.ecosystem_id, EcosystemKey).ecosystem_id
            return await _to_payload(info.context, await ecosystems.grant_role(info.context, id_, input.user_name, input.role))

        return await catch_refusal(resolve, info.context)

    @strawberry.mutation(description="Takes somebody's role in the world. For its owners, and for everybody their own.")
    async def revoke_role(
        self, info: Info, input: Annotated[RevokeRoleInput, strawberry.argument(description="Whose role, where.")]
    ) -> EcosystemResult:
        async def resolve() -> Any:
            id_ = require_key(input.ecosystem_id, EcosystemKey).ecosystem_id
            user_id = require_key(input.user_id, UserKey).user_id
            return await _to_payload(info.context, await ecosystems.revoke_role(info.context, id_, user_id))

        return await catch_refusal(resolve, info.context)


async def _to_payload(context: Context, commit: ecosystems.EcosystemCommit) -> EcosystemPayload:
    """Whoever just left a private world sees it no more: that is NotFound, though the change was made."""
    context.refresh()
    row: Any = await ecosystems.get(context, commit.ecosystem_id)
    return EcosystemPayload(ecosystem=row, cursor=commit.cursor)
