"""Health checks and the one-time sign-in link, on the whole application."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx
from asgi_lifespan import LifespanManager
from fastapi import FastAPI
from redis.asyncio import Redis

from app.embedded.instance_config import free_port
from app.embedded.neo4j import Neo4jConnectionInfo
from app.embedded.store_urls import StoreUrls
from app.main import create_app
from app.settings import Settings
from domain.clock import SystemClock
from resolvers import sessions, users

Neo4j = asyncio.Future[Neo4jConnectionInfo | None]


def known(address: Neo4jConnectionInfo | None) -> Neo4j:
    future: Neo4j = asyncio.get_running_loop().create_future()
    future.set_result(address)
    return future


@asynccontextmanager
async def serving(database_url: str, redis_url: str, neo4j: Neo4j) -> AsyncIterator[tuple[FastAPI, httpx.AsyncClient]]:
    app = create_app(Settings(), StoreUrls(database_url, redis_url, neo4j))
    async with (
        LifespanManager(app),
        httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://observatory.test") as client,
    ):
        yield app, client


async def test_healthz_returns_ok(database_url: str, redis_url: str) -> None:
    async with serving(database_url, redis_url, known(None)) as (_, client):
        answer = await client.get("/healthz")
    assert (answer.status_code, answer.json()) == (200, {"status": "alive"})


async def test_readyz_is_ready_when_all_stores_answer(database_url: str, redis_url: str, neo4j: Neo4jConnectionInfo) -> None:
    async with serving(database_url, redis_url, known(neo4j)) as (app, client):
        await app.state.neo4j
        answer = await client.get("/readyz")
    assert answer.status_code == 200
    assert answer.json() == {"status": "ready", "stores": {"postgres": "ready", "redis": "ready", "neo4j": "ready"}}


async def test_readyz_is_ready_without_neo4j_and_reports_why_it_is_missing(database_url: str, redis_url: str) -> None:
    starting: Neo4j = asyncio.get_running_loop().create_future()
    async with serving(database_url, redis_url, starting) as (app, client):
        answers = [await client.get("/readyz")]
        starting.set_result(Neo4jConnectionInfo(f"bolt://127.0.0.1:{free_port()}", "neo4j", "no server"))
        await app.state.neo4j
        answers.append(await client.get("/readyz"))
    async with serving(database_url, redis_url, known(None)) as (app, client):
        await app.state.neo4j
        answers.append(await client.get("/readyz"))
    assert [answer.status_code for answer in answers] == [200, 200, 200]
    assert [answer.json()["stores"]["neo4j"] for answer in answers] == ["starting", "away", "off"]


async def test_readyz_is_not_ready_without_redis(database_url: str) -> None:
    async with serving(database_url, f"redis://127.0.0.1:{free_port()}/0", known(None)) as (_, client):
        answer = await client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json()["stores"] | {"neo4j": ""} == {"postgres": "ready", "redis": "away", "neo4j": ""}


async def test_readyz_is_not_ready_without_postgres(redis_url: str) -> None:
    async with serving(f"postgresql://user@127.0.0.1:{free_port()}/nothing", redis_url, known(None)) as (_, client):
        answer = await client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json()["stores"] | {"neo4j": ""} == {"postgres": "away", "redis": "ready", "neo4j": ""}


async def test_readyz_is_not_ready_during_the_drain(database_url: str, redis_url: str) -> None:
    async with serving(database_url, redis_url, known(None)) as (app, client):
        app.state.draining.set()
        answer = await client.get("/readyz")
    assert (answer.status_code, answer.json()["status"]) == (503, "draining")


async def test_a_link_signs_in_the_host_account_once(database_url: str, redis_url: str) -> None:
    async with serving(database_url, redis_url, known(None)) as (app, client):
        token = await sessions.create_link(app.state.stores, SystemClock())
        first, second = [await client.get("/sign-in", params={"token": token}) for _ in range(2)]
        me = await client.post("/graphql", json={"query": "{ me { name } }"})
    assert (first.status_code, first.headers["location"], first.headers["cache-control"]) == (303, "/", "no-store")
    assert "HttpOnly; SameSite=Lax" in first.headers["set-cookie"]
    assert me.json() == {"data": {"me": {"name": users.HOST_NAME}}}
    assert (second.status_code, "set-cookie" in second.headers) == (410, False)
    assert "observatory link" in second.text


async def test_a_link_expires_after_15_minutes(database_url: str, redis_url: str) -> None:
    async with serving(database_url, redis_url, known(None)) as (app, client):
        token = await sessions.create_link(app.state.stores, SystemClock())
        async with Redis.from_url(redis_url) as redis:
            (key,) = await redis.keys("link:*")
            assert 890 <= await redis.ttl(key) <= 900
            await redis.expire(key, 0)
        answer = await client.get("/sign-in", params={"token": token})
    assert answer.status_code == 410


async def test_a_link_without_a_valid_token_is_refused(database_url: str, redis_url: str) -> None:
    async with serving(database_url, redis_url, known(None)) as (_, client):
        assert [(await client.get(f"/sign-in{query}")).status_code for query in ("", "?token=", "?token=guessed")] == [410] * 3


async def test_the_page_and_missing_files_have_their_status_codes(database_url: str, redis_url: str) -> None:
    async with serving(database_url, redis_url, known(None)) as (_, client):
        page, nothing = await client.get("/"), await client.get("/nothing.png")
    assert page.status_code == 503
    assert "not built" in page.text
    assert nothing.status_code == 404
