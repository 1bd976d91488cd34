"""Metrics of the whole application, and the metrics that the dashboard uses."""

import asyncio
import json
import math
import re
from pathlib import Path

import httpx
from prometheus_client.parser import text_string_to_metric_families

from app.embedded.instance_config import free_port
from app.embedded.neo4j import Neo4jConnectionInfo
from domain import keys
from domain.clock import SystemClock
from domain.keys import EcosystemKey
from interchange import sample
from tests.app.local_stacks import READY_MESSAGE, running
from tests.app.test_health import known, serving

ROOT = Path(__file__).parents[2]
DASHBOARD = ROOT / "ops" / "grafana.json"
QUERY = "{ ecosystems(first: 1) { edges { node { name characters(first: 1) { edges { node { name } } } } } } }"
TIMEOUT_SECONDS = 30
WORLD = keys.encode_id(EcosystemKey(sample.SAMPLE_ID))


async def read_metrics(client: httpx.AsyncClient) -> dict[tuple[str, tuple[tuple[str, str], ...]], float]:
    """Returns the values by name and labels."""
    answer = await client.get("/metrics")
    assert answer.status_code == 200
    families = text_string_to_metric_families(answer.text)
    return {(one.name, tuple(sorted(one.labels.items()))): one.value for family in families for one in family.samples}


async def test_documents_are_counted_with_the_code_of_their_error_and_their_statements(
    database_url: str, redis_url: str
) -> None:
    async with serving(database_url, redis_url, known(None)) as (app, client):
        await sample.build_sample_world(app.state.stores, SystemClock())
        before = await read_metrics(client)
        for query in (QUERY, QUERY, "{ ecosystems { edges { cursor } } }"):
            await client.post("/graphql", json={"query": query})
        after = await read_metrics(client)

    assert after["observatory_documents_total", (("code", ""), ("kind", "query"))] == 2
    assert after["observatory_documents_total", (("code", "INVALID"), ("kind", "query"))] == 1
    assert after["observatory_document_seconds_count", (("kind", "query"),)] == 3
    assert after["observatory_parsed_documents_total", (("result", "hit"),)] == 1
    assert after["observatory_statements_total", ()] > before["observatory_statements_total", ()]


async def test_a_subscription_is_counted_while_it_is_active(data_folder: Path, database_url: str, redis_url: str) -> None:
    subscribe = {"query": f'subscription {{ activity(ecosystemId: "{WORLD}") {{ ... on CaughtUp {{ sent }} }} }}'}
    events = {"accept": "text/event-stream"}
    async with running(data_folder, DATABASE_URL=database_url, REDIS_URL=redis_url, NEO4J_URI="off") as run:
        await run.wait_for_output(READY_MESSAGE)
        async with httpx.AsyncClient(base_url=run.base, timeout=60) as client:
            async with client.stream("POST", "/graphql", json=subscribe, headers=events) as stream:
                await anext(line async for line in stream.aiter_lines() if line.startswith("data: "))
                active = await read_metrics(client)
            async with asyncio.timeout(TIMEOUT_SECONDS):
                while (await read_metrics(client))["observatory_followers", ()]:
                    await asyncio.sleep(0.05)

    assert active["observatory_followers", ()] == 1
    assert active["observatory_follow_runs", ()] == 1
    assert active["observatory_events_executed_total", ()] == 1


async def test_the_projection_lag_falls_to_0(database_url: str, redis_url: str, neo4j: Neo4jConnectionInfo) -> None:
    async with serving(database_url, redis_url, known(neo4j)) as (app, client):
        await app.state.neo4j
        await sample.build_sample_world(app.state.stores, SystemClock())
        async with asyncio.timeout(TIMEOUT_SECONDS):
            while (await read_metrics(client))["observatory_projection_lag_facts", ()] != 0:
                await asyncio.sleep(0.05)


async def test_an_unavailable_neo4j_hides_no_other_metric(database_url: str, redis_url: str) -> None:
    unavailable = Neo4jConnectionInfo(f"bolt://127.0.0.1:{free_port()}", "neo4j", "no server")
    async with serving(database_url, redis_url, known(unavailable)) as (app, client):
        await app.state.neo4j
        metrics = await read_metrics(client)

    assert math.isnan(metrics["observatory_projection_lag_facts", ()])
    assert metrics["observatory_follow_runs", ()] == 0


async def test_the_dashboard_uses_only_metrics_that_exist(database_url: str, redis_url: str) -> None:
    async with serving(database_url, redis_url, known(None)) as (_, client):
        metrics = (await client.get("/metrics")).text
    used = {
        name
        for panel in json.loads(DASHBOARD.read_text())["panels"]
        for target in panel["targets"]
        for name in re.findall(r"(?:observatory|process)_\w+", target["expr"])
    }
    families = set(re.findall(r"^# TYPE (\w+)", metrics, re.MULTILINE))

    assert len(used) >= 10
    assert {name.removesuffix("_bucket") for name in used} <= families
