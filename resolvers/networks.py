"""Networks: the characters and relationships of an ecosystem in columns for drawing, and their changes as a subscription."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from uuid import UUID

from db import ecosystems as ecosystem_table
from db import networks
from db.ecosystems import EcosystemRow
from db.networks import NetworkCharacterRow, NetworkRequest, NetworkTieRow
from domain import energy
from domain.activity import Cursor, FactType
from domain.fixed_point import SCALE
from domain.keys import CharacterKey, RelationshipKey, encode_id
from domain.layout import Point
from domain.refusals import Invalid
from resolvers import activity_stream, ecosystems, layout, nodes
from resolvers.activity_stream import FactsAppended
from resolvers.characters import CHARACTER_CHANGING_FACTS
from resolvers.context import Context

CHARACTERS_MAX = layout.CHARACTERS_MAX
RELATIONSHIPS_MAX = 50_000
NETWORK_CHANGING_FACTS = CHARACTER_CHANGING_FACTS | {FactType.STAGE_CHANGED}


class NetworkKind(StrEnum):
    RELATIONSHIPS = "relationships"
    CO_PRESENCE = "co_presence"
    EXCHANGES = "exchanges"


@dataclass(frozen=True, slots=True)
class CharacterColumns:
    """Columns of equal length. Positions in [-1,1], energy in [0,1]."""

    character_id: list[str]
    name: list[str]
    x: list[float]
    y: list[float]
    energy: list[float]
    is_active: list[bool]


@dataclass(frozen=True, slots=True)
class RelationshipColumns:
    """Columns of equal length. `from_` and `to` are indices into the character columns."""

    relationship_id: list[str]
    from_: list[int]
    to: list[int]
    bond: list[float]
    trust: list[float]
    contact: list[float]
    stage: list[str]


@dataclass(frozen=True, slots=True)
class NetworkColumns:
    """`as_of` is the cursor of the last fact that the columns contain."""

    as_of: str
    characters: CharacterColumns
    relationships: RelationshipColumns


async def load_network(
    context: Context, ecosystem: EcosystemRow, characters_max: int, relationships_max: int
) -> NetworkColumns:
    """The characters with the most relationships, and the strongest relationships among them.

    Raises Invalid where a maximum is out of bounds.
    """
    _require_between("characters", characters_max, 1, CHARACTERS_MAX)
    _require_between("relationships", relationships_max, 0, RELATIONSHIPS_MAX)
    loader = context.loaders.loader_for(_load_networks, characters_max, relationships_max)
    columns: NetworkColumns = await loader.load(ecosystem.id)
    return columns


def _require_between(argument: str, value: int, minimum: int, maximum: int) -> None:
    if not minimum <= value <= maximum:
        raise Invalid.at(argument, because=f"`{argument}` is {value}; it must be from {minimum} to {maximum:,}.")


async def _load_networks(
    context: Context, ids: Sequence[UUID], characters_max: int, relationships_max: int
) -> list[NetworkColumns]:
    """All networks of one response from one snapshot, after the characters without a position have received one."""
    rows = await asyncio.gather(*(ecosystems.get(context, id_) for id_ in ids))
    requests = [layout.snapshot_request(context, row) for row in rows]
    heads, characters, ties = await _read_snapshot(context, requests, characters_max, relationships_max)
    incomplete = [row for row, group in zip(rows, characters, strict=True) if any(map(layout.needs_position, group))]
    for row in incomplete:
        await layout.assign_positions(context, row)
    if incomplete:
        heads, characters, ties = await _read_snapshot(context, requests, characters_max, relationships_max)
    return [
        NetworkColumns(
            str(Cursor(*heads[row.id])),
            _character_columns(row, request, row_characters),
            _relationship_columns(request, row_characters, row_ties),
        )
        for row, request, row_characters, row_ties in zip(rows, requests, characters, ties, strict=True)
        if row.id in heads
    ]


async def _read_snapshot(context: Context, requests: list[NetworkRequest], characters_max: int, relationships_max: int) -> Any:
    """Heads by ecosystem id; characters and ties, a list for each request."""
    async with context.stores.database.transaction(isolation="repeatable_read", readonly=True) as connection:
        heads = await ecosystem_table.heads(connection, [request.ecosystem_id for request in requests])
        characters = await networks.characters(connection, requests, characters_max)
        return heads, characters, await networks.strongest_ties(connection, requests, characters, relationships_max)


def _character_columns(
    ecosystem: EcosystemRow, request: NetworkRequest, rows: Sequence[NetworkCharacterRow]
) -> CharacterColumns:
    points = [layout.position_of(ecosystem, row) for row in rows]
    return CharacterColumns(
        character_id=[encode_id(CharacterKey(ecosystem.id, row.number)) for row in rows],
        name=[row.name for row in rows],
        x=[x for x, _ in points],
        y=[y for _, y in points],
        energy=[energy.level_at(row.energy, row.extraversion, row.felt_at, request.at) for row in rows],
        is_active=[row.is_active for row in rows],
    )


def _relationship_columns(
    request: NetworkRequest, characters: Sequence[NetworkCharacterRow], ties: Sequence[NetworkTieRow]
) -> RelationshipColumns:
    index = {row.number: position for position, row in enumerate(characters)}
    half_life = request.rules.contact_half_life
    return RelationshipColumns(
        relationship_id=[encode_id(RelationshipKey(request.ecosystem_id, tie.from_number, tie.to_number)) for tie in ties],
        from_=[index[tie.from_number] for tie in ties],
        to=[index[tie.to_number] for tie in ties],
        bond=[tie.bond for tie in ties],
        trust=[tie.trust / SCALE for tie in ties],
        contact=[tie.contact / SCALE * 2 ** (-max(0.0, request.at - tie.felt_at) / half_life) for tie in ties],
        stage=[tie.stage for tie in ties],
    )


@dataclass(frozen=True, slots=True)
class NetworkDelta:
    """Changes since the previous event. `places` has new positions only; `removed` has the keys of deleted characters."""

    cursor: str
    position: int
    places: list[tuple[CharacterKey, Point]]
    characters: list[Any]
    relationships: list[Any]
    removed: list[CharacterKey]


async def subscribe(context: Context, ecosystem_id: UUID, after: str | None) -> AsyncIterator[Any]:
    """NetworkDelta for all facts that are there at the moment, and the other events of `activity_stream.subscribe`.

    Raises as that function.
    """
    async for event in activity_stream.subscribe(
        context, ecosystem_id, after, lambda fact: fact.type in NETWORK_CHANGING_FACTS, as_batch=True
    ):
        yield await _load_delta(context, ecosystem_id, event) if isinstance(event, FactsAppended) else event


async def _load_delta(context: Context, ecosystem_id: UUID, event: FactsAppended) -> NetworkDelta:
    context.refresh()
    ecosystem = await ecosystems.get(context, ecosystem_id)
    keys = [CharacterKey(ecosystem_id, number) for number in sorted({n for fact in event.facts for n in fact.numbers})]
    rows = dict(zip(keys, await nodes.find_many(context, keys), strict=True))
    relationships = await nodes.find_many(context, _changed_relationships(ecosystem_id, event))
    present = [row for row in rows.values() if row is not None]
    return NetworkDelta(
        cursor=event.cursor,
        position=event.position,
        places=await _new_positions(context, ecosystem, event, {row.number for row in present}),
        characters=present,
        relationships=[row for row in relationships if row is not None],
        removed=[key for key, row in rows.items() if row is None],
    )


def _changed_relationships(ecosystem_id: UUID, event: FactsAppended) -> list[RelationshipKey]:
    """Both directions between each two characters that interacted."""
    pairs = sorted({tuple(fact.numbers) for fact in event.facts if fact.type == FactType.INTERACTED})
    return [RelationshipKey(ecosystem_id, *ends) for a, b in pairs for ends in ((a, b), (b, a))]


async def _new_positions(
    context: Context, ecosystem: EcosystemRow, event: FactsAppended, numbers: set[int]
) -> list[tuple[CharacterKey, Point]]:
    """Of the characters `numbers` that were created or met another character for the first time."""
    created, met = _numbers(event, FactType.CHARACTER_CREATED), _numbers(event, FactType.INTERACTED)
    places = await networks.places_by_number(context.stores.database, ecosystem.id)
    missing = {number for number in numbers if number not in places}
    if not missing.isdisjoint(met):
        await layout.assign_positions(context, ecosystem)
        places = await networks.places_by_number(context.stores.database, ecosystem.id)
    return [
        (CharacterKey(ecosystem.id, number), places.get(number) or layout.initial_position(ecosystem, number))
        for number in sorted(missing | (created & numbers))
    ]


def _numbers(event: FactsAppended, type_: FactType) -> set[int]:
    return {number for fact in event.facts if fact.type == type_ for number in fact.numbers}
