"""The leader: one of all server processes, which runs the projector and the scheduled tasks. If it dies, another takes over."""

import asyncio
import logging
from collections.abc import Awaitable
from typing import Any

from app.processes.cancellation import run_together
from app.processes.projector import Projector
from app.processes.scheduled import ScheduledTasks
from db.database import Unavailable
from db.drivers import POSTGRES_ERRORS, Neo4jDriver
from db.leader_election import hold_leadership
from db.stores import Stores

RETRY_SECONDS = 1.0

log = logging.getLogger(__name__)


async def run_leader(database_url: str, stores: Stores, driver: Awaitable[Neo4jDriver | None]) -> None:
    """Runs until it is cancelled: waits for the lock, then leads until the connection ends.

    `driver` resolves when Neo4j is up, to None where Neo4j is off.
    """
    driver = asyncio.ensure_future(driver)
    while True:
        try:
            async with hold_leadership(database_url) as connection:
                log.info("This process writes the copy in Neo4j and runs the scheduled tasks.")
                await run_together(ScheduledTasks(stores.database).run(), _run_projector(connection, stores, driver))
        except (*POSTGRES_ERRORS, Unavailable) as error:
            log.warning("This process no longer leads: %s", error)
        except Exception:
            log.exception("This process stops leading after an unexpected error and will try again.")
        await asyncio.sleep(RETRY_SECONDS)


async def _run_projector(connection: Any, stores: Stores, driver: Awaitable[Neo4jDriver | None]) -> None:
    if (connected := await asyncio.shield(driver)) is not None:
        await Projector(connection, connected, stores.redis).run()
