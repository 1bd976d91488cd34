"""The type Character with its filter and order. It reads the rows of `db.characters`."""

from __future__ import annotations

from datetime import datetime
from enum import Enum
from typing import Annotated, Any

import strawberry

from domain import energy, mood, rule_sets
from domain.fixed_point import SCALE
from domain.keys import CharacterKey, EcosystemKey, RelationshipKey, UserKey
from graphql_schema.activity import ActivityConnection, ActivityFilter, to_fact_filter
from graphql_schema.conversations import ConversationConnection, ConversationFilter, to_conversation_filter
from graphql_schema.enums import InteractionKind, NetworkKind, describe_enum
from graphql_schema.interactions import InteractionConnection, InteractionFilter, to_interaction_filter
from graphql_schema.links import EcosystemLink
from graphql_schema.networks import CharacterMeasures
from graphql_schema.nodes import Info, Node, require_key
from graphql_schema.pages import (
    After,
    Before,
    Connection,
    CountedConnection,
    Edge,
    First,
    Last,
    page_arguments,
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
    measures,
    nodes,
    pages,
    paths,
    permissions,
    relationships,
    summaries,
)


@describe_enum(
    "Direction",
    "Which of the two directed relationships between a character and the others.",
    OUTGOING="What the character feels for others.",
    INCOMING="What others feel for the character.",
)
class Direction(Enum):
    OUTGOING = "outgoing"
    INCOMING = "incoming"


@describe_enum(
    "CharacterOrder",
    "The order of a list of characters.",
    NAME="By name, ignoring case and accents.",
    NEWEST="Most recently created first.",
    MOST_ACTIVE="Most interactions first.",
)
class CharacterOrder(Enum):
    NAME = "name"
    NEWEST = "newest"
    MOST_ACTIVE = "most_active"


@strawberry.input(description="Selects characters. A field that is left out or null selects everything.")
class CharacterFilter:
    query: str | None = strawberry.field(
        default=strawberry.UNSET, description="Part of the name, ignoring case and accents; at most 200 characters are used."
    )
    is_active: bool | None = strawberry.field(
        default=strawberry.UNSET, description="True: active characters only. False: inactive ones only."
    )
    mine: bool | None = strawberry.field(default=strawberry.UNSET, description="True: only characters that the viewer owns.")


def to_character_filter(filter_: CharacterFilter | None) -> characters.CharacterFilter:
    if not filter_:
        return characters.CharacterFilter()
    return characters.CharacterFilter(
        to_search_text(filter_.query), unset_to_none(filter_.is_active), bool(unset_to_none(filter_.mine))
    )


@strawberry.type(description="The Big Five personality traits (OCEAN), each in [0,1]; 0.5 is the average.")
class Traits:
    openness: float = strawberry.field(description="Curious and inventive (1), or consistent and cautious (0).")
    conscientiousness: float = strawberry.field(description="Organised and dependable (1), or easy-going and careless (0).")
    extraversion: float = strawberry.field(
        description="Outgoing and energetic (1), or reserved (0). A higher value makes energy recover faster."
    )
    agreeableness: float = strawberry.field(description="Friendly and compassionate (1), or critical and hard (0).")
    neuroticism: float = strawberry.field(
        description="Sensitive and nervous (1), or stable and confident (0). A higher value makes negative experiences weigh more."
    )


@strawberry.input(description="The Big Five personality traits of a new character, each in [0,1].")
class TraitsInput:
    openness: float = strawberry.field(default=0.5, description="In [0,1]; 0.5 is the average.")
    conscientiousness: float = strawberry.field(default=0.5, description="In [0,1]; 0.5 is the average.")
    extraversion: float = strawberry.field(default=0.5, description="In [0,1]; 0.5 is the average.")
    agreeableness: float = strawberry.field(default=0.5, description="In [0,1]; 0.5 is the average.")
    neuroticism: float = strawberry.field(default=0.5, description="In [0,1]; 0.5 is the average.")


