"""Activity: one GraphQL type for each type of fact. They read the rows of `db.activity`."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

import strawberry
from strawberry.utils.str_converters import to_camel_case

from domain.activity import Cursor
from domain.keys import (
    CharacterKey,
    ConversationKey,
    EcosystemKey,
    InteractionKey,
    MessageKey,
    RelationshipKey,
    UserKey,
    encode_id,
)
from graphql_schema.enums import FactType, Role, Stage
from graphql_schema.links import CharacterLink, ConversationLink, EcosystemLink, InteractionLink, MessageLink, RelationshipLink
from graphql_schema.nodes import Info, Node, character_numbers
from graphql_schema.pages import Connection, Edge, unset_to_none, unset_to_tuple
from graphql_schema.scalars import BigInt
from graphql_schema.users import User
from resolvers import activity, nodes


@strawberry.input(description="Selects facts. A field that is left out or null selects everything.")
class ActivityFilter:
    types: list[FactType] | None = strawberry.field(
        default=strawberry.UNSET, description="Facts of any of these types; an empty list selects nothing."
    )
    character_ids: list[strawberry.ID] | None = strawberry.field(
        default=strawberry.UNSET,
        description="Facts about any of these characters, at most 100 IDs; an empty list selects nothing.",
    )


def to_fact_filter(filter_: ActivityFilter | None, ecosystem_id: UUID) -> activity.FactFilter:
    if not filter_:
        return activity.FactFilter()
    return activity.FactFilter(
        unset_to_tuple(filter_.types), character_numbers(unset_to_none(filter_.character_ids), ecosystem_id)
    )


@strawberry.interface(
    description="A fact: one change in an ecosystem. Facts are numbered from 1 without gaps and never change."
)
class Activity(Node):
    position: BigInt = strawberry.field(
        description="The fact's number in its ecosystem, from 1. A viewer sees gaps where facts are hidden from the viewer or filtered out."
    )
    type: FactType = strawberry.field(description="What kind of change the fact records.")
    world_seconds: float = strawberry.field(
        description="World time at which the change happened, in seconds since the start of the ecosystem."
    )
    created_at: datetime = strawberry.field(description="Real time at which the fact was written.")

    @strawberry.field(
        description="The fact's cursor. Pass it as `after` of a subscription to receive the facts that follow this one."
    )
    def cursor(self: Any) -> str:
        return str(Cursor(self.epoch, self.position))

    @strawberry.field(description="The ecosystem in which the change happened.")
    async def ecosystem(self: Any, info: Info) -> EcosystemLink:
        return await nodes.get(info.context, EcosystemKey(self.ecosystem_id))

    @strawberry.field(description="The user who made the change; null when no user did, and when the account is deleted.")
    async def actor(self: Any, info: Info) -> User | None:
        return await nodes.find(info.context, UserKey(self.actor_id)) if self.actor_id else None


@strawberry.type(description="The ecosystem was created.")
class EcosystemCreated(Activity):
    pass


@strawberry.type(description="The name, description or visibility of the ecosystem was changed.")
class EcosystemChanged(Activity):
    @strawberry.field(description="The names of the fields that were changed.")
    def changed(self: Any) -> list[str]:
        return [to_camel_case(column) for column in self.data["changed"]]


@strawberry.type(description="The rate of the ecosystem's clock was changed.")
class ClockSet(Activity):
    @strawberry.field(description="The new rate: world seconds per real second; 0 means stopped.")
    def rate(self: Any) -> float:
        return self.data["rate"]


@strawberry.type(description="A user was given a role. Visible to owners and editors only.")
class MemberGranted(Activity):
    @strawberry.field(description="The user's name at that time.")
    def user_name(self: Any) -> str:
        return self.data["user_name"]

    @strawberry.field(description="The user who was given the role; null when the account is deleted.")
    async def user(self: Any, info: Info) -> User | None:
        return await nodes.find(info.context, UserKey(UUID(self.data["user_id"])))

    @strawberry.field(description="The new role of the user.")
    def role(self: Any) -> Role:
        return Role(self.data["role"])


@strawberry.type(description="A user's role was revoked. Visible to owners and editors only.")
class MemberRevoked(Activity):
    @strawberry.field(description="The user's name at that time.")
    def user_name(self: Any) -> str:
        return self.data["user_name"]

    @strawberry.field(description="The user whose role was revoked; null when the account is deleted.")
    async def user(self: Any, info: Info) -> User | None:
        return await nodes.find(info.context, UserKey(UUID(self.data["user_id"])))


@strawberry.type(description="A character was created.")
class CharacterCreated(Activity):
    @strawberry.field(description="The character as it is now; null when it is deleted.")
    async def character(self: Any, info: Info) -> CharacterLink | None:
        return await nodes.find(info.context, CharacterKey(self.ecosystem_id, self.data["number"]))

    @strawberry.field(description="The character's name at that time.")
    def character_name(self: Any) -> str:
        return self.data["name"]


@strawberry.type(description="A character was edited.")
class CharacterChanged(Activity):
    @strawberry.field(description="The character as it is now; null when it is deleted.")
    async def character(self: Any, info: Info) -> CharacterLink | None:
        return await nodes.find(info.context, CharacterKey(self.ecosystem_id, self.data["number"]))

    @strawberry.field(description="The character's name at that time.")
    def character_name(self: Any) -> str:
        return self.data["name"]

    @strawberry.field(description="The names of the fields that were changed.")
    def changed(self: Any) -> list[str]:
        return [to_camel_case(column) for column in self.data["changed"]]


@strawberry.type(description="A character was deleted, and its relationships with it.")
class CharacterDeleted(Activity):
    @strawberry.field(description="The ID of the deleted character.")
    def character_id(self: Any) -> strawberry.ID:
        return strawberry.ID(encode_id(CharacterKey(self.ecosystem_id, self.data["number"])))

    @strawberry.field(description="The character's name at that time.")
    def character_name(self: Any) -> str:
        return self.data["name"]


@strawberry.type(description="A character interacted with another character.")
class Interacted(Activity):
    @strawberry.field(description="The interaction, with its reasons and its effects on both relationships.")
    async def interaction(self: Any, info: Info) -> InteractionLink | None:
        return await nodes.find(info.context, InteractionKey(self.ecosystem_id, self.position))


@strawberry.type(description="A relationship entered another stage.")
class StageChanged(Activity):
    @strawberry.field(description="The relationship as it is now; null when one of its two characters is deleted.")
    async def relationship(self: Any, info: Info) -> RelationshipLink | None:
        key = RelationshipKey(self.ecosystem_id, self.data["from"], self.data["to"])
        return await nodes.find(info.context, key)

    @strawberry.field(description="The name, at that time, of the character whose feelings the relationship describes.")
    def from_name(self: Any) -> str:
        return self.data["from_name"]

    @strawberry.field(description="The name, at that time, of the character that the feelings are for.")
    def to_name(self: Any) -> str:
        return self.data["to_name"]

    @strawberry.field(description="The previous stage.")
    def before(self: Any) -> Stage:
        return Stage(self.data["before"])

    @strawberry.field(description="The new stage.")
    def after(self: Any) -> Stage:
        return Stage(self.data["after"])


@strawberry.type(description="A conversation was opened.")
class ConversationOpened(Activity):
    @strawberry.field(description="The conversation as it is now.")
    async def conversation(self: Any, info: Info) -> ConversationLink:
        return await nodes.get(info.context, ConversationKey(self.ecosystem_id, self.position))


@strawberry.type(description="A message was added to a conversation.")
class MessageSaid(Activity):
    @strawberry.field(description="The message with its speakers.")
    async def message(self: Any, info: Info) -> MessageLink | None:
        return await nodes.find(info.context, MessageKey(self.ecosystem_id, self.position))


@strawberry.type(description="A conversation was closed.")
class ConversationClosed(Activity):
    @strawberry.field(description="The conversation as it is now.")
    async def conversation(self: Any, info: Info) -> ConversationLink:
        return await nodes.get(info.context, ConversationKey(self.ecosystem_id, self.data["conversation"]))


FACTS = (
    EcosystemCreated,
    EcosystemChanged,
    ClockSet,
    MemberGranted,
    MemberRevoked,
    CharacterCreated,
    CharacterChanged,
    CharacterDeleted,
    Interacted,
    StageChanged,
    ConversationOpened,
    MessageSaid,
    ConversationClosed,
)


@strawberry.type(description="A fact in a list.")
class ActivityEdge(Edge[Activity]):
    cursor: str = strawberry.field(
        description="The cursor of the fact: valid as `after` and `before` of a page, and as `after` of a subscription."
    )


@strawberry.type(description="A page of facts, oldest first.")
class ActivityConnection(Connection[ActivityEdge]):
    pass
