"""Crowds: a thousand clients that come back at once, and five thousand sockets on one process."""

import asyncio
import subprocess

import orjson

from tests.app.graphql.serving import Served, serving
from tests.app.graphql.test_clients import CLIENTS, install
from tests.app.graphql.toy import World

PATIENCE_SECONDS = 240
SAID = "subscription($after: String) { said(after: $after) { __typename ... on Said { text } ... on CaughtUp { sent } } }"


async def test_a_thousand_that_come_back_at_once_are_all_served_and_read_the_table_together() -> None:
    world = World()
    world.feed.add(*(str(number) for number in range(50)))
    async with serving(world) as served:
        came_at_once = asyncio.Semaphore(200)

        async def comes_back() -> list[str]:
            async with came_at_once, served.socket() as raw:
                await raw.subscribe(SAID, variables={"after": "e:40"})
                return [(await raw.hear())["payload"]["data"]["said"].get("text", "caught up") for _ in range(11)]

        heard = await asyncio.gather(*(comes_back() for _ in range(1_000)))
        assert {tuple(each) for each in heard} == {(*(str(number) for number in range(40, 50)), "caught up")}
        # One by one they would read a thousand times and execute eleven thousand events.
        assert world.feed.reads < 500
        assert served.endpoint.follows.executed < 5_500


async def test_five_thousand_sockets_on_one_process_hear_one_execution(world: World, served: Served) -> None:
    install()
    specification = {
        "url": served.url,
        "sockets": 5_000,
        "rounds": 2,
        "subscribe": {"query": SAID},
        "change": {"query": 'mutation { say(text: "hello") }'},
        "marks": ['"CaughtUp"', '"Said"'],
    }
    process = await asyncio.create_subprocess_exec(
        "node",
        str(CLIENTS / "watch.mjs"),
        orjson.dumps(specification).decode(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        limit=2**20,
    )
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        async with asyncio.timeout(PATIENCE_SECONDS):
            for told in ("ready", "open"):
                assert orjson.loads(await process.stdout.readline()) == told
                process.stdin.write(b"\n")
            before = served.endpoint.follows.executed
            assert len(served.endpoint.company.sockets) == 5_000
            assert len(orjson.loads(await process.stdout.readline())["samples"]) == 2
            assert served.endpoint.follows.executed - before == 2
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()
