"""The cache of counts: no result is older than what its viewer has read or written; without Redis it is slower, not wrong."""

import asyncio
import random
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any
from uuid import UUID

import pytest

from db.stores import Stores
from domain.activity import Cursor
from domain.clock import WallClock
from interchange import sample as les_miserables
from resolvers.context import Context, Viewer
from tests.documents import CREATE_CHARACTER, DELETE_CHARACTER, INTERACT, UPDATE_CHARACTER
from tests.visitors import ApiClient
from tests.world import FRIENDS, OBSERVER, OWNER, Person, World

SEEN = """
query($ids: [ID!]!, $world: ID!, $one: ID!, $other: ID!) {
  nodes(ids: $ids) { id ... on Character { name version isActive energy mood } }
  character(id: $one) { relationshipWith(characterId: $other) { version stage mutualStage affinity trust reverse { version } } }
  ecosystem(id: $world) {
    head
    characters(first: 1) { totalCount }
    active: characters(first: 1, filter: {isActive: true}) { totalCount }
    mine: characters(first: 1, filter: {mine: true}) { totalCount }
    relationships(first: 1) { totalCount }
    strangers: relationships(first: 1, filter: {stages: [STRANGER]}) { totalCount }
  }
}
"""
COUNT = "query($id: ID!) { ecosystem(id: $id) { head characters(first: 1) { totalCount } } }"
SECRET_CHARACTERS = 3
COUNT_MINE = "query($id: ID!) { ecosystem(id: $id) { characters(first: 1, filter: {mine: true}) { totalCount } } }"
HEARD = """
subscription($id: ID!) {
  activity(ecosystemId: $id) {
    __typename ... on ActivityAppended { activity { ecosystem { characters(first: 1) { totalCount } } } }
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
            world.stores.count_cache.is_on = False
            truth = await seen(world.as_owner, world, people)
            world.stores.count_cache.is_on = True
            assert answers == [truth, truth]
    assert world.stores.count_cache.hits > 0
    assert world.stores.count_cache.misses > 0


async def test_no_reader_counts_fewer_characters_than_its_head_during_concurrent_writes(world: World) -> None:
    """Each fact creates one character, so that a count below the head would be an outdated one."""
    is_over = asyncio.Event()
    position, count = await _head_and_count(world.as_owner, world)

    async def write(visitor: ApiClient) -> None:
        for _ in range(12):
            await _create(visitor, world)

    async def read(visitor: ApiClient) -> int:
        seen = reads = 0
        while not is_over.is_set():
            now, characters = await _head_and_count(visitor, world)
            assert characters >= max(seen, count + now - position)
            seen, reads = characters, reads + 1
        return reads

    async with another_process(world) as elsewhere:
        reading = [asyncio.create_task(read(visitor)) for visitor in (world.as_owner, elsewhere, world.as_observer)]
        await asyncio.gather(*(write(visitor) for visitor in (world.as_owner, elsewhere, world.as_owner)))
        is_over.set()
        assert all(reads > 2 for reads in await asyncio.gather(*reading))


async def _head_and_count(visitor: ApiClient, world: World) -> tuple[int, int]:
    answer = await visitor.ask(COUNT, id=world.id)
    return Cursor.parse(answer["head"]).position, answer["characters"]["totalCount"]


async def _create(visitor: ApiClient, world: World) -> None:
    answer = await visitor.ask(CREATE_CHARACTER, input={"ecosystemId": world.id, "name": "Passer-by"})
    assert answer["character"]["id"]


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


async def test_a_writer_counts_its_own_writes_in_every_process(world: World) -> None:
    async with another_process(world) as elsewhere:
        _, count = await _head_and_count(world.as_owner, world)
        for nth in range(1, 9):
            writer, reader = (world.as_owner, elsewhere) if nth % 2 else (elsewhere, world.as_owner)
            await _create(writer, world)
            assert [(await _head_and_count(reader, world))[1] for _ in range(2)] == [count + nth] * 2


async def test_counts_that_a_member_cached_are_not_returned_to_a_stranger(world: World) -> None:
    for _ in range(2):
        answer = await world.as_owner.ask(COUNT, id=world.data.secret_id)
        assert answer["characters"]["totalCount"] == SECRET_CHARACTERS
    assert world.stores.count_cache.hits == 1
    assert await world.as_stranger.ask(COUNT, id=world.data.secret_id) is None


async def test_the_count_of_a_viewers_own_characters_is_of_that_viewer(world: World) -> None:
    await _create(world.as_editor, world)
    for _ in range(2):
        counts = [await visitor.ask(COUNT_MINE, id=world.id) for visitor in (world.as_editor, world.as_observer)]
        assert [answer["characters"]["totalCount"] for answer in counts] == [1, 0]


async def test_an_event_has_the_counts_after_it(world: World) -> None:
    async with another_process(world) as elsewhere, world.as_owner.subscribe(HEARD, id=world.id) as listener:
        await listener.receive_until_caught_up()
        _, count = await _head_and_count(world.as_owner, world)
        await _create(elsewhere, world)
        event = await listener.receive()
    assert event["activity"]["ecosystem"]["characters"]["totalCount"] == count + 1


async def test_a_user_has_a_last_write_in_each_ecosystem_that_the_user_changed(world: World) -> None:
    await _create(world.as_owner, world)
    position, _ = await _head_and_count(world.as_observer, world)
    ids = [les_miserables.SAMPLE_ID, UUID(int=1)]
    last_writes = world.stores.last_writes
    found = await last_writes.by_ecosystem(ids, world.data.users[OWNER])
    assert found is not None
    assert {id_: cursor.position for id_, cursor in found.items()} == {les_miserables.SAMPLE_ID: position}
    assert await last_writes.by_ecosystem(ids, world.data.users[OBSERVER]) == {}


async def test_without_redis_it_is_slower_and_not_wrong(world: World) -> None:
    people = world.people(*FRIENDS)
    async with another_process(world, "redis://127.0.0.1:1/0") as without:
        for nth in range(3):
            await change_at_random(world, without, people, random.Random(nth))
            await change_at_random(world, world.as_owner, people, random.Random(nth + 10))
            assert await seen(without, world, people) == await seen(world.as_owner, world, people)
        refusal = await without.expect_error('mutation { signIn(input: {name: "Victor", password: "?"}) { __typename } }')
        assert refusal.code == "UNAVAILABLE"
