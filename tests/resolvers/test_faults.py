"""Faults: servers killed and restarted during a load; acknowledged changes are stored exactly once."""

import asyncio
import signal
from collections import Counter
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from app.embedded.launcher import Launcher
from db import migrations
from interchange import sample as les_miserables
from tests.documents import INTERACT
from tests.genesis import create_sample_data
from tests.graphql_schema.test_follow_activity import FOLLOW
from tests.resolvers.books import assert_consistent
from tests.resolvers.test_caches import another_process
from tests.world import NUMBERS, World, open_world

PATIENCE_SECONDS = 120
PAUSE_SECONDS = 0.05
WRITERS, REQUESTS = 6, 20
PEOPLE = 36
"""Enough that no character gets tired."""


class Breakable:
    """A world on its own servers, which a test can kill; the launcher restarts them."""

    def __init__(self, world: World, launcher: Launcher) -> None:
        self.world, self.launcher = world, launcher
        self.acknowledged: dict[str, str] = {}
        """By idempotency key, the interaction that was answered."""
        self.failures: Counter[str] = Counter()

    def kill(self, program: str) -> None:
        [server] = [server for server in self.launcher.supervised if server.process.program.name == program]
        server.process.popen.send_signal(signal.SIGKILL)

    async def acknowledged_at_least(self, count: int) -> None:
        while len(self.acknowledged) < count:
            await asyncio.sleep(PAUSE_SECONDS)

    async def write(self, writer: int) -> None:
        """Repeats each request with its key until it is answered."""
        people = self.world.people(*list(NUMBERS)[:PEOPLE])
        for nth in range(REQUESTS):
            first = writer * REQUESTS + nth
            one, other = people[first % PEOPLE], people[(first + 1 + nth % 5) % PEOPLE]
            key = f"{writer}-{nth}"
            asked = {"initiatorId": one.id, "responderId": other.id, "kind": "GREETING", "content": key, "idempotencyKey": key}
            while not await self._answered(key, asked):
                await asyncio.sleep(PAUSE_SECONDS)

    async def _answered(self, key: str, asked: dict[str, Any]) -> bool:
        answer = await self.world.as_owner.execute(INTERACT, input=asked)
        if "errors" in answer:
            self.failures.update(error["extensions"]["code"] for error in answer["errors"])
            return False
        done = answer["data"]["interact"]
        assert done["__typename"] == "InteractPayload", done
        self.acknowledged[key] = done["interaction"]["id"]
        return True

    async def load(self) -> None:
        async with asyncio.timeout(PATIENCE_SECONDS), asyncio.TaskGroup() as writing:
            for writer in range(WRITERS):
                writing.create_task(self.write(writer))


@pytest.fixture
async def breakable(data_folder: Path) -> AsyncIterator[Breakable]:
    async with Launcher(data_folder, report=print) as launcher:
        postgres, redis = await launcher.postgres(), await launcher.redis()
        await asyncio.to_thread(migrations.upgrade, postgres)
        made = await create_sample_data(postgres, redis, "observatory")
        async with open_world(postgres, redis, made) as world:
            yield Breakable(world, launcher)


async def test_servers_killed_during_a_load_lose_and_repeat_no_change(breakable: Breakable) -> None:
    world = breakable.world
    head = await world.head()
    async with world.signed_out.subscribe(FOLLOW, id=world.id, filter={"types": ["INTERACTED"]}) as listener:
        await listener.receive()
        loading = asyncio.create_task(breakable.load())
        for count, program in ((20, "Postgres"), (50, "Redis"), (80, "Postgres")):
            await breakable.acknowledged_at_least(count)
            breakable.kill(program)
        await loading
        events = await listener.receive_many(WRITERS * REQUESTS)

    assert set(breakable.failures) <= {"UNAVAILABLE"}
    kept = await world.rows("SELECT content, count(*) AS times FROM interactions WHERE content <> '' GROUP BY content")
    assert {row["content"]: row["times"] for row in kept} == dict.fromkeys(breakable.acknowledged, 1)
    assert len(breakable.acknowledged) == WRITERS * REQUESTS
    heard = [event["activity"]["interaction"]["id"] for event in events]
    assert sorted(heard) == sorted(breakable.acknowledged.values())
    positions = [event["activity"]["position"] for event in events]
    assert positions == sorted(set(positions))
    facts = [fact for fact in await world.activity(after=head) if fact["type"] == "INTERACTED"]
    assert [fact["interaction"]["id"] for fact in facts] == heard[: len(facts)]
    await assert_consistent(world, les_miserables.SAMPLE_ID)


async def test_a_read_during_a_restart_of_postgres_succeeds_later_or_is_unavailable(
    breakable: Breakable,
) -> None:
    world = breakable.world
    query = "query($id: ID!) { ecosystem(id: $id) { name characters(first: 3) { totalCount } } }"
    before = await world.signed_out.ask(query, id=world.id)
    breakable.kill("Postgres")
    async with asyncio.timeout(PATIENCE_SECONDS):
        while "errors" in (answer := await world.signed_out.execute(query, id=world.id)):
            assert {error["extensions"]["code"] for error in answer["errors"]} == {"UNAVAILABLE"}
    assert answer["data"]["ecosystem"] == before


async def test_without_redis_a_subscription_receives_every_fact_later(world: World) -> None:
    async with (
        another_process(world, "redis://127.0.0.1:1/0") as without,
        without.subscribe(FOLLOW, id=world.id, filter={"types": ["INTERACTED"]}) as listener,
    ):
        assert (await listener.receive())["__typename"] == "CaughtUp"
        done = [await world.interact(*world.pair("Valjean", "Javert")) for _ in range(3)]
        events = await listener.receive_many(3)
    assert [event["activity"]["interaction"]["id"] for event in events] == [each["interaction"]["id"] for each in done]