@strawberry.input(description="New values for some traits, each in [0,1]. A trait that is left out or null keeps its value.")
class TraitsChangeInput:
    openness: float | None = strawberry.field(default=strawberry.UNSET, description="In [0,1]; null or left out: no change.")
    conscientiousness: float | None = strawberry.field(
        default=strawberry.UNSET, description="In [0,1]; null or left out: no change."
    )
    extraversion: float | None = strawberry.field(
        default=strawberry.UNSET, description="In [0,1]; null or left out: no change."
    )
    agreeableness: float | None = strawberry.field(
        default=strawberry.UNSET, description="In [0,1]; null or left out: no change."
    )
    neuroticism: float | None = strawberry.field(default=strawberry.UNSET, description="In [0,1]; null or left out: no change.")


@strawberry.type(description="Counts about one character, at most 60 seconds old.")
class CharacterSummary:
    counted_at: datetime = strawberry.field(description="Real time at which the counts were taken.")
    relationships: int = strawberry.field(description="Number of other characters that this character has feelings for.")
    regarded_by: int = strawberry.field(description="Number of other characters that have feelings for this character.")
    friends: int = strawberry.field(description="Number of its outgoing relationships at the stage FRIEND or CLOSE_FRIEND.")
    rivals: int = strawberry.field(description="Number of its outgoing relationships at the stage RIVAL or ENEMY.")
    average_bond: float | None = strawberry.field(
        description="Mean bond of its outgoing relationships at the time of the count, in [-1,1]; null when it has none."
    )
    interactions: BigInt = strawberry.field(
        description="Number of interactions in which it was the initiator or the responder."
    )
    messages: BigInt = strawberry.field(description="Number of messages it spoke, alone or in chorus.")


