"""Rule sets: the rates and rules of a world, as versioned data."""

import strawberry

from graphql_schema.enums import InteractionKind


@strawberry.type(description="What one kind of interaction costs and does under a rule set.")
class InteractionRule:
    kind: InteractionKind = strawberry.field(description="The kind that this is about.")
    cost: float = strawberry.field(
        description="Energy that the initiator needs and pays, in [0,1]; the responder pays 0.8 of it."
    )
    affinity_rate: float = strawberry.field(description="How far affinity moves towards its end at a valence of 1, in [0,1].")
    trust_rate: float = strawberry.field(description="How far trust moves towards its end at a valence of 1, in [0,1].")
    familiarity_rate: float = strawberry.field(description="How far familiarity moves towards 1 each time, in [0,1].")
    base_valence: float = strawberry.field(description="How it feels where nothing else counts, in [-1,1].")


@strawberry.type(description="One reason for or against taking an act up.")
class VolitionRule:
    name: str = strawberry.field(description="Its name, as `Reason.rule` gives it.")
    description: str = strawberry.field(description="What it looks at, for a person.")
    weight: float = strawberry.field(description="How much it weighs, per unit of what it measures.")


@strawberry.type(description="The rates and rules of a world, as versioned data. Anybody may read them.")
class RuleSet:
    name: str = strawberry.field(description="Give it to `createEcosystem`: `story`, `realistic` or `script`.")
    version: int = strawberry.field(description="Counts changes of its rates.")
    description: str = strawberry.field(description="What it is for.")
    kinds: list[InteractionRule] = strawberry.field(description="The kinds of interaction that it has.")
    volitions: list[VolitionRule] = strawberry.field(description="What moves somebody to take an act up, or not to.")
