"""Reads the stored rows of an ecosystem, and its archive."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from db import archives
from db.rows import Row
from db.stores import Stores
from interchange.archives import export_lines

TABLES = ("ecosystems", "members", *archives.TABLES, "network_measures", "character_measures")


@dataclass
class StoppedClock:
    at: datetime

    def now(self) -> datetime:
        return self.at


async def rows(stores: Stores, table: str, ecosystem_id: UUID, order: str) -> list[dict[str, Any]]:
    key = "id" if table == "ecosystems" else "ecosystem_id"
    records = await stores.database.fetch(
        f"SELECT * FROM {table} WHERE {key} = $1 ORDER BY {order}", ecosystem_id, record_class=Row
    )
    return [dict(row) for row in records]


async def world(stores: Stores, ecosystem_id: UUID) -> dict[str, Any]:
    return (await rows(stores, "ecosystems", ecosystem_id, "id"))[0]


async def counts(stores: Stores) -> dict[str, int]:
    """Returns the number of rows of each table."""
    return {table: await stores.database.fetchval(f"SELECT count(*) FROM {table}") for table in TABLES}


async def archive(stores: Stores, ecosystem_id: UUID) -> bytes:
    async with stores.database.transaction(isolation="repeatable_read", readonly=True) as connection:
        return b"".join([line async for line in export_lines(connection, ecosystem_id)])
