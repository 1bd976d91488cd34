"""The network of an ecosystem as it is exported: relationships and exchanges, for programs that draw and measure networks."""

from dataclasses import dataclass

RELATIONSHIP, EXCHANGE = "relationship", "exchange"


@dataclass(frozen=True, slots=True)
class ExportedEdge:
    """From one number to another. `weight` counts: the interactions of a relationship, the times that one spoke after the
    other. `times` are world seconds: when a relationship began, each exchange."""

    source: int
    target: int
    kind: str
    weight: int
    times: tuple[float, ...]
    feelings: dict[str, float | str]


@dataclass(frozen=True, slots=True)
class ExportedNetwork:
    """What is exported: `names` by number, each only once; feelings are those of `world_seconds`, when it was taken."""

    title: str
    world_seconds: float
    names: dict[int, str]
    descriptions: dict[int, str]
    edges: list[ExportedEdge]
