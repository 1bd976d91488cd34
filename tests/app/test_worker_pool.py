"""The worker pool: several processes serve one port, are restarted after a crash and are stopped together."""

import asyncio
import json
import os
import re
import signal
import socket
import sys
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any

import httpx
import pytest
from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Subprotocol

from app.command_error import CommandError
from app.embedded.neo4j import Neo4jConnectionInfo
from app.embedded.store_urls import StoreUrls
from app.processes import worker_pool
from app.processes.worker_pool import WorkerPool
from app.settings import Settings
from db.database import Database
from domain import keys
from domain.keys import EcosystemKey
from interchange import sample
from tests.app.local_stacks import READY_MESSAGE, Run, running, wait_until_dead

SOCKETS = 16
SIGN_UP = """mutation { signUp(input: {name: "Cosette", password: "correct horse battery", session: BEARER}) {
  ... on SignedIn { token } } }"""
FOLLOW = f'subscription {{ activity(ecosystemId: "{keys.encode_id(EcosystemKey(sample.SAMPLE_ID))}") {{ __typename }} }}'
NAMES = "{ ecosystems(first: 5) { edges { node { name } } } }"


async def test_two_workers_serve_one_port_a_killed_one_is_replaced_and_both_are_stopped(
    data_folder: Path, database_url: str, redis_url: str
) -> None:
    named = {"DATABASE_URL": database_url, "REDIS_URL": redis_url, "NEO4J_URI": "off"}
    async with running(data_folder, "--workers", "2", OBSERVATORY_WORKERS="1", **named) as run:
        await run.wait_for_output(READY_MESSAGE)
        first = run.children()
        assert len(first) == 2
        assert [await run.get_status(path) for path in ("/readyz", "/", run.link, run.link)] == [200, 200, 303, 410]
        await _check_that_a_sign_out_ends_the_connections_of_all_workers(run)
        leader = int(re.findall(r"worker (\d) INFO app.processes.leader: This process writes", run.output)[0])
        os.kill(first[leader - 1], signal.SIGKILL)
        await run.wait_for_output(f"Worker {leader} has ended; starting it again.")
        await run.wait_for_output(f"worker {3 - leader} INFO app.processes.leader: This process writes")
        async with asyncio.timeout(60):
            while len(run.children()) < 2:
                await asyncio.sleep(0.05)
        assert (await run.execute(NAMES))["ecosystems"]
        second = run.children()
        assert second != first
        async with _socket(run) as socket_client:
            assert await run.stop() == 0
            await socket_client.wait_closed()
            assert (socket_client.close_code, socket_client.close_reason) == (1012, "Service restart: reconnect")
        await wait_until_dead(first + second)
    assert run.output.endswith("Stopping.\nStopped.\n")
    assert "Traceback" not in run.output


async def _check_that_a_sign_out_ends_the_connections_of_all_workers(run: Run) -> None:
    """Opens so many connections that each worker has some. Without a sign-out, a worker checks a session every 30 s."""
    token = str((await run.execute(SIGN_UP))["signUp"]["token"])  # type: ignore[index]
    async with AsyncExitStack() as stack:
        sockets = [await stack.enter_async_context(_socket(run, token)) for _ in range(SOCKETS)]
        streams = [await stack.enter_async_context(_stream(run, token)) for _ in range(SOCKETS)]
        await run.execute("mutation { signOut }", token)
        async with asyncio.timeout(10):
            for socket_client in sockets:
                await socket_client.wait_closed()
            received = ["".join([chunk async for chunk in stream]) for stream in streams]
        assert {socket_client.close_code for socket_client in sockets} == {4401}
        assert ["UNAUTHENTICATED" in each for each in received] == [True] * SOCKETS


@asynccontextmanager
async def _socket(run: Run, token: str | None = None) -> AsyncIterator[ClientConnection]:
    """Yields a socket after `connection_ack`."""
    url = f"{run.base.replace('http', 'ws')}/graphql"
    async with connect(url, subprotocols=[Subprotocol("graphql-transport-ws")]) as client:
        payload = {"authorization": f"Bearer {token}"} if token else {}
        await client.send(json.dumps({"type": "connection_init", "payload": payload}))
        assert json.loads(await client.recv())["type"] == "connection_ack"
        yield client


