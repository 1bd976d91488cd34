"""Metrics, on the whole application; and the dashboard asks for none that is not there."""

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
PATIENCE_SECONDS = 30
WORLD = keys.encode_id(EcosystemKey(sample.SAMPLE_ID))


async def read(client: httpx.AsyncClient) -> dict[tuple[str, tuple[tuple[str, str], ...]], float]:
    """By name and labels."""
    answer = await client.get("/metrics")
    assert answer.status_code == 200
    families = text_string_to_metric_families(answer.text)
    return {(one.name, tuple(sorted(one.labels.items()))): one.value for family in families for one in family.samples}


async def test_documents_are_counted_with_the_code_of_their_error_and_their_statements(
    database_url: str, redis_url: str
) -> None:
    async with serving(database_url, redis_url, known(None)) as (app, client):
        await sample.build_sample_world(app.state.stores, SystemClock())
        before = await read(client)
        for query in (QUERY, QUERY, "{ ecosystems { edges { cursor } } }"):
            await client.post("/graphql", json={"query": query})
        after = await read(client)

    assert after["observatory_documents_total", (("code", ""), ("kind", "query"))] == 2
    assert after["observatory_documents_total", (("code", "INVALID"), ("kind", "query"))] == 1
    assert after["observatory_document_seconds_count", (("kind", "query"),)] == 3
    assert after["observatory_parsed_documents_total", (("result", "hit"),)] == 1
    assert after["observatory_statements_total", ()] > before["observatory_statements_total", ()]


async def test_a_follower_is_counted_while_it_follows(data_folder: Path, database_url: str, redis_url: str) -> None:
    follow = {"query": f'subscription {{ activity(ecosystemId: "{WORLD}") {{ ... on CaughtUp {{ sent }} }} }}'}
    events = {"accept": "text/event-stream"}
    async with running(data_folder, DATABASE_URL=database_url, REDIS_URL=redis_url, NEO4J_URI="off") as run:
        await run.wait_for_output(READY_MESSAGE)
        async with httpx.AsyncClient(base_url=run.base, timeout=60) as client:
            async with client.stream("POST", "/graphql", json=follow, headers=events) as stream:
                await anext(line async for line in stream.aiter_lines() if line.startswith("data: "))
                following = await read(client)
            async with asyncio.timeout(PATIENCE_SECONDS):
                while (await read(client))["observatory_followers", ()]:
                    await asyncio.sleep(0.05)

    assert following["observatory_followers", ()] == 1
    assert following["observatory_follow_runs", ()] == 1
    assert following["observatory_events_executed_total", ()] == 1


async def test_the_lag_is_what_neo4j_has_still_to_learn(database_url: str, redis_url: str, neo4j: Neo4jConnectionInfo) -> None:
    async with serving(database_url, redis_url, known(neo4j)) as (app, client):
        await app.state.neo4j
        await sample.build_sample_world(app.state.stores, SystemClock())
        async with asyncio.timeout(PATIENCE_SECONDS):
            while (await read(client))["observatory_projection_lag_facts", ()] != 0:
                await asyncio.sleep(0.05)


async def test_a_neo4j_that_is_away_hides_no_other_metric(database_url: str, redis_url: str) -> None:
    nobody = Neo4jConnectionInfo(f"bolt://127.0.0.1:{free_port()}", "neo4j", "nobody listens")
    async with serving(database_url, redis_url, known(nobody)) as (app, client):
        await app.state.neo4j
        metrics = await read(client)

    assert math.isnan(metrics["observatory_projection_lag_facts", ()])
    assert metrics["observatory_follow_runs", ()] == 0


async def test_the_dashboard_asks_for_metrics_that_there_are(database_url: str, redis_url: str) -> None:
    async with serving(database_url, redis_url, known(None)) as (_, client):
        told = (await client.get("/metrics")).text
    asked = {
        name
        for panel in json.loads(DASHBOARD.read_text())["panels"]
        for target in panel["targets"]
        for name in re.findall(r"(?:observatory|process)_\w+", target["expr"])
    }
    families = set(re.findall(r"^# TYPE (\w+)", told, re.MULTILINE))

    assert len(asked) >= 10
    assert {name.removesuffix("_bucket") for name in asked} <= families