@strawberry.type(description="A character that lives in an ecosystem. Every viewer of the ecosystem can see it.")
class Character(Node):
    name: str = strawberry.field(
        description="The character's name, 1 to 200 characters. Several characters may have the same name."
    )
    description: str = strawberry.field(description="A description for people, at most 10,000 characters; may be empty.")
    is_active: bool = strawberry.field(
        description="Whether the character takes part. An inactive character can be read, but cannot interact or speak."
    )
    version: int = strawberry.field(
        description="Counts edits of the name, description, traits and activity; interactions do not change it. Pass it to `updateCharacter`."
    )
    created_at: datetime = strawberry.field(description="Real time at which the character was created.")
    updated_at: datetime = strawberry.field(description="Real time of the last edit.")

    @strawberry.field(description="The ecosystem in which the character lives.")
    async def ecosystem(self: Any, info: Info) -> EcosystemLink:
        return await nodes.get(info.context, EcosystemKey(self.ecosystem_id))

    @strawberry.field(description="The character's personality.")
    def traits(self: Any) -> Traits:
        return Traits(
            openness=self.openness / SCALE,
            conscientiousness=self.conscientiousness / SCALE,
            extraversion=self.extraversion / SCALE,
            agreeableness=self.agreeableness / SCALE,
            neuroticism=self.neuroticism / SCALE,
        )

    @strawberry.field(
        description="Energy now, in [0,1]. Interactions cost energy; rest restores half of the missing energy every 6 to 10 hours of world time."
    )
    async def energy(self: Any, info: Info) -> float:
        ecosystem = await ecosystems.get(info.context, self.ecosystem_id)
        return energy.level_at(self.energy, self.extraversion, self.felt_at, info.context.world_seconds(ecosystem))

    @strawberry.field(
        description="Mood now, in [-1,1]. Interactions change it; with time it returns to the value that the traits determine."
    )
    async def mood(self: Any, info: Info) -> float:
        ecosystem = await ecosystems.get(info.context, self.ecosystem_id)
        return mood.level_at(self.mood, self, self.felt_at, info.context.world_seconds(ecosystem))

    @strawberry.field(
        description="The user who owns the character and may act as it; null for imported characters, and when the account is deleted."
    )
    async def owner(self: Any, info: Info) -> User | None:
        return await nodes.find(info.context, UserKey(self.owner_id)) if self.owner_id else None

    @strawberry.field(description="Whether the viewer may make the character interact and speak.")
    async def viewer_can_act(self: Any, info: Info) -> bool:
        return await permissions.viewer_can_act(info.context, self)

    @strawberry.field(description="Whether the viewer may edit and delete the character.")
    async def viewer_can_edit(self: Any, info: Info) -> bool:
        return await permissions.viewer_can_act(info.context, self)

    @strawberry.field(
        description="World time, in seconds, from which the character has enough energy to initiate an interaction of this kind; null when it has enough now."
    )
    async def rested_world_seconds(
        self: Any, info: Info, kind: Annotated[InteractionKind, strawberry.argument(description="The kind of interaction.")]
    ) -> float | None:
        ecosystem = await ecosystems.get(info.context, self.ecosystem_id)
        cost = rule_sets.by_name(ecosystem.rule_set).rule(kind).cost
        return energy.rested_at(self.energy, self.extraversion, self.felt_at, cost, info.context.world_seconds(ecosystem))

    @strawberry.field(
        graphql_type=RelationshipConnection,
        description="Relationships of the character: what it feels for others (OUTGOING) or what others feel for it (INCOMING), with values as of now.",
    )
    async def relationships(
        self: Any,
        info: Info,
        direction: Annotated[Direction, strawberry.argument(description="Which direction to return.")] = Direction.OUTGOING,
        first: First = strawberry.UNSET,
        after: After = strawberry.UNSET,
        last: Last = strawberry.UNSET,
        before: Before = strawberry.UNSET,
        filter: Annotated[
            RelationshipFilter | None, strawberry.argument(description="Returns only matching relationships.")
        ] = strawberry.UNSET,
        order_by: Annotated[
            RelationshipOrder, strawberry.argument(description="The order of the list.")
        ] = RelationshipOrder.STRONGEST,
    ) -> pages.Page:
        key, arguments = CharacterKey(self.ecosystem_id, self.number), page_arguments(first, after, last, before)
        return await relationships.list_for(
            info.context, key, direction.value, arguments, to_relationship_filter(filter), order_by.value
        )

    @strawberry.field(
        description="What the character feels for one other character; null when they have not met, or when the other lives in another ecosystem.",
    )
    async def relationship_with(
        self: Any,
        info: Info,
        character_id: Annotated[strawberry.ID, strawberry.argument(description="The ID of the other character.")],
    ) -> Relationship | None:
        other = require_key(character_id, CharacterKey)
        if other.ecosystem_id != self.ecosystem_id:
            return None
        return await nodes.find(info.context, RelationshipKey(self.ecosystem_id, self.number, other.number))

    @strawberry.field(
        graphql_type=InteractionConnection,
        description="Interactions in which the character was the initiator or the responder, oldest first.",
    )
    async def interactions(
        self: Any,
        info: Info,
        first: First = strawberry.UNSET,
        after: After = strawberry.UNSET,
        last: Last = strawberry.UNSET,
        before: Before = strawberry.UNSET,
        filter: Annotated[
            InteractionFilter | None, strawberry.argument(description="Returns only matching interactions.")
        ] = strawberry.UNSET,
    ) -> pages.Page:
        key, arguments = CharacterKey(self.ecosystem_id, self.number), page_arguments(first, after, last, before)
        return await interactions.list_for_character(
            info.context, key, arguments, to_interaction_filter(filter, self.ecosystem_id)
        )

    @strawberry.field(
        graphql_type=ConversationConnection, description="Conversations in which the character takes part, oldest first."
    )
    async def conversations(
        self: Any,
        info: Info,
        first: First = strawberry.UNSET,
        after: After = strawberry.UNSET,
        last: Last = strawberry.UNSET,
        before: Before = strawberry.UNSET,
        filter: Annotated[
            ConversationFilter | None, strawberry.argument(description="Returns only matching conversations.")
        ] = strawberry.UNSET,
    ) -> pages.Page:
        key, arguments = CharacterKey(self.ecosystem_id, self.number), page_arguments(first, after, last, before)
        return await conversations.list_for_character(
            info.context, key, arguments, to_conversation_filter(filter, self.ecosystem_id)
        )

    @strawberry.field(
        graphql_type=ActivityConnection,
        description="Facts about the character, oldest first; `last: 20` returns the newest page.",
    )
    async def activity(
        self: Any,
        info: Info,
        first: First = strawberry.UNSET,
        after: After = strawberry.UNSET,
        last: Last = strawberry.UNSET,
        before: Before = strawberry.UNSET,
        filter: Annotated[
            ActivityFilter | None, strawberry.argument(description="Returns only matching facts.")
        ] = strawberry.UNSET,
    ) -> pages.Page:
        key, arguments = CharacterKey(self.ecosystem_id, self.number), page_arguments(first, after, last, before)
        return await activity.list_for_character(info.context, key, arguments, to_fact_filter(filter, self.ecosystem_id))

    @strawberry.field(
        graphql_type="NeighbourConnection",
        description="Characters at a distance of at most `depth` relationships in any direction, nearest first.",
    )
    async def neighbours(
        self: Any,
        info: Info,
        depth: Annotated[int, strawberry.argument(description="The largest distance, 1 to 6.")] = 1,
        first: First = strawberry.UNSET,
        after: After = strawberry.UNSET,
    ) -> pages.Page:
        key = CharacterKey(self.ecosystem_id, self.number)
        return await paths.list_neighbours(info.context, key, depth, page_arguments(first, after, None, None))

    @strawberry.field(
        graphql_type="CharacterConnection",
        description="Characters that have a relationship, in any direction, with both characters; in the order of their creation.",
    )
    async def common_neighbours(
        self: Any,
        info: Info,
        character_id: Annotated[
            strawberry.ID,
            strawberry.argument(description="The ID of the other character, which must live in the same ecosystem."),
        ],
        first: First = strawberry.UNSET,
        after: After = strawberry.UNSET,
    ) -> pages.Page:
        key, other = CharacterKey(self.ecosystem_id, self.number), require_key(character_id, CharacterKey)
        return await paths.list_common_neighbours(info.context, key, other, page_arguments(first, after, None, None))

    @strawberry.field(description="Counts about the character, at most 60 seconds old.")
    async def summary(self: Any, info: Info) -> CharacterSummary:
        return await summaries.for_character(info.context, CharacterKey(self.ecosystem_id, self.number))

    @strawberry.field(
        description="Centrality measures of the character in one network; null when it is not part of the network or nothing is computed yet. `asOf` is the cursor they are valid for."
    )
    async def measures(
        self: Any,
        info: Info,
        of: Annotated[NetworkKind, strawberry.argument(description="Which network to measure.")] = NetworkKind.RELATIONSHIPS,
    ) -> CharacterMeasures | None:
        return await measures.load_for_character(info.context, CharacterKey(self.ecosystem_id, self.number), of)


@strawberry.type(description="A character in a list.")
class CharacterEdge(Edge[Character]):
    pass


@strawberry.type(description="A page of characters, in the requested order.")
class CharacterConnection(CountedConnection[CharacterEdge]):
    pass


@strawberry.type(description="A neighbour of a character.")
class NeighbourEdge(Edge[Character]):
    distance: int = strawberry.field(description="Length of the shortest path to the neighbour in relationships, from 1.")


@strawberry.type(
    description="A page of neighbours of a character, nearest first; at equal distance in the order of their creation."
)
class NeighbourConnection(Connection[NeighbourEdge]):
    as_of: str = strawberry.field(description="Cursor of the last fact that this result takes into account.")
