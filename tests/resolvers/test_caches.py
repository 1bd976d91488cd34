"""The row cache: no result is older than what its viewer has read or written; without Redis it is slower, not wrong."""

import asyncio
import random
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest

from db.stores import Stores
from domain.clock import WallClock
from resolvers.context import Context, Viewer
from tests.documents import CREATE_CHARACTER, DELETE_CHARACTER, INTERACT, UPDATE_CHARACTER
from tests.visitors import ApiClient
from tests.world import FRIENDS, OWNER, Person, World

SEEN = """
query($ids: [ID!]!, $world: ID!, $one: ID!, $other: ID!) {
  nodes(ids: $ids) { id ... on Character { name version isActive energy mood } }
  character(id: $one) { relationshipWith(characterId: $other) { version stage mutualStage affinity trust reverse { version } } }
  ecosystem(id: $world) { head characters(first: 1) { totalCount } relationships(first: 1) { totalCount } }
}
"""
HEARD = """
subscription($id: ID!) {
  activity(ecosystemId: $id) {
    __typename ... on ActivityAppended { activity { ... on Interacted { interaction { initiator { name } } } } }
  }
}
"""


@asynccontextmanager
async def another_process(world: World, redis_url: str | None = None) -> AsyncIterator[ApiClient]:
    """The owner as a client of another process with the same stores, or with another Redis at `redis_url`."""
    async with world.open_in_other_process(redis_url) as stores:
        yield _owner(stores, world, world.wall_clock)


def _owner(stores: Stores, world: World, wall: WallClock) -> ApiClient:
    return ApiClient(lambda: Context(stores, wall, Viewer(world.data.users[OWNER], OWNER)), world.subscriptions)


async def seen(visitor: ApiClient, world: World, people: list[Person]) -> Any:
    ids = [person.id for person in people]
    return await visitor.ask(SEEN, ids=ids, world=world.id, one=ids[0], other=ids[1])


async def change_at_random(world: World, visitor: ApiClient, people: list[Person], chance: random.Random) -> None:
    """One random change of the objects that `seen` reads; it may be refused."""
    one, other = chance.sample(people, 2)
    match chance.randrange(6):
        case 0:
            version = (await visitor.ask("query($id: ID!) { character(id: $id) { version } }", id=one.id))["version"]
            change = {"id": one.id, "version": version, "name": f"{one.name} {chance.randrange(100)}"}
            await visitor.ask(UPDATE_CHARACTER, input=change)
        case 1:
            made = await visitor.ask(CREATE_CHARACTER, input={"ecosystemId": world.id, "name": "Passer-by"})
            await visitor.ask(DELETE_CHARACTER, input={"id": made["character"]["id"]})
        case _:
            await visitor.ask(INTERACT, input={"initiatorId": one.id, "responderId": other.id, "kind": "GREETING"})


async def lose_keys_at_random(world: World, chance: random.Random) -> None:
    """What Redis may do at any time: lose all keys, or one."""
    redis = world.stores.redis
    if chance.random() < 0.2:
        await redis.flushdb()
    elif key := await redis.randomkey():
        await redis.delete(key)


@pytest.mark.parametrize("seed", [1, 2])
async def test_random_reads_and_writes_always_return_the_rows_of_the_tables(world: World, seed: int) -> None:
    people, chance = world.people(*FRIENDS), random.Random(seed)
    async with another_process(world) as elsewhere:
        readers = [world.as_owner, elsewhere]
        for _ in range(40):
            if chance.random() < 0.5:
                await change_at_random(world, chance.choice(readers), people, chance)
            if chance.random() < 0.1:
                await lose_keys_at_random(world, chance)
            answers = [await seen(reader, world, people) for reader in readers]
            world.stores.cache.is_on = False
            truth = await seen(world.as_owner, world, people)
            world.stores.cache.is_on = True
            assert answers == [truth, truth]
    assert world.stores.cache.hits["character"] > world.stores.cache.misses["character"] / 2
    assert world.stores.cache.hits["relationship"] > 0
    assert world.stores.cache.hits["ecosystem"] > 0


