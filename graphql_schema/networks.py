"""Networks: who stands where among the others; for drawing, measuring and finding a way."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, Annotated

import strawberry

from graphql_schema.enums import Stage, describe_enum

if TYPE_CHECKING:
    from graphql_schema.characters import Character
    from graphql_schema.relationships import Relationship


@describe_enum(
    "PathCost",
    "What makes a way the best one.",
    FEWEST="The fewest relationships.",
    STRONGEST="The least sum of 1 - |bond| of each, as of now.",
)
class PathCost(Enum):
    FEWEST = "fewest"
    STRONGEST = "strongest"


@strawberry.type(description="The characters of a network, in columns of equal length.")
class NetworkCharacters:
    character_id: list[strawberry.ID] = strawberry.field(description="Their IDs.")
    name: list[str] = strawberry.field(description="Their names.")
    x: list[float] = strawberry.field(
        description="Where to draw them, in [-1,1]; a place stays where it is when others change."
    )
    y: list[float] = strawberry.field(
        description="Where to draw them, in [-1,1]; a place stays where it is when others change."
    )
    energy: list[float] = strawberry.field(description="In [0,1], now.")
    is_active: list[bool] = strawberry.field(description="Whether they take part.")


@strawberry.type(description="The relationships of a network, in columns of equal length; the strongest first.")
class NetworkRelationships:
    relationship_id: list[strawberry.ID] = strawberry.field(description="Their IDs.")
    from_: list[int] = strawberry.field(name="from", description="Who feels it: an index into the characters' columns.")
    to: list[int] = strawberry.field(description="For whom: an index into the characters' columns.")
    bond: list[float] = strawberry.field(description="In [-1,1], now.")
    trust: list[float] = strawberry.field(description="In [0,1].")
    contact: list[float] = strawberry.field(description="How much they met lately, at least 0, now.")
    stage: list[Stage] = strawberry.field(description="What it has come to.")


@strawberry.type(
    description="A network for drawing, in columns: a tenth of what rows weigh. Not Nodes, so that caches leave it alone."
)
class Network:
    as_of: str = strawberry.field(
        description="Cursor of the fact that this is true for; follow `Subscription.network` from it."
    )
    characters: NetworkCharacters = strawberry.field(description="Those with the most relationships first.")
    relationships: NetworkRelationships = strawberry.field(description="Those among these characters, the strongest first.")


@strawberry.type(
    description="Measures of a whole network, as networkx defines them. Null where one is not defined for this network."
)
class NetworkMeasures:
    as_of: str = strawberry.field(description="Cursor of the fact that these are true for.")
    size: int = strawberry.field(description="How many characters it has.")
    num_edges: int = strawberry.field(description="How many ties it has.")
    density: float | None = strawberry.field(description="Ties, of all that there could be, in [0,1].")
    average_degree: float | None = strawberry.field(description="Mean number of ties of a character.")
    max_degree: int | None = strawberry.field(description="The most ties that one character has.")
    average_clustering: float | None = strawberry.field(
        description="Mean of how far neighbours are neighbours of each other, in [0,1]."
    )
    average_path_length: float | None = strawberry.field(
        description="Mean length of the shortest ways between all that reach each other."
    )
    diameter: int | None = strawberry.field(description="Length of the longest shortest way.")
    num_connected_components: int = strawberry.field(description="How many parts it falls into.")


@strawberry.type(description="Measures of one character in a network, as networkx defines them.")
class CharacterMeasures:
    as_of: str = strawberry.field(description="Cursor of the fact that these are true for.")
    degree: int = strawberry.field(description="How many ties it has.")
    weighted_degree: float = strawberry.field(description="Sum of the weights of its ties.")
    closeness: float | None = strawberry.field(description="How near it is to all others, in [0,1] (Wasserman and Faust).")
    betweenness: float | None = strawberry.field(
        description="Share of the shortest ways between others that lead through it, in [0,1]."
    )
    eigenvector: float | None = strawberry.field(
        description="How well connected those are that it is connected to; null where the power iteration does not converge."
    )
    num_of_speech_acts: int = strawberry.field(description="How many speeches it made alone.")
    num_of_words: int = strawberry.field(description="How many words it said, chorus included.")


@strawberry.type(description="A way from one character to another along relationships.")
class Path:
    as_of: str = strawberry.field(description="Cursor of the fact up to which the relationships are known here.")
    cost: float = strawberry.field(description="The number of relationships, or the sum of 1 - |bond| of each.")
    characters: list[Annotated[Character, strawberry.lazy("graphql_schema.characters")]] = strawberry.field(
        description="Those on the way, the first and the last included."
    )
    relationships: list[Annotated[Relationship, strawberry.lazy("graphql_schema.relationships")]] = strawberry.field(
        description="Those that the way goes along, one fewer than characters."
    )
