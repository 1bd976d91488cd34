"""Ways: who is near whom, whom two know in common, and the best way from one to another."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any
from uuid import UUID

from db.ecosystems import EcosystemRow
from db.graph.contract import DEPTH_MAX, NEAREST, CommonNeighboursOf, FewestPathOf, Neighbour, NeighboursOf, StrongestPathOf
from db.pages import Order
from domain import rule_sets
from domain.activity import Cursor
from domain.fixed_point import ONE
from domain.keys import CharacterKey, RelationshipKey
from domain.refusals import Invalid
from resolvers import characters, ecosystems, relationships
from resolvers.context import Context
from resolvers.pages import Connection, Page, connection

NEAREST_FIRST = Order("n.nearest", (("distance", "int", "distance"), ("number", "int", "number")))
BY_NUMBER = Order("n.number", (("number", "int", "number"),))
COMMON_MAX = 10_000


async def neighbours(context: Context, key: CharacterKey, depth: int, page: Page) -> Connection:
    """Raises Invalid where the depth is out of bounds."""
    if not 1 <= depth <= DEPTH_MAX:
        raise Invalid.at("depth", because=f"`depth` is {depth}; it must be from 1 to {DEPTH_MAX}.")
    window = page.window(NEAREST_FIRST)
    after = Neighbour(*window.after) if window.after else NEAREST
    question = NeighboursOf(key.ecosystem_id, key.number, depth, window.size + 1, after)
    answer = await context.loaders.of(_neighbours).load(question)
    found = connection(answer.found if answer else [], window, NEAREST_FIRST)
    loader = context.loaders.of(characters.by_keys)
    rows = await loader.load_many([CharacterKey(key.ecosystem_id, edge.node.number) for edge in found.edges])
    edges = [
        NearEdge(edge.cursor, row, edge.node.distance) for edge, row in zip(found.edges, rows, strict=True) if row is not None
    ]
    return Connection(edges, found.page_info, as_of=await _as_of(context, key.ecosystem_id, answer))  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True)
class NearEdge:
    cursor: str
    node: Any
    distance: int


async def common_neighbours(context: Context, key: CharacterKey, other: CharacterKey, page: Page) -> Connection:
    """Raises Invalid where the other lives elsewhere."""
    if other.ecosystem_id != key.ecosystem_id:
        raise Invalid.at("characterId", because="The two live in different ecosystems, so they know nobody in common.")
    window = page.window(BY_NUMBER)
    after = window.after[0] if window.after else 0
    question = CommonNeighboursOf(key.ecosystem_id, key.number, other.number, window.size + 1, after)
    answer = await context.loaders.of(_common_neighbours).load(question)
    keys = [CharacterKey(key.ecosystem_id, number) for number in answer.found] if answer else []
    found = connection(keys, window, BY_NUMBER, total=lambda: _count_common(context, question))
    rows = await context.loaders.of(characters.by_keys).load_many([edge.node for edge in found.edges])
    edges = [replace(edge, node=row) for edge, row in zip(found.edges, rows, strict=True) if row is not None]
    return replace(found, edges=edges)


async def _count_common(context: Context, question: CommonNeighboursOf) -> int:
    everybody = CommonNeighboursOf(question.ecosystem_id, question.one, question.other, COMMON_MAX)
    answer = await context.loaders.of(_common_neighbours).load(everybody)
    return len(answer.found) if answer else 0


@dataclass(frozen=True, slots=True)
class Found:
    as_of: str
    cost: float
    characters: list[Any]
    relationships: list[Any]


async def path(context: Context, world: EcosystemRow, start: CharacterKey, end: CharacterKey, by: str) -> Found | None:
    """None where there is no way, also from or to somebody who is not here."""
    if start.ecosystem_id != world.id or end.ecosystem_id != world.id:
        raise Invalid.at(
            "from" if start.ecosystem_id != world.id else "to", because="Only characters of this ecosystem are on its ways."
        )
    if by == "fewest":
        answer = await context.loaders.of(_fewest_paths).load(FewestPathOf(world.id, start.number, end.number))
    else:
        at, rules = context.world_seconds(world), rule_sets.by_name(world.rule_set)
        question = StrongestPathOf(world.id, start.number, end.number, at, rules)
        answer = await context.loaders.of(_strongest_paths).load(question)
    if answer is None or answer.found is None:
        return None
    numbers = answer.found.numbers
    people = await context.loaders.of(characters.by_keys).load_many([CharacterKey(world.id, number) for number in numbers])
    keys = [RelationshipKey(world.id, a, b) for a, b in pairwise(numbers)]
    ties = await context.loaders.of(relationships.by_keys).load_many(keys)
    if None in people or None in ties:
        return None
    return Found(str(answer.as_of), answer.found.cost / (1 if by == "fewest" else ONE), people, ties)


async def _as_of(context: Context, ecosystem_id: UUID, answer: Any) -> str:
    if answer is not None:
        return str(answer.as_of)
    world = await ecosystems.one(context, ecosystem_id)
    return str(Cursor(world.epoch, world.head))


async def _neighbours(context: Context, questions: Sequence[NeighboursOf]) -> list[Any]:
    return await (await _graph(context, questions)).neighbours(questions)  # type: ignore[no-any-return]


async def _common_neighbours(context: Context, questions: Sequence[CommonNeighboursOf]) -> list[Any]:
    return await (await _graph(context, questions)).common_neighbours(questions)  # type: ignore[no-any-return]


async def _fewest_paths(context: Context, questions: Sequence[FewestPathOf]) -> list[Any]:
    return await (await _graph(context, questions)).fewest_paths(questions)  # type: ignore[no-any-return]


async def _strongest_paths(context: Context, questions: Sequence[StrongestPathOf]) -> list[Any]:
    return await (await _graph(context, questions)).strongest_paths(questions)  # type: ignore[no-any-return]


async def _graph(context: Context, questions: Sequence[Any]) -> Any:
    """For a reader who sees at least what they have written themselves."""
    if context.viewer_id is None:
        return context.stores.graph
    worlds = list(dict.fromkeys(question.ecosystem_id for question in questions))
    demands = await context.stores.cache.wrote(worlds, context.viewer_id)
    if demands is None:
        rows = [await ecosystems.one(context, id_) for id_ in worlds]
        demands = {row.id: Cursor(row.epoch, row.head) for row in rows}
    return context.stores.graph.at_least(demands)
