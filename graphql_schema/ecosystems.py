"""Ecosystems: worlds of characters, and the way to everything in one."""

from __future__ import annotations

from datetime import datetime
from enum import Enum
from typing import Annotated, Any

import strawberry

from domain import rule_sets
from domain.activity import Cursor
from domain.ecosystems import role_suffices
from domain.keys import CharacterKey, EcosystemKey
from graphql_schema.activity import ActivityConnection, ActivityFilter, to_fact_filter
from graphql_schema.characters import CharacterConnection, CharacterFilter, CharacterOrder, to_character_filter
from graphql_schema.conversations import ConversationConnection, ConversationFilter, to_conversation_filter
from graphql_schema.enums import InteractionKind, NetworkKind, Role, Stage, Visibility, describe_enum
from graphql_schema.interactions import InteractionConnection, InteractionFilter, to_interaction_filter
from graphql_schema.networks import Network, NetworkMeasures, Path, PathCost
from graphql_schema.nodes import Info, Node, require_key
from graphql_schema.pages import (
    EDGE_CURSOR,
    After,
    Before,
    First,
    Last,
    PageInfo,
    page_arguments,
    to_search_text,
    unset_to_none,
)
from graphql_schema.relationships import RelationshipConnection, RelationshipFilter, RelationshipOrder, to_relationship_filter
from graphql_schema.rule_sets import RuleSet
from graphql_schema.scalars import BigInt
from graphql_schema.users import User
from resolvers import activity, characters, conversations, ecosystems, interactions, networks, paths, relationships, summaries


@describe_enum(
    "EcosystemOrder",
    "How ecosystems are ordered.",
    NAME="By name, whatever its case and accents.",
    NEWEST="The one that was created last comes first.",
    RECENTLY_ACTIVE="The one with the newest fact comes first.",
)
class EcosystemOrder(Enum):
    NAME = "name"
    NEWEST = "newest"
    RECENTLY_ACTIVE = "recently_active"


@strawberry.input(description="Which ecosystems are wanted. What is left out lets everything through.")
class EcosystemFilter:
    query: str | None = strawberry.field(
        default=strawberry.UNSET, description="A part of the name, whatever its case and accents; at most 200 characters."
    )
    mine: bool | None = strawberry.field(
        default=strawberry.UNSET, description="True: only those that the viewer is a member of."
    )
    visibility: Visibility | None = strawberry.field(
        default=strawberry.UNSET, description="Only public ones, or only private ones."
    )


def to_ecosystem_filter(filter_: EcosystemFilter | None) -> ecosystems.EcosystemFilter:
    if not filter_:
        return ecosystems.EcosystemFilter()
    return ecosystems.EcosystemFilter(
        to_search_text(filter_.query), bool(unset_to_none(filter_.mine)), unset_to_none(filter_.visibility)
    )


@strawberry.type(description="A world's own time: a straight line over the wall's, which needs no ticker.")
class Clock:
    world_seconds: float = strawberry.field(description="World time now, seconds since the world's start.")
    rate: float = strawberry.field(description="World seconds per second of the wall, 0 to 1,000,000; 0 is stopped.")


@strawberry.type(description="How many interactions of one kind.")
class KindCount:
    kind: InteractionKind = strawberry.field(description="Of which kind these are.")
    count: BigInt = strawberry.field(description="How many.")


@strawberry.type(description="How many relationships at one stage.")
class StageCount:
    stage: Stage = strawberry.field(description="At which stage these are.")
    count: int = strawberry.field(description="How many.")


@strawberry.type(description="Counts about a whole ecosystem, taken at most a minute ago.")
class EcosystemSummary:
    counted_at: datetime = strawberry.field(description="When these counts were taken.")
    characters: int = strawberry.field(description="How many live in it.")
    active_characters: int = strawberry.field(description="How many of them take part.")
    relationships: int = strawberry.field(description="How many; each way counts.")
    interactions: BigInt = strawberry.field(description="How many acts there were.")
    conversations: int = strawberry.field(description="How many were opened.")
    messages: BigInt = strawberry.field(description="How many were said.")
    last_activity_at: datetime | None = strawberry.field(description="When the newest fact was written.")

    @strawberry.field(description="Interactions by kind, every kind of the rule set, in its order.")
    def interactions_by_kind(self: Any) -> list[KindCount]:
        return [KindCount(kind=kind, count=BigInt(self.interactions_by_kind.get(kind, 0))) for kind in InteractionKind]

    @strawberry.field(description="Relationships by stage, every stage.")
    def relationships_by_stage(self: Any) -> list[StageCount]:
        return [StageCount(stage=stage, count=self.relationships_by_stage.get(stage, 0)) for stage in Stage]


