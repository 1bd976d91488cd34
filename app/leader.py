"""The leader: of all processes that serve, one projects and does the chores; when it dies, the next one takes over."""

import asyncio
import logging
from collections.abc import Awaitable

import asyncpg
from neo4j import AsyncDriver

from app.chores import Chores
from app.projector import Projector
from db.database import Unavailable
from db.leadership import elected
from db.stores import Stores

RETRY_SECONDS = 1.0

log = logging.getLogger(__name__)


async def lead(database_url: str, stores: Stores, driver: Awaitable[AsyncDriver | None]) -> None:
    """For ever: waits to be elected, leads while Postgres lets it. `driver` may take its time; None where there is no Neo4j."""
    driver = asyncio.ensure_future(driver)
    while True:
        try:
            async with elected(database_url) as connection, asyncio.TaskGroup() as tasks:
                log.info("This process leads.")
                tasks.create_task(Chores(stores.database).run())
                if (found := await asyncio.shield(driver)) is not None:
                    tasks.create_task(Projector(connection, found, stores.redis).run())
        except* (OSError, asyncpg.PostgresError, asyncpg.InterfaceError, Unavailable) as gone:
            log.warning("The lead is lost: %s", gone.exceptions)
        await asyncio.sleep(RETRY_SECONDS)
