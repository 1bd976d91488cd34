"""Networks: for drawing, measuring and finding a way."""

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from types import SimpleNamespace
from typing import Any
from uuid import UUID

from db import networks
from db.ecosystems import EcosystemRow
from db.ecosystems import heads as standing
from db.graph import DEPTH_MAX, NEAREST, CommonNeighboursOf, FewestPathOf, Neighbour, NeighboursOf, StrongestPathOf
from db.networks import PersonRow, TieRow, Wanted
from db.pages import Order
from domain import energy, places, rule_sets
from domain.activity import Cursor
from domain.keys import CharacterKey, RelationshipKey, written
from domain.millionths import ONE
from domain.refusals import Invalid
from resolvers import characters, ecosystems, relationships
from resolvers import measures as measuring
from resolvers.context import Context
from resolvers.pages import Connection, Page, connection

CHARACTERS_MAX = 10_000
RELATIONSHIPS_MAX = 50_000
MEASURES_PATIENCE_SECONDS = 2.0
"""How long an answer waits for measures that are being computed; then it has those that are kept."""

NEAREST_FIRST = Order("n.nearest", (("distance", "int", "distance"), ("number", "int", "number")))
BY_NUMBER = Order("n.number", (("number", "int", "number"),))


class NetworkKind(StrEnum):
    RELATIONSHIPS = "relationships"
    CO_PRESENCE = "co_presence"
    EXCHANGES = "exchanges"


@dataclass(frozen=True, slots=True)
class Drawn:
    """A network in columns."""

    as_of: str
    characters: Any
    relationships: Any


async def network(context: Context, row: EcosystemRow, characters_max: int, relationships_max: int) -> Drawn:
    """Raises Invalid where a limit is out of bounds."""
    if not 1 <= characters_max <= CHARACTERS_MAX:
        raise Invalid.at("characters", because=f"`characters` is {characters_max}; it must be from 1 to {CHARACTERS_MAX:,}.")
    if not 0 <= relationships_max <= RELATIONSHIPS_MAX:
        raise Invalid.at(
            "relationships", because=f"`relationships` is {relationships_max}; it must be from 0 to {RELATIONSHIPS_MAX:,}."
        )
    drawn: Drawn = await context.loaders.of(_networks, characters_max, relationships_max).load(row.id)
    return drawn


async def _networks(context: Context, ids: Sequence[UUID], characters_max: int, relationships_max: int) -> list[Drawn]:
    """All of one answer from one snapshot; whoever has no place yet is given one first."""
    worlds: list[EcosystemRow] = [await ecosystems.one(context, id_) for id_ in ids]
    wanted = [Wanted(world.id, context.world_seconds(world), rule_sets.by_name(world.rule_set)) for world in worlds]
    heads, people, ties = await _snapshot(context, wanted, characters_max, relationships_max)
    if await _place_newcomers(context, worlds, people, ties):
        heads, people, ties = await _snapshot(context, wanted, characters_max, relationships_max)
    return [
        _drawn(one, Cursor(*heads[one.ecosystem_id]), somebody, some_ties)
        for one, somebody, some_ties in zip(wanted, people, ties, strict=True)
        if one.ecosystem_id in heads
    ]


async def _snapshot(context: Context, wanted: list[Wanted], characters_max: int, relationships_max: int) -> Any:
    async with context.stores.database.transaction(isolation="repeatable_read", readonly=True) as connection_:
        heads = await standing(connection_, [one.ecosystem_id for one in wanted])
        people = await networks.people(connection_, wanted, characters_max)
        return heads, people, await networks.ties(connection_, wanted, people, relationships_max)


async def _place_newcomers(
    context: Context, worlds: Sequence[EcosystemRow], people: list[list[PersonRow]], ties: list[list[TieRow]]
) -> bool:
    """Whether somebody was given a place."""
    found_any = False
    for world, somebody, some_ties in zip(worlds, people, ties, strict=True):
        if all(person.x is not None for person in somebody):
            continue
        found_any = True
        async with context.stores.database.transaction() as connection_:
            kept = await networks.placed(connection_, world.id)
            numbers = [person.number for person in somebody]
            joined = [(tie.from_number, tie.to_number) for tie in some_ties]
            weights = [abs(tie.bond) for tie in some_ties]
            given = await asyncio.to_thread(places.place, numbers, joined, weights, world.seed, kept)
            new = {number: place for number, place in given.items() if number not in kept}
            await networks.keep_places(connection_, world.id, new)
    return found_any


