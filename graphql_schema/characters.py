"""Characters: who lives in an ecosystem, and all that can be asked about one."""

from __future__ import annotations

from datetime import datetime
from enum import Enum
from typing import TYPE_CHECKING, Annotated, Any

import strawberry

from domain import energy, mood, rule_sets
from domain.fixed_point import SCALE
from domain.keys import CharacterKey, RelationshipKey
from graphql_schema.activity import ActivityConnection, ActivityFilter, to_fact_filter
from graphql_schema.conversations import ConversationConnection, ConversationFilter, to_conversation_filter
from graphql_schema.enums import InteractionKind, NetworkKind, describe_enum
from graphql_schema.interactions import InteractionConnection, InteractionFilter, to_interaction_filter
from graphql_schema.networks import CharacterMeasures
from graphql_schema.nodes import Info, Node, require_key
from graphql_schema.pages import (
    EDGE_CURSOR,
    After,
    Before,
    First,
    Last,
    PageInfo,
    page_arguments,
    resolve_total_count,
    to_search_text,
    unset_to_none,
)
from graphql_schema.relationships import (
    Relationship,
    RelationshipConnection,
    RelationshipFilter,
    RelationshipOrder,
    to_relationship_filter,
)
from graphql_schema.scalars import BigInt
from graphql_schema.users import User
from resolvers import (
    activity,
    characters,
    conversations,
    ecosystems,
    interactions,
    networks,
    paths,
    relationships,
    summaries,
    users,
)

if TYPE_CHECKING:
    from graphql_schema.ecosystems import Ecosystem


@describe_enum(
    "Direction",
    "Which way relationships go, seen from a character.",
    OUTGOING="What it feels for others.",
    INCOMING="What others feel for it.",
)
class Direction(Enum):
    OUTGOING = "outgoing"
    INCOMING = "incoming"


@describe_enum(
    "CharacterOrder",
    "How characters are ordered.",
    NAME="By name, whatever its case and accents.",
    NEWEST="The one that was created last comes first.",
    MOST_ACTIVE="The one with the most interactions comes first.",
)
class CharacterOrder(Enum):
    NAME = "name"
    NEWEST = "newest"
    MOST_ACTIVE = "most_active"


@strawberry.input(description="Which characters are wanted. What is left out lets everything through.")
class CharacterFilter:
    query: str | None = strawberry.field(
        default=strawberry.UNSET, description="A part of the name, whatever its case and accents; at most 200 characters."
    )
    is_active: bool | None = strawberry.field(
        default=strawberry.UNSET, description="Only those that take part, or only those that do not."
    )
    mine: bool | None = strawberry.field(default=strawberry.UNSET, description="True: only those that the viewer owns.")


def to_character_filter(filter_: CharacterFilter | None) -> characters.CharacterFilter:
    if not filter_:
        return characters.CharacterFilter()
    return characters.CharacterFilter(
        to_search_text(filter_.query), unset_to_none(filter_.is_active), bool(unset_to_none(filter_.mine))
    )


@strawberry.type(description="The Big Five of personality (OCEAN), each in [0,1], where .5 is the middle of all people.")
class Traits:
    openness: float = strawberry.field(description="Curious and inventive (1), or consistent and cautious (0).")
    conscientiousness: float = strawberry.field(description="Organised and dependable (1), or easy-going and careless (0).")
    extraversion: float = strawberry.field(description="Outgoing and energetic (1), or reserved (0). Extraverts rest faster.")
    agreeableness: float = strawberry.field(description="Friendly and compassionate (1), or critical and hard (0).")
    neuroticism: float = strawberry.field(
        description="Sensitive and nervous (1), or stable and confident (0). Losses weigh more for the former."
    )


@strawberry.input(description="The Big Five of a new character, each in [0,1].")
class TraitsInput:
    openness: float = strawberry.field(default=0.5, description="In [0,1].")
    conscientiousness: float = strawberry.field(default=0.5, description="In [0,1].")
    extraversion: float = strawberry.field(default=0.5, description="In [0,1].")
    agreeableness: float = strawberry.field(default=0.5, description="In [0,1].")
    neuroticism: float = strawberry.field(default=0.5, description="In [0,1].")


@strawberry.input(description="New values of some traits, each in [0,1]. What is left out stays as it is.")
class TraitsChangeInput:
    openness: float | None = strawberry.field(default=strawberry.UNSET, description="In [0,1].")
    conscientiousness: float | None = strawberry.field(default=strawberry.UNSET, description="In [0,1].")
    extraversion: float | None = strawberry.field(default=strawberry.UNSET, description="In [0,1].")
    agreeableness: float | None = strawberry.field(default=strawberry.UNSET, description="In [0,1].")
    neuroticism: float | None = strawberry.field(default=strawberry.UNSET, description="In [0,1].")


