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
from db.exports import EcosystemExportRow
from db.relationships import to_state
from db.rows import Row
from db.stores import Stores
from domain import rule_sets
from domain.clock import WallClock, WorldClock
from domain.refusals import NotFound
from domain.rule_sets import RuleSet
from interchange import archives

RELATIONSHIP, EXCHANGE = "relationship", "exchange"
ARCHIVE = "archive"
_INVALID_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


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


async def export_world(stores: Stores, wall: WallClock, ecosystem_id: UUID, format_: str) -> AsyncIterator[bytes]:
    """`format_` is one of FORMATS. All of it is as of one instant. Raises NotFound, before anything came."""
    async with stores.database.transaction(isolation="repeatable_read", readonly=True) as connection:
        world = await exports.ecosystem_row(connection, ecosystem_id)
        if world is None:
            raise NotFound(missing=ecosystem_id)
        if format_ == ARCHIVE:
            async for line in archives.export_lines(connection, ecosystem_id):
                yield line
            return
        picture = await _load_network(connection, world, wall)
    for part in WRITERS[format_](picture):
        yield part


async def _load_network(connection: Any, world: EcosystemExportRow, wall: WallClock) -> ExportedNetwork:
    clock, rules = WorldClock(world.clock_world_seconds, world.clock_since, world.clock_rate), rule_sets.by_name(world.rule_set)
    at = clock.at(wall.now())
    people = await exports.characters(connection, world.id)
    felt = [_to_relationship_edge(row, rules, at) for row in await exports.relationships(connection, world.id)]
    spoken = [
        ExportedEdge(row.from_number, row.to_number, EXCHANGE, len(row.times), tuple(row.times), {})
        for row in await exports.exchanges(connection, world.id)
    ]
    return ExportedNetwork(world.name, at, _names(people), {row.number: row.description for row in people}, [*felt, *spoken])


def _names(people: list[Row]) -> dict[int, str]:
    """Whoever shares a name goes by name and number, so that ties stay apart."""
    often = Counter(row.name for row in people)
    return {row.number: row.name if often[row.name] == 1 else f"{row.name} ({row.number})" for row in people}


def _to_relationship_edge(row: Row, rules: RuleSet, at: float) -> ExportedEdge:
    feelings = to_state(row).feelings_at(rules, at)
    shown: dict[str, float | str] = {
        "stage": str(feelings.stage), "affinity": feelings.affinity, "bond": feelings.bond, "trust": feelings.trust,
        "familiarity": feelings.familiarity, "contact": feelings.contact,
    }  # fmt: skip
    return ExportedEdge(row.from_number, row.to_number, RELATIONSHIP, row.version, (row.first_at,), shown)


def _to_graph(network: ExportedNetwork, times_of: Callable[[ExportedEdge], dict[str, Any]]) -> Any:
    graph: Any = networkx.MultiDiGraph(name=_replace_invalid_xml(network.title))
    for number, name in network.names.items():
        graph.add_node(number, label=_replace_invalid_xml(name), description=_replace_invalid_xml(network.descriptions[number]))
    for edge in network.edges:
        graph.add_edge(
            edge.source, edge.target, edge.kind, weight=edge.weight, kind=edge.kind, **edge.feelings, **times_of(edge)
        )
    return graph


def _replace_invalid_xml(text: str) -> str:
    """With the sign for what cannot be shown in place of what XML cannot hold; networkx writes all as it is."""
    return _INVALID_IN_XML.sub("\ufffd", text)


def _write_gexf(network: ExportedNetwork) -> Iterator[bytes]:
    """Dynamic: a relationship is there from its beginning on, an exchange at its instants."""

    def spells(edge: ExportedEdge) -> dict[str, Any]:
        if edge.kind == RELATIONSHIP:
            return {"start": edge.times[0], "end": network.world_seconds}
        return {"spells": [(time, time) for time in edge.times]}

    graph, buffer = _to_graph(network, spells), BytesIO()
    graph.graph["mode"] = "dynamic"
    networkx.write_gexf(graph, buffer, version="1.2draft")
    yield buffer.getvalue()


def _write_graphml(network: ExportedNetwork) -> Iterator[bytes]:
    graph, buffer = _to_graph(network, lambda edge: {"times": " ".join(map(str, edge.times))}), BytesIO()
    networkx.write_graphml_xml(graph, buffer)
    yield buffer.getvalue()


CSV_COLUMNS = ("source", "target", "weight", "kind", "stage", "affinity", "bond", "trust", "familiarity", "contact", "times")


def _write_csv(network: ExportedNetwork) -> Iterator[bytes]:
    buffer = StringIO()
    lines = csv.DictWriter(buffer, CSV_COLUMNS, restval="", lineterminator="\n")
    lines.writeheader()
    for edge in network.edges:
        ends = {"source": network.names[edge.source], "target": network.names[edge.target]}
        lines.writerow(
            {**ends, "weight": edge.weight, "kind": edge.kind, **edge.feelings, "times": " ".join(map(str, edge.times))}
        )
    yield buffer.getvalue().encode()


def _write_json(network: ExportedNetwork) -> Iterator[bytes]:
    nodes = [{"id": n, "name": name, "description": network.descriptions[n]} for n, name in network.names.items()]
    links = [
        {"source": e.source, "target": e.target, "weight": e.weight, "kind": e.kind, **e.feelings, "times": e.times}
        for e in network.edges
    ]
    graph = {"name": network.title, "worldSeconds": network.world_seconds}
    yield json.dumps({"directed": True, "graph": graph, "nodes": nodes, "links": links}, ensure_ascii=False, indent=1).encode()
    yield b"\n"


WRITERS: dict[str, Callable[[ExportedNetwork], Iterator[bytes]]] = {
    "gexf": _write_gexf,
    "graphml": _write_graphml,
    "csv": _write_csv,
    "json": _write_json,
}
FORMATS = (*WRITERS, ARCHIVE)
