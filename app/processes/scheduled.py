"""Scheduled tasks of the leader: it deletes expired answers and refreshes the summaries of ecosystems."""

import asyncio
from datetime import UTC, datetime

from db import summaries, users
from db.database import Database

REFRESH_SECONDS = 30.0
"""Half of the minute that a summary may be old, which leaves time for the refresh itself."""


class ScheduledTasks:
    def __init__(self, database: Database) -> None:
        self.database = database
        self.summary_fingerprint: tuple[int, int, int] | None = None

    async def run(self) -> None:
        """Runs until it is cancelled. Raises Unavailable when Postgres does not answer."""
        while True:
            await self.run_once()
            await asyncio.sleep(REFRESH_SECONDS)

    async def run_once(self) -> None:
        async with self.database.transaction() as connection:
            await users.delete_expired_answers(connection, datetime.now(UTC))
        async with self.database.transaction() as connection:
            fingerprint = await summaries.fingerprint(connection)
            if fingerprint != self.summary_fingerprint:
                await summaries.refresh(connection)
                self.summary_fingerprint = fingerprint
