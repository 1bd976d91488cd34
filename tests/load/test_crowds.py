"""Many clients: a thousand that reconnect at once, and five thousand sockets on one process."""

import asyncio
import re
import subprocess
from pathlib import Path
from typing import Any

import httpx
import orjson

from domain import keys
from domain.keys import EcosystemKey
from interchange import sample
from tests.app.local_stacks import READY_MESSAGE, Run, running
from tests.graphql_server.serving import Served
from tests.graphql_server.test_clients import CLIENTS, install, node
from tests.graphql_server.toy import World

TIMEOUT_SECONDS = 240
MISSED_FACTS = 50
WORLD = keys.encode_id(EcosystemKey(sample.SAMPLE_ID))
SUBSCRIBE = f"""subscription($after: String) {{ activity(ecosystemId: "{WORLD}", after: $after) {{ __typename
    ... on ActivityAppended {{ cursor activity {{ type ... on Interacted {{ interaction {{ kind initiator {{ name }} }} }} }} }}
    ... on CaughtUp {{ cursor sent }} }} }}"""
SAID = "subscription($after: String) { said(after: $after) { __typename ... on Said { text } ... on CaughtUp { sent } } }"


async def test_a_thousand_clients_that_reconnect_at_once_share_statements_and_executions(
    data_folder: Path, database_url: str, redis_url: str
) -> None:
    install()
    async with running(data_folder, DATABASE_URL=database_url, REDIS_URL=redis_url, NEO4J_URI="off") as run:
        await run.wait_for_output(READY_MESSAGE)
        edges: Any = await run.execute(
            f'{{ ecosystem(id: "{WORLD}") {{ activity(last: {MISSED_FACTS + 1}) {{ edges {{ cursor }} }} }} }}'
        )
        after = edges["ecosystem"]["activity"]["edges"][0]["cursor"]
        before = await read_counters(run)
        specification = {
            "url": f"{run.base}/graphql",
            "sockets": 1_000,
            "subscribe": {"query": SUBSCRIBE, "variables": {"after": after}},
        }
        async with node("back.mjs", orjson.dumps(specification).decode()) as line:
            result = await line()
        totals = await read_counters(run)
    assert result["failed"] == []
    assert result["answers"] == [MISSED_FACTS + 1]
    assert result["asked"] < 1_000
    statements, events = (after - before for before, after in zip(before, totals, strict=True))
    # Access is checked once for each client, and clients share reads. Without sharing, 51,000 events would be executed.
    assert events < 20 * (MISSED_FACTS + 1)
    assert statements < 1_000 + 40 * (MISSED_FACTS + 1)


async def read_counters(run: Run) -> tuple[float, float]:
    """Returns the number of statements sent to Postgres and of executed events."""
    async with httpx.AsyncClient() as client:
        metrics = (await client.get(f"{run.base}/metrics")).text
    counters = [
        re.findall(rf"^observatory_{name}_total (\S+)", metrics, re.MULTILINE) for name in ("statements", "events_executed")
    ]
    return float(counters[0][0]), float(counters[1][0])


async def test_five_thousand_sockets_on_one_process_share_one_execution(world: World, served: Served) -> None:
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
        async with asyncio.timeout(TIMEOUT_SECONDS):
            for message in ("ready", "open"):
                assert orjson.loads(await process.stdout.readline()) == message
                process.stdin.write(b"\n")
            before = served.endpoint.subscriptions.executed_events
            assert len(served.endpoint.connections.connections) == 5_000
            assert len(orjson.loads(await process.stdout.readline())["samples"]) == 2
            assert served.endpoint.subscriptions.executed_events - before == 2
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()
