"""The type Relationship, which is directed. It reads the rows of `db.relationships`."""

from __future__ import annotations

from datetime import datetime
from enum import Enum
from typing import Any

import strawberry

from domain.keys import CharacterKey, EcosystemKey, RelationshipKey
from domain.relationships import mutual_stage
from graphql_schema.enums import Stage, describe_enum
from graphql_schema.links import CharacterLink, EcosystemLink, InteractionConnectionLink
from graphql_schema.nodes import Info, Node
from graphql_schema.pages import (
    After,
    Before,
    CountedConnection,
    Edge,
    First,
    Last,
    page_arguments,
    unset_to_none,
    unset_to_tuple,
)
from resolvers import interactions, nodes, pages, relationships


@describe_enum(
    "RelationshipOrder",
    "The order of a list of relationships, by the values at the moment of the first page.",
    STRONGEST="Largest |bond| first.",
    WARMEST="Highest bond first.",
    COLDEST="Lowest bond first.",
    NEWEST="Most recently created first.",
)
class RelationshipOrder(Enum):
    STRONGEST = "strongest"
    WARMEST = "warmest"
    COLDEST = "coldest"
    NEWEST = "newest"


@strawberry.input(description="Selects relationships. A field that is left out or null selects everything.")
class RelationshipFilter:
    stages: list[Stage] | None = strawberry.field(
        default=strawberry.UNSET, description="Relationships at any of these stages; an empty list selects nothing."
    )
    min_bond: float | None = strawberry.field(
        default=strawberry.UNSET, description="Relationships with at least this bond as of now, in [-1,1]."
    )
    max_bond: float | None = strawberry.field(
        default=strawberry.UNSET, description="Relationships with at most this bond as of now, in [-1,1]."
    )


def to_relationship_filter(filter_: RelationshipFilter | None) -> relationships.RelationshipFilter:
    if not filter_:
        return relationships.RelationshipFilter()
    return relationships.RelationshipFilter(
        unset_to_tuple(filter_.stages), unset_to_none(filter_.min_bond), unset_to_none(filter_.max_bond)
    )


@strawberry.type(
    description="What the character `from` feels for the character `to`; the opposite direction is another relationship. Values are as of now. Every viewer of the ecosystem can read it."
)
class Relationship(Node):
    stage: Stage = strawberry.field(description="The stage from the side of `from`.")
    version: int = strawberry.field(description="Counts the facts that changed the relationship.")
    created_at: datetime = strawberry.field(description="Real time at which the two met for the first time.")
    updated_at: datetime = strawberry.field(description="Real time at which a fact last changed the relationship.")

    @strawberry.field(description="The ecosystem in which both characters live.")
    async def ecosystem(self: Any, info: Info) -> EcosystemLink:
        return await nodes.get(info.context, EcosystemKey(self.ecosystem_id))

    @strawberry.field(name="from", description="The character that has the feelings.")
    async def from_(self: Any, info: Info) -> CharacterLink:
        return await nodes.get(info.context, CharacterKey(self.ecosystem_id, self.from_number))

    @strawberry.field(description="The character that the feelings are for.")
    async def to(self: Any, info: Info) -> CharacterLink:
        return await nodes.get(info.context, CharacterKey(self.ecosystem_id, self.to_number))

    @strawberry.field(description="Short-term liking, in [-1,1]. Over days it returns to the bond.")
    async def affinity(self: Any, info: Info) -> float:
        return (await relationships.current_feelings(info.context, self)).affinity

    @strawberry.field(description="Long-term bond, in [-1,1]. It follows affinity, and fades when the two do not meet.")
    async def bond(self: Any, info: Info) -> float:
        return (await relationships.current_feelings(info.context, self)).bond

    @strawberry.field(description="Trust, in [0,1]. It rises slowly and falls quickly; time does not change it.")
    async def trust(self: Any, info: Info) -> float:
        return (await relationships.current_feelings(info.context, self)).trust

    @strawberry.field(description="How well `from` knows `to`, in [0,1]. Each interaction increases it, time reduces it.")
    async def familiarity(self: Any, info: Info) -> float:
        return (await relationships.current_feelings(info.context, self)).familiarity

    @strawberry.field(
        description="How much the two met recently, at least 0: one interaction counts 1, and half of it two weeks of world time later."
    )
    async def contact(self: Any, info: Info) -> float:
        return (await relationships.current_feelings(info.context, self)).contact

    @strawberry.field(
        description="The stage of the pair: the lower of both stages among STRANGER, ACQUAINTANCE, FRIEND and CLOSE_FRIEND, but RIVAL or ENEMY when one side is, the worse of both. STRANGER when there is no relationship in the opposite direction."
    )
    def mutual_stage(self: Any) -> Stage:
        return mutual_stage(Stage(self.stage), Stage(self.back_stage) if self.back_stage else None)

    @strawberry.field(description="The relationship in the opposite direction; null when it does not exist.")
    async def reverse(self: Any, info: Info) -> Relationship | None:
        key = RelationshipKey(self.ecosystem_id, self.to_number, self.from_number)
        return await nodes.find(info.context, key)

    @strawberry.field(
        graphql_type=InteractionConnectionLink,
        description="The interactions between the two characters, with either as the initiator, oldest first.",
    )
    async def interactions(
        self: Any,
        info: Info,
        first: First = strawberry.UNSET,
        after: After = strawberry.UNSET,
        last: Last = strawberry.UNSET,
        before: Before = strawberry.UNSET,
    ) -> pages.Page:
        arguments = page_arguments(first, after, last, before)
        return await interactions.list_for_pair(info.context, self.ecosystem_id, self.from_number, self.to_number, arguments)


@strawberry.type(description="A relationship in a list.")
class RelationshipEdge(Edge[Relationship]):
    pass


@strawberry.type(
    description="A page of relationships, in the requested order. Where the order depends on time, cursors carry the moment of the first page."
)
class RelationshipConnection(CountedConnection[RelationshipEdge]):
    pass
