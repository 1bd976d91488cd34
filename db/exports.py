"""Exports: the network of one ecosystem as rows: characters, relationships, and exchanges in conversations."""

from datetime import datetime
from typing import Any
from uuid import UUID

from db.relationships import STATE_COLUMNS
from db.rows import Row

STATEMENT_SECONDS_MAX = 600


class EcosystemExportRow(Row):
    __slots__ = ()
    id: UUID
    name: str
    rule_set: str
    clock_world_seconds: float
    clock_since: datetime
    clock_rate: float


async def ecosystem_row(connection: Any, ecosystem_id: UUID) -> EcosystemExportRow | None:
    """It does not check visibility: only the command line uses it."""
    row: EcosystemExportRow | None = await connection.fetchrow(
        "SELECT id, name, rule_set, clock_world_seconds, clock_since, clock_rate FROM ecosystems WHERE id = $1",
        ecosystem_id, record_class=EcosystemExportRow,
    )  # fmt: skip
    return row


async def characters(connection: Any, ecosystem_id: UUID) -> list[Row]:
    statement = "SELECT number, name, description FROM characters WHERE ecosystem_id = $1 ORDER BY number"
    rows: list[Row] = await connection.fetch(statement, ecosystem_id, record_class=Row)
    return rows


async def relationships(connection: Any, ecosystem_id: UUID) -> list[Row]:
    """The stored states. `first_at` is the world time of the first interaction."""
    rows: list[Row] = await connection.fetch(
        f"SELECT {STATE_COLUMNS}, a.world_seconds AS first_at FROM character_relationships r "
        "JOIN activity a ON a.ecosystem_id = r.ecosystem_id AND a.position = r.created_position "
        "WHERE r.ecosystem_id = $1 ORDER BY r.from_number, r.to_number",
        ecosystem_id, record_class=Row, timeout=STATEMENT_SECONDS_MAX,
    )  # fmt: skip
    return rows


async def exchanges(connection: Any, ecosystem_id: UUID) -> list[Row]:
    """Pairs of speakers of successive messages, with the world times of the second messages."""
    rows: list[Row] = await connection.fetch(
        "SELECT heard AS from_number, spoke AS to_number, array_agg(world_seconds ORDER BY position) AS times FROM ("
        "SELECT unnest(before.speakers) AS heard, s.speakers, s.world_seconds, s.position FROM messages s JOIN messages before "
        "ON before.ecosystem_id = s.ecosystem_id AND before.conversation_position = s.conversation_position "
        "AND before.number = s.number - 1 WHERE s.ecosystem_id = $1) pairs CROSS JOIN LATERAL unnest(speakers) AS spoke "
        "WHERE heard <> spoke AND (SELECT count(*) FROM characters c WHERE c.ecosystem_id = $1 AND c.number IN (heard, spoke)) = 2 "
        "GROUP BY 1, 2 ORDER BY 1, 2",
        ecosystem_id, record_class=Row, timeout=STATEMENT_SECONDS_MAX,
    )  # fmt: skip
    return rows
