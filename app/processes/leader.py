"""The leader: of all processes that serve, one projects and does the chores; when it dies, the next one takes over."""

import asyncio
import logging
from collections.abc import Awaitable
from typing import Any

import asyncpg
from neo4j import AsyncDriver

from app.processes.cancellation import run_together
from app.processes.projector import Projector
from app.processes.scheduled import ScheduledTasks
from db.database import Unavailable
from db.leader_election import hold_leadership
from db.stores import Stores

RETRY_SECONDS = 1.0
CONNECTION_ERRORS = (OSError, asyncpg.PostgresError, asyncpg.InterfaceError, asyncpg.InternalClientError, Unavailable)
"""How a connection ends; cut off in the middle of a statement, asyncpg calls it an error of its own."""

log = logging.getLogger(__name__)


async def run_leader(database_url: str, stores: Stores, driver: Awaitable[AsyncDriver | None]) -> None:
    """For ever: waits to be elected, leads while Postgres lets it. `driver` may take its time; None where there is no Neo4j."""
    driver = asyncio.ensure_future(driver)
    while True:
        try:
            async with hold_leadership(database_url) as connection:
                log.info("This process leads.")
                await run_together(ScheduledTasks(stores.database).run(), _run_projector(connection, stores, driver))
        except CONNECTION_ERRORS as gone:
            log.warning("The lead is lost: %s", gone)
        except Exception:
            log.exception("The lead is given up because of a fault, and will be taken up again.")
        await asyncio.sleep(RETRY_SECONDS)


async def _run_projector(connection: Any, stores: Stores, driver: Awaitable[AsyncDriver | None]) -> None:
    if (found := await asyncio.shield(driver)) is not None:
        await Projector(connection, found, stores.redis).run()
