"""The type RuleSet. It reads the rule sets of `domain.rule_sets`."""

import strawberry

from graphql_schema.enums import InteractionKind


@strawberry.type(description="The cost and the effects of one kind of interaction under a rule set.")
class InteractionRule:
    kind: InteractionKind = strawberry.field(description="The kind of interaction.")
    cost: float = strawberry.field(
        description="Energy that the initiator needs and pays, in [0,1]; the responder pays 0.8 of it."
    )
    affinity_rate: float = strawberry.field(
        description="The share of the distance to its limit that affinity moves at a valence of 1, in [0,1]."
    )
    trust_rate: float = strawberry.field(
        description="The share of the distance to its limit that trust moves at a valence of 1, in [0,1]."
    )
    familiarity_rate: float = strawberry.field(
        description="The share of the distance to 1 that familiarity moves at each interaction, in [0,1]."
    )
    base_valence: float = strawberry.field(description="The valence when nothing else has an influence, in [-1,1].")


@strawberry.type(description="A rule that speaks for or against accepting an interaction.")
class VolitionRule:
    name: str = strawberry.field(description="The name of the rule, as in `Reason.rule`.")
    description: str = strawberry.field(description="What the rule measures, for people.")
    weight: float = strawberry.field(description="The weight of the rule per unit of its measure.")


@strawberry.type(description="The rates and rules of an ecosystem, as versioned data. Readable for all users.")
class RuleSet:
    name: str = strawberry.field(description="The name to pass to `createEcosystem`: `story`, `realistic` or `script`.")
    version: int = strawberry.field(description="Counts changes of the rates.")
    description: str = strawberry.field(description="The purpose of the rule set.")
    kinds: list[InteractionRule] = strawberry.field(description="The kinds of interaction with their costs and rates.")
    volitions: list[VolitionRule] = strawberry.field(
        description="The rules that decide whether a responder accepts an interaction."
    )
