"""The type Ecosystem, from which every list of an ecosystem is reached. It reads the rows of `db.ecosystems`."""

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
from graphql_schema.pages import After, Before, Connection, Edge, First, Last, page_arguments, to_search_text, unset_to_none
from graphql_schema.relationships import RelationshipConnection, RelationshipFilter, RelationshipOrder, to_relationship_filter
from graphql_schema.rule_sets import RuleSet
from graphql_schema.scalars import BigInt
from graphql_schema.users import User
from resolvers import (
    activity,
    characters,
    conversations,
    ecosystems,
    interactions,
    measures,
    members,
    networks,
    pages,
    paths,
    relationships,
    summaries,
)


@describe_enum(
    "EcosystemOrder",
    "The order of a list of ecosystems.",
    NAME="By name, ignoring case and accents.",
    NEWEST="Most recently created first.",
    RECENTLY_ACTIVE="The ecosystem with the newest fact first.",
)
class EcosystemOrder(Enum):
    NAME = "name"
    NEWEST = "newest"
    RECENTLY_ACTIVE = "recently_active"


@strawberry.input(description="Selects ecosystems. A field that is left out or null selects everything.")
class EcosystemFilter:
    query: str | None = strawberry.field(
        default=strawberry.UNSET, description="Part of the name, ignoring case and accents; at most 200 characters are used."
    )
    mine: bool | None = strawberry.field(
        default=strawberry.UNSET, description="True: only ecosystems of which the viewer is a member."
    )
    visibility: Visibility | None = strawberry.field(
        default=strawberry.UNSET, description="Only public ecosystems, or only private ones."
    )


def to_ecosystem_filter(filter_: EcosystemFilter | None) -> ecosystems.EcosystemFilter:
    if not filter_:
        return ecosystems.EcosystemFilter()
    return ecosystems.EcosystemFilter(
        to_search_text(filter_.query), bool(unset_to_none(filter_.mine)), unset_to_none(filter_.visibility)
    )


@strawberry.type(description="The clock of an ecosystem. World time is a linear function of real time.")
class Clock:
    world_seconds: float = strawberry.field(description="World time now, in seconds since the start of the ecosystem.")
    rate: float = strawberry.field(description="World seconds per real second, 0 to 1,000,000; 0 means stopped.")


@strawberry.type(description="The number of interactions of one kind.")
class KindCount:
    kind: InteractionKind = strawberry.field(description="The kind of interaction.")
    count: BigInt = strawberry.field(description="Number of interactions of this kind.")


@strawberry.type(description="The number of relationships at one stage.")
class StageCount:
    stage: Stage = strawberry.field(description="The stage of these relationships.")
    count: int = strawberry.field(description="Number of relationships at this stage.")


@strawberry.type(description="Counts about a whole ecosystem, at most 60 seconds old.")
class EcosystemSummary:
    counted_at: datetime = strawberry.field(description="Real time at which the counts were taken.")
    characters: int = strawberry.field(description="Number of characters.")
    active_characters: int = strawberry.field(description="Number of active characters.")
    relationships: int = strawberry.field(
        description="Number of relationships; the two directions between two characters count separately."
    )
    interactions: BigInt = strawberry.field(description="Number of interactions.")
    conversations: int = strawberry.field(description="Number of conversations, open and closed.")
    messages: BigInt = strawberry.field(description="Number of messages.")
    last_activity_at: datetime | None = strawberry.field(
        description="Real time at which the newest fact was written; null when there is none."
    )

    @strawberry.field(
        description="Interactions by kind, in the order of the enumeration; kinds without interactions have the count 0."
    )
    def interactions_by_kind(self: Any) -> list[KindCount]:
        return [KindCount(kind=kind, count=BigInt(self.interactions_by_kind.get(kind, 0))) for kind in InteractionKind]

    @strawberry.field(
        description="Relationships by stage, in the order of the enumeration; stages without relationships have the count 0."
    )
    def relationships_by_stage(self: Any) -> list[StageCount]:
        return [StageCount(stage=stage, count=self.relationships_by_stage.get(stage, 0)) for stage in Stage]