def _drawn(wanted: Wanted, as_of: Cursor, people: list[PersonRow], ties: list[TieRow]) -> Drawn:
    id_, index = wanted.ecosystem_id, {person.number: at for at, person in enumerate(people)}
    fade = [2 ** (-max(0.0, wanted.at - tie.felt_at) / wanted.rules.contact_half_life) for tie in ties]
    return Drawn(
        str(as_of),
        SimpleNamespace(
            character_id=[written(CharacterKey(id_, person.number)) for person in people],
            name=[person.name for person in people],
            x=[person.x or 0.0 for person in people],
            y=[person.y or 0.0 for person in people],
            energy=[energy.now(person.energy, person.extraversion, person.felt_at, wanted.at) for person in people],
            is_active=[person.is_active for person in people],
        ),
        SimpleNamespace(
            relationship_id=[written(RelationshipKey(id_, tie.from_number, tie.to_number)) for tie in ties],
            from_=[index[tie.from_number] for tie in ties],
            to=[index[tie.to_number] for tie in ties],
            bond=[tie.bond for tie in ties],
            trust=[tie.trust / ONE for tie in ties],
            contact=[tie.contact / ONE * left for tie, left in zip(ties, fade, strict=True)],
            stage=[tie.stage for tie in ties],
        ),
    )


async def measures(context: Context, id_: UUID, kind: NetworkKind) -> Any:
    """None until first computed."""
    return await context.loaders.of(_measures, kind).load(id_)


async def _measures(context: Context, ids: Sequence[UUID], kind: NetworkKind) -> list[Any]:
    await _bring_up(context, ids, kind)
    kept = await networks.measured(context.stores.database, context.viewer_id, ids, kind)
    return [_shown(kept.get(id_)) for id_ in ids]


async def character_measures(context: Context, key: CharacterKey, kind: NetworkKind) -> Any:
    """None until first computed, and where it has no part in the network."""
    return await context.loaders.of(_character_measures, kind).load(key)


async def _character_measures(context: Context, keys: Sequence[CharacterKey], kind: NetworkKind) -> list[Any]:
    await _bring_up(context, list(dict.fromkeys(key.ecosystem_id for key in keys)), kind)
    kept = await networks.measured_characters(context.stores.database, context.viewer_id, keys, kind)
    return [_shown(row) for row in kept]


async def _bring_up(context: Context, ids: Sequence[UUID], kind: NetworkKind) -> None:
    """Has what is out of date computed, and waits a little for it."""
    loader = context.loaders.of(ecosystems.by_ids)
    worlds = [world for world in [await loader.load(id_) for id_ in ids] if world is not None]
    kept = await networks.measured(context.stores.database, context.viewer_id, ids, kind)
    stale = [world for world in worlds if world.id not in kept or kept[world.id].position < world.head]
    if stale:
        tasks = [measuring.begin(context.stores, world.id, kind) for world in stale]
        with suppress(TimeoutError):
            await asyncio.wait_for(asyncio.shield(asyncio.wait(tasks)), MEASURES_PATIENCE_SECONDS)


def _shown(row: networks.MeasuredRow | None) -> Any:
    return SimpleNamespace(as_of=str(Cursor(row.epoch, row.position)), **row.measures) if row else None


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
    numbers = answer.found if answer else []
    rows = await context.loaders.of(characters.by_keys).load_many(
        [CharacterKey(key.ecosystem_id, number) for number in numbers]
    )
    known = [row for row in rows if row is not None]
    return connection(known, window, BY_NUMBER, total=lambda: _count_common(context, question))


async def _count_common(context: Context, question: CommonNeighboursOf) -> int:
    everybody = CommonNeighboursOf(question.ecosystem_id, question.one, question.other, CHARACTERS_MAX)
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
    return await context.stores.graph.neighbours(questions)  # type: ignore[no-any-return]


async def _common_neighbours(context: Context, questions: Sequence[CommonNeighboursOf]) -> list[Any]:
    return await context.stores.graph.common_neighbours(questions)  # type: ignore[no-any-return]


async def _fewest_paths(context: Context, questions: Sequence[FewestPathOf]) -> list[Any]:
    return await context.stores.graph.fewest_paths(questions)  # type: ignore[no-any-return]


async def _strongest_paths(context: Context, questions: Sequence[StrongestPathOf]) -> list[Any]:
    return await context.stores.graph.strongest_paths(questions)  # type: ignore[no-any-return]
