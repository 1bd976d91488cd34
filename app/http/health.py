"""Health checks: `/healthz` answers while the process runs, `/readyz` checks its stores."""

import asyncio
from collections.abc import Awaitable
from typing import Any, Literal

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse

from db.drivers import Neo4jDriver

CHECK_TIMEOUT_SECONDS = 2
StoreState = Literal["ready", "away", "off", "starting"]

router = APIRouter()


@router.get("/healthz")
async def get_liveness() -> JSONResponse:
    return JSONResponse({"status": "alive"})


@router.get("/readyz")
async def get_readiness(request: Request) -> JSONResponse:
    """Answers 503 while Postgres or Redis is unavailable or the process drains. Neo4j is only reported, as it is optional."""
    state = request.app.state
    postgres, redis, neo4j = await asyncio.gather(
        _check_store(state.stores.pool.fetchval("SELECT 1")), _check_store(state.stores.redis.ping()), _check_neo4j(state.neo4j)
    )
    status = "draining" if state.draining.is_set() else "ready" if postgres == redis == "ready" else "unready"
    body = {"status": status, "stores": {"postgres": postgres, "redis": redis, "neo4j": neo4j}}
    return JSONResponse(body, status_code=200 if status == "ready" else 503)


async def _check_neo4j(connecting: asyncio.Task[Neo4jDriver | None]) -> StoreState:
    if not connecting.done():
        return "starting"
    driver = connecting.result()
    return "off" if driver is None else await _check_store(driver.verify_connectivity())


async def _check_store(probe: Awaitable[Any]) -> StoreState:
    try:
        async with asyncio.timeout(CHECK_TIMEOUT_SECONDS):
            await probe
    except Exception:  # Each driver has errors of its own; all mean that the store is unavailable.
        return "away"
    return "ready"
