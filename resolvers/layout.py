"""The layout of a network: each character with a relationship receives a position once, which stays the same."""

import asyncio

from db import networks
from db.ecosystems import EcosystemRow
from db.networks import NetworkCharacterRow, NetworkRequest
from domain import layout, rule_sets
from domain.layout import Point
from resolvers.context import Context

CHARACTERS_MAX = 10_000
TIES_MAX = 20_000
"""The strongest relationships of an ecosystem, which decide the positions of new characters."""


def snapshot_request(context: Context, ecosystem: EcosystemRow) -> NetworkRequest:
    return NetworkRequest(ecosystem.id, context.world_seconds(ecosystem), rule_sets.by_name(ecosystem.rule_set))


def needs_position(row: NetworkCharacterRow) -> bool:
    return row.x is None and row.ties > 0


def position_of(ecosystem: EcosystemRow, row: NetworkCharacterRow) -> Point:
    """In [-1,1]; without relationships an initial position on the rim, which is not stored."""
    return initial_position(ecosystem, row.number) if row.x is None or row.y is None else (row.x, row.y)


def initial_position(ecosystem: EcosystemRow, number: int) -> Point:
    return layout.rim_point(ecosystem.seed, number)


async def assign_positions(context: Context, ecosystem: EcosystemRow) -> None:
    """Stores a position for each character that has a relationship and no position. A lock makes concurrent calls agree."""
    request = snapshot_request(context, ecosystem)
    async with context.stores.database.transaction() as connection:
        await networks.lock_places(connection, ecosystem.id)
        places = await networks.places_by_number(connection, ecosystem.id)
        [characters] = await networks.characters(connection, [request], CHARACTERS_MAX)
        [ties] = await networks.strongest_ties(connection, [request], [characters], TIES_MAX)
        edges = [(tie.from_number, tie.to_number) for tie in ties]
        connected = {number for edge in edges for number in edge}
        numbers = [row.number for row in characters if row.number in connected or row.number in places]
        weights = [abs(tie.bond) for tie in ties]
        positions = await asyncio.to_thread(layout.assign_layout, numbers, edges, weights, ecosystem.seed, places)
        new = {number: point for number, point in positions.items() if number not in places}
        await networks.insert_places(connection, ecosystem.id, new)
