"""Faults under load: if a process is killed, each of 200 subscribers and Neo4j still receive every fact once, in order."""

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

SUBSCRIBERS = 200
SSE_SUBSCRIBERS = 40
RECONNECT_SECONDS = 0.2
"""The delay of a client before it reconnects."""
TIMEOUT_SECONDS = 240
FACTS_BETWEEN_FAULTS = 25
"""The number of facts that are written between two faults."""
SIGN_UP = """mutation { signUp(input: {name: "Ada", password: "correct horse battery", session: BEARER}) {
    ... on SignedIn { token } } }"""
CREATE = """mutation { createEcosystem(input: {name: "The café", visibility: PUBLIC}) {
    ... on EcosystemPayload { ecosystem { id head } } } }"""
CREATE_CHARACTER = """mutation($key: String!, $world: ID!) {
    createCharacter(input: {ecosystemId: $world, name: $key, idempotencyKey: $key}) { __typename } }"""
SUBSCRIBE = """subscription($world: ID!, $after: String) { activity(ecosystemId: $world, after: $after) { __typename
    ... on ActivityAppended { activity { position cursor } } ... on CaughtUp { cursor } } }"""
TABLE = """query($world: ID!, $after: String) { ecosystem(id: $world) { activity(first: 100, after: $after) {
    edges { node { position } } pageInfo { hasNextPage endCursor } } } }"""


async def test_subscribers_receive_every_fact_once_in_order_when_processes_are_killed(data_folder: Path) -> None:
    async with running(data_folder, OBSERVATORY_WORKERS="2") as run:
        await run.wait_for_output(READY_MESSAGE)
        async with Proxy.open(run) as proxy, httpx.AsyncClient(base_url=run.base, timeout=30) as client:
            token = (await execute(client, SIGN_UP, {}))["signUp"]["token"]
            client.headers["authorization"] = f"Bearer {token}"
            world = (await execute(client, CREATE, {}))["createEcosystem"]["ecosystem"]
            subscribers = [
                (SseSubscriber if number < SSE_SUBSCRIBERS else Subscriber)(proxy.port, world["id"], world["head"])
                for number in range(SUBSCRIBERS)
            ]
            tasks = [asyncio.create_task(subscriber.run()) for subscriber in subscribers]
            writer = Writer(client, world["id"])
            writing = asyncio.create_task(writer.write())
            try:
                await wait_until(lambda: min(subscriber.opened for subscriber in subscribers) == 1)
                await wait_for_projection(client)
                for fault in (proxy.abort, process_killer(run, "redis"), leader_killer(run), process_killer(run, "neo4j"),
                              process_killer(run, "postgres"), leader_killer(run), proxy.abort):  # fmt: skip
                    await wait_for_writes(writer, FACTS_BETWEEN_FAULTS)
                    await fault()
                await wait_for_writes(writer, FACTS_BETWEEN_FAULTS)
                writer.is_done = True
                await asyncio.wait_for(writing, TIMEOUT_SECONDS)
                facts = await read_positions(client, world["id"])
                await wait_until(lambda: all(len(subscriber.positions) >= writer.written for subscriber in subscribers))
                await wait_for_projection(client)
                checked = await asyncio.to_thread(observatory, "graph", "check", OBSERVATORY_DATA=str(data_folder))
            finally:
                for task in (writing, *tasks):
                    task.cancel()
                await asyncio.wait([writing, *tasks])
        assert facts == list(range(facts[0], facts[0] + len(facts)))
        assert writer.written >= 8 * FACTS_BETWEEN_FAULTS
        assert {tuple(subscriber.positions) for subscriber in subscribers} == {tuple(facts[-writer.written :])}
        assert min(subscriber.opened for subscriber in subscribers) >= 3
        assert checked.stdout.count("0 facts behind, 0 differences\n") == 2, checked
        assert await run.stop() == 0
    assert len(re.findall(r"Worker \d has ended; starting it again", run.output)) == 2
    assert "Traceback" not in run.output