@strawberry.type(
    description="A world of characters with one clock, one seed and one rule set. Observers can read everything except members and seed."
)
class Ecosystem(Node):
    name: str = strawberry.field(description="The name, 1 to 200 characters. Several ecosystems may have the same name.")
    description: str = strawberry.field(description="A description for people, at most 10,000 characters; may be empty.")
    visibility: Visibility = strawberry.field(description="Which users can read the ecosystem.")
    version: int = strawberry.field(
        description="Counts changes of the name, description and visibility. Pass it to `updateEcosystem`."
    )
    created_at: datetime = strawberry.field(description="Real time at which the ecosystem was created.")
    updated_at: datetime = strawberry.field(description="Real time of the last change of the name, description or visibility.")

    @strawberry.field(
        graphql_type=RuleSet,
        description="The rule set that decides how interactions and time change characters and relationships.",
    )
    def rule_set(self: Any) -> rule_sets.RuleSet:
        return rule_sets.by_name(self.rule_set)

    @strawberry.field(
        description="The seed of the random draws. Null for observers, because the seed and the rule set determine future draws."
    )
    def seed(self: Any) -> str | None:
        return self.seed if role_suffices(self.role, Role.EDITOR) else None

    @strawberry.field(description="The clock with the world time now.")
    def clock(self: Any, info: Info) -> Clock:
        return Clock(world_seconds=info.context.world_seconds(self), rate=self.clock_rate)

    @strawberry.field(description="The viewer's role; OBSERVER for every viewer of a public ecosystem who is not a member.")
    def viewer_role(self: Any) -> Role:
        return Role(self.role)

    @strawberry.field(description="Cursor of the newest fact. All other fields of the same response are at least as new.")
    def head(self: Any) -> str:
        return str(Cursor(self.epoch, self.head))

    @strawberry.field(
        graphql_type="MemberConnection | None",
        description="The users who have a role here, longest membership first; null when the viewer is not a member.",
    )
    async def members(
        self: Any,
        info: Info,
        first: First = strawberry.UNSET,
        after: After = strawberry.UNSET,
        last: Last = strawberry.UNSET,
        before: Before = strawberry.UNSET,
    ) -> pages.Page | None:
        return await members.list_members(info.context, self, page_arguments(first, after, last, before))

    @strawberry.field(graphql_type=CharacterConnection, description="The characters that live in the ecosystem.")
    async def characters(
        self: Any,
        info: Info,
        first: First = strawberry.UNSET,
        after: After = strawberry.UNSET,
        last: Last = strawberry.UNSET,
        before: Before = strawberry.UNSET,
        filter: Annotated[
            CharacterFilter | None, strawberry.argument(description="Returns only matching characters.")
        ] = strawberry.UNSET,
        order_by: Annotated[CharacterOrder, strawberry.argument(description="The order of the list.")] = CharacterOrder.NAME,
    ) -> pages.Page:
        arguments = page_arguments(first, after, last, before)
        return await characters.list_for_ecosystem(
            info.context, self.id, arguments, to_character_filter(filter), order_by.value
        )

    @strawberry.field(
        graphql_type=RelationshipConnection,
        description="The relationships between the characters, with values as of now. Each direction is one relationship.",
    )
    async def relationships(
        self: Any,
        info: Info,
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
        arguments = page_arguments(first, after, last, before)
        return await relationships.list_for(
            info.context, EcosystemKey(self.id), "ecosystem", arguments, to_relationship_filter(filter), order_by.value
        )

    @strawberry.field(
        graphql_type=InteractionConnection,
        description="The interactions between the characters, oldest first; `last: 20` returns the newest page.",
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
        arguments = page_arguments(first, after, last, before)
        return await interactions.list_for_ecosystem(info.context, self.id, arguments, to_interaction_filter(filter, self.id))

    @strawberry.field(graphql_type=ConversationConnection, description="The conversations of the characters, oldest first.")
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
        arguments = page_arguments(first, after, last, before)
        return await conversations.list_for_ecosystem(info.context, self.id, arguments, to_conversation_filter(filter, self.id))

    @strawberry.field(
        graphql_type=ActivityConnection,
        description="The facts of the ecosystem, oldest first; `last: 20` returns the newest page. Facts about members are visible to owners and editors only.",
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
        arguments = page_arguments(first, after, last, before)
        return await activity.list_for_ecosystem(info.context, self.id, arguments, to_fact_filter(filter, self.id))

    @strawberry.field(description="Counts about the ecosystem, at most 60 seconds old.")
    async def summary(self: Any, info: Info) -> EcosystemSummary:
        return await summaries.for_ecosystem(info.context, self.id)

    @strawberry.field(
        graphql_type=Network,
        description="A network to draw, in columns: the characters with the most relationships and the strongest relationships among them.",
    )
    async def network(
        self: Any,
        info: Info,
        characters: Annotated[int, strawberry.argument(description="Maximum number of characters, 1 to 10,000.")] = 5000,
        relationships: Annotated[int, strawberry.argument(description="Maximum number of relationships, 0 to 50,000.")] = 20000,
    ) -> networks.NetworkColumns:
        return await networks.load_network(info.context, self, characters, relationships)

    @strawberry.field(
        description="Measures of one network of the ecosystem; null until they are computed for the first time. `asOf` is the cursor they are valid for.",
    )
    async def measures(
        self: Any,
        info: Info,
        of: Annotated[NetworkKind, strawberry.argument(description="Which network to measure.")] = NetworkKind.RELATIONSHIPS,
    ) -> NetworkMeasures | None:
        return await measures.load_for_ecosystem(info.context, self.id, of)

    @strawberry.field(
        graphql_type=Path | None,
        description="The path of least cost from one character to another along relationships; null when there is none.",
    )
    async def path(
        self: Any,
        info: Info,
        from_: Annotated[
            strawberry.ID, strawberry.argument(name="from", description="The ID of the character at which the path begins.")
        ],
        to: Annotated[strawberry.ID, strawberry.argument(description="The ID of the character at which the path ends.")],
        by: Annotated[PathCost, strawberry.argument(description="How the cost of a path is computed.")] = PathCost.FEWEST,
    ) -> paths.PathResult | None:
        return await paths.find_path(
            info.context, self, require_key(from_, CharacterKey), require_key(to, CharacterKey), by.value
        )


@strawberry.type(description="An ecosystem in a list.")
class EcosystemEdge(Edge[Ecosystem]):
    pass


@strawberry.type(description="A page of ecosystems, in the requested order.")
class EcosystemConnection(Connection[EcosystemEdge]):
    pass


@strawberry.type(description="A member in a list.")
class MemberEdge(Edge[User]):
    @strawberry.field(description="The user's role in the ecosystem.")
    def role(self: Any) -> Role:
        return Role(self.row.role)

    @strawberry.field(description="Real time at which the user first received a role.")
    def since(self: Any) -> datetime:
        return self.row.since


@strawberry.type(description="A page of members, longest membership first.")
class MemberConnection(Connection[MemberEdge]):
    pass
