"""Activity: the numbered facts of an ecosystem. They never change."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any
from uuid import UUID

import strawberry

from domain.activity import Cursor
from domain.keys import CharacterKey, ConversationKey, InteractionKey, MessageKey, RelationshipKey, encode_id
from graphql_schema.enums import FactType, Role, Stage
from graphql_schema.nodes import Info, Node, character_numbers
from graphql_schema.pages import PageInfo, unset_to_none, unset_to_tuple
from graphql_schema.scalars import BigInt
from graphql_schema.users import User
from resolvers import activity, characters, conversations, ecosystems, interactions, relationships, users

if TYPE_CHECKING:
    from graphql_schema.characters import Character
    from graphql_schema.conversations import Conversation, Message
    from graphql_schema.ecosystems import Ecosystem
    from graphql_schema.interactions import Interaction
    from graphql_schema.relationships import Relationship


@strawberry.input(description="Which facts are wanted. What is left out lets everything through.")
class ActivityFilter:
    types: list[FactType] | None = strawberry.field(
        default=strawberry.UNSET, description="Any of these types; an empty list wants nothing."
    )
    character_ids: list[strawberry.ID] | None = strawberry.field(
        default=strawberry.UNSET, description="About any of these characters, at most 100; an empty list wants nothing."
    )


def to_fact_filter(filter_: ActivityFilter | None, ecosystem_id: UUID) -> activity.FactFilter:
    if not filter_:
        return activity.FactFilter()
    return activity.FactFilter(
        unset_to_tuple(filter_.types), character_numbers(unset_to_none(filter_.character_ids), ecosystem_id)
    )


@strawberry.interface(description="One fact of an ecosystem. Facts are numbered from 1 without gaps and never change.")
class Activity(Node):
    position: BigInt = strawberry.field(
        description="Its number in the ecosystem, from 1. Viewers see gaps where facts are hidden from them or filtered."
    )
    type: FactType = strawberry.field(description="What it tells of.")
    world_seconds: float = strawberry.field(description="World time at which it happened.")
    created_at: datetime = strawberry.field(description="When it happened by the wall's clock.")

    @strawberry.field(description="Give it to `after` of a subscription to follow what comes behind this fact.")
    def cursor(self: Any) -> str:
        return str(Cursor(self.epoch, self.position))

    @strawberry.field(description="The world that it is a fact of.")
    async def ecosystem(self: Any, info: Info) -> Annotated[Ecosystem, strawberry.lazy("graphql_schema.ecosystems")]:
        return await info.context.loaders.load_required(ecosystems.by_ids, self.ecosystem_id)

    @strawberry.field(description="Who did it; null where the world itself acted, or the account is gone.")
    async def actor(self: Any, info: Info) -> User | None:
        return await info.context.loaders.loader_for(users.by_ids).load(self.actor_id) if self.actor_id else None


@strawberry.type(description="The world came to be.")
class EcosystemCreated(Activity):
    pass


@strawberry.type(description="The name, description or visibility of the world was changed.")
class EcosystemChanged(Activity):
    @strawberry.field(description="The names of the fields that were changed.")
    def changed(self: Any) -> list[str]:
        return [camel_case(column) for column in self.data["changed"]]


@strawberry.type(description="The world's clock was set to run at another rate.")
class ClockSet(Activity):
    @strawberry.field(description="World seconds per second of the wall, from here on; 0 is stopped.")
    def rate(self: Any) -> float:
        return self.data["rate"]


@strawberry.type(description="Somebody was given a role. Seen by owners and editors only.")
class MemberGranted(Activity):
    @strawberry.field(description="The name of whose role it is.")
    def user_name(self: Any) -> str:
        return self.data["user_name"]

    @strawberry.field(description="Whose role it is; null once the account is gone.")
    async def user(self: Any, info: Info) -> User | None:
        return await info.context.loaders.loader_for(users.by_ids).load(UUID(self.data["user_id"]))

    @strawberry.field(description="What they are from here on.")
    def role(self: Any) -> Role:
        return Role(self.data["role"])


@strawberry.type(description="Somebody's role was taken. Seen by owners and editors only.")
class MemberRevoked(Activity):
    @strawberry.field(description="The name of whose role it is.")
    def user_name(self: Any) -> str:
        return self.data["user_name"]

    @strawberry.field(description="Whose role it is; null once the account is gone.")
    async def user(self: Any, info: Info) -> User | None:
        return await info.context.loaders.loader_for(users.by_ids).load(UUID(self.data["user_id"]))


@strawberry.type(description="A character came to live in the world.")
class CharacterCreated(Activity):
    @strawberry.field(description="Who; null once deleted.")
    async def character(self: Any, info: Info) -> Annotated[Character, strawberry.lazy("graphql_schema.characters")] | None:
        return await info.context.loaders.loader_for(characters.by_keys).load(
            CharacterKey(self.ecosystem_id, self.data["number"])
        )

    @strawberry.field(description="Its name, as it was then.")
    def character_name(self: Any) -> str:
        return self.data["name"]


@strawberry.type(description="A character was edited.")
class CharacterChanged(Activity):
    @strawberry.field(description="Who, as it is now; null once deleted.")
    async def character(self: Any, info: Info) -> Annotated[Character, strawberry.lazy("graphql_schema.characters")] | None:
        return await info.context.loaders.loader_for(characters.by_keys).load(
            CharacterKey(self.ecosystem_id, self.data["number"])
        )

    @strawberry.field(description="Its name, as it was then.")
    def character_name(self: Any) -> str:
        return self.data["name"]

    @strawberry.field(description="The names of the fields that were changed.")
    def changed(self: Any) -> list[str]:
        return [camel_case(column) for column in self.data["changed"]]


@strawberry.type(description="A character is gone, and its relationships with it.")
class CharacterDeleted(Activity):
    @strawberry.field(description="The ID that it had.")
    def character_id(self: Any) -> strawberry.ID:
        return strawberry.ID(encode_id(CharacterKey(self.ecosystem_id, self.data["number"])))

    @strawberry.field(description="Its name, as it was.")
    def character_name(self: Any) -> str:
        return self.data["name"]


@strawberry.type(description="One character did something to another.")
class Interacted(Activity):
    @strawberry.field(description="What was done, why it went so, and what it changed.")
    async def interaction(
        self: Any, info: Info
    ) -> Annotated[Interaction, strawberry.lazy("graphql_schema.interactions")] | None:
        return await info.context.loaders.loader_for(interactions.by_keys).load(
            InteractionKey(self.ecosystem_id, self.position)
        )


@strawberry.type(description="A relationship has come to another stage.")
class StageChanged(Activity):
    @strawberry.field(description="The relationship as it is now; null once one of the two is deleted.")
    async def relationship(
        self: Any, info: Info
    ) -> Annotated[Relationship, strawberry.lazy("graphql_schema.relationships")] | None:
        key = RelationshipKey(self.ecosystem_id, self.data["from"], self.data["to"])
        return await info.context.loaders.loader_for(relationships.by_keys).load(key)

    @strawberry.field(description="The name of who feels it, as it was.")
    def from_name(self: Any) -> str:
        return self.data["from_name"]

    @strawberry.field(description="The name of the other, as it was.")
    def to_name(self: Any) -> str:
        return self.data["to_name"]

    @strawberry.field(description="The stage until then.")
    def before(self: Any) -> Stage:
        return Stage(self.data["before"])

    @strawberry.field(description="The stage from then on.")
    def after(self: Any) -> Stage:
        return Stage(self.data["after"])


@strawberry.type(description="A conversation began.")
class ConversationOpened(Activity):
    @strawberry.field(description="Where it is spoken; as it is now.")
    async def conversation(self: Any, info: Info) -> Annotated[Conversation, strawberry.lazy("graphql_schema.conversations")]:
        return await info.context.loaders.load_required(
            conversations.by_keys, ConversationKey(self.ecosystem_id, self.position)
        )


@strawberry.type(description="Something was said in a conversation.")
class MessageSaid(Activity):
    @strawberry.field(description="What was said, by whom.")
    async def message(self: Any, info: Info) -> Annotated[Message, strawberry.lazy("graphql_schema.conversations")] | None:
        return await info.context.loaders.loader_for(conversations.messages_by_keys).load(
            MessageKey(self.ecosystem_id, self.position)
        )


@strawberry.type(description="A conversation ended.")
class ConversationClosed(Activity):
    @strawberry.field(description="Where it is spoken; as it is now.")
    async def conversation(self: Any, info: Info) -> Annotated[Conversation, strawberry.lazy("graphql_schema.conversations")]:
        return await info.context.loaders.load_required(
            conversations.by_keys, ConversationKey(self.ecosystem_id, self.data["conversation"])
        )


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


def camel_case(column: str) -> str:
    """A field's name as the API spells it."""
    first, *rest = column.split("_")
    return first + "".join(word.capitalize() for word in rest)


@strawberry.type(description="A fact in a list.")
class ActivityEdge:
    node: Activity = strawberry.field(description="The fact.")
    cursor: str = strawberry.field(
        description="The fact's own cursor: good for a page's `after` and `before`, and for `after` of a subscription."
    )


@strawberry.type(description="A page of facts.")
class ActivityConnection:
    edges: list[ActivityEdge] = strawberry.field(description="Oldest first.")
    page_info: PageInfo = strawberry.field(description="Where this page stands.")