async def test_no_reader_sees_an_older_version_during_concurrent_writes(world: World) -> None:
    people = world.people(*FRIENDS)
    is_over = asyncio.Event()

    async def write(visitor: ApiClient, seed: int) -> None:
        chance = random.Random(seed)
        for _ in range(12):
            await change_at_random(world, visitor, people, chance)

    async def read(visitor: ApiClient) -> int:
        before: dict[str, int] = {}
        reads = 0
        while not is_over.is_set():
            now = _versions(await seen(visitor, world, people))
            assert all(now[key] >= version for key, version in before.items()), (before, now)
            before, reads = now, reads + 1
        return reads

    async with another_process(world) as elsewhere:
        reading = [asyncio.create_task(read(visitor)) for visitor in (world.as_owner, elsewhere, world.as_observer)]
        await asyncio.gather(
            *(write(visitor, seed) for seed, visitor in enumerate((world.as_owner, elsewhere, world.as_owner)))
        )
        is_over.set()
        assert all(reads > 2 for reads in await asyncio.gather(*reading))


def _versions(answer: Any) -> dict[str, int]:
    tie = answer["character"]["relationshipWith"] or {"version": 0, "reverse": {"version": 0}}
    versions = {node["id"]: node["version"] for node in answer["nodes"]}
    return {**versions, "there": tie["version"], "back": tie["reverse"]["version"]}


async def test_a_writer_reads_its_own_writes_from_every_process(world: World) -> None:
    one, other = world.people("Enjolras", "Grantaire")
    async with another_process(world) as elsewhere:
        for nth in range(8):
            writer, reader = (world.as_owner, elsewhere) if nth % 2 else (elsewhere, world.as_owner)
            await seen(reader, world, [one, other])
            asked = {"initiatorId": one.id, "responderId": other.id, "kind": "GREETING"}
            effect = (await writer.ask(INTERACT, input=asked))["interaction"]["effects"][0]
            shown = (await seen(reader, world, [one, other]))["character"]["relationshipWith"]
            assert shown["version"] == effect["relationship"]["version"]
            assert shown["affinity"] == pytest.approx(effect["after"]["affinity"])


async def test_rows_that_a_member_cached_are_not_returned_to_a_stranger(world: World) -> None:
    query = "query($id: ID!) { character(id: $id) { name } }"
    for _ in range(2):
        assert await world.as_owner.ask(query, id=world.data.secrets["Ney"]) == {"name": "Ney"}
    assert world.stores.cache.hits["character"] == 1
    assert await world.as_stranger.ask(query, id=world.data.secrets["Ney"]) is None


async def test_an_event_does_not_read_the_cache(world: World) -> None:
    one, other = world.people("Enjolras", "Grantaire")
    asked = {"initiatorId": one.id, "responderId": other.id, "kind": "GREETING"}
    async with another_process(world) as elsewhere, world.as_owner.subscribe(HEARD, id=world.id) as listener:
        await listener.receive_until_caught_up()
        before = world.stores.cache.hits + world.stores.cache.misses
        await elsewhere.ask(INTERACT, input=asked)
        event = await listener.receive()
    assert event["activity"]["interaction"]["initiator"] == {"name": one.name}
    assert world.stores.cache.hits + world.stores.cache.misses == before


async def test_without_redis_it_is_slower_and_not_wrong(world: World) -> None:
    people = world.people(*FRIENDS)
    async with another_process(world, "redis://127.0.0.1:1/0") as without:
        for nth in range(3):
            await change_at_random(world, without, people, random.Random(nth))
            await change_at_random(world, world.as_owner, people, random.Random(nth + 10))
            assert await seen(without, world, people) == await seen(world.as_owner, world, people)
        refusal = await without.expect_error('mutation { signIn(input: {name: "Victor", password: "?"}) { __typename } }')
        assert refusal.code == "UNAVAILABLE"