@strawberry.type(description="Counts about one character, taken at most a minute ago.")
class CharacterSummary:
    counted_at: datetime = strawberry.field(description="When these counts were taken.")
    relationships: int = strawberry.field(description="How many others it has feelings for.")
    regarded_by: int = strawberry.field(description="How many others have feelings for it.")
    friends: int = strawberry.field(description="How many it regards as friends or close friends.")
    rivals: int = strawberry.field(description="How many it regards as rivals or enemies.")
    average_bond: float | None = strawberry.field(
        description="Mean of its bonds when counted, in [-1,1]; null where it has none."
    )
    interactions: BigInt = strawberry.field(description="How many it began or met.")
    messages: BigInt = strawberry.field(description="How many it said, chorus included.")


@strawberry.type(description="Somebody who lives in an ecosystem. Everybody who sees the ecosystem sees it.")
class Character(Node):
    name: str = strawberry.field(description="1 to 200 characters. Not unique.")
    description: str = strawberry.field(description="Who it is, in at most 10,000 characters; may be empty.")
    is_active: bool = strawberry.field(description="Whether it takes part; an inactive one can be seen, not met.")
    version: int = strawberry.field(
        description="Counts edits of name, description, traits and activity, not what it lives through; give it back to update."
    )
    created_at: datetime = strawberry.field(description="When it was created.")
    updated_at: datetime = strawberry.field(description="When it was last edited.")

    @strawberry.field(description="The world that it lives in.")
    async def ecosystem(self: Any, info: Info) -> Annotated[Ecosystem, strawberry.lazy("graphql_schema.ecosystems")]:
        return await info.context.loaders.load_required(ecosystems.by_ids, self.ecosystem_id)

    @strawberry.field(description="Its personality.")
    def traits(self: Any) -> Traits:
        return Traits(
            openness=self.openness / SCALE,
            conscientiousness=self.conscientiousness / SCALE,
            extraversion=self.extraversion / SCALE,
            agreeableness=self.agreeableness / SCALE,
            neuroticism=self.neuroticism / SCALE,
        )

    @strawberry.field(
        description="In [0,1], now: acting costs it, rest gives half of what is missing back every 6 to 10 hours of world time."
    )
    async def energy(self: Any, info: Info) -> float:
        world = await ecosystems.get(info.context, self.ecosystem_id)
        return energy.level_at(self.energy, self.extraversion, self.felt_at, info.context.world_seconds(world))

    @strawberry.field(description="In [-1,1], now: what happens moves it, and it comes back to what is usual for these traits.")
    async def mood(self: Any, info: Info) -> float:
        world = await ecosystems.get(info.context, self.ecosystem_id)
        return mood.level_at(self.mood, self, self.felt_at, info.context.world_seconds(world))

    @strawberry.field(
        description="Who created it and acts as it; null for those that came with an import, and once that account is gone."
    )
    async def owner(self: Any, info: Info) -> User | None:
        return await info.context.loaders.loader_for(users.by_ids).load(self.owner_id) if self.owner_id else None

    @strawberry.field(description="Whether the viewer may let it interact and speak.")
    async def viewer_can_act(self: Any, info: Info) -> bool:
        return await characters.viewer_can_act(info.context, self)

    @strawberry.field(description="Whether the viewer may edit and delete it.")
    async def viewer_can_edit(self: Any, info: Info) -> bool:
        return await characters.viewer_can_act(info.context, self)

    @strawberry.field(
        description="World time from which it has the energy to begin such an interaction; null when it has it now."
    )
    async def rested_world_seconds(
        self: Any, info: Info, kind: Annotated[InteractionKind, strawberry.argument(description="What it would begin.")]
    ) -> float | None:
        world = await ecosystems.get(info.context, self.ecosystem_id)
        cost = rule_sets.by_name(world.rule_set).rule(kind).cost
        return energy.rested_at(self.energy, self.extraversion, self.felt_at, cost, info.context.world_seconds(world))

    @strawberry.field(description="What it feels for others (OUTGOING), or what others feel for it (INCOMING), as of now.")
    async def relationships(
        self: Any,
        info: Info,
        direction: Annotated[Direction, strawberry.argument(description="Which way.")] = Direction.OUTGOING,
        first: First = strawberry.UNSET,
        after: After = strawberry.UNSET,
        last: Last = strawberry.UNSET,
        before: Before = strawberry.UNSET,
        filter: Annotated[RelationshipFilter | None, strawberry.argument(description="Only these.")] = strawberry.UNSET,
        order_by: Annotated[
            RelationshipOrder, strawberry.argument(description="In which order.")
        ] = RelationshipOrder.STRONGEST,
    ) -> RelationshipConnection:
        key, asked = CharacterKey(self.ecosystem_id, self.number), page_arguments(first, after, last, before)
        return await relationships.list_for(
            info.context, key, direction.value, asked, to_relationship_filter(filter), order_by.value
        )

    @strawberry.field(
        description="What it feels for one other; null where they never met, or where the other is not of this ecosystem."
    )
    async def relationship_with(
        self: Any, info: Info, character_id: Annotated[strawberry.ID, strawberry.argument(description="The other's.")]
    ) -> Relationship | None:
        other = require_key(character_id, CharacterKey)
        if other.ecosystem_id != self.ecosystem_id:
            return None
        return await info.context.loaders.loader_for(relationships.by_keys).load(
            RelationshipKey(self.ecosystem_id, self.number, other.number)
        )

    @strawberry.field(description="What it began or met, oldest first.")
    async def interactions(
        self: Any,
        info: Info,
        first: First = strawberry.UNSET,
        after: After = strawberry.UNSET,
        last: Last = strawberry.UNSET,
        before: Before = strawberry.UNSET,
        filter: Annotated[InteractionFilter | None, strawberry.argument(description="Only these.")] = strawberry.UNSET,
    ) -> InteractionConnection:
        key, asked = CharacterKey(self.ecosystem_id, self.number), page_arguments(first, after, last, before)
        return await interactions.list_for_character(info.context, key, asked, to_interaction_filter(filter, self.ecosystem_id))

    @strawberry.field(description="Those that it takes part in, oldest first.")
    async def conversations(
        self: Any,
        info: Info,
        first: First = strawberry.UNSET,
        after: After = strawberry.UNSET,
        last: Last = strawberry.UNSET,
        before: Before = strawberry.UNSET,
        filter: Annotated[ConversationFilter | None, strawberry.argument(description="Only these.")] = strawberry.UNSET,
    ) -> ConversationConnection:
        key, asked = CharacterKey(self.ecosystem_id, self.number), page_arguments(first, after, last, before)
        return await conversations.list_for(info.context, key, asked, to_conversation_filter(filter, self.ecosystem_id))

    @strawberry.field(description="The facts that are about it, oldest first; `last: 20` is the newest page.")
    async def activity(
        self: Any,
        info: Info,
        first: First = strawberry.UNSET,
        after: After = strawberry.UNSET,
        last: Last = strawberry.UNSET,
        before: Before = strawberry.UNSET,
        filter: Annotated[ActivityFilter | None, strawberry.argument(description="Only these.")] = strawberry.UNSET,
    ) -> ActivityConnection:
        key, asked = CharacterKey(self.ecosystem_id, self.number), page_arguments(first, after, last, before)
        return await activity.list_for_character(info.context, key, asked, to_fact_filter(filter, self.ecosystem_id))

    @strawberry.field(description="Everyone within `depth` relationships, whichever way they go; nearest first.")
    async def neighbours(
        self: Any,
        info: Info,
        depth: Annotated[int, strawberry.argument(description="1 to 6.")] = 1,
        first: First = strawberry.UNSET,
        after: After = strawberry.UNSET,
    ) -> NeighbourConnection:
        key = CharacterKey(self.ecosystem_id, self.number)
        return await paths.list_neighbours(info.context, key, depth, page_arguments(first, after, None, None))

    @strawberry.field(
        description="Those that both have a relationship with, whichever way it goes; in the order of their creation."
    )
    async def common_neighbours(
        self: Any,
        info: Info,
        character_id: Annotated[strawberry.ID, strawberry.argument(description="The other's; of the same ecosystem.")],
        first: First = strawberry.UNSET,
        after: After = strawberry.UNSET,
    ) -> CharacterConnection:
        key, other = CharacterKey(self.ecosystem_id, self.number), require_key(character_id, CharacterKey)
        return await paths.list_common_neighbours(info.context, key, other, page_arguments(first, after, None, None))

    @strawberry.field(description="Counts about it, at most a minute old.")
    async def summary(self: Any, info: Info) -> CharacterSummary:
        return await info.context.loaders.load_required(summaries.of_characters, CharacterKey(self.ecosystem_id, self.number))

    @strawberry.field(
        description="Its place in a network of its ecosystem; null where it has no part in it. `asOf` says for when."
    )
    async def measures(
        self: Any,
        info: Info,
        of: Annotated[NetworkKind, strawberry.argument(description="In which network.")] = NetworkKind.RELATIONSHIPS,
    ) -> CharacterMeasures | None:
        return await networks.load_character_measures(info.context, CharacterKey(self.ecosystem_id, self.number), of)


@strawberry.type(description="A character in a list.")
class CharacterEdge:
    cursor: str = strawberry.field(description=EDGE_CURSOR)
    node: Character = strawberry.field(description="The character.")


@strawberry.type(description="A page of characters.")
class CharacterConnection:
    edges: list[CharacterEdge] = strawberry.field(description="In the order that was asked for.")
    page_info: PageInfo = strawberry.field(description="Where this page stands.")
    total_count: int = strawberry.field(resolver=resolve_total_count, description="How many there are in all pages.")


@strawberry.type(description="A character near another.")
class NeighbourEdge:
    cursor: str = strawberry.field(description=EDGE_CURSOR)
    node: Character = strawberry.field(description="Who is near.")
    distance: int = strawberry.field(description="How many relationships lie between, from 1.")


@strawberry.type(description="A page of characters near another, nearest first.")
class NeighbourConnection:
    edges: list[NeighbourEdge] = strawberry.field(
        description="Nearest first; within one distance in the order of their creation."
    )
    page_info: PageInfo = strawberry.field(description="Where this page stands.")
    as_of: str = strawberry.field(description="Cursor of the fact up to which the relationships are known here.")
