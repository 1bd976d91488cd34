"""Measures: computed beside the requests, kept with the position that they are true for, and never twice for one position."""

import asyncio
import logging
from dataclasses import asdict
from typing import Any
from uuid import UUID

from db import ecosystems, networks
from db.database import Unavailable
from db.stores import Stores
from domain import networks as rules

log = logging.getLogger(__name__)

_running: dict[tuple[int, UUID, str], asyncio.Task[None]] = {}
"""By stores, world and kind of network."""


def start_background(stores: Stores, ecosystem_id: UUID, kind: str) -> asyncio.Task[None]:
    """Measures the world as it is now, unless that is going on already. The task never fails; it logs."""
    key = (id(stores), ecosystem_id, kind)
    if key not in _running:
        task = asyncio.create_task(_measure(stores, ecosystem_id, kind), name=f"measures of {ecosystem_id}")
        _running[key] = task
        task.add_done_callback(lambda _: _running.pop(key, None))
    return _running[key]


async def _measure(stores: Stores, ecosystem_id: UUID, kind: str) -> None:
    try:
        async with stores.database.with_advisory_lock(f"measures of {kind} {ecosystem_id}") as connection:
            await _save_measures(connection, ecosystem_id, kind)
    except Unavailable as away:
        log.warning("measures of %s put off: %s", ecosystem_id, away)


async def _save_measures(connection: Any, ecosystem_id: UUID, kind: str) -> None:
    async with connection.transaction(isolation="repeatable_read", readonly=True):
        stands = (await ecosystems.heads(connection, [ecosystem_id])).get(ecosystem_id)
        if stands is None or await networks.measured_position(connection, ecosystem_id, kind) == tuple(stands):
            return
        numbers, edges, weights = await networks.edges(connection, ecosystem_id, kind)
        speech = await networks.speech_totals(connection, ecosystem_id)
    network = rules.Network(numbers, edges, weights, is_directed=kind == "exchanges")
    whole, each = await asyncio.to_thread(rules.measure, network)
    async with connection.transaction():
        await networks.save_measures(connection, ecosystem_id, kind, *stands, asdict(whole), _merge_speech(each, speech))


def _merge_speech(
    measures_by_number: dict[int, rules.CharacterMeasures], speech: dict[int, tuple[int, int]]
) -> dict[int, dict[str, Any]]:
    measured = {}
    for number, measures in measures_by_number.items():
        speeches, words = speech.get(number, (0, 0))
        measured[number] = {**asdict(measures), "num_of_speech_acts": speeches, "num_of_words": words}
    return measured
