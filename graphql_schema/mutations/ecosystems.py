"""Mutations of ecosystems, their clocks and their members."""

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
from resolvers import ecosystems, members
from resolvers.commit import Commit
from resolvers.context import Context


@strawberry.input(description="A new ecosystem. The viewer becomes its owner.")
class CreateEcosystemInput:
    name: str = strawberry.field(description="The name, 1 to 200 characters on one line.")
    description: str = strawberry.field(default="", description="A description for people, at most 10,000 characters.")
    visibility: Visibility = strawberry.field(default=Visibility.PRIVATE, description="Which users can read it.")
    rule_set: str = strawberry.field(
        default="story", description="The name of one of `Query.ruleSets`. It cannot be changed later."
    )
    seed: str | None = strawberry.field(
        default=strawberry.UNSET,
        description="The seed of all random draws, 1 to 200 characters; when left out, a random one. It cannot be changed later.",
    )
    rate: float = strawberry.field(default=1.0, description="World seconds per real second, 0 to 1,000,000; 0 means stopped.")
    idempotency_key: str | None = strawberry.field(default=strawberry.UNSET, description=IDEMPOTENCY_KEY)


@strawberry.input(description="Changes to an ecosystem.")
class UpdateEcosystemInput:
    id: strawberry.ID = strawberry.field(description="The ID of the ecosystem.")
    version: int = strawberry.field(description=VERSION)
    name: str | None = strawberry.field(
        default=strawberry.UNSET, description=f"The new name, 1 to 200 characters on one line. {UNCHANGED_IF_OMITTED}"
    )
    description: str | None = strawberry.field(
        default=strawberry.UNSET, description=f"The new description, at most 10,000 characters. {UNCHANGED_IF_OMITTED}"
    )
    visibility: Visibility | None = strawberry.field(
        default=strawberry.UNSET, description=f"Which users can read it. {UNCHANGED_IF_OMITTED}"
    )


@strawberry.input(description="The ecosystem to delete.")
class DeleteEcosystemInput:
    id: strawberry.ID = strawberry.field(description="The ID of the ecosystem.")


@strawberry.input(description="A new clock rate.")
class SetClockInput:
    ecosystem_id: strawberry.ID = strawberry.field(description="The ID of the ecosystem.")
    rate: float = strawberry.field(description="World seconds per real second, 0 to 1,000,000; 0 means stopped.")


@strawberry.input(description="A role for a user.")
class GrantRoleInput:
    ecosystem_id: strawberry.ID = strawberry.field(description="The ID of the ecosystem.")
    user_name: str = strawberry.field(description="The name of the user's account, ignoring case and accents.")
    role: Role = strawberry.field(
        description="The new role, which replaces the user's present role. The last owner cannot become anything else."
    )


@strawberry.input(description="The user whose role to revoke. Every member may revoke their own role.")
class RevokeRoleInput:
    ecosystem_id: strawberry.ID = strawberry.field(description="The ID of the ecosystem.")
    user_id: strawberry.ID = strawberry.field(description="The ID of the user. The role of the last owner cannot be revoked.")


@strawberry.type(description="The result of a change to an ecosystem.")
class EcosystemPayload:
    ecosystem: Ecosystem = strawberry.field(description="The ecosystem after the change.")
    cursor: str = strawberry.field(description=CHANGE_CURSOR)


EcosystemResult = Annotated[
    EcosystemPayload | Conflict | Invalid | NotAllowed | NotFound | NotSignedIn,
    strawberry.union("EcosystemResult", description="The changed ecosystem, or the reason why nothing was changed."),
]


@strawberry.type
class EcosystemMutations:
    @strawberry.mutation(description="Creates an ecosystem, which the viewer owns. For signed-in users.")
    async def create_ecosystem(
        self, info: Info, input: Annotated[CreateEcosystemInput, strawberry.argument(description="The new ecosystem.")]
    ) -> EcosystemResult:
        async def resolve() -> Any:
            command = ecosystems.CreateEcosystem(
                input.name,
                input.description,
                input.visibility,
                input.rule_set,
                unset_to_none(input.seed),
                input.rate,
                unset_to_none(input.idempotency_key),
            )
            return await _to_payload(info.context, await ecosystems.create(info.context, command))

        return await catch_refusal(resolve, info.context)

    @strawberry.mutation(description="Changes the name, description or visibility of an ecosystem. For its owners.")
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
            command = ecosystems.UpdateEcosystem(id_, input.version, name, description, visibility)
            return await _to_payload(info.context, await ecosystems.update(info.context, command))

        return await catch_refusal(resolve, info.context)

    @strawberry.mutation(description="Deletes an ecosystem and everything in it. For its owners.")
    async def delete_ecosystem(
        self, info: Info, input: Annotated[DeleteEcosystemInput, strawberry.argument(description="The ecosystem to delete.")]
    ) -> DeleteResult:
        async def resolve() -> Any:
            await ecosystems.delete(info.context, require_key(input.id, EcosystemKey).ecosystem_id)
            return DeletePayload(deleted_id=input.id, cursor=None)

        return await catch_refusal(resolve, info.context)

    @strawberry.mutation(description="Sets the rate of an ecosystem's clock. For its owners.")
    async def set_clock(
        self, info: Info, input: Annotated[SetClockInput, strawberry.argument(description="The new rate.")]
    ) -> EcosystemResult:
        async def resolve() -> Any:
            id_ = require_key(input.ecosystem_id, EcosystemKey).ecosystem_id
            return await _to_payload(info.context, await ecosystems.set_clock(info.context, id_, input.rate))

        return await catch_refusal(resolve, info.context)

    @strawberry.mutation(
        description="Gives a user a role in an ecosystem; it replaces the user's present role. For its owners."
    )
    async def grant_role(
        self, info: Info, input: Annotated[GrantRoleInput, strawberry.argument(description="The user and the role.")]
    ) -> EcosystemResult:
        async def resolve() -> Any:
            id_ = require_key(input.ecosystem_id, EcosystemKey).ecosystem_id
            return await _to_payload(info.context, await members.grant_role(info.context, id_, input.user_name, input.role))

        return await catch_refusal(resolve, info.context)

    @strawberry.mutation(
        description="Revokes a user's role in an ecosystem. For its owners, and for every member their own role."
    )
    async def revoke_role(
        self, info: Info, input: Annotated[RevokeRoleInput, strawberry.argument(description="The user whose role to revoke.")]
    ) -> EcosystemResult:
        async def resolve() -> Any:
            id_ = require_key(input.ecosystem_id, EcosystemKey).ecosystem_id
            user_id = require_key(input.user_id, UserKey).user_id
            return await _to_payload(info.context, await members.revoke_role(info.context, id_, user_id))

        return await catch_refusal(resolve, info.context)


async def _to_payload(context: Context, commit: Commit[EcosystemKey]) -> EcosystemPayload:
    """Raises NotFound where the viewer has just left a private ecosystem; the change is committed nevertheless."""
    context.refresh()
    row: Any = await ecosystems.get(context, commit.key.ecosystem_id)
    return EcosystemPayload(ecosystem=row, cursor=commit.cursor)