@asynccontextmanager
async def _stream(run: Run, token: str) -> AsyncIterator[AsyncIterator[str]]:
    """Yields the chunks of an event stream after CaughtUp."""
    headers = {"authorization": f"Bearer {token}", "accept": "text/event-stream"}
    async with (
        httpx.AsyncClient(timeout=60) as client,
        client.stream("POST", f"{run.base}/graphql", json={"query": FOLLOW}, headers=headers) as response,
    ):
        chunks = response.aiter_text()
        while "CaughtUp" not in await anext(chunks):
            continue
        yield chunks


async def test_workers_receive_the_address_of_a_late_neo4j_also_after_a_restart(tmp_path: Path) -> None:
    script = """import sys
print("ready", flush=True)
with open(f"{sys.argv[1]}/received-{sys.argv[2]}", "a") as file:
    for line in sys.stdin:
        print(line, end="", file=file, flush=True)"""
    address = Neo4jConnectionInfo("bolt://here:7687", "neo4j", "secret")
    neo4j: asyncio.Future[Neo4jConnectionInfo | None] = asyncio.get_running_loop().create_future()
    pool = _create_pool((sys.executable, "-c", script, str(tmp_path)), {"database_url": "x"})

    def read_messages(number: int) -> list[dict[str, object]]:
        file = tmp_path / f"received-{number}"
        return [json.loads(line) for line in file.read_text().splitlines()] if file.exists() else []

    async def check_messages() -> None:
        sending = asyncio.create_task(pool.send_neo4j_address(StoreUrls("x", "y", neo4j)))
        await _wait_until(lambda: read_messages(1) == read_messages(2) == [{"database_url": "x"}])
        neo4j.set_result(address)
        await sending
        message = {"neo4j": asdict(address)}
        await _wait_until(lambda: read_messages(1) == read_messages(2) == [{"database_url": "x"}, message])
        pool.slots[0].signal(signal.SIGKILL)
        await _wait_until(lambda: read_messages(1)[2:] == [{"database_url": "x"} | message])
        pool.stop()

    await asyncio.wait_for(pool.serve(check_messages), 60)


def _create_pool(command: Sequence[str], start_message: dict[str, Any]) -> WorkerPool:
    return WorkerPool(
        Settings(OBSERVATORY_WORKERS=2), socket.create_server(("127.0.0.1", 0)), start_message, print, command=command
    )


async def _wait_until(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(30):
        while not condition():
            await asyncio.sleep(0.01)


async def test_workers_share_the_connections_of_postgres(database: Database) -> None:
    assert await worker_pool.compute_pool_size(Settings(OBSERVATORY_WORKERS=2), database) == 10
    assert 2 <= await worker_pool.compute_pool_size(Settings(OBSERVATORY_WORKERS=4, OBSERVATORY_POOL_SIZE=100), database) < 100
    with pytest.raises(CommandError, match="Raise max_connections, or lower OBSERVATORY_WORKERS"):
        await worker_pool.compute_pool_size(Settings(OBSERVATORY_WORKERS=64), database)


async def test_a_worker_that_cannot_start_stops_the_pool_and_its_output_is_reported() -> None:
    lines: list[str] = []
    command = (sys.executable, "-c", "import sys; print('cannot start'); sys.exit(1)")
    with socket.create_server(("127.0.0.1", 0)) as listener:
        pool = WorkerPool(
            Settings(OBSERVATORY_WORKERS=2),
            listener,
            {"database_url": "x"},
            lines.append,
            command=command,
            restart_delay_seconds=0.01,
        )
        with pytest.raises(CommandError, match="could not start 5 times in a row"):
            await asyncio.wait_for(pool.serve(_do_nothing), 60)
    assert lines.count("cannot start") >= worker_pool.STARTS_MAX


async def test_a_worker_that_ignores_sigterm_is_killed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker_pool, "KILL_DELAY_SECONDS", 0.2)
    script = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('ready', flush=True); time.sleep(600)"
    with socket.create_server(("127.0.0.1", 0)) as listener:
        settings = Settings(OBSERVATORY_WORKERS=2, OBSERVATORY_DRAIN_SECONDS=0.2)
        pool = WorkerPool(settings, listener, {"database_url": "x"}, print, command=(sys.executable, "-c", script))

        async def stop() -> None:
            pool.stop()

        await asyncio.wait_for(pool.serve(stop), 60)
    assert [worker.process for worker in pool.slots] == [None, None]


async def _do_nothing() -> None:
    """Is never called, because no worker becomes ready."""
