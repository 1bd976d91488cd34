"""Network measures: computed in the background and stored with the position of the last fact that they take into account."""

import asyncio
import logging
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict
from types import SimpleNamespace
from typing import Any
from uuid import UUID

from db import ecosystems, networks
from db.database import Unavailable
from db.networks import MeasuresRow
from db.stores import Stores
from domain import networks as rules
from domain.activity import Cursor
from domain.keys import CharacterKey, EcosystemKey
from resolvers import nodes
from resolvers.context import Context
from resolvers.networks import NetworkKind

log = logging.getLogger(__name__)

TIMEOUT_SECONDS = 2.0
"""A request waits so long for a computation that is in progress; then it returns the stored measures."""

_running: dict[tuple[int, UUID, str], asyncio.Task[None]] = {}
"""By stores, ecosystem and kind of network."""


async def load_for_ecosystem(context: Context, id_: UUID, kind: NetworkKind) -> Any:
    """The measures of a network with `as_of`; None until they are computed for the first time."""
    return await context.loaders.loader_for(_load_for_ecosystems, kind).load(id_)


async def _load_for_ecosystems(context: Context, ids: Sequence[UUID], kind: NetworkKind) -> list[Any]:
    await _refresh(context, ids, kind)
    rows = await networks.network_measures(context.stores.database, context.viewer_id, ids, kind)
    return [_with_cursor(rows.get(id_)) for id_ in ids]


async def load_for_character(context: Context, key: CharacterKey, kind: NetworkKind) -> Any:
    """As `load_for_ecosystem`; also None where the character is not part of the network."""
    return await context.loaders.loader_for(_load_for_characters, kind).load(key)


async def _load_for_characters(context: Context, keys: Sequence[CharacterKey], kind: NetworkKind) -> list[Any]:
    await _refresh(context, list(dict.fromkeys(key.ecosystem_id for key in keys)), kind)
    rows = await networks.character_measures(context.stores.database, context.viewer_id, keys, kind)
    return [_with_cursor(row) for row in rows]


def _with_cursor(row: MeasuresRow | None) -> Any:
    return SimpleNamespace(as_of=str(Cursor(row.epoch, row.position)), **row.measures) if row else None


async def _refresh(context: Context, ids: Sequence[UUID], kind: NetworkKind) -> None:
    """Starts the computation of measures that are older than their ecosystem, and waits up to TIMEOUT_SECONDS for it."""
    visible = [row for row in await nodes.find_many(context, [EcosystemKey(id_) for id_ in ids]) if row is not None]
    stored = await networks.network_measures(context.stores.database, context.viewer_id, ids, kind)
    stale = [row for row in visible if row.id not in stored or stored[row.id].position < row.head]
    if stale:
        tasks = [start_background(context.stores, row.id, kind) for row in stale]
        with suppress(TimeoutError):
            await asyncio.wait_for(asyncio.shield(asyncio.wait(tasks)), TIMEOUT_SECONDS)


def start_background(stores: Stores, ecosystem_id: UUID, kind: str) -> asyncio.Task[None]:
    """Computes the measures of the present state, or returns the task that already does. The task logs and never raises."""
    key = (id(stores), ecosystem_id, kind)
    if key not in _running:
        task = asyncio.create_task(_compute(stores, ecosystem_id, kind), name=f"measures of {ecosystem_id}")
        _running[key] = task
        task.add_done_callback(lambda _: _running.pop(key, None))
    return _running[key]


async def _compute(stores: Stores, ecosystem_id: UUID, kind: str) -> None:
    try:
        async with stores.database.with_advisory_lock(f"measures of {kind} {ecosystem_id}") as connection:
            await _compute_and_save(connection, ecosystem_id, kind)
    except Unavailable as error:
        log.warning("The measures of %s are postponed: %s", ecosystem_id, error)


async def _compute_and_save(connection: Any, ecosystem_id: UUID, kind: str) -> None:
    """Does nothing where measures of the present head are stored, for example by another process."""
    async with connection.transaction(isolation="repeatable_read", readonly=True):
        head = (await ecosystems.heads(connection, [ecosystem_id])).get(ecosystem_id)
        if head is None or await networks.measured_position(connection, ecosystem_id, kind) == tuple(head):
            return
        numbers, edges, weights = await networks.edges(connection, ecosystem_id, kind)
        speech = await networks.speech_totals(connection, ecosystem_id)
    network = rules.Network(numbers, edges, weights, is_directed=kind == "exchanges")
    whole, by_number = await asyncio.to_thread(rules.measure, network)
    async with connection.transaction():
        await networks.save_measures(connection, ecosystem_id, kind, *head, asdict(whole), _merge_speech(by_number, speech))


def _merge_speech(
    measures_by_number: dict[int, rules.CharacterMeasures], speech: dict[int, tuple[int, int]]
) -> dict[int, dict[str, Any]]:
    """`speech` has the number of speeches and of words, by the number of the character."""
    merged = {}
    for number, measures in measures_by_number.items():
        speeches, words = speech.get(number, (0, 0))
        merged[number] = {**asdict(measures), "num_of_speech_acts": speeches, "num_of_words": words}
    return merged
