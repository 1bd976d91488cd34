"""Graph queries: neighbours of a character, common neighbours of two, and the path of least cost between two."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any
from uuid import UUID

from db.ecosystems import EcosystemRow
from db.graph.contract import (
    BEFORE_FIRST,
    DEPTH_MAX,
    CommonNeighboursQuery,
    FewestTiesPathQuery,
    Neighbour,
    NeighboursQuery,
    StrongestPathQuery,
)
from db.pages import Order
from domain import rule_sets
from domain.activity import Cursor
from domain.fixed_point import SCALE
from domain.keys import CharacterKey, RelationshipKey
from domain.refusals import Invalid
from resolvers import ecosystems, nodes
from resolvers.context import Context
from resolvers.pages import Page, PageArguments, build_connection

BY_DISTANCE = Order("n.nearest", (("distance", "int", "distance"), ("number", "int", "number")))
BY_NUMBER = Order("n.number", (("number", "int", "number"),))
COMMON_NEIGHBOURS_MAX = 10_000
"""A total of common neighbours is not counted further than this."""


@dataclass(frozen=True, slots=True)
class DistanceEdge:
    cursor: str
    node: Any
    distance: int


async def list_neighbours(context: Context, key: CharacterKey, depth: int, page: PageArguments) -> Page:
    """Characters at a distance of 1 to `depth` relationships in any direction, nearest first; without deleted ones.

    Raises Invalid where the depth is out of bounds.
    """
    if not 1 <= depth <= DEPTH_MAX:
        raise Invalid.at("depth", because=f"`depth` is {depth}; it must be from 1 to {DEPTH_MAX}.")
    window = page.to_window(BY_DISTANCE)
    after = Neighbour(*window.after) if window.after else BEFORE_FIRST
    query = NeighboursQuery(key.ecosystem_id, key.number, depth, window.size + 1, after)
    result = await _run(context, query)
    found = build_connection(result.value if result else [], window, BY_DISTANCE)
    rows = await nodes.find_many(context, [CharacterKey(key.ecosystem_id, edge.node.number) for edge in found.edges])
    edges = [
        DistanceEdge(edge.cursor, row, edge.node.distance)
        for edge, row in zip(found.edges, rows, strict=True)
        if row is not None
    ]
    return replace(found, edges=edges, as_of=await _as_of(context, key.ecosystem_id, result))


async def list_common_neighbours(context: Context, key: CharacterKey, other: CharacterKey, page: PageArguments) -> Page:
    """Characters with a relationship, in any direction, to both; by number, without deleted ones.

    Raises Invalid where the two live in different ecosystems.
    """
    if other.ecosystem_id != key.ecosystem_id:
        raise Invalid.at("characterId", because="The two live in different ecosystems, so they have no common neighbours.")
    window = page.to_window(BY_NUMBER)
    after = window.after[0] if window.after else 0
    query = CommonNeighboursQuery(key.ecosystem_id, key.number, other.number, window.size + 1, after)
    result = await _run(context, query)
    keys = [CharacterKey(key.ecosystem_id, number) for number in result.value] if result else []
    found = build_connection(keys, window, BY_NUMBER).with_total(lambda: _count_common_neighbours(context, query))
    rows = await nodes.find_many(context, [edge.node for edge in found.edges])
    edges = [replace(edge, node=row) for edge, row in zip(found.edges, rows, strict=True) if row is not None]
    return replace(found, edges=edges)


async def _count_common_neighbours(context: Context, query: CommonNeighboursQuery) -> int:
    whole_list = CommonNeighboursQuery(query.ecosystem_id, query.one, query.other, COMMON_NEIGHBOURS_MAX)
    result = await _run(context, whole_list)
    return len(result.value) if result else 0


@dataclass(frozen=True, slots=True)
class PathResult:
    """Rows along the path; `cost` in relationships, or the sum of 1 - |bond| over them."""

    as_of: str
    cost: float
    characters: list[Any]
    relationships: list[Any]


async def find_path(
    context: Context, ecosystem: EcosystemRow, start: CharacterKey, end: CharacterKey, cost: str
) -> PathResult | None:
    """None where there is no path, or where an object on it was deleted in the meantime. `cost`: `fewest` or `strongest`.

    Raises Invalid where an end lives in another ecosystem.
    """
    for argument, key in (("from", start), ("to", end)):
        if key.ecosystem_id != ecosystem.id:
            raise Invalid.at(argument, because="A path connects characters of this ecosystem only.")
    result = await _run(context, _path_query(context, ecosystem, start.number, end.number, cost))
    if result is None or result.value is None:
        return None
    numbers = result.value.numbers
    characters = await nodes.find_many(context, [CharacterKey(ecosystem.id, number) for number in numbers])
    relationships = await nodes.find_many(context, [RelationshipKey(ecosystem.id, a, b) for a, b in pairwise(numbers)])
    if None in characters or None in relationships:
        return None
    scale = 1 if cost == "fewest" else SCALE
    return PathResult(str(result.as_of), result.value.cost / scale, characters, relationships)


def _path_query(
    context: Context, ecosystem: EcosystemRow, start: int, end: int, cost: str
) -> FewestTiesPathQuery | StrongestPathQuery:
    if cost == "fewest":
        return FewestTiesPathQuery(ecosystem.id, start, end)
    at, rules = context.world_seconds(ecosystem), rule_sets.by_name(ecosystem.rule_set)
    return StrongestPathQuery(ecosystem.id, start, end, at, rules)


async def _as_of(context: Context, ecosystem_id: UUID, result: Any) -> str:
    if result is not None:
        return str(result.as_of)
    ecosystem = await ecosystems.get(context, ecosystem_id)
    return str(Cursor(ecosystem.epoch, ecosystem.head))


_METHODS: dict[type, Callable[[Any], Any]] = {
    NeighboursQuery: lambda graph: graph.neighbours,
    CommonNeighboursQuery: lambda graph: graph.common_neighbours,
    FewestTiesPathQuery: lambda graph: graph.fewest_paths,
    StrongestPathQuery: lambda graph: graph.strongest_paths,
}


async def _run(context: Context, query: Any) -> Any:
    """The result of one query, together with the other queries of its type on this level; None where nothing is visible."""
    kind: Any = type(query)
    return await context.loaders.loader_for(_run_batch, kind).load(query)


async def _run_batch(context: Context, queries: Sequence[Any], kind: type) -> Sequence[Any]:
    graph = await _graph_for_viewer(context, queries)
    results: Sequence[Any] = await _METHODS[kind](graph)(queries)
    return results


async def _graph_for_viewer(context: Context, queries: Sequence[Any]) -> Any:
    """A graph store that contains at least everything that the viewer wrote."""
    if context.viewer_id is None:
        return context.stores.graph
    ecosystem_ids = list(dict.fromkeys(query.ecosystem_id for query in queries))
    positions = await context.stores.last_writes.by_ecosystem(ecosystem_ids, context.viewer_id)
    if positions is None:
        rows = [await ecosystems.get(context, id_) for id_ in ecosystem_ids]
        positions = {row.id: Cursor(row.epoch, row.head) for row in rows}
    return context.stores.graph.with_minimum_positions(positions)
