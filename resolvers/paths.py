"""Ways: who is near whom, whom two know in common, and the best way from one to another."""

from collections.abc import Sequence
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
from resolvers import characters, ecosystems, relationships
from resolvers.context import Context
from resolvers.pages import Connection, PageArguments, build_connection

BY_DISTANCE = Order("n.nearest", (("distance", "int", "distance"), ("number", "int", "number")))
BY_NUMBER = Order("n.number", (("number", "int", "number"),))
COMMON_NEIGHBOURS_MAX = 10_000


async def list_neighbours(context: Context, key: CharacterKey, depth: int, page: PageArguments) -> Connection:
    """Raises Invalid where the depth is out of bounds."""
    if not 1 <= depth <= DEPTH_MAX:
        raise Invalid.at("depth", because=f"`depth` is {depth}; it must be from 1 to {DEPTH_MAX}.")
    window = page.to_slice(BY_DISTANCE)
    after = Neighbour(*window.after) if window.after else BEFORE_FIRST
    question = NeighboursQuery(key.ecosystem_id, key.number, depth, window.size + 1, after)
    answer = await context.loaders.loader_for(_load_neighbours).load(question)
    found = build_connection(answer.value if answer else [], window, BY_DISTANCE)
    loader = context.loaders.loader_for(characters.by_keys)
    rows = await loader.load_many([CharacterKey(key.ecosystem_id, edge.node.number) for edge in found.edges])
    edges = [
        DistanceEdge(edge.cursor, row, edge.node.distance)
        for edge, row in zip(found.edges, rows, strict=True)
        if row is not None
    ]
    return Connection(edges, found.page_info, as_of=await _as_of(context, key.ecosystem_id, answer))  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True)
class DistanceEdge:
    cursor: str
    node: Any
    distance: int


async def list_common_neighbours(context: Context, key: CharacterKey, other: CharacterKey, page: PageArguments) -> Connection:
    """Raises Invalid where the other lives elsewhere."""
    if other.ecosystem_id != key.ecosystem_id:
        raise Invalid.at("characterId", because="The two live in different ecosystems, so they know nobody in common.")
    window = page.to_slice(BY_NUMBER)
    after = window.after[0] if window.after else 0
    question = CommonNeighboursQuery(key.ecosystem_id, key.number, other.number, window.size + 1, after)
    answer = await context.loaders.loader_for(_load_common_neighbours).load(question)
    keys = [CharacterKey(key.ecosystem_id, number) for number in answer.value] if answer else []
    found = build_connection(keys, window, BY_NUMBER, total=lambda: _count_common_neighbours(context, question))
    rows = await context.loaders.loader_for(characters.by_keys).load_many([edge.node for edge in found.edges])
    edges = [replace(edge, node=row) for edge, row in zip(found.edges, rows, strict=True) if row is not None]
    return replace(found, edges=edges)


async def _count_common_neighbours(context: Context, request: CommonNeighboursQuery) -> int:
    everybody = CommonNeighboursQuery(request.ecosystem_id, request.one, request.other, COMMON_NEIGHBOURS_MAX)
    answer = await context.loaders.loader_for(_load_common_neighbours).load(everybody)
    return len(answer.value) if answer else 0


@dataclass(frozen=True, slots=True)
class PathResult:
    as_of: str
    cost: float
    characters: list[Any]
    relationships: list[Any]


async def find_path(
    context: Context, ecosystem: EcosystemRow, start: CharacterKey, end: CharacterKey, cost: str
) -> PathResult | None:
    """None where there is no way, also from or to somebody who is not here."""
    if start.ecosystem_id != ecosystem.id or end.ecosystem_id != ecosystem.id:
        raise Invalid.at(
            "from" if start.ecosystem_id != ecosystem.id else "to", because="Only characters of this ecosystem are on its ways."
        )
    if cost == "fewest":
        answer = await context.loaders.loader_for(_load_fewest_paths).load(
            FewestTiesPathQuery(ecosystem.id, start.number, end.number)
        )
    else:
        at, rules = context.world_seconds(ecosystem), rule_sets.by_name(ecosystem.rule_set)
        question = StrongestPathQuery(ecosystem.id, start.number, end.number, at, rules)
        answer = await context.loaders.loader_for(_load_strongest_paths).load(question)
    if answer is None or answer.value is None:
        return None
    numbers = answer.value.numbers
    people = await context.loaders.loader_for(characters.by_keys).load_many(
        [CharacterKey(ecosystem.id, number) for number in numbers]
    )
    keys = [RelationshipKey(ecosystem.id, a, b) for a, b in pairwise(numbers)]
    ties = await context.loaders.loader_for(relationships.by_keys).load_many(keys)
    if None in people or None in ties:
        return None
    return PathResult(str(answer.as_of), answer.value.cost / (1 if cost == "fewest" else SCALE), people, ties)


async def _as_of(context: Context, ecosystem_id: UUID, result: Any) -> str:
    if result is not None:
        return str(result.as_of)
    world = await ecosystems.get(context, ecosystem_id)
    return str(Cursor(world.epoch, world.head))


async def _load_neighbours(context: Context, requests: Sequence[NeighboursQuery]) -> list[Any]:
    return await (await _graph_for_viewer(context, requests)).neighbours(requests)  # type: ignore[no-any-return]


async def _load_common_neighbours(context: Context, requests: Sequence[CommonNeighboursQuery]) -> list[Any]:
    return await (await _graph_for_viewer(context, requests)).common_neighbours(requests)  # type: ignore[no-any-return]


async def _load_fewest_paths(context: Context, requests: Sequence[FewestTiesPathQuery]) -> list[Any]:
    return await (await _graph_for_viewer(context, requests)).fewest_paths(requests)  # type: ignore[no-any-return]


async def _load_strongest_paths(context: Context, requests: Sequence[StrongestPathQuery]) -> list[Any]:
    return await (await _graph_for_viewer(context, requests)).strongest_paths(requests)  # type: ignore[no-any-return]


async def _graph_for_viewer(context: Context, requests: Sequence[Any]) -> Any:
    """For a reader who sees at least what they have written themselves."""
    if context.viewer_id is None:
        return context.stores.graph
    worlds = list(dict.fromkeys(question.ecosystem_id for question in requests))
    demands = await context.stores.cache.last_writes(worlds, context.viewer_id)
    if demands is None:
        rows = [await ecosystems.get(context, id_) for id_ in worlds]
        demands = {row.id: Cursor(row.epoch, row.head) for row in rows}
    return context.stores.graph.at_least(demands)
