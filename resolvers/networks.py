"""Networks: for drawing, measuring and finding a way."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from types import SimpleNamespace
from typing import Any
from uuid import UUID

from db import networks
from db.ecosystems import EcosystemRow
from db.ecosystems import heads as standing
from db.networks import NetworkCharacterRow, NetworkRequest, NetworkTieRow
from domain import energy, rule_sets
from domain import layout as places
from domain.activity import Cursor, FactType
from domain.fixed_point import SCALE
from domain.keys import CharacterKey, RelationshipKey, encode_id
from domain.refusals import Invalid
from resolvers import activity_stream, characters, ecosystems, relationships
from resolvers import measures as measuring
from resolvers.context import Context

CHARACTERS_MAX = 10_000
RELATIONSHIPS_MAX = 50_000
MEASURES_TIMEOUT_SECONDS = 2.0
"""How long an answer waits for measures that are being computed; then it has those that are kept."""

LAYOUT_TIES_MAX = 20_000
"""The strongest ties, which decide where newcomers are placed."""
NETWORK_CHANGING_FACTS = characters.CHARACTER_CHANGING_FACTS | {FactType.STAGE_CHANGED}


class NetworkKind(StrEnum):
    RELATIONSHIPS = "relationships"
    CO_PRESENCE = "co_presence"
    EXCHANGES = "exchanges"


@dataclass(frozen=True, slots=True)
class NetworkColumns:
    """A network in columns."""

    as_of: str
    characters: Any
    relationships: Any


async def load_network(context: Context, row: EcosystemRow, characters_max: int, relationships_max: int) -> NetworkColumns:
    """Raises Invalid where a limit is out of bounds."""
    if not 1 <= characters_max <= CHARACTERS_MAX:
        raise Invalid.at("characters", because=f"`characters` is {characters_max}; it must be from 1 to {CHARACTERS_MAX:,}.")
    if not 0 <= relationships_max <= RELATIONSHIPS_MAX:
        raise Invalid.at(
            "relationships", because=f"`relationships` is {relationships_max}; it must be from 0 to {RELATIONSHIPS_MAX:,}."
        )
    drawn: NetworkColumns = await context.loaders.loader_for(_load_networks, characters_max, relationships_max).load(row.id)
    return drawn


async def _load_networks(
    context: Context, ids: Sequence[UUID], characters_max: int, relationships_max: int
) -> list[NetworkColumns]:
    """All of one answer from one snapshot; whoever has no place yet is given one first."""
    worlds = await asyncio.gather(*(ecosystems.get(context, id_) for id_ in ids))
    wanted = [_snapshot_request(context, world) for world in worlds]
    heads, people, ties = await _read_snapshot(context, wanted, characters_max, relationships_max)
    newcomers = [world for world, group in zip(worlds, people, strict=True) if any(_needs_position(person) for person in group)]
    for world in newcomers:
        await _assign_positions(context, world)
    if newcomers:
        heads, people, ties = await _read_snapshot(context, wanted, characters_max, relationships_max)
    return [
        _to_columns(world, one, Cursor(*heads[world.id]), group, some_ties)
        for world, one, group, some_ties in zip(worlds, wanted, people, ties, strict=True)
        if world.id in heads
    ]


def _snapshot_request(context: Context, ecosystem: EcosystemRow) -> NetworkRequest:
    return NetworkRequest(ecosystem.id, context.world_seconds(ecosystem), rule_sets.by_name(ecosystem.rule_set))


async def _read_snapshot(context: Context, requests: list[NetworkRequest], characters_max: int, relationships_max: int) -> Any:
    async with context.stores.database.transaction(isolation="repeatable_read", readonly=True) as connection_:
        heads = await standing(connection_, [one.ecosystem_id for one in requests])
        people = await networks.characters(connection_, requests, characters_max)
        return heads, people, await networks.strongest_ties(connection_, requests, people, relationships_max)


def _needs_position(person: NetworkCharacterRow) -> bool:
    return person.x is None and person.ties > 0


async def _assign_positions(context: Context, ecosystem: EcosystemRow) -> None:
    """To all who have a tie and no place yet; who has one keeps it. One at a time, so that everybody sees the same."""
    wanted = _snapshot_request(context, ecosystem)
    async with context.stores.database.transaction() as connection_:
        await networks.lock_places(connection_, ecosystem.id)
        kept = await networks.places_by_number(connection_, ecosystem.id)
        [people] = await networks.characters(connection_, [wanted], CHARACTERS_MAX)
        [ties] = await networks.strongest_ties(connection_, [wanted], [people], LAYOUT_TIES_MAX)
        joined = [(tie.from_number, tie.to_number) for tie in ties]
        known = {number for pair in joined for number in pair}
        numbers = [person.number for person in people if person.number in known or person.number in kept]
        given = await asyncio.to_thread(
            places.assign_layout, numbers, joined, [abs(tie.bond) for tie in ties], ecosystem.seed, kept
        )
        await networks.insert_places(connection_, ecosystem.id, {n: at for n, at in given.items() if n not in kept})


def _to_columns(
    ecosystem: EcosystemRow,
    request: NetworkRequest,
    as_of: Cursor,
    people: list[NetworkCharacterRow],
    ties: list[NetworkTieRow],
) -> NetworkColumns:
    id_, index = ecosystem.id, {person.number: at for at, person in enumerate(people)}
    fade = [2 ** (-max(0.0, request.at - tie.felt_at) / request.rules.contact_half_life) for tie in ties]
    drawn_at = [_position_of(ecosystem, person) for person in people]
    return NetworkColumns(
        str(as_of),
        SimpleNamespace(
            character_id=[encode_id(CharacterKey(id_, person.number)) for person in people],
            name=[person.name for person in people],
            x=[at[0] for at in drawn_at],
            y=[at[1] for at in drawn_at],
            energy=[energy.level_at(person.energy, person.extraversion, person.felt_at, request.at) for person in people],
            is_active=[person.is_active for person in people],
        ),
        SimpleNamespace(
            relationship_id=[encode_id(RelationshipKey(id_, tie.from_number, tie.to_number)) for tie in ties],
            from_=[index[tie.from_number] for tie in ties],
            to=[index[tie.to_number] for tie in ties],
            bond=[tie.bond for tie in ties],
            trust=[tie.trust / SCALE for tie in ties],
            contact=[tie.contact / SCALE * left for tie, left in zip(ties, fade, strict=True)],
            stage=[tie.stage for tie in ties],
        ),
    )


def _position_of(ecosystem: EcosystemRow, person: NetworkCharacterRow) -> places.Point:
    return places.rim_point(ecosystem.seed, person.number) if person.x is None or person.y is None else (person.x, person.y)


@dataclass(frozen=True, slots=True)
class NetworkDelta:
    """What has changed in a network since the event before: `places` of those who have got one."""

    cursor: str
    position: int
    places: list[tuple[CharacterKey, places.Point]]
    characters: list[Any]
    relationships: list[Any]
    removed: list[CharacterKey]


async def subscribe(context: Context, ecosystem_id: UUID, after: str | None) -> AsyncIterator[Any]:
    """Altered, as much in one event as is there, and what `feeds.follow` tells beside facts. Raises as that does."""
    async for event in activity_stream.subscribe(
        context, ecosystem_id, after, lambda fact: fact.type in NETWORK_CHANGING_FACTS, as_batch=True
    ):
        yield await _load_delta(context, ecosystem_id, event) if isinstance(event, activity_stream.FactsAppended) else event


async def _load_delta(context: Context, ecosystem_id: UUID, event: activity_stream.FactsAppended) -> NetworkDelta:
    context.refresh()
    world = await ecosystems.get(context, ecosystem_id)
    numbers = sorted({number for fact in event.facts for number in fact.numbers})
    pairs = sorted({tuple(fact.numbers) for fact in event.facts if fact.type == FactType.INTERACTED})
    found = await context.loaders.loader_for(characters.by_keys).load_many(
        [CharacterKey(ecosystem_id, number) for number in numbers]
    )
    keys = [RelationshipKey(ecosystem_id, *way) for a, b in pairs for way in ((a, b), (b, a))]
    ties = await context.loaders.loader_for(relationships.by_keys).load_many(keys)
    people = [row for row in found if row is not None]
    removed = [CharacterKey(ecosystem_id, number) for number, row in zip(numbers, found, strict=True) if row is None]
    new = await _new_positions(context, world, event, [row.number for row in people])
    return NetworkDelta(event.cursor, event.position, new, people, [row for row in ties if row is not None], removed)


async def _new_positions(
    context: Context, ecosystem: EcosystemRow, event: activity_stream.FactsAppended, numbers: list[int]
) -> Any:
    """Of those who were created, or met somebody for the first time."""
    born = {number for fact in event.facts if fact.type == FactType.CHARACTER_CREATED for number in fact.numbers}
    met = {number for fact in event.facts if fact.type == FactType.INTERACTED for number in fact.numbers}
    kept = await networks.places_by_number(context.stores.database, ecosystem.id)
    lacking = {number for number in numbers if number not in kept}
    if not lacking.isdisjoint(met):
        await _assign_positions(context, ecosystem)
        kept = await networks.places_by_number(context.stores.database, ecosystem.id)
    shown = sorted(lacking | (born & set(numbers)))
    return [
        (CharacterKey(ecosystem.id, number), kept.get(number) or places.rim_point(ecosystem.seed, number)) for number in shown
    ]


async def load_measures(context: Context, id_: UUID, kind: NetworkKind) -> Any:
    """None until first computed."""
    return await context.loaders.loader_for(_load_measures, kind).load(id_)


async def _load_measures(context: Context, ids: Sequence[UUID], kind: NetworkKind) -> list[Any]:
    await _refresh_measures(context, ids, kind)
    kept = await networks.network_measures(context.stores.database, context.viewer_id, ids, kind)
    return [_with_cursor(kept.get(id_)) for id_ in ids]


async def load_character_measures(context: Context, key: CharacterKey, kind: NetworkKind) -> Any:
    """None until first computed, and where it has no part in the network."""
    return await context.loaders.loader_for(_load_character_measures, kind).load(key)


async def _load_character_measures(context: Context, keys: Sequence[CharacterKey], kind: NetworkKind) -> list[Any]:
    await _refresh_measures(context, list(dict.fromkeys(key.ecosystem_id for key in keys)), kind)
    kept = await networks.character_measures(context.stores.database, context.viewer_id, keys, kind)
    return [_with_cursor(row) for row in kept]


async def _refresh_measures(context: Context, ids: Sequence[UUID], kind: NetworkKind) -> None:
    """Has what is out of date computed, and waits a little for it."""
    seen = await context.loaders.loader_for(ecosystems.by_ids).load_many(list(ids))
    worlds = [world for world in seen if world is not None]
    kept = await networks.network_measures(context.stores.database, context.viewer_id, ids, kind)
    stale = [world for world in worlds if world.id not in kept or kept[world.id].position < world.head]
    if stale:
        tasks = [measuring.start_background(context.stores, world.id, kind) for world in stale]
        with suppress(TimeoutError):
            await asyncio.wait_for(asyncio.shield(asyncio.wait(tasks)), MEASURES_TIMEOUT_SECONDS)


def _with_cursor(row: networks.MeasuresRow | None) -> Any:
    return SimpleNamespace(as_of=str(Cursor(row.epoch, row.position)), **row.measures) if row else None
