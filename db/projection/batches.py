"""The source of the projection: the rows of ecosystems that Neo4j holds, in one snapshot of Postgres, all or only changed ones.

Changed rows are read in their current state, so that a relationship with many new interactions is read once.
"""

from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from domain.activity import Cursor, FactType

BATCH_SIZE = 2_000
DELETION_WEIGHT = 40
"""A deleted character counts as so many rows, because its relationships are deleted too."""

CHARACTER = "c.ecosystem_id::text, c.number, c.name, c.version"
TIE = "r.ecosystem_id::text, r.from_number, r.to_number, r.affinity, r.bond, r.felt_at, r.version"

ALL_CHARACTERS = f"SELECT {CHARACTER} FROM characters c WHERE c.ecosystem_id = ANY($1::uuid[])"
ALL_TIES = f"SELECT {TIE} FROM character_relationships r WHERE r.ecosystem_id = ANY($1::uuid[])"

SINCE = "unnest($1::uuid[], $2::bigint[]) AS w(ecosystem_id, position)"
CHANGED_NUMBERS = f"""
SELECT DISTINCT a.ecosystem_id, a.number FROM {SINCE} JOIN activity_characters a
ON a.ecosystem_id = w.ecosystem_id AND a.position > w.position AND a.type = ANY($3::text[])
"""
NEW_CHARACTERS = f"SELECT {CHARACTER} FROM ({CHANGED_NUMBERS}) n JOIN characters c USING (ecosystem_id, number)"
DELETED_CHARACTERS = f"SELECT n.ecosystem_id::text, n.number FROM ({CHANGED_NUMBERS}) n"
NEW_TIES = f"""
SELECT {TIE} FROM (
    SELECT DISTINCT i.ecosystem_id, i.pair_low, i.pair_high FROM {SINCE}
    JOIN interactions i ON i.ecosystem_id = w.ecosystem_id AND i.position > w.position
) pair
CROSS JOIN LATERAL (VALUES (pair.pair_low, pair.pair_high), (pair.pair_high, pair.pair_low)) way(from_number, to_number)
JOIN character_relationships r
ON r.ecosystem_id = pair.ecosystem_id AND r.from_number = way.from_number AND r.to_number = way.to_number
"""


@dataclass(slots=True)
class Batch:
    """Rows for Neo4j, in the order in which they must be written."""

    deleted: list[list[Any]] = field(default_factory=list)
    characters: list[list[Any]] = field(default_factory=list)
    ties: list[list[Any]] = field(default_factory=list)

    @property
    def is_full(self) -> bool:
        return DELETION_WEIGHT * len(self.deleted) + len(self.characters) + len(self.ties) >= BATCH_SIZE


async def heads(connection: Any, ecosystem_ids: Iterable[UUID] | None = None) -> dict[UUID, Cursor]:
    """The head of each ecosystem; of all ecosystems if None is given."""
    condition = "" if ecosystem_ids is None else " WHERE e.id = ANY($1)"
    args = () if ecosystem_ids is None else (list(ecosystem_ids),)
    rows = await connection.fetch(f"SELECT e.id, e.epoch, e.head FROM ecosystems e{condition}", *args)
    return {row["id"]: Cursor(row["epoch"], row["head"]) for row in rows}


async def with_next_fact(connection: Any, positions: Mapping[UUID, int]) -> set[UUID]:
    """The ecosystems whose fact directly after the position exists."""
    rows = await connection.fetch(
        f"SELECT w.ecosystem_id FROM {SINCE} JOIN activity a ON a.ecosystem_id = w.ecosystem_id AND a.position = w.position + 1",
        *_columns(positions),
    )
    return {row["ecosystem_id"] for row in rows}


async def deleted_ecosystems(connection: Any) -> list[UUID]:
    """Ecosystems that were deleted from Postgres, but perhaps not yet from Neo4j."""
    return [row["ecosystem_id"] for row in await connection.fetch("SELECT d.ecosystem_id FROM deletions d")]


async def clear_deletions(connection: Any, ecosystem_ids: Sequence[UUID]) -> None:
    await connection.execute("DELETE FROM deletions WHERE ecosystem_id = ANY($1)", list(ecosystem_ids))


async def all_rows(connection: Any, ecosystem_ids: Sequence[UUID]) -> AsyncIterator[tuple[Batch, bool]]:
    """All rows of these ecosystems in batches, each with whether it is the last. Needs a repeatable-read transaction."""
    ids = list(ecosystem_ids)
    async for batch in _batches(connection, ("characters", ALL_CHARACTERS, (ids,)), ("ties", ALL_TIES, (ids,))):
        yield batch


async def changed_rows(connection: Any, positions: Mapping[UUID, int]) -> AsyncIterator[tuple[Batch, bool]]:
    """The rows that changed after each position, in batches, each with whether it is the last. Needs a repeatable-read transaction."""
    worlds = _columns(positions)
    changed_types, deleted_types = [FactType.CHARACTER_CREATED, FactType.CHARACTER_CHANGED], [FactType.CHARACTER_DELETED]
    reads = (
        ("deleted", DELETED_CHARACTERS, (*worlds, deleted_types)),
        ("characters", NEW_CHARACTERS, (*worlds, changed_types)),
        ("ties", NEW_TIES, worlds),
    )
    async for batch in _batches(connection, *reads):
        yield batch


async def _batches(connection: Any, *reads: tuple[str, str, tuple[Any, ...]]) -> AsyncIterator[tuple[Batch, bool]]:
    batch = Batch()
    for kind, statement, args in reads:
        async for row in connection.cursor(statement, *args, prefetch=BATCH_SIZE):
            getattr(batch, kind).append(list(row))
            if batch.is_full:
                yield batch, False
                batch = Batch()
    yield batch, True


def _columns(positions: Mapping[UUID, int]) -> tuple[list[UUID], list[int]]:
    return list(positions), list(positions.values())
