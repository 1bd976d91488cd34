"""Exports: an ecosystem's network in several formats, or all of it as an archive."""

from collections import Counter
from collections.abc import AsyncGenerator, Callable, Iterator
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


async def export_world(stores: Stores, wall: WallClock, ecosystem_id: UUID, format_: str) -> AsyncGenerator[bytes, None]:
    """Yields the file in one of FORMATS, as of one instant. Raises NotFound before the first part."""
    async with stores.database.transaction(isolation="repeatable_read", readonly=True) as connection:
        world = await exports.ecosystem_row(connection, ecosystem_id)
        if world is None:
            raise NotFound(missing=ecosystem_id)
        if format_ == ARCHIVE:
            async for line in archives.export_lines(connection, ecosystem_id):
                yield line
            return
        network = await _load_network(connection, world, wall)
    for part in WRITERS[format_](network):
        yield part


async def _load_network(connection: Any, world: EcosystemExportRow, wall: WallClock) -> ExportedNetwork:
    clock, rules = WorldClock(world.clock_world_seconds, world.clock_since, world.clock_rate), rule_sets.by_name(world.rule_set)
    at = clock.at(wall.now())
    characters = await exports.characters(connection, world.id)
    relationships = [_to_relationship_edge(row, rules, at) for row in await exports.relationships(connection, world.id)]
    exchanges = [
        ExportedEdge(row.from_number, row.to_number, EXCHANGE, len(row.times), tuple(row.times), {})
        for row in await exports.exchanges(connection, world.id)
    ]
    descriptions = {row.number: row.description for row in characters}
    return ExportedNetwork(world.name, at, _unique_names(characters), descriptions, [*relationships, *exchanges])


def _unique_names(characters: list[Row]) -> dict[int, str]:
    """Returns names by number; characters of the same name get their number added."""
    counts = Counter(row.name for row in characters)
    return {row.number: row.name if counts[row.name] == 1 else f"{row.name} ({row.number})" for row in characters}


def _to_relationship_edge(row: Row, rules: RuleSet, at: float) -> ExportedEdge:
    feelings = to_state(row).feelings_at(rules, at)
    values: dict[str, float | str] = {
        "stage": str(feelings.stage), "affinity": feelings.affinity, "bond": feelings.bond, "trust": feelings.trust,
        "familiarity": feelings.familiarity, "contact": feelings.contact,
    }  # fmt: skip
    return ExportedEdge(row.from_number, row.to_number, RELATIONSHIP, row.version, (row.first_at,), values)
