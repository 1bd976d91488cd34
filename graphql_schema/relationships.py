"""Relationships: what one character feels for another. Directed."""

from __future__ import annotations

from datetime import datetime
from enum import Enum
from typing import TYPE_CHECKING, Annotated, Any

import strawberry

from domain.keys import CharacterKey, RelationshipKey
from domain.relationships import mutual_stage
from graphql_schema.enums import Stage, describe_enum
from graphql_schema.nodes import Info, Node
from graphql_schema.pages import (
    EDGE_CURSOR,
    After,
    Before,
    First,
    Last,
    PageInfo,
    page_arguments,
    resolve_total_count,
    unset_to_none,
    unset_to_tuple,
)
from resolvers import characters, ecosystems, interactions, relationships

if TYPE_CHECKING:
    from graphql_schema.characters import Character
    from graphql_schema.ecosystems import Ecosystem
    from graphql_schema.interactions import InteractionConnection


@describe_enum(
    "RelationshipOrder",
    "How relationships are ordered, by the values shown at the moment of the first page.",
    STRONGEST="The greatest |bond| first.",
    WARMEST="The greatest bond first.",
    COLDEST="The least bond first.",
    NEWEST="The one that came to be last comes first.",
)
class RelationshipOrder(Enum):
    STRONGEST = "strongest"
    WARMEST = "warmest"
    COLDEST = "coldest"
    NEWEST = "newest"


@strawberry.input(description="Which relationships are wanted. What is left out lets everything through.")
class RelationshipFilter:
    stages: list[Stage] | None = strawberry.field(
        default=strawberry.UNSET, description="Any of these stages; an empty list wants nothing."
    )
    min_bond: float | None = strawberry.field(
        default=strawberry.UNSET, description="At least this bond, as shown now, in [-1,1]."
    )
    max_bond: float | None = strawberry.field(
        default=strawberry.UNSET, description="At most this bond, as shown now, in [-1,1]."
    )


def to_relationship_filter(filter_: RelationshipFilter | None) -> relationships.RelationshipFilter:
    if not filter_:
        return relationships.RelationshipFilter()
    return relationships.RelationshipFilter(
        unset_to_tuple(filter_.stages), unset_to_none(filter_.min_bond), unset_to_none(filter_.max_bond)
    )


@strawberry.type(
    description="What `from` feels for `to`; the way back is another relationship. Numbers are as of now. Everybody who sees the ecosystem sees it."
)
class Relationship(Node):
    stage: Stage = strawberry.field(description="What it has come to, for `from`.")
    version: int = strawberry.field(description="Counts the facts that changed it.")
    created_at: datetime = strawberry.field(description="When the two first met.")
    updated_at: datetime = strawberry.field(description="When a fact last changed it.")

    @strawberry.field(description="The world that both live in.")
    async def ecosystem(self: Any, info: Info) -> Annotated[Ecosystem, strawberry.lazy("graphql_schema.ecosystems")]:
        return await info.context.loaders.load_required(ecosystems.by_ids, self.ecosystem_id)

    @strawberry.field(name="from", description="Who feels it.")
    async def from_(self: Any, info: Info) -> Annotated[Character, strawberry.lazy("graphql_schema.characters")]:
        return await info.context.loaders.load_required(characters.by_keys, CharacterKey(self.ecosystem_id, self.from_number))

    @strawberry.field(description="For whom.")
    async def to(self: Any, info: Info) -> Annotated[Character, strawberry.lazy("graphql_schema.characters")]:
        return await info.context.loaders.load_required(characters.by_keys, CharacterKey(self.ecosystem_id, self.to_number))

    @strawberry.field(description="Short-term liking, in [-1,1]: days let it fall back to the bond.")
    async def affinity(self: Any, info: Info) -> float:
        return (await relationships.current_feelings(info.context, self)).affinity

    @strawberry.field(description="Long-term bond, in [-1,1]: it follows affinity, and fades when they never meet.")
    async def bond(self: Any, info: Info) -> float:
        return (await relationships.current_feelings(info.context, self)).bond

    @strawberry.field(description="In [0,1]: hard to win, quick to lose; time does not change it.")
    async def trust(self: Any, info: Info) -> float:
        return (await relationships.current_feelings(info.context, self)).trust

    @strawberry.field(description="How well `from` knows `to`, in [0,1]; every meeting adds to it, time takes from it.")
    async def familiarity(self: Any, info: Info) -> float:
        return (await relationships.current_feelings(info.context, self)).familiarity

    @strawberry.field(
        description="How much they met lately, at least 0: 1 for one meeting just now, half of it after two weeks of world time."
    )
    async def contact(self: Any, info: Info) -> float:
        return (await relationships.current_feelings(info.context, self)).contact

    @strawberry.field(
        description="What both share: the lower step of STRANGER, ACQUAINTANCE, FRIEND, CLOSE_FRIEND; but RIVAL or ENEMY as soon as "
        "one side is, the worse of both. STRANGER where there is no way back."
    )
    def mutual_stage(self: Any) -> Stage:
        return mutual_stage(Stage(self.stage), Stage(self.back_stage) if self.back_stage else None)

    @strawberry.field(description="The way back; null where it does not exist.")
    async def reverse(self: Any, info: Info) -> Relationship | None:
        key = RelationshipKey(self.ecosystem_id, self.to_number, self.from_number)
        return await info.context.loaders.loader_for(relationships.by_keys).load(key)

    @strawberry.field(description="What happened between the two, whoever began; oldest first.")
    async def interactions(
        self: Any,
        info: Info,
        first: First = strawberry.UNSET,
        after: After = strawberry.UNSET,
        last: Last = strawberry.UNSET,
        before: Before = strawberry.UNSET,
    ) -> Annotated[InteractionConnection, strawberry.lazy("graphql_schema.interactions")]:
        asked = page_arguments(first, after, last, before)
        return await interactions.list_for_pair(info.context, self.ecosystem_id, self.from_number, self.to_number, asked)


@strawberry.type(description="A relationship in a list.")
class RelationshipEdge:
    cursor: str = strawberry.field(
        description=EDGE_CURSOR + " Where the order depends on time, it carries the moment of the first page."
    )
    node: Relationship = strawberry.field(description="The relationship.")


@strawberry.type(description="A page of relationships.")
class RelationshipConnection:
    edges: list[RelationshipEdge] = strawberry.field(description="In the order that was asked for.")
    page_info: PageInfo = strawberry.field(description="Where this page stands.")
    total_count: int = strawberry.field(resolver=resolve_total_count, description="How many there are in all pages.")
