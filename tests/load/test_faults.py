"""Faults: whatever is killed under load, each of 200 followers hears every fact once, in order, and so does Neo4j."""

import asyncio
import os
import re
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any

import httpx
import orjson
from websockets.asyncio.client import connect
from websockets.exceptions import WebSocketException
from websockets.typing import Subprotocol

from tests.app.local_stacks import READY_MESSAGE, Run, running
from tests.app.test_cli import observatory

FOLLOWERS = 200
OF_THEM_BY_EVENTS = 40
COME_BACK_SECONDS = 0.2
"""Between two tries of a client that is cut off."""
PATIENCE_SECONDS = 240
BETWEEN = 25
"""Facts between one fault and the next."""
SIGN_UP = """mutation { signUp(input: {name: "Ada", password: "correct horse battery", session: BEARER}) {
    ... on SignedIn { token } } }"""
CREATE = """mutation { createEcosystem(input: {name: "The café", visibility: PUBLIC}) {
    ... on EcosystemPayload { ecosystem { id head } } } }"""
ARRIVE = """mutation($key: String!, $world: ID!) {
    createCharacter(input: {ecosystemId: $world, name: $key, idempotencyKey: $key}) { __typename } }"""
FOLLOW = """subscription($world: ID!, $after: String) { activity(ecosystemId: $world, after: $after) { __typename
    ... on ActivityAppended { activity { position cursor } } ... on CaughtUp { cursor } } }"""
TABLE = """query($world: ID!, $after: String) { ecosystem(id: $world) { activity(first: 100, after: $after) {
    edges { node { position } } pageInfo { hasNextPage endCursor } } } }"""


async def test_whatever_is_killed_under_load_every_follower_hears_every_fact_once_in_order(data_folder: Path) -> None:
    async with running(data_folder, OBSERVATORY_WORKERS="2") as run:
        await run.wait_for_output(READY_MESSAGE)
        async with Proxy.before(run) as proxy, httpx.AsyncClient(base_url=run.base, timeout=30) as client:
            token = (await asked(client, SIGN_UP, {}))["signUp"]["token"]
            client.headers["authorization"] = f"Bearer {token}"
            world = (await asked(client, CREATE, {}))["createEcosystem"]["ecosystem"]
            followers = [
                (Listener if number < OF_THEM_BY_EVENTS else Follower)(proxy.port, world["id"], world["head"])
                for number in range(FOLLOWERS)
            ]
            following = [asyncio.create_task(follower.follow()) for follower in followers]
            writer = Writer(client, world["id"])
            writing = asyncio.create_task(writer.write())
            try:
                await until(lambda: min(follower.opened for follower in followers) == 1)
                await until_neo4j_knows_all(client)
                for fault in (proxy.cut, killing(run, "redis"), killing_the_leader(run), killing(run, "neo4j"),
                              killing(run, "postgres"), killing_the_leader(run), proxy.cut):  # fmt: skip
                    await until_written(writer, BETWEEN)
                    await fault()
                await until_written(writer, BETWEEN)
                writer.is_done = True
                await asyncio.wait_for(writing, PATIENCE_SECONDS)
                facts = await table(client, world["id"])
                await until(lambda: all(len(follower.heard) >= writer.written for follower in followers))
                await until_neo4j_knows_all(client)
                checked = await asyncio.to_thread(observatory, "graph", "check", OBSERVATORY_DATA=str(data_folder))
            finally:
                for task in (writing, *following):
                    task.cancel()
                await asyncio.wait([writing, *following])
        assert facts == list(range(facts[0], facts[0] + len(facts)))
        assert writer.written >= 8 * BETWEEN
        assert {tuple(follower.heard) for follower in followers} == {tuple(facts[-writer.written :])}
        assert min(follower.opened for follower in followers) >= 3
        assert checked.stdout.count("0 facts behind, 0 differences\n") == 2, checked
        assert await run.stop() == 0
    assert run.output.count("starting it again") == 2
    assert "Traceback" not in run.output


