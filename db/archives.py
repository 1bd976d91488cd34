"""Archives: reads and writes all rows of one ecosystem, without its users: no owner, actor or member."""

from collections.abc import AsyncIterator, Iterable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import inspect
from sqlmodel import SQLModel

from db.activity import Fact, FactCharacter
from db.characters import Character
from db.conversations import Conversation, Message, Participant
from db.ecosystems import Ecosystem
from db.interactions import Interaction
from db.networks import Place
from db.relationships import Relationship
from db.rows import Row

BATCH_ROWS = 2_000
STATEMENT_SECONDS_MAX = 600
INSTALLATION_COLUMNS = frozenset({"ecosystem_id", "id", "owner_id", "actor_id", "epoch", "epoch_version", "visibility"})
"""Columns that belong to the installation, not to the ecosystem."""

TABLES: dict[str, type[SQLModel]] = {
    str(table.__tablename__): table
    for table in (Character, Fact, FactCharacter, Conversation, Participant, Message, Interaction, Relationship, Place)
}
"""Each table comes after those that its foreign keys refer to."""


def archived_columns(table: type[SQLModel]) -> list[str]:
    return [column for column in table.model_fields if column not in INSTALLATION_COLUMNS]


def timestamp_indexes(table: type[SQLModel]) -> list[int]:
    """The indexes of the archived columns that are timestamps of the wall clock."""
    return [n for n, column in enumerate(archived_columns(table)) if table.model_fields[column].annotation is datetime]


async def ecosystem_row(connection: Any, ecosystem_id: UUID) -> Row | None:
    """The archived columns of the ecosystem itself; None if there is none."""
    statement = f"SELECT {', '.join(archived_columns(Ecosystem))} FROM ecosystems WHERE id = $1"
    row: Row | None = await connection.fetchrow(statement, ecosystem_id, record_class=Row)
    return row


async def rows(connection: Any, table: type[SQLModel], ecosystem_id: UUID) -> AsyncIterator[Row]:
    """Ordered by primary key, one batch in memory at a time. Needs a transaction."""
    keys = ", ".join(column.name for column in inspect(table).primary_key)
    statement = (
        f"SELECT {', '.join(archived_columns(table))} FROM {table.__tablename__} WHERE ecosystem_id = $1 ORDER BY {keys}"
    )
    async for row in connection.cursor(statement, ecosystem_id, prefetch=BATCH_ROWS, record_class=Row):
        yield row


async def insert_rows(connection: Any, table: type[SQLModel], ecosystem_id: UUID, values: Iterable[Sequence[Any]]) -> None:
    await connection.copy_records_to_table(
        str(table.__tablename__),
        records=[(ecosystem_id, *row) for row in values],
        columns=["ecosystem_id", *archived_columns(table)],
        timeout=STATEMENT_SECONDS_MAX,
    )


async def update_ecosystem(connection: Any, ecosystem_id: UUID, values: dict[str, Any]) -> None:
    """Sets columns of the ecosystem itself, after all its rows are written."""
    sets = ", ".join(f"{column} = ${n}" for n, column in enumerate(values, start=2))
    await connection.execute(f"UPDATE ecosystems SET {sets} WHERE id = $1", ecosystem_id, *values.values())


async def count_inconsistencies(connection: Any, ecosystem_id: UUID) -> int:
    """Counts positions that are missing up to the head, facts without their row, and rows without their fact."""
    found: int = await connection.fetchval(
        """SELECT (SELECT abs(e.head - count(a.position)) + abs(e.head - coalesce(max(a.position), 0)) FROM ecosystems e
                   LEFT JOIN activity a ON a.ecosystem_id = e.id WHERE e.id = $1 GROUP BY e.head)
        + (SELECT count(*) FROM (
            SELECT position, type FROM activity WHERE ecosystem_id = $1 AND type IN ('interacted', 'message_said', 'conversation_opened')
        ) a FULL JOIN (
            SELECT position, 'interacted' AS type FROM interactions WHERE ecosystem_id = $1
            UNION ALL SELECT position, 'message_said' FROM messages WHERE ecosystem_id = $1
            UNION ALL SELECT position, 'conversation_opened' FROM conversations WHERE ecosystem_id = $1
        ) b USING (position, type) WHERE a.type IS NULL OR b.type IS NULL)""",
        ecosystem_id,
        timeout=STATEMENT_SECONDS_MAX,
    )
    return found