async def test_subscribers_continue_at_another_host_with_the_same_stores(
    data_folder: Path, database_url: str, redis_url: str
) -> None:
    named = {"DATABASE_URL": database_url, "REDIS_URL": redis_url, "NEO4J_URI": "off"}
    async with running(data_folder / "one", **named) as one, running(data_folder / "other", **named) as other:
        await one.wait_for_output(READY_MESSAGE)
        await other.wait_for_output(READY_MESSAGE)
        async with httpx.AsyncClient(base_url=one.base, timeout=30) as here, httpx.AsyncClient(base_url=other.base) as there:
            token = (await execute(here, SIGN_UP, {}))["signUp"]["token"]
            here.headers["authorization"] = there.headers["authorization"] = f"Bearer {token}"
            world = (await execute(here, CREATE, {}))["createEcosystem"]["ecosystem"]
            subscribers = [Subscriber(port_of(run), world["id"], world["head"]) for run in (one, other) for _ in range(10)]
            tasks = [asyncio.create_task(subscriber.run()) for subscriber in subscribers]
            writer = Writer(here, world["id"])
            writing = asyncio.create_task(writer.write())
            try:
                await wait_for_writes(writer, FACTS_BETWEEN_FAULTS)
                for subscriber in subscribers:
                    subscriber.port = port_of(other)
                one.process.kill()
                writer.client = there
                await wait_for_writes(writer, FACTS_BETWEEN_FAULTS)
                writer.is_done = True
                await asyncio.wait_for(writing, TIMEOUT_SECONDS)
                await wait_until(lambda: all(len(subscriber.positions) >= writer.written for subscriber in subscribers))
                facts = await read_positions(there, world["id"])
            finally:
                for task in (writing, *tasks):
                    task.cancel()
                await asyncio.wait([writing, *tasks])
        assert {tuple(subscriber.positions) for subscriber in subscribers} == {tuple(facts[-writer.written :])}
        assert [subscriber.opened for subscriber in subscribers] == [2] * 10 + [1] * 10
        assert await other.stop() == 0


class Subscriber:
    """A client that reconnects after the last cursor that it received. `opened` counts the CaughtUp events."""

    def __init__(self, port: int, world: str, after: str) -> None:
        self.port, self.world, self.after = port, world, after
        self.positions: list[int] = []
        self.opened = 0

    async def run(self) -> None:
        while True:
            with suppress(OSError, EOFError, WebSocketException, httpx.HTTPError, TimeoutError, Interrupted):
                await self._receive()
            await asyncio.sleep(RECONNECT_SECONDS)

    async def _receive(self) -> None:
        protocol, url = Subprotocol("graphql-transport-ws"), f"ws://127.0.0.1:{self.port}/graphql"
        async with connect(url, subprotocols=[protocol], compression=None, ping_interval=None) as socket:
            await socket.send('{"type":"connection_init"}')
            payload = {"query": SUBSCRIBE, "variables": {"world": self.world, "after": self.after}}
            await socket.send(orjson.dumps({"id": "1", "type": "subscribe", "payload": payload}).decode())
            async for frame in socket:
                self._handle_message(orjson.loads(frame))

    def _handle_message(self, message: dict[str, Any]) -> None:
        if message["type"] in ("error", "complete"):
            raise Interrupted
        if message["type"] == "next":
            self._handle_payload(message["payload"])

    def _handle_payload(self, payload: dict[str, Any]) -> None:
        if payload.get("errors"):
            raise Interrupted
        event = payload["data"]["activity"]
        match event["__typename"]:
            case "ActivityAppended":
                self.positions.append(event["activity"]["position"])
                self.after = event["activity"]["cursor"]
            case "CaughtUp":
                self.after = event["cursor"]
                self.opened += 1
            case other:
                raise AssertionError(other)


class SseSubscriber(Subscriber):
    """A subscriber that receives server-sent events and reconnects with the id of the last one."""

    async def _receive(self) -> None:
        headers = {"accept": "text/event-stream", "last-event-id": self.after}
        operation = {"query": SUBSCRIBE, "variables": {"world": self.world}}
        async with (
            httpx.AsyncClient(base_url=f"http://127.0.0.1:{self.port}", timeout=60) as client,
            client.stream("POST", "/graphql", json=operation, headers=headers) as response,
        ):
            async for line in response.aiter_lines():
                if line.startswith("id: "):
                    cursor = line[4:]
                elif line.startswith('data: {"'):
                    self._handle_payload(orjson.loads(line[6:]))
                    assert self.after == cursor


