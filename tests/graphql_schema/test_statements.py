"""Cost: the number of statements for a document depends on its depth and not on its width."""

import asyncio
import re
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from domain.keys import RelationshipKey, encode_id
from interchange import sample as les_miserables
from tests.databases import database_copy, with_redis_database
from tests.documents import CREATE_CHARACTER, CREATE_ECOSYSTEM, INTERACT, SAY
from tests.world import SampleData, World, open_world

TABLE = Path(__file__).with_name("statements.graphql")
ENTRY = re.compile(
    r"^# (?P<cold>\d+) (?P<warm>\d+) \| (?P<title>.+)\n(?P<document>query (?P<name>\w+)(?:.|\n)+?)(?=\n\n#|\Z)", re.M
)
DOCUMENTS = {entry["name"]: entry for entry in ENTRY.finditer(TABLE.read_text())}
NARROW, WIDE = 2, 50
WORLDS = 12


@pytest.fixture(scope="module")
async def wide(postgres_url: str, redis_server_url: str, sample_data: SampleData) -> AsyncIterator[World]:
    """Adds twelve ecosystems with an interaction each.

    Uses one connection: with several, two statements that end at the same time could merge their successors into one batch.
    """
    redis_url = with_redis_database(redis_server_url, 3)
    async with (
        database_copy(postgres_url, sample_data.database) as url,
        open_world(url, redis_url, sample_data, connections=1) as world,
    ):
        for nth in range(WORLDS):
            await _settle(world, f"World {nth}")
        # So that a page of two facts holds what a page of fifty does.
        [enjolras] = world.people("Enjolras")
        await world.as_owner.ask(
            SAY, input={"conversationId": sample_data.musain_id, "speakerId": enjolras.id, "text": "To arms!"}
        )
        yield world


async def _settle(world: World, name: str) -> None:
    created = await world.as_owner.ask(CREATE_ECOSYSTEM, input={"name": name, "visibility": "PUBLIC"})
    id_ = created["ecosystem"]["id"]
    people = [await world.as_owner.ask(CREATE_CHARACTER, input={"ecosystemId": id_, "name": name}) for name in "AB"]
    one, other = (each["character"]["id"] for each in people)
    await world.as_owner.ask(INTERACT, input={"initiatorId": one, "responderId": other, "kind": "CHAT"})


def variables(world: World, document: str, width: int) -> dict[str, Any]:
    valjean, javert = world.people("Valjean", "Javert")
    tie = encode_id(RelationshipKey(les_miserables.SAMPLE_ID, valjean.number, javert.number))
    people = [world.person_id(number) for number in range(1, max(2, width - 1))]
    known = {
        "n": width,
        "world": world.id,
        "person": valjean.id,
        "other": javert.id,
        "talk": world.data.musain_id,
        "user": world.user_id("Adèle"),
        "ids": [tie, world.data.musain_id, *people],
    }
    return {name: value for name, value in known.items() if f"${name}:" in document}


async def counts(world: World, document: str, width: int) -> tuple[int, int]:
    """The counts with a cold and a warm cache, after a first request has stored measures and positions."""
    asked = variables(world, document, width)
    await world.as_owner.ask(document, **asked)
    await world.stores.redis.flushdb()
    found = []
    for _ in range(2):
        with world.count_statements() as statements:
            await world.as_owner.ask(document, **asked)
            await asyncio.sleep(0)
        found.append(len(statements))
    return found[0], found[1]


def test_the_table_has_forty_documents() -> None:
    assert len(DOCUMENTS) == 40
    assert len(re.findall(r"^query ", TABLE.read_text(), re.M)) == 40


@pytest.mark.parametrize("name", DOCUMENTS)
async def test_a_document_needs_the_same_number_of_statements_at_any_width(wide: World, name: str) -> None:
    entry = DOCUMENTS[name]
    narrow = await counts(wide, entry["document"], NARROW)
    broad = await counts(wide, entry["document"], WIDE)
    print(f"{broad[0]:3} {broad[1]:3}  {name:22} {entry['title']}")
    assert narrow == broad == (int(entry["cold"]), int(entry["warm"]))
