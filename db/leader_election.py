"""Leadership: of all processes one does what must be done by one. The lock is Postgres's, and goes with its connection."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import asyncpg

ELECTION_SECONDS = 1.0
"""How long the others wait before they try again. Waiting inside Postgres would keep it from tidying up behind its writers."""
LEADER_LOCK_KEY = 0x0B5E_57A7


@asynccontextmanager
async def hold_leadership(database_url: str) -> AsyncIterator[Any]:
    """Waits to be the one; then holds the connection whose end is the end of the lead. Raises what asyncpg does."""
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