class Interrupted(Exception):
    """The server has ended the operation with an error or `complete`."""


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
                data = await execute(self.client, CREATE_CHARACTER, variables)
                assert data["createCharacter"]["__typename"] == "CharacterPayload"
                self.written += 1
            await asyncio.sleep(0.02)


class Proxy:
    """A TCP proxy in front of a server, which stands for the network of the clients."""

    def __init__(self, port: int) -> None:
        self.to, self.port = port, 0
        self.writers: set[asyncio.StreamWriter] = set()

    @classmethod
    @asynccontextmanager
    async def open(cls, run: Run) -> AsyncIterator["Proxy"]:
        proxy = cls(port_of(run))
        server = await asyncio.start_server(proxy.serve, "127.0.0.1", 0, backlog=1024)
        proxy.port = server.sockets[0].getsockname()[1]
        try:
            yield proxy
        finally:
            server.close()
            await proxy.abort()

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.writers.add(writer)
        try:
            back, there = await asyncio.open_connection("127.0.0.1", self.to)
            self.writers.add(there)
            await asyncio.gather(_copy(reader, there), _copy(back, writer))
        except OSError:
            writer.transport.abort()

    async def abort(self) -> None:
        """Aborts all connections, also in the middle of a message."""
        for writer in self.writers:
            writer.transport.abort()
        self.writers.clear()


async def _copy(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with suppress(OSError):
        while data := await reader.read(65536):
            writer.write(data)
            await writer.drain()
    writer.close()


def port_of(run: Run) -> int:
    return int(run.base.rpartition(":")[2])


def process_killer(run: Run, name: str) -> Any:
    """Returns a function that kills the child process with `name` in its command."""

    async def kill() -> None:
        [process] = [child for child in run.children() if name in _command(child)]
        os.kill(process, signal.SIGKILL)

    return kill


def leader_killer(run: Run) -> Any:
    """Returns a function that waits for both workers, then kills the one that logged last that it leads."""

    async def kill() -> None:
        await wait_until(lambda: sum("app.processes.worker_process" in _command(child) for child in run.children()) == 2)
        leader = re.findall(r"worker (\d) INFO app.processes.leader: This process writes", run.output)[-1]
        await process_killer(run, f"app.processes.worker_process {leader}")()

    return kill


async def wait_for_projection(client: httpx.AsyncClient) -> None:
    """Waits until Neo4j has all facts. Neo4j may still be starting."""

    async def read_lag() -> float:
        metrics = (await client.get("/metrics")).text
        return float(re.findall(r"^observatory_projection_lag_facts (\S+)", metrics, re.MULTILINE)[0])

    async with asyncio.timeout(TIMEOUT_SECONDS):
        while await read_lag() != 0:
            await asyncio.sleep(0.2)


def _command(process: int) -> str:
    return Path(f"/proc/{process}/cmdline").read_bytes().replace(b"\0", b" ").decode()


async def execute(client: httpx.AsyncClient, query: str, variables: dict[str, object]) -> Any:
    answer = await client.post("/graphql", json={"query": query, "variables": variables})
    if answer.status_code != 200 or answer.json().get("errors"):
        raise httpx.HTTPError(answer.text)
    return answer.json()["data"]


async def read_positions(client: httpx.AsyncClient, world: str) -> list[int]:
    found: list[int] = []
    after = None
    while True:
        page = (await execute(client, TABLE, {"world": world, "after": after}))["ecosystem"]["activity"]
        found += [edge["node"]["position"] for edge in page["edges"]]
        if not page["pageInfo"]["hasNextPage"]:
            return sorted(found)
        after = page["pageInfo"]["endCursor"]


async def wait_for_writes(writer: Writer, more: int) -> None:
    wanted = writer.written + more
    await wait_until(lambda: writer.written >= wanted)


async def wait_until(condition: Any) -> None:
    async with asyncio.timeout(TIMEOUT_SECONDS):
        while not condition():
            await asyncio.sleep(0.05)
