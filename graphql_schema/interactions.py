"""Interactions: acts between two characters, why they went as they went, and what they changed."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any
from uuid import UUID

import strawberry

from domain.fixed_point import SCALE
from domain.keys import CharacterKey, RelationshipKey
from graphql_schema.enums import InteractionKind, Stage
from graphql_schema.nodes import Info, Node, character_numbers
from graphql_schema.pages import EDGE_CURSOR, PageInfo, unset_to_none, unset_to_tuple
from resolvers import characters, ecosystems, interactions, relationships

if TYPE_CHECKING:
    from graphql_schema.characters import Character
    from graphql_schema.ecosystems import Ecosystem
    from graphql_schema.relationships import Relationship


@strawberry.input(description="Which interactions are wanted. What is left out lets everything through.")
class InteractionFilter:
    kinds: list[InteractionKind] | None = strawberry.field(
        default=strawberry.UNSET, description="Any of these kinds; an empty list wants nothing."
    )
    accepted: bool | None = strawberry.field(
        default=strawberry.UNSET, description="Only what was taken up, or only what was not."
    )
    character_ids: list[strawberry.ID] | None = strawberry.field(
        default=strawberry.UNSET, description="Begun or met by any of these characters; an empty list wants nothing."
    )


def to_interaction_filter(filter_: InteractionFilter | None, ecosystem_id: UUID) -> interactions.InteractionFilter:
    if not filter_:
        return interactions.InteractionFilter()
    numbers = character_numbers(unset_to_none(filter_.character_ids), ecosystem_id)
    return interactions.InteractionFilter(unset_to_tuple(filter_.kinds), unset_to_none(filter_.accepted), numbers)


@strawberry.type(description="A rule that held: part of the answer to why.")
class Reason:
    rule: str = strawberry.field(description="The name of the rule, as in `RuleSet.volitions`.")
    description: str = strawberry.field(description="What held, for a person.")
    weight: float = strawberry.field(
        description="What it added to the responder's volition: above 0 for it, below 0 against it."
    )


def to_reason(rule: str, description: str, weight: int) -> Reason:
    return Reason(rule=rule, description=description, weight=weight / SCALE)


@strawberry.type(description="What one feels for another at one instant.")
class Feelings:
    affinity: float = strawberry.field(description="Short-term liking, in [-1,1].")
    bond: float = strawberry.field(description="Long-term bond, in [-1,1].")
    trust: float = strawberry.field(description="In [0,1].")
    familiarity: float = strawberry.field(description="In [0,1].")
    contact: float = strawberry.field(description="How much they met lately, at least 0.")
    stage: Stage = strawberry.field(description="What it has come to.")


def to_feelings(millionths: list[int], stage: str) -> Feelings:
    affinity, bond, trust, familiarity, contact = (value / SCALE for value in millionths)
    return Feelings(affinity=affinity, bond=bond, trust=trust, familiarity=familiarity, contact=contact, stage=Stage(stage))


@strawberry.type(description="What an interaction did, or would do, to one relationship.")
class RelationshipEffect:
    ecosystem_id: strawberry.Private[UUID]
    from_number: strawberry.Private[int]
    to_number: strawberry.Private[int]
    from_name: str = strawberry.field(description="The name of who feels it, as it was.")
    to_name: str = strawberry.field(description="The name of the other, as it was.")
    before: Feelings = strawberry.field(description="Just before, drifted to the moment of the act.")
    after: Feelings = strawberry.field(description="Just after.")

    @strawberry.field(name="from", description="Who feels it; null once deleted.")
    async def from_(self: Any, info: Info) -> Annotated[Character, strawberry.lazy("graphql_schema.characters")] | None:
        return await info.context.loaders.loader_for(characters.by_keys).load(CharacterKey(self.ecosystem_id, self.from_number))

    @strawberry.field(description="For whom; null once deleted.")
    async def to(self: Any, info: Info) -> Annotated[Character, strawberry.lazy("graphql_schema.characters")] | None:
        return await info.context.loaders.loader_for(characters.by_keys).load(CharacterKey(self.ecosystem_id, self.to_number))

    @strawberry.field(description="The relationship as it is now; null where it is not (yet, or any more).")
    async def relationship(
        self: Any, info: Info
    ) -> Annotated[Relationship, strawberry.lazy("graphql_schema.relationships")] | None:
        key = RelationshipKey(self.ecosystem_id, self.from_number, self.to_number)
        return await info.context.loaders.loader_for(relationships.by_keys).load(key)


def to_effect(ecosystem_id: UUID, names: dict[int, str], data: dict[str, Any]) -> RelationshipEffect:
    """From an effect as it is kept."""
    return RelationshipEffect(
        ecosystem_id=ecosystem_id,
        from_number=data["from"],
        to_number=data["to"],
        from_name=names[data["from"]],
        to_name=names[data["to"]],
        before=to_feelings(data["before"], data["stages"][0]),
        after=to_feelings(data["after"], data["stages"][1]),
    )


@strawberry.type(description="One act between two characters. It never changes. Everybody who sees the ecosystem sees it.")
class Interaction(Node):
    kind: InteractionKind = strawberry.field(description="What it was.")
    initiator_name: str = strawberry.field(description="The name of who began it, as it was; it stays.")
    responder_name: str = strawberry.field(description="The name of the other, as it was; it stays.")
    content: str = strawberry.field(description="What was said or done, in the words of whoever let it happen; may be empty.")
    accepted: bool = strawberry.field(description="Whether the responder took it up.")
    world_seconds: float = strawberry.field(description="World time at which it happened.")
    created_at: datetime = strawberry.field(description="When it happened by the wall's clock.")

    @strawberry.field(description="The world that it happened in.")
    async def ecosystem(self: Any, info: Info) -> Annotated[Ecosystem, strawberry.lazy("graphql_schema.ecosystems")]:
        return await info.context.loaders.load_required(ecosystems.by_ids, self.ecosystem_id)

    @strawberry.field(description="Who began it; null once deleted.")
    async def initiator(self: Any, info: Info) -> Annotated[Character, strawberry.lazy("graphql_schema.characters")] | None:
        return await info.context.loaders.loader_for(characters.by_keys).load(
            CharacterKey(self.ecosystem_id, self.initiator_number)
        )

    @strawberry.field(description="Whom it was done to or with; null once deleted.")
    async def responder(self: Any, info: Info) -> Annotated[Character, strawberry.lazy("graphql_schema.characters")] | None:
        return await info.context.loaders.loader_for(characters.by_keys).load(
            CharacterKey(self.ecosystem_id, self.responder_number)
        )

    @strawberry.field(description="How it felt for the initiator, in [-1,1].")
    def initiator_valence(self: Any) -> float:
        return self.initiator_valence / SCALE

    @strawberry.field(description="How it felt for the responder, in [-1,1].")
    def responder_valence(self: Any) -> float:
        return self.responder_valence / SCALE

    @strawberry.field(description="The chance that it would be taken up, in [0,1].")
    def chance(self: Any) -> float:
        return self.chance / SCALE

    @strawberry.field(
        description="What was drawn, in [0,1): accepted where it is below the chance. Null where nothing was drawn."
    )
    def drawn(self: Any) -> float | None:
        return None if self.drawn is None else self.drawn / SCALE

    @strawberry.field(description="The rules that held for the responder: the answer to why.")
    def reasons(self: Any) -> list[Reason]:
        return [to_reason(*data) for data in self.reasons]

    @strawberry.field(description="What it did to both relationships, the initiator's first.")
    def effects(self: Any) -> list[RelationshipEffect]:
        names = {self.initiator_number: self.initiator_name, self.responder_number: self.responder_name}
        return [to_effect(self.ecosystem_id, names, data) for data in self.effects]


@strawberry.type(description="An interaction in a list.")
class InteractionEdge:
    cursor: str = strawberry.field(description=EDGE_CURSOR)
    node: Interaction = strawberry.field(description="The interaction.")


@strawberry.type(description="A page of interactions.")
class InteractionConnection:
    edges: list[InteractionEdge] = strawberry.field(description="Oldest first.")
    page_info: PageInfo = strawberry.field(description="Where this page stands.")


@strawberry.type(description="What an interaction would cost and may do. Nothing has happened by asking.")
class Forecast:
    kind: InteractionKind = strawberry.field(description="What it would be.")
    initiator: Annotated[Character, strawberry.lazy("graphql_schema.characters")] = strawberry.field(
        description="Who would begin."
    )
    responder: Annotated[Character, strawberry.lazy("graphql_schema.characters")] = strawberry.field(description="With whom.")
    cost: float = strawberry.field(description="Of the initiator's energy, in [0,1]; the responder pays 0.8 of it.")
    rested_world_seconds: float | None = strawberry.field(
        description="World time from which both have the energy for it; null when they have it now."
    )
    chance: float = strawberry.field(description="The chance that it would be taken up now, in [0,1].")
    reasons: list[Reason] = strawberry.field(description="The rules that hold for the responder.")
    if_accepted: list[RelationshipEffect] = strawberry.field(
        description="What it would do to both relationships if it is taken up."
    )
    if_declined: list[RelationshipEffect] = strawberry.field(description="What it would do to both relationships if it is not.")