@strawberry.type(
    description="A world of characters: one clock, one seed, one rule set. Its observers see everything but members and seed."
)
class Ecosystem(Node):
    name: str = strawberry.field(description="1 to 200 characters. Not unique.")
    description: str = strawberry.field(description="What it is, in at most 10,000 characters; may be empty.")
    visibility: Visibility = strawberry.field(description="Who may see it.")
    version: int = strawberry.field(description="Counts changes of the ecosystem itself; give it back to update.")
    created_at: datetime = strawberry.field(description="When it was created.")
    updated_at: datetime = strawberry.field(description="When it was last changed itself.")

    @strawberry.field(description="The rates and rules that it lives by.")
    def rule_set(self: Any) -> RuleSet:
        return rule_sets.by_name(self.rule_set)

    @strawberry.field(
        description="Decides every chance of the world, with the rule set; null for observers, who could foretell it."
    )
    def seed(self: Any) -> str | None:
        return self.seed if role_suffices(self.role, Role.EDITOR) else None

    @strawberry.field(description="Its time, now.")
    def clock(self: Any, info: Info) -> Clock:
        return Clock(world_seconds=info.context.world_seconds(self), rate=self.clock_rate)

    @strawberry.field(description="What the viewer is here; OBSERVER for everybody in a public ecosystem.")
    def viewer_role(self: Any) -> Role:
        return Role(self.role)

    @strawberry.field(description="Cursor of the newest fact: everything else in the same answer is at least as new.")
    def head(self: Any) -> str:
        return str(Cursor(self.epoch, self.head))

    @strawberry.field(description="Who has a role in it, the oldest member first; null for those who have none themselves.")
    async def members(
        self: Any,
        info: Info,
        first: First = strawberry.UNSET,
        after: After = strawberry.UNSET,
        last: Last = strawberry.UNSET,
        before: Before = strawberry.UNSET,
    ) -> MemberConnection | None:
        return await ecosystems.list_members(info.context, self, page_arguments(first, after, last, before))

    @strawberry.field(description="Who lives in it.")
    async def characters(
        self: Any,
        info: Info,
        first: First = strawberry.UNSET,
        after: After = strawberry.UNSET,
        last: Last = strawberry.UNSET,
        before: Before = strawberry.UNSET,
        filter: Annotated[CharacterFilter | None, strawberry.argument(description="Only these.")] = strawberry.UNSET,
        order_by: Annotated[CharacterOrder, strawberry.argument(description="In which order.")] = CharacterOrder.NAME,
    ) -> CharacterConnection:
        asked = page_arguments(first, after, last, before)
        return await characters.list_for_ecosystem(info.context, self.id, asked, to_character_filter(filter), order_by.value)

    @strawberry.field(description="What its characters feel for each other, as of now; each way is one.")
    async def relationships(
        self: Any,
        info: Info,
        first: First = strawberry.UNSET,
        after: After = strawberry.UNSET,
        last: Last = strawberry.UNSET,
        before: Before = strawberry.UNSET,
        filter: Annotated[RelationshipFilter | None, strawberry.argument(description="Only these.")] = strawberry.UNSET,
        order_by: Annotated[
            RelationshipOrder, strawberry.argument(description="In which order.")
        ] = RelationshipOrder.STRONGEST,
    ) -> RelationshipConnection:
        asked = page_arguments(first, after, last, before)
        return await relationships.list_for(
            info.context, EcosystemKey(self.id), "ecosystem", asked, to_relationship_filter(filter), order_by.value
        )

    @strawberry.field(description="What its characters did to each other, oldest first; `last: 20` is the newest page.")
    async def interactions(
        self: Any,
        info: Info,
        first: First = strawberry.UNSET,
        after: After = strawberry.UNSET,
        last: Last = strawberry.UNSET,
        before: Before = strawberry.UNSET,
        filter: Annotated[InteractionFilter | None, strawberry.argument(description="Only these.")] = strawberry.UNSET,
    ) -> InteractionConnection:
        asked = page_arguments(first, after, last, before)
        return await interactions.list_for_ecosystem(info.context, self.id, asked, to_interaction_filter(filter, self.id))

    @strawberry.field(description="The talks of its characters, oldest first.")
    async def conversations(
        self: Any,
        info: Info,
        first: First = strawberry.UNSET,
        after: After = strawberry.UNSET,
        last: Last = strawberry.UNSET,
        before: Before = strawberry.UNSET,
        filter: Annotated[ConversationFilter | None, strawberry.argument(description="Only these.")] = strawberry.UNSET,
    ) -> ConversationConnection:
        asked = page_arguments(first, after, last, before)
        return await conversations.list_for(info.context, EcosystemKey(self.id), asked, to_conversation_filter(filter, self.id))

    @strawberry.field(
        description="Its facts, newest last; `last: 20` is the newest page. Facts about members are seen by owners and editors only."
    )
    async def activity(
        self: Any,
        info: Info,
        first: First = strawberry.UNSET,
        after: After = strawberry.UNSET,
        last: Last = strawberry.UNSET,
        before: Before = strawberry.UNSET,
        filter: Annotated[ActivityFilter | None, strawberry.argument(description="Only these.")] = strawberry.UNSET,
    ) -> ActivityConnection:
        asked = page_arguments(first, after, last, before)
        return await activity.list_for_ecosystem(info.context, self.id, asked, to_fact_filter(filter, self.id))

    @strawberry.field(description="Counts about it, at most a minute old.")
    async def summary(self: Any, info: Info) -> EcosystemSummary:
        return await info.context.loaders.load_required(summaries.of_ecosystems, self.id)

    @strawberry.field(
        description="For drawing: the characters with the most relationships, and the strongest relationships among them, in columns."
    )
    async def network(
        self: Any,
        info: Info,
        characters: Annotated[int, strawberry.argument(description="At most so many characters: 1 to 10,000.")] = 5000,
        relationships: Annotated[int, strawberry.argument(description="At most so many relationships: 0 to 50,000.")] = 20000,
    ) -> Network:
        return await networks.load_network(info.context, self, characters, relationships)

    @strawberry.field(description="Measures of one of its networks. Null until first computed; `asOf` says for when.")
    async def measures(
        self: Any,
        info: Info,
        of: Annotated[NetworkKind, strawberry.argument(description="Of which network.")] = NetworkKind.RELATIONSHIPS,
    ) -> NetworkMeasures | None:
        return await networks.load_measures(info.context, self.id, of)

    @strawberry.field(description="The best way from one character to another along relationships; null where there is none.")
    async def path(
        self: Any,
        info: Info,
        from_: Annotated[strawberry.ID, strawberry.argument(name="from", description="The character where it begins.")],
        to: Annotated[strawberry.ID, strawberry.argument(description="The character where it ends.")],
        by: Annotated[PathCost, strawberry.argument(description="What makes it the best.")] = PathCost.FEWEST,
    ) -> Path | None:
        return await paths.find_path(
            info.context, self, require_key(from_, CharacterKey), require_key(to, CharacterKey), by.value
        )


@strawberry.type(description="An ecosystem in a list.")
class EcosystemEdge:
    cursor: str = strawberry.field(description=EDGE_CURSOR)
    node: Ecosystem = strawberry.field(description="The ecosystem.")


@strawberry.type(description="A page of ecosystems.")
class EcosystemConnection:
    edges: list[EcosystemEdge] = strawberry.field(description="In the order that was asked for.")
    page_info: PageInfo = strawberry.field(description="Where this page stands.")


@strawberry.type(description="A member in a list.")
class MemberEdge:
    cursor: str = strawberry.field(description=EDGE_CURSOR)
    node: User = strawberry.field(description="Who it is.")

    @strawberry.field(description="What they are here.")
    def role(self: Any) -> Role:
        return Role(self.row.role)

    @strawberry.field(description="When they were first given a role.")
    def since(self: Any) -> datetime:
        return self.row.since


@strawberry.type(description="A page of members.")
class MemberConnection:
    edges: list[MemberEdge] = strawberry.field(description="The oldest member first.")
    page_info: PageInfo = strawberry.field(description="Where this page stands.")
