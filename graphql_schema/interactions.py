"""The types Interaction and Forecast, with their reasons and effects."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

import strawberry

from domain.fixed_point import SCALE
from domain.keys import CharacterKey, EcosystemKey, RelationshipKey
from graphql_schema.enums import InteractionKind, Stage
from graphql_schema.links import CharacterLink, EcosystemLink, RelationshipLink
from graphql_schema.nodes import Info, Node, character_numbers
from graphql_schema.pages import Connection, Edge, unset_to_none, unset_to_tuple
from resolvers import interactions, nodes


@strawberry.input(description="Selects interactions. A field that is left out or null selects everything.")
class InteractionFilter:
    kinds: list[InteractionKind] | None = strawberry.field(
        default=strawberry.UNSET, description="Interactions of any of these kinds; an empty list selects nothing."
    )
    accepted: bool | None = strawberry.field(
        default=strawberry.UNSET, description="True: accepted interactions only. False: declined ones only."
    )
    character_ids: list[strawberry.ID] | None = strawberry.field(
        default=strawberry.UNSET,
        description="Interactions in which any of these characters was the initiator or the responder, at most 100 IDs; an empty list selects nothing.",
    )


def to_interaction_filter(filter_: InteractionFilter | None, ecosystem_id: UUID) -> interactions.InteractionFilter:
    if not filter_:
        return interactions.InteractionFilter()
    numbers = character_numbers(unset_to_none(filter_.character_ids), ecosystem_id)
    return interactions.InteractionFilter(unset_to_tuple(filter_.kinds), unset_to_none(filter_.accepted), numbers)


@strawberry.type(description="A volition rule that applied, and how much it contributed to the decision.")
class Reason:
    rule: str = strawberry.field(description="The name of the rule, as in `RuleSet.volitions`.")
    description: str = strawberry.field(description="Why the rule applied, for people.")
    weight: float = strawberry.field(
        description="What the rule added to the responder's volition: above 0 in favour of accepting, below 0 against it."
    )


def to_reason(rule: str, description: str, weight: int) -> Reason:
    return Reason(rule=rule, description=description, weight=weight / SCALE)


@strawberry.type(description="What one character feels for another at one moment.")
class Feelings:
    affinity: float = strawberry.field(description="Short-term liking, in [-1,1].")
    bond: float = strawberry.field(description="Long-term bond, in [-1,1].")
    trust: float = strawberry.field(description="Trust, in [0,1].")
    familiarity: float = strawberry.field(description="Familiarity, in [0,1].")
    contact: float = strawberry.field(description="How much the two met recently, at least 0.")
    stage: Stage = strawberry.field(description="The stage of the relationship.")


def to_feelings(millionths: list[int], stage: str) -> Feelings:
    affinity, bond, trust, familiarity, contact = (value / SCALE for value in millionths)
    return Feelings(affinity=affinity, bond=bond, trust=trust, familiarity=familiarity, contact=contact, stage=Stage(stage))


@strawberry.type(description="The effect of an interaction, real or forecast, on one relationship.")
class RelationshipEffect:
    ecosystem_id: strawberry.Private[UUID]
    from_number: strawberry.Private[int]
    to_number: strawberry.Private[int]
    from_name: str = strawberry.field(description="The name, at that time, of the character whose feelings change.")
    to_name: str = strawberry.field(description="The name, at that time, of the character that the feelings are for.")
    before: Feelings = strawberry.field(
        description="The feelings just before, with the drift up to the moment of the interaction."
    )
    after: Feelings = strawberry.field(description="The feelings just after.")

    @strawberry.field(name="from", description="The character whose feelings change; null when it is deleted.")
    async def from_(self: Any, info: Info) -> CharacterLink | None:
        return await nodes.find(info.context, CharacterKey(self.ecosystem_id, self.from_number))

    @strawberry.field(description="The character that the feelings are for; null when it is deleted.")
    async def to(self: Any, info: Info) -> CharacterLink | None:
        return await nodes.find(info.context, CharacterKey(self.ecosystem_id, self.to_number))

    @strawberry.field(description="The relationship as it is now; null when it does not exist, or no longer.")
    async def relationship(self: Any, info: Info) -> RelationshipLink | None:
        key = RelationshipKey(self.ecosystem_id, self.from_number, self.to_number)
        return await nodes.find(info.context, key)


def to_effect(ecosystem_id: UUID, names: dict[int, str], data: dict[str, Any]) -> RelationshipEffect:
    """`data` is an effect as `db.interactions.effect_data` makes it; `names` are by the number of the character."""
    return RelationshipEffect(
        ecosystem_id=ecosystem_id,
        from_number=data["from"],
        to_number=data["to"],
        from_name=names[data["from"]],
        to_name=names[data["to"]],
        before=to_feelings(data["before"], data["stages"][0]),
        after=to_feelings(data["after"], data["stages"][1]),
    )


@strawberry.type(
    description="An interaction between two characters. It never changes. Every viewer of the ecosystem can read it."
)
class Interaction(Node):
    kind: InteractionKind = strawberry.field(description="The kind of interaction.")
    initiator_name: str = strawberry.field(description="The initiator's name at that time.")
    responder_name: str = strawberry.field(description="The responder's name at that time.")
    content: str = strawberry.field(
        description="What was said or done, as the acting user wrote it, at most 10,000 characters; may be empty."
    )
    accepted: bool = strawberry.field(description="Whether the responder accepted the interaction.")
    world_seconds: float = strawberry.field(description="World time of the interaction, in seconds.")
    created_at: datetime = strawberry.field(description="Real time of the interaction.")

    @strawberry.field(description="The ecosystem in which the interaction happened.")
    async def ecosystem(self: Any, info: Info) -> EcosystemLink:
        return await nodes.get(info.context, EcosystemKey(self.ecosystem_id))

    @strawberry.field(description="The character that began the interaction; null when it is deleted.")
    async def initiator(self: Any, info: Info) -> CharacterLink | None:
        return await nodes.find(info.context, CharacterKey(self.ecosystem_id, self.initiator_number))

    @strawberry.field(description="The other character; null when it is deleted.")
    async def responder(self: Any, info: Info) -> CharacterLink | None:
        return await nodes.find(info.context, CharacterKey(self.ecosystem_id, self.responder_number))

    @strawberry.field(description="How good or bad the interaction felt for the initiator, in [-1,1].")
    def initiator_valence(self: Any) -> float:
        return self.initiator_valence / SCALE

    @strawberry.field(description="How good or bad the interaction felt for the responder, in [-1,1].")
    def responder_valence(self: Any) -> float:
        return self.responder_valence / SCALE

    @strawberry.field(description="The probability with which the responder accepts, in [0,1].")
    def chance(self: Any) -> float:
        return self.chance / SCALE

    @strawberry.field(
        description="The random number of the decision, in [0,1); the responder accepts when it is below `chance`. Null when no number was drawn."
    )
    def drawn(self: Any) -> float | None:
        return None if self.drawn is None else self.drawn / SCALE

    @strawberry.field(description="The volition rules that applied to the responder's decision.")
    def reasons(self: Any) -> list[Reason]:
        return [to_reason(*data) for data in self.reasons]

    @strawberry.field(description="The effects on both relationships, the initiator's first.")
    def effects(self: Any) -> list[RelationshipEffect]:
        names = {self.initiator_number: self.initiator_name, self.responder_number: self.responder_name}
        return [to_effect(self.ecosystem_id, names, data) for data in self.effects]


@strawberry.type(description="An interaction in a list.")
class InteractionEdge(Edge[Interaction]):
    pass


@strawberry.type(description="A page of interactions, oldest first.")
class InteractionConnection(Connection[InteractionEdge]):
    pass


@strawberry.type(description="The cost and the possible effects of an interaction. A forecast changes nothing.")
class Forecast:
    kind: InteractionKind = strawberry.field(description="The kind of interaction.")
    initiator: CharacterLink = strawberry.field(description="The character that would begin.")
    responder: CharacterLink = strawberry.field(description="The other character.")
    cost: float = strawberry.field(
        description="Energy that the initiator would pay, in [0,1]; the responder would pay 0.8 of it."
    )
    rested_world_seconds: float | None = strawberry.field(
        description="World time, in seconds, from which both have enough energy; null when they have enough now."
    )
    chance: float = strawberry.field(description="The probability, now, with which the responder would accept, in [0,1].")
    reasons: list[Reason] = strawberry.field(description="The volition rules that apply to the responder's decision now.")
    if_accepted: list[RelationshipEffect] = strawberry.field(
        description="The effects on both relationships if the responder accepts."
    )
    if_declined: list[RelationshipEffect] = strawberry.field(
        description="The effects on both relationships if the responder declines."
    )