async def test_hosts_over_the_same_stores_serve_one_world_and_whoever_follows_goes_on_at_another(
    data_folder: Path, database_url: str, redis_url: str
) -> None:
    named = {"DATABASE_URL": database_url, "REDIS_URL": redis_url, "NEO4J_URI": "off"}
    async with running(data_folder / "one", **named) as one, running(data_folder / "other", **named) as other:
        await one.wait_for_output(READY_MESSAGE)
        await other.wait_for_output(READY_MESSAGE)
        async with httpx.AsyncClient(base_url=one.base, timeout=30) as here, httpx.AsyncClient(base_url=other.base) as there:
            token = (await asked(here, SIGN_UP, {}))["signUp"]["token"]
            here.headers["authorization"] = there.headers["authorization"] = f"Bearer {token}"
            world = (await asked(here, CREATE, {}))["createEcosystem"]["ecosystem"]
            followers = [Follower(port_of(run), world["id"], world["head"]) for run in (one, other) for _ in range(10)]
            following = [asyncio.create_task(follower.follow()) for follower in followers]
            writer = Writer(here, world["id"])
            writing = asyncio.create_task(writer.write())
            try:
                await until_written(writer, BETWEEN)
                for follower in followers:
                    follower.port = port_of(other)
                one.process.kill()
                writer.client = there
                await until_written(writer, BETWEEN)
                writer.is_done = True
                await asyncio.wait_for(writing, PATIENCE_SECONDS)
                await until(lambda: all(len(follower.heard) >= writer.written for follower in followers))
                facts = await table(there, world["id"])
            finally:
                for task in (writing, *following):
                    task.cancel()
                await asyncio.wait([writing, *following])
        assert {tuple(follower.heard) for follower in followers} == {tuple(facts[-writer.written :])}
        assert [follower.opened for follower in followers] == [2] * 10 + [1] * 10
        assert await other.stop() == 0


class Follower:
    """A client that comes back where it was."""

    def __init__(self, port: int, world: str, after: str) -> None:
        self.port, self.world, self.after = port, world, after
        self.heard: list[int] = []
        self.opened = 0

    async def follow(self) -> None:
        while True:
            with suppress(OSError, EOFError, WebSocketException, httpx.HTTPError, TimeoutError, Interrupted):
                await self._listen()
            await asyncio.sleep(COME_BACK_SECONDS)

    async def _listen(self) -> None:
        protocol, url = Subprotocol("graphql-transport-ws"), f"ws://127.0.0.1:{self.port}/graphql"
        async with connect(url, subprotocols=[protocol], compression=None, ping_interval=None) as socket:
            await socket.send('{"type":"connection_init"}')
            payload = {"query": FOLLOW, "variables": {"world": self.world, "after": self.after}}
            await socket.send(orjson.dumps({"id": "1", "type": "subscribe", "payload": payload}).decode())
            async for frame in socket:
                self._hear(orjson.loads(frame))

    def _hear(self, message: dict[str, Any]) -> None:
        if message["type"] in ("error", "complete"):
            raise Interrupted
        if message["type"] == "next":
            self._take(message["payload"])

    def _take(self, payload: dict[str, Any]) -> None:
        if payload.get("errors"):
            raise Interrupted
        event = payload["data"]["activity"]
        match event["__typename"]:
            case "ActivityAppended":
                self.heard.append(event["activity"]["position"])
                self.after = event["activity"]["cursor"]
            case "CaughtUp":
                self.after = event["cursor"]
                self.opened += 1
            case other:
                raise AssertionError(other)


class Listener(Follower):
    """One who hears server-sent events, and comes back with the id of the last."""

    async def _listen(self) -> None:
        headers = {"accept": "text/event-stream", "last-event-id": self.after}
        asked = {"query": FOLLOW, "variables": {"world": self.world}}
        async with (
            httpx.AsyncClient(base_url=f"http://127.0.0.1:{self.port}", timeout=60) as client,
            client.stream("POST", "/graphql", json=asked, headers=headers) as response,
        ):
            async for line in response.aiter_lines():
                if line.startswith("id: "):
                    cursor = line[4:]
                elif line.startswith('data: {"'):
                    self._take(orjson.loads(line[6:]))
                    assert self.after == cursor


