"""Imports: which world a file became, and how a changed file takes the place of what it was."""

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
    """Keeps a world that is new; False where there is one of its id, and then nothing is done."""
    await _lock_import(connection, str(ecosystem.id))
    if await connection.fetchval("SELECT true FROM ecosystems WHERE id = $1", ecosystem.id):
        return False
    await ecosystems.insert(connection, ecosystem)
    return True


async def analyze_tables(reader: Reader, facts: int) -> None:
    """After so many new rows Postgres looks anew at what its tables hold: until then it plans for tables that are empty.

    (Co-presence in a world of 2,000 meetings took 7 s before, and 12 ms after.) It looks only at what rows are found and joined by:
    the other columns, texts above all, took two thirds of the time; they follow when Postgres gets round to them by itself.
    """
    if facts >= ANALYZED_FACTS_MIN:
        try:
            await reader.execute(f"ANALYZE {', '.join(map(_indexed_columns, archives.TABLES))}, ecosystems")
        except Unavailable as away:
            log.warning("tables were not surveyed after an import, Postgres will by itself: %s", away)


def _indexed_columns(name: str) -> str:
    """A table's name, and those of its columns that are in an index."""
    table = SQLModel.metadata.tables[name]
    of_indexes = [column.name for index in table.indexes for column in index.columns]
    columns = dict.fromkeys([*table.primary_key.columns.keys(), *of_indexes])
    return f"{name} ({', '.join(columns)})"


async def _lock_import(connection: Any, name: str) -> None:
    """Two of one name wait for each other, until the transaction ends.

    Foreign keys are looked up by index: planned while a table was small, and then kept, they read all of what is copied into it,
    again for each row (a network of 10,000 edges took 78 s instead of 18).
    """
    await connection.execute("SET LOCAL enable_seqscan = off")
    await connection.execute("SELECT pg_advisory_xact_lock(hashtextextended($1, 0))", f"import/{name}")


class ImportedEcosystemRow(Row):
    """A world that was imported before."""

    __slots__ = ()
    id: UUID
    name: str
    epoch_version: int
    head: int
    source: dict[str, Any]


async def find_imported(
    connection: Any, owner_id: UUID | None, name: str, *, seed: str | None = None
) -> ImportedEcosystemRow | None:
    """The world that this owner imported under this name, of this seed if one is given. Two at once wait for each other."""
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
    """An earlier version of the world is gone but for its id, its members and its visibility; a new history begins.

    Locks in the order in which changes do, so that it waits for writers instead of meeting them in a circle.
    """
    for locked, key in (("conversations", "position"), ("characters", "number")):
        await connection.execute(f"SELECT FROM {locked} WHERE ecosystem_id = $1 ORDER BY {key} FOR UPDATE", ecosystem.id)
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
