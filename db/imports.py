"""Imports: finds the ecosystem that was imported from a file, and resets it before a new version is imported."""

import logging
from typing import Any
from uuid import UUID

from sqlmodel import SQLModel

from db import archives, ecosystems
from db.activity import Fact
from db.characters import Character
from db.conversations import Conversation
from db.ecosystems import Ecosystem
from db.interactions import Interaction
from db.rows import Row
from db.stores import Reader, Unavailable
from domain.activity import epoch_of

log = logging.getLogger(__name__)

REPLACE_SECONDS_MAX = 600
ANALYZED_FACTS_MIN = 500


async def insert_if_new(connection: Any, ecosystem: Ecosystem) -> bool:
    """Inserts an ecosystem. Returns False, without a change, if its id exists."""
    await _lock_import(connection, str(ecosystem.id))
    if await connection.fetchval("SELECT true FROM ecosystems WHERE id = $1", ecosystem.id):
        return False
    await ecosystems.insert(connection, ecosystem)
    return True


async def analyze_tables(reader: Reader, facts: int) -> None:
    """Runs ANALYZE after a large import; until then Postgres plans for empty tables.

    Co-presence in an ecosystem of 2,000 conversations took 7 s before, and 12 ms after. Only indexed columns are analyzed: the
    others, mostly texts, take two thirds of the time, and autovacuum analyzes them later.
    """
    if facts >= ANALYZED_FACTS_MIN:
        try:
            await reader.execute(f"ANALYZE {', '.join(map(_indexed_columns, archives.TABLES))}, ecosystems")
        except Unavailable as error:
            log.warning("ANALYZE after an import failed; autovacuum runs it later: %s", error)


def _indexed_columns(name: str) -> str:
    """The name of a table with its indexed columns, for ANALYZE."""
    table = SQLModel.metadata.tables[name]
    of_indexes = [column.name for index in table.indexes for column in index.columns]
    columns = dict.fromkeys([*table.primary_key.columns.keys(), *of_indexes])
    return f"{name} ({', '.join(columns)})"


async def _lock_import(connection: Any, name: str) -> None:
    """Serializes imports of the same name until the transaction ends, and turns off sequential scans.

    Postgres keeps the plan of a foreign key check. Made while the table is small, it would be a sequential scan for each copied
    row: a network of 10,000 edges took 78 s instead of 18.
    """
    await connection.execute("SET LOCAL enable_seqscan = off")
    await connection.execute("SELECT pg_advisory_xact_lock(hashtextextended($1, 0))", f"import/{name}")


class ImportedEcosystemRow(Row):
    """An ecosystem that was imported before."""

    __slots__ = ()
    id: UUID
    name: str
    epoch_version: int
    head: int
    source: dict[str, Any]


async def find_imported(
    connection: Any, owner_id: UUID | None, name: str, *, seed: str | None = None
) -> ImportedEcosystemRow | None:
    """The ecosystem that this owner imported under this name (and with this seed, if given); None if there is none.

    Concurrent imports of the same owner and name wait for each other.
    """
    await _lock_import(connection, f"{owner_id}/{name}")
    row: ImportedEcosystemRow | None = await connection.fetchrow(
        "SELECT e.id, e.name, e.epoch_version, e.head, e.source FROM ecosystems e WHERE e.source ->> 'name' = $2 AND "
        "($1::uuid IS NULL AND NOT EXISTS (SELECT FROM members m WHERE m.ecosystem_id = e.id) OR e.id IN "
        "(SELECT m.ecosystem_id FROM members m WHERE m.user_id = $1 AND m.role = 'owner')) AND ($3::text IS NULL OR e.seed = $3) "
        "ORDER BY e.created_at LIMIT 1",
        owner_id, name, seed, record_class=ImportedEcosystemRow,
    )  # fmt: skip
    return row


async def reset_ecosystem(connection: Any, ecosystem: Ecosystem, epoch_version: int) -> None:
    """Deletes an earlier version of the ecosystem, but not its id, members and visibility, and starts a new epoch.

    It locks the same rows as writers, in the same order, so that it cannot deadlock with them.
    """
    for name, key in (("conversations", "position"), ("characters", "number")):
        await connection.execute(f"SELECT FROM {name} WHERE ecosystem_id = $1 ORDER BY {key} FOR UPDATE", ecosystem.id)
    for table in (Interaction, Conversation, Character, Fact):
        statement = f"DELETE FROM {table.__tablename__} WHERE ecosystem_id = $1"
        await connection.execute(statement, ecosystem.id, timeout=REPLACE_SECONDS_MAX)
    await connection.execute("DELETE FROM network_measures WHERE ecosystem_id = $1", ecosystem.id)
    changes = {
        "name": ecosystem.name, "name_key": ecosystem.name_key, "description": ecosystem.description,
        "rule_set": ecosystem.rule_set, "seed": ecosystem.seed, "source": ecosystem.source, "epoch_version": epoch_version,
        "epoch": epoch_of(ecosystem.id, epoch_version), "head": 0, "characters_made": 0,
    }  # fmt: skip
    await ecosystems.update(connection, ecosystem.id, changes, ecosystem.updated_at)
