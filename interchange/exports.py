"""Exports: a world's relationships and exchanges, for programs that draw and measure networks."""

from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterator
from typing import Any
from uuid import UUID

from db import exports
from db.exports import EcosystemExportRow
from db.relationships import to_state
from db.rows import Row
from db.stores import Stores
from domain import rule_sets
from domain.clock import WallClock, WorldClock
from domain.refusals import NotFound
from domain.rule_sets import RuleSet
from interchange import archives, edge_lists, gexf, graphml, node_links
from interchange.exported_network import EXCHANGE, RELATIONSHIP, ExportedEdge, ExportedNetwork

ARCHIVE = "archive"

WRITERS: dict[str, Callable[[ExportedNetwork], Iterator[bytes]]] = {
    "gexf": gexf.write_gexf,
    "graphml": graphml.write_graphml,
    "csv": edge_lists.write_edge_list,
    "json": node_links.write_node_link,
}
FORMATS = (*WRITERS, ARCHIVE)


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
