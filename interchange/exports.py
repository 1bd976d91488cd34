"""Exports: a world's relationships and exchanges, for programs that draw and measure networks."""

import csv
import json
import re
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass
from io import BytesIO, StringIO
from typing import Any
from uuid import UUID

import networkx

from db import exports
from db.exports import WorldRow
from db.relationships import tie
from db.rows import Row
from db.stores import Stores
from domain import rule_sets
from domain.clock import WallClock, WorldClock
from domain.refusals import NotFound
from domain.rule_sets import RuleSet
from interchange import archives

RELATIONSHIP, EXCHANGE = "relationship", "exchange"
ARCHIVE = "archive"
_NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Edge:
    """From one number to another. `weight` counts: the interactions of a relationship, the times that one spoke after the
    other. `times` are world seconds: when a relationship began, each exchange."""

    source: int
    target: int
    kind: str
    weight: int
    times: tuple[float, ...]
    feelings: dict[str, float | str]


@dataclass(frozen=True, slots=True)
class Picture:
    """What is exported: `names` by number, each only once; feelings are those of `world_seconds`, when it was taken."""

    title: str
    world_seconds: float
    names: dict[int, str]
    descriptions: dict[int, str]
    edges: list[Edge]


async def export(stores: Stores, wall: WallClock, ecosystem_id: UUID, format_: str) -> AsyncIterator[bytes]:
    """`format_` is one of FORMATS. All of it is as of one instant. Raises NotFound, before anything came."""
    async with stores.database.transaction(isolation="repeatable_read", readonly=True) as connection:
        world = await exports.world(connection, ecosystem_id)
        if world is None:
            raise NotFound(missing=ecosystem_id)
        if format_ == ARCHIVE:
            async for line in archives.lines(connection, ecosystem_id):
                yield line
            return
        picture = await _picture(connection, world, wall)
    for part in WRITERS[format_](picture):
        yield part


async def _picture(connection: Any, world: WorldRow, wall: WallClock) -> Picture:
    clock, rules = WorldClock(world.clock_world_seconds, world.clock_since, world.clock_rate), rule_sets.by_name(world.rule_set)
    at = clock.at(wall.now())
    people = await exports.people(connection, world.id)
    felt = [_felt(row, rules, at) for row in await exports.ties(connection, world.id)]
    spoken = [
        Edge(row.from_number, row.to_number, EXCHANGE, len(row.times), tuple(row.times), {})
        for row in await exports.exchanges(connection, world.id)
    ]
    return Picture(world.name, at, _names(people), {row.number: row.description for row in people}, [*felt, *spoken])


def _names(people: list[Row]) -> dict[int, str]:
    """Whoever shares a name goes by name and number, so that ties stay apart."""
    often = Counter(row.name for row in people)
    return {row.number: row.name if often[row.name] == 1 else f"{row.name} ({row.number})" for row in people}


def _felt(row: Row, rules: RuleSet, at: float) -> Edge:
    feelings = tie(row).at(rules, at)
    shown: dict[str, float | str] = {
        "stage": str(feelings.stage), "affinity": feelings.affinity, "bond": feelings.bond, "trust": feelings.trust,
        "familiarity": feelings.familiarity, "contact": feelings.contact,
    }  # fmt: skip
    return Edge(row.from_number, row.to_number, RELATIONSHIP, row.version, (row.first_at,), shown)


def _as_graph(picture: Picture, times_of: Callable[[Edge], dict[str, Any]]) -> Any:
    graph: Any = networkx.MultiDiGraph(name=_in_xml(picture.title))
    for number, name in picture.names.items():
        graph.add_node(number, label=_in_xml(name), description=_in_xml(picture.descriptions[number]))
    for edge in picture.edges:
        graph.add_edge(
            edge.source, edge.target, edge.kind, weight=edge.weight, kind=edge.kind, **edge.feelings, **times_of(edge)
        )
    return graph


def _in_xml(text: str) -> str:
    """With the sign for what cannot be shown in place of what XML cannot hold; networkx writes all as it is."""
    return _NOT_IN_XML.sub("\ufffd", text)


def _as_gexf(picture: Picture) -> Iterator[bytes]:
    """Dynamic: a relationship is there from its beginning on, an exchange at its instants."""

    def spells(edge: Edge) -> dict[str, Any]:
        if edge.kind == RELATIONSHIP:
            return {"start": edge.times[0], "end": picture.world_seconds}
        return {"spells": [(time, time) for time in edge.times]}

    graph, buffer = _as_graph(picture, spells), BytesIO()
    graph.graph["mode"] = "dynamic"
    networkx.write_gexf(graph, buffer, version="1.2draft")
    yield buffer.getvalue()


def _as_graphml(picture: Picture) -> Iterator[bytes]:
    graph, buffer = _as_graph(picture, lambda edge: {"times": " ".join(map(str, edge.times))}), BytesIO()
    networkx.write_graphml_xml(graph, buffer)
    yield buffer.getvalue()


COLUMNS = ("source", "target", "weight", "kind", "stage", "affinity", "bond", "trust", "familiarity", "contact", "times")


def _as_csv(picture: Picture) -> Iterator[bytes]:
    buffer = StringIO()
    lines = csv.DictWriter(buffer, COLUMNS, restval="", lineterminator="\n")
    lines.writeheader()
    for edge in picture.edges:
        ends = {"source": picture.names[edge.source], "target": picture.names[edge.target]}
        lines.writerow(
            {**ends, "weight": edge.weight, "kind": edge.kind, **edge.feelings, "times": " ".join(map(str, edge.times))}
        )
    yield buffer.getvalue().encode()


def _as_json(picture: Picture) -> Iterator[bytes]:
    nodes = [{"id": n, "name": name, "description": picture.descriptions[n]} for n, name in picture.names.items()]
    links = [
        {"source": e.source, "target": e.target, "weight": e.weight, "kind": e.kind, **e.feelings, "times": e.times}
        for e in picture.edges
    ]
    graph = {"name": picture.title, "worldSeconds": picture.world_seconds}
    yield json.dumps({"directed": True, "graph": graph, "nodes": nodes, "links": links}, ensure_ascii=False, indent=1).encode()
    yield b"\n"


WRITERS: dict[str, Callable[[Picture], Iterator[bytes]]] = {
    "gexf": _as_gexf,
    "graphml": _as_graphml,
    "csv": _as_csv,
    "json": _as_json,
}
FORMATS = (*WRITERS, ARCHIVE)
