"""Types for networks to draw, for measures of networks, and for paths."""

from __future__ import annotations

from enum import Enum

import strawberry

from graphql_schema.enums import Stage, describe_enum
from graphql_schema.links import CharacterLink, RelationshipLink


@describe_enum(
    "PathCost",
    "How the cost of a path is computed.",
    FEWEST="The number of relationships.",
    STRONGEST="The sum of 1 - |bond| over the relationships, as of now.",
)
class PathCost(Enum):
    FEWEST = "fewest"
    STRONGEST = "strongest"


@strawberry.type(description="The characters of a network, in columns of equal length.")
class NetworkCharacters:
    character_id: list[strawberry.ID] = strawberry.field(description="IDs of the characters.")
    name: list[str] = strawberry.field(description="Names of the characters.")
    x: list[float] = strawberry.field(
        description="Horizontal positions for drawing, in [-1,1]; a position does not change when other characters change."
    )
    y: list[float] = strawberry.field(
        description="Vertical positions for drawing, in [-1,1]; a position does not change when other characters change."
    )
    energy: list[float] = strawberry.field(description="Energy of the characters now, in [0,1].")
    is_active: list[bool] = strawberry.field(description="Whether the characters take part.")


@strawberry.type(description="The relationships of a network, in columns of equal length, strongest first.")
class NetworkRelationships:
    relationship_id: list[strawberry.ID] = strawberry.field(description="IDs of the relationships.")
    from_: list[int] = strawberry.field(
        name="from", description="Index of the character that has the feelings, into the columns of `characters`."
    )
    to: list[int] = strawberry.field(
        description="Index of the character that the feelings are for, into the columns of `characters`."
    )
    bond: list[float] = strawberry.field(description="Bonds now, in [-1,1].")
    trust: list[float] = strawberry.field(description="Trust, in [0,1].")
    contact: list[float] = strawberry.field(description="How much the two met recently, at least 0, as of now.")
    stage: list[Stage] = strawberry.field(description="Stages of the relationships.")


@strawberry.type(
    description="A network to draw, in columns, a tenth of the size of the same data in objects. Not a Node, so that clients do not normalise it into their cache."
)
class Network:
    as_of: str = strawberry.field(
        description="Cursor of the last fact that the network contains; pass it to `Subscription.network` as `after`."
    )
    characters: NetworkCharacters = strawberry.field(description="Characters with the most relationships first.")
    relationships: NetworkRelationships = strawberry.field(description="Relationships among these characters, strongest first.")


@strawberry.type(
    description="Measures of a whole network, with the definitions of networkx. A measure is null when it is not defined for the network."
)
class NetworkMeasures:
    as_of: str = strawberry.field(description="Cursor of the last fact that the measures take into account.")
    size: int = strawberry.field(description="Number of characters.")
    num_edges: int = strawberry.field(description="Number of edges.")
    density: float | None = strawberry.field(description="Number of edges divided by the number of possible edges, in [0,1].")
    average_degree: float | None = strawberry.field(description="Mean degree of the characters.")
    max_degree: int | None = strawberry.field(description="The highest degree of a character.")
    average_clustering: float | None = strawberry.field(description="Mean local clustering coefficient, in [0,1].")
    average_path_length: float | None = strawberry.field(
        description="Mean length of the shortest paths between all connected pairs."
    )
    diameter: int | None = strawberry.field(description="Length of the longest shortest path between two connected characters.")
    num_connected_components: int = strawberry.field(description="Number of connected components.")


@strawberry.type(description="Measures of one character in a network, with the definitions of networkx.")
class CharacterMeasures:
    as_of: str = strawberry.field(description="Cursor of the last fact that the measures take into account.")
    degree: int = strawberry.field(description="Number of edges of the character.")
    weighted_degree: float = strawberry.field(description="Sum of the weights of the character's edges.")
    closeness: float | None = strawberry.field(
        description="Closeness centrality, in [0,1], with the correction of Wasserman and Faust for unconnected networks."
    )
    betweenness: float | None = strawberry.field(
        description="Betweenness centrality: share of the shortest paths between other characters that pass through this one, in [0,1]."
    )
    eigenvector: float | None = strawberry.field(
        description="Eigenvector centrality; null when the power iteration does not converge."
    )
    num_of_speech_acts: int = strawberry.field(description="Number of speeches that the character spoke alone.")
    num_of_words: int = strawberry.field(description="Number of words that the character spoke, alone or in chorus.")


@strawberry.type(description="A path from one character to another along relationships.")
class Path:
    as_of: str = strawberry.field(description="Cursor of the last fact that this result takes into account.")
    cost: float = strawberry.field(description="The number of relationships, or the sum of 1 - |bond| over them, as requested.")
    characters: list[CharacterLink] = strawberry.field(description="The characters on the path, including both ends.")
    relationships: list[RelationshipLink] = strawberry.field(
        description="The relationships along the path, one fewer than `characters`."
    )
