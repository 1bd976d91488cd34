"""The network of an ecosystem as it is exported: relationships and exchanges, for programs that draw and measure networks."""

from dataclasses import dataclass

RELATIONSHIP, EXCHANGE = "relationship", "exchange"


@dataclass(frozen=True, slots=True)
class ExportedEdge:
    """An edge between two character numbers.

    `weight` counts interactions (relationship) or speeches of one after the other (exchange). `times` are world seconds: the
    first act of a relationship, each exchange.
    """

    source: int
    target: int
    kind: str
    weight: int
    times: tuple[float, ...]
    feelings: dict[str, float | str]


@dataclass(frozen=True, slots=True)
class ExportedNetwork:
    """`names` maps character numbers to unique names. Feelings are as of `world_seconds`."""

    title: str
    world_seconds: float
    names: dict[int, str]
    descriptions: dict[int, str]
    edges: list[ExportedEdge]
