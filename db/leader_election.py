"""Leader election: one process holds an advisory lock of Postgres, which ends with its connection."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import asyncpg

ELECTION_SECONDS = 1.0
"""The pause before the next try. A process that waits for the lock inside Postgres would hold back vacuum."""
LEADER_LOCK_KEY = 0x0B5E_57A7


@asynccontextmanager
async def hold_leadership(database_url: str) -> AsyncIterator[Any]:
    """Waits until this process is the leader, and yields the connection that holds the lock. Raises the errors of asyncpg."""
    connection = await asyncpg.connect(
        database_url.replace("postgresql+asyncpg://", "postgresql://"),
        server_settings={"jit": "off", "application_name": "observatory leader"},
    )
    try:
        await _acquire_lock(connection)
        yield connection
    finally:
        connection.terminate()


async def _acquire_lock(connection: Any) -> None:
    while True:
        if await connection.fetchval("SELECT pg_try_advisory_lock($1)", LEADER_LOCK_KEY):
            return
        await asyncio.sleep(ELECTION_SECONDS)
