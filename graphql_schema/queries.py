"""The root type of queries."""

from __future__ import annotations

from typing import Annotated, Any

import strawberry

from domain import rule_sets
from domain.keys import CharacterKey, ConversationKey, EcosystemKey
from graphql_schema.characters import Character
from graphql_schema.conversations import Conversation
from graphql_schema.ecosystems import Ecosystem, EcosystemConnection, EcosystemFilter, EcosystemOrder, to_ecosystem_filter
from graphql_schema.enums import InteractionKind
from graphql_schema.interactions import Forecast, to_effect, to_reason
from graphql_schema.nodes import IDS_MAX, Info, Node, parse_id, require_key
from graphql_schema.pages import After, Before, First, Last, page_arguments
from graphql_schema.refusals import Inactive, Invalid, NotAllowed, NotFound, NotSignedIn, catch_refusal
from graphql_schema.rule_sets import RuleSet
from graphql_schema.users import User
from resolvers import ecosystems, interactions, nodes, pages, users
from resolvers.interactions import Interact, PairForecast

ForecastResult = Annotated[
    Forecast | Inactive | Invalid | NotAllowed | NotFound | NotSignedIn,
    strawberry.union("ForecastResult", description="The forecast of an interaction, or the reason why it is impossible."),
]


@strawberry.input(description="An interaction to forecast.")
class ForecastInput:
    initiator_id: strawberry.ID = strawberry.field(
        description="The ID of the character that would begin; the viewer must be allowed to act as it."
    )
    responder_id: strawberry.ID = strawberry.field(
        description="The ID of the other character, which must live in the same ecosystem."
    )
    kind: InteractionKind = strawberry.field(description="The kind of interaction.")


@strawberry.type(description="All reads. An object that the viewer may not see is treated as if it did not exist.")
class Query:
    @strawberry.field(
        description="The object with this ID; null when it does not exist or the viewer may not see it.",
    )
    async def node(
        self, info: Info, id: Annotated[strawberry.ID, strawberry.argument(description="The ID of an object.")]
    ) -> Node | None:
        return await nodes.find(info.context, parse_id(id))

    @strawberry.field(
        description="The objects with these IDs, in the order of `ids`; null for each that does not exist or that the viewer may not see."
    )
    async def nodes(
        self, info: Info, ids: Annotated[list[strawberry.ID], strawberry.argument(description="At most 100 IDs.")]
    ) -> list[Node | None]:
        return await nodes.find_requested(info.context, [parse_id(id_) for id_ in ids], maximum=IDS_MAX)

    @strawberry.field(description="The signed-in user; null when the viewer is not signed in.")
    async def me(self, info: Info) -> User | None:
        return await users.find_viewer(info.context)

    @strawberry.field(description="The ecosystem with this ID; null when it does not exist or the viewer may not see it.")
    async def ecosystem(
        self, info: Info, id: Annotated[strawberry.ID, strawberry.argument(description="The ID of an ecosystem.")]
    ) -> Ecosystem | None:
        key = parse_id(id)
        return await nodes.find(info.context, key) if isinstance(key, EcosystemKey) else None

    @strawberry.field(graphql_type=EcosystemConnection, description="All ecosystems that the viewer may see.")
    async def ecosystems(
        self,
        info: Info,
        first: First = strawberry.UNSET,
        after: After = strawberry.UNSET,
        last: Last = strawberry.UNSET,
        before: Before = strawberry.UNSET,
        filter: Annotated[
            EcosystemFilter | None, strawberry.argument(description="Returns only matching ecosystems.")
        ] = strawberry.UNSET,
        order_by: Annotated[EcosystemOrder, strawberry.argument(description="The order of the list.")] = EcosystemOrder.NAME,
    ) -> pages.Page:
        return await ecosystems.list_visible(
            info.context, page_arguments(first, after, last, before), to_ecosystem_filter(filter), order_by.value
        )

    @strawberry.field(description="The character with this ID; null when it does not exist or the viewer may not see it.")
    async def character(
        self, info: Info, id: Annotated[strawberry.ID, strawberry.argument(description="The ID of a character.")]
    ) -> Character | None:
        key = parse_id(id)
        return await nodes.find(info.context, key) if isinstance(key, CharacterKey) else None

    @strawberry.field(description="The conversation with this ID; null when it does not exist or the viewer may not see it.")
    async def conversation(
        self, info: Info, id: Annotated[strawberry.ID, strawberry.argument(description="The ID of a conversation.")]
    ) -> Conversation | None:
        key = parse_id(id)
        return await nodes.find(info.context, key) if isinstance(key, ConversationKey) else None

    @strawberry.field(graphql_type=list[RuleSet], description="The rule sets that an ecosystem can use.")
    def rule_sets(self) -> list[rule_sets.RuleSet]:
        return list(rule_sets.RULE_SETS.values())

    @strawberry.field(
        description="Computes the cost, the probability and the possible effects of an interaction without carrying it out. For users who may act as the initiator."
    )
    async def forecast(
        self, info: Info, input: Annotated[ForecastInput, strawberry.argument(description="The interaction to forecast.")]
    ) -> ForecastResult:
        async def resolve() -> Forecast:
            return _to_forecast(await interactions.forecast(info.context, _to_command(input)))

        return await catch_refusal(resolve, info.context)


def _to_command(input_: ForecastInput) -> Interact:
    return Interact(require_key(input_.initiator_id, CharacterKey), require_key(input_.responder_id, CharacterKey), input_.kind)


def _to_forecast(pair: PairForecast) -> Forecast:
    initiator: Any = pair.initiator
    responder: Any = pair.responder
    names = {row.number: row.name for row in (initiator, responder)}
    return Forecast(
        kind=pair.kind,
        initiator=initiator,
        responder=responder,
        cost=pair.forecast.cost,
        rested_world_seconds=pair.forecast.rested_world_seconds,
        chance=pair.chance,
        reasons=[to_reason(reason.rule, reason.description, reason.weight) for reason in pair.forecast.reasons],
        if_accepted=[to_effect(initiator.ecosystem_id, names, data) for data in pair.if_accepted],
        if_declined=[to_effect(initiator.ecosystem_id, names, data) for data in pair.if_declined],
    )
