"""Chores: what one process does for all from time to time, beside the projection."""

import asyncio
from datetime import UTC, datetime

from db import summaries, users
from db.database import Database

REFRESH_SECONDS = 30.0
"""Half of the minute that a summary may be old, so that it never is older, however long its counting takes."""


class ScheduledTasks:
    def __init__(self, database: Database) -> None:
        self.database = database
        self.summary_fingerprint: tuple[int, int, int] | None = None

    async def run(self) -> None:
        """For ever. Raises Unavailable when Postgres goes away."""
        while True:
            await self.run_once()
            await asyncio.sleep(REFRESH_SECONDS)

    async def run_once(self) -> None:
        async with self.database.transaction() as connection:
            await users.delete_expired_answers(connection, datetime.now(UTC))
        async with self.database.transaction() as connection:
            now = await summaries.fingerprint(connection)
            if now != self.summary_fingerprint:
                await summaries.refresh(connection)
                self.summary_fingerprint = now