class Interrupted(Exception):
    """The server could not go on with the operation, and said so."""


class Writer:
    """Repeats what was not answered, under the same key, so that it happens once."""

    def __init__(self, client: httpx.AsyncClient, world: str) -> None:
        self.client, self.world = client, world
        self.written = 0
        self.is_done = False

    async def write(self) -> None:
        while not self.is_done:
            variables = {"key": f"No. {self.written + 1}", "world": self.world}
            with suppress(httpx.HTTPError, KeyError):
                told = await asked(self.client, ARRIVE, variables)
                assert told["createCharacter"]["__typename"] == "CharacterPayload"
                self.written += 1
            await asyncio.sleep(0.02)


class Proxy:
    """The client's network."""

    def __init__(self, port: int) -> None:
        self.to, self.port = port, 0
        self.writers: set[asyncio.StreamWriter] = set()

    @classmethod
    @asynccontextmanager
    async def before(cls, run: Run) -> AsyncIterator["Proxy"]:
        proxy = cls(port_of(run))
        server = await asyncio.start_server(proxy.serve, "127.0.0.1", 0, backlog=1024)
        proxy.port = server.sockets[0].getsockname()[1]
        try:
            yield proxy
        finally:
            server.close()
            await proxy.cut()

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.writers.add(writer)
        try:
            back, there = await asyncio.open_connection("127.0.0.1", self.to)
            self.writers.add(there)
            await asyncio.gather(_pass(reader, there), _pass(back, writer))
        except OSError:
            writer.transport.abort()

    async def cut(self) -> None:
        """In the middle of whatever is on its way."""
        for writer in self.writers:
            writer.transport.abort()
        self.writers.clear()


async def _pass(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with suppress(OSError):
        while data := await reader.read(65536):
            writer.write(data)
            await writer.drain()
    writer.close()


def port_of(run: Run) -> int:
    return int(run.base.rpartition(":")[2])


def killing(run: Run, name: str) -> Any:
    """What kills the child of that name."""

    async def kill() -> None:
        [process] = [child for child in run.children() if name in _command(child)]
        os.kill(process, signal.SIGKILL)

    return kill


def killing_the_leader(run: Run) -> Any:
    """What kills the worker that said last that it leads; who was killed before must be back."""

    async def kill() -> None:
        await until(lambda: sum("app.processes.worker_process" in _command(child) for child in run.children()) == 2)
        leader = re.findall(r"worker (\d) INFO app.leader: This process leads", run.output)[-1]
        await killing(run, f"app.processes.worker_process {leader}")()

    return kill


async def until_neo4j_knows_all(client: httpx.AsyncClient) -> None:
    """It may still have to come up."""

    async def lag() -> float:
        told = (await client.get("/metrics")).text
        return float(re.findall(r"^observatory_projection_lag_facts (\S+)", told, re.MULTILINE)[0])

    async with asyncio.timeout(PATIENCE_SECONDS):
        while await lag() != 0:
            await asyncio.sleep(0.2)


def _command(process: int) -> str:
    return Path(f"/proc/{process}/cmdline").read_bytes().replace(b"\0", b" ").decode()


async def asked(client: httpx.AsyncClient, query: str, variables: dict[str, object]) -> Any:
    answer = await client.post("/graphql", json={"query": query, "variables": variables})
    if answer.status_code != 200 or answer.json().get("errors"):
        raise httpx.HTTPError(answer.text)
    return answer.json()["data"]


async def table(client: httpx.AsyncClient, world: str) -> list[int]:
    found: list[int] = []
    after = None
    while True:
        page = (await asked(client, TABLE, {"world": world, "after": after}))["ecosystem"]["activity"]
        found += [edge["node"]["position"] for edge in page["edges"]]
        if not page["pageInfo"]["hasNextPage"]:
            return sorted(found)
        after = page["pageInfo"]["endCursor"]


async def until_written(writer: Writer, more: int) -> None:
    wanted = writer.written + more
    await until(lambda: writer.written >= wanted)


async def until(holds: Any) -> None:
    async with asyncio.timeout(PATIENCE_SECONDS):
        while not holds():
            await asyncio.sleep(0.05)
