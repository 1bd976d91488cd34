"""Workers: several processes behind one port, kept alive, sent home together."""

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


async def test_two_processes_serve_one_port_the_dead_is_replaced_and_both_are_sent_home(
    data_folder: Path, database_url: str, redis_url: str
) -> None:
    named = {"DATABASE_URL": database_url, "REDIS_URL": redis_url, "NEO4J_URI": "off"}
    async with running(data_folder, "--workers", "2", OBSERVATORY_WORKERS="1", **named) as run:
        await run.wait_for_output(READY_MESSAGE)
        first = run.children()
        assert len(first) == 2
        assert [await run.get_status(path) for path in ("/readyz", "/", run.link, run.link)] == [200, 200, 303, 410]
        await _a_sign_out_ends_the_sockets_and_the_streams_of_both(run)
        leader = int(re.findall(r"worker (\d) INFO app.leader: This process leads", run.output)[0])
        os.kill(first[leader - 1], signal.SIGKILL)
        await run.wait_for_output(f"Worker {leader} has ended; starting it again.")
        await run.wait_for_output(f"worker {3 - leader} INFO app.leader: This process leads")
        async with asyncio.timeout(60):
            while len(run.children()) < 2:
                await asyncio.sleep(0.05)
        assert (await run.execute(NAMES))["ecosystems"]
        second = run.children()
        assert second != first
        async with _socket(run) as follower:
            assert await run.stop() == 0
            await follower.wait_closed()
            assert (follower.close_code, follower.close_reason) == (1012, "Service restart: come back")
        await wait_until_dead(first + second)
    assert run.output.endswith("Stopping.\nStopped.\n")
    assert "Traceback" not in run.output


async def _a_sign_out_ends_the_sockets_and_the_streams_of_both(run: Run) -> None:
    """So many that each of the two has some of them; each looks at its session by itself only every half minute."""
    token = str((await run.execute(SIGN_UP))["signUp"]["token"])  # type: ignore[index]
    async with AsyncExitStack() as stack:
        followers = [await stack.enter_async_context(_socket(run, token)) for _ in range(SOCKETS)]
        streams = [await stack.enter_async_context(_stream(run, token)) for _ in range(SOCKETS)]
        await run.execute("mutation { signOut }", token)
        async with asyncio.timeout(10):
            for follower in followers:
                await follower.wait_closed()
            heard = ["".join([chunk async for chunk in stream]) for stream in streams]
        assert {follower.close_code for follower in followers} == {4401}
        assert ["UNAUTHENTICATED" in each for each in heard] == [True] * SOCKETS


@asynccontextmanager
async def _socket(run: Run, token: str | None = None) -> AsyncIterator[ClientConnection]:
    """Acknowledged."""
    url = f"{run.base.replace('http', 'ws')}/graphql"
    async with connect(url, subprotocols=[Subprotocol("graphql-transport-ws")]) as client:
        payload = {"authorization": f"Bearer {token}"} if token else {}
        await client.send(json.dumps({"type": "connection_init", "payload": payload}))
        assert json.loads(await client.recv())["type"] == "connection_ack"
        yield client


@asynccontextmanager
async def _stream(run: Run, token: str) -> AsyncIterator[AsyncIterator[str]]:
    """What comes after it has caught up."""
    headers = {"authorization": f"Bearer {token}", "accept": "text/event-stream"}
    async with (
        httpx.AsyncClient(timeout=60) as client,
        client.stream("POST", f"{run.base}/graphql", json={"query": FOLLOW}, headers=headers) as response,
    ):
        chunks = response.aiter_text()
        while "CaughtUp" not in await anext(chunks):
            continue
        yield chunks


async def test_workers_hear_of_a_neo4j_that_comes_late_and_who_is_started_anew_hears_it_first(tmp_path: Path) -> None:
    script = """import sys
print("ready", flush=True)
with open(f"{sys.argv[1]}/heard-{sys.argv[2]}", "a") as heard:
    for line in sys.stdin:
        print(line, end="", file=heard, flush=True)"""
    address = Neo4jConnectionInfo("bolt://here:7687", "neo4j", "secret")
    neo4j: asyncio.Future[Neo4jConnectionInfo | None] = asyncio.get_running_loop().create_future()
    several = _several((sys.executable, "-c", script, str(tmp_path)), {"database_url": "x"})

    def heard(number: int) -> list[dict[str, object]]:
        file = tmp_path / f"heard-{number}"
        return [json.loads(line) for line in file.read_text().splitlines()] if file.exists() else []

    async def opened() -> None:
        telling = asyncio.create_task(several.send_neo4j_address(StoreUrls("x", "y", neo4j)))
        await _until(lambda: heard(1) == heard(2) == [{"database_url": "x"}])
        neo4j.set_result(address)
        await telling
        came = {"neo4j": asdict(address)}
        await _until(lambda: heard(1) == heard(2) == [{"database_url": "x"}, came])
        several.slots[0].signal(signal.SIGKILL)
        await _until(lambda: heard(1)[2:] == [{"database_url": "x"} | came])
        several.stop()

    await asyncio.wait_for(several.serve(opened), 60)


def _several(command: Sequence[str], news: dict[str, Any]) -> WorkerPool:
    return WorkerPool(Settings(OBSERVATORY_WORKERS=2), socket.create_server(("127.0.0.1", 0)), news, print, command=command)


async def _until(holds: Callable[[], bool]) -> None:
    async with asyncio.timeout(30):
        while not holds():
            await asyncio.sleep(0.01)


async def test_workers_share_the_connections_that_postgres_has(database: Database) -> None:
    assert await worker_pool.compute_pool_size(Settings(OBSERVATORY_WORKERS=2), database) == 10
    assert 2 <= await worker_pool.compute_pool_size(Settings(OBSERVATORY_WORKERS=4, OBSERVATORY_POOL_SIZE=100), database) < 100
    with pytest.raises(CommandError, match="Raise its max_connections, or lower OBSERVATORY_WORKERS"):
        await worker_pool.compute_pool_size(Settings(OBSERVATORY_WORKERS=64), database)


async def test_a_worker_that_cannot_start_ends_the_run_with_what_it_said() -> None:
    said: list[str] = []
    command = (sys.executable, "-c", "import sys; print('no way'); sys.exit(1)")
    with socket.create_server(("127.0.0.1", 0)) as listener:
        together = WorkerPool(
            Settings(OBSERVATORY_WORKERS=2),
            listener,
            {"database_url": "x"},
            said.append,
            command=command,
            restart_delay_seconds=0.01,
        )
        with pytest.raises(CommandError, match="could not start 5 times in a row"):
            await asyncio.wait_for(together.serve(_nothing), 60)
    assert said.count("no way") >= worker_pool.STARTS_MAX


async def test_a_worker_that_does_not_go_home_is_killed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker_pool, "KILL_DELAY_SECONDS", 0.2)
    deaf = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('ready', flush=True); time.sleep(600)"
    with socket.create_server(("127.0.0.1", 0)) as listener:
        settings = Settings(OBSERVATORY_WORKERS=2, OBSERVATORY_DRAIN_SECONDS=0.2)
        together = WorkerPool(settings, listener, {"database_url": "x"}, print, command=(sys.executable, "-c", deaf))

        async def stop() -> None:
            together.stop()

        await asyncio.wait_for(together.serve(stop), 60)
    assert [worker.process for worker in together.slots] == [None, None]


async def _nothing() -> None:
    """Nobody was ever ready."""
