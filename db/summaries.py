"""Summaries: counts in materialized views, which are refreshed at intervals without blocking readers.

If the row of a view is missing or too old, the query of the view counts it at once.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from db.database import Reader
from db.pages import JOIN_MEMBERSHIP, VISIBLE, Statement
from db.rows import Row
from domain.keys import CharacterKey

VIEWS = ("character_relationship_summary", "ecosystem_activity_summary")
REFRESH_SECONDS_MAX = 600


class EcosystemSummaryRow(Row):
    """`interactions_by_kind` and `relationships_by_stage` omit zero counts."""

    __slots__ = ()
    ecosystem_id: UUID
    counted_at: datetime
    characters: int
    active_characters: int
    relationships: int
    interactions: int
    conversations: int
    messages: int
    interactions_by_kind: dict[str, int]
    relationships_by_stage: dict[str, int]
    last_activity_at: datetime | None


class CharacterSummaryRow(Row):
    """`average_bond` is in [-1,1], at the time of counting; None if there are no relationships."""

    __slots__ = ()
    ecosystem_id: UUID
    number: int
    counted_at: datetime
    relationships: int
    regarded_by: int
    friends: int
    rivals: int
    average_bond: float | None
    interactions: int
    messages: int


async def of_ecosystems(
    reader: Reader, viewer_id: UUID | None, ids: Sequence[UUID], oldest: datetime
) -> list[EcosystemSummaryRow | None]:
    """In the order of `ids`, none counted before `oldest`. None if it does not exist or the viewer may not see it."""
    statement = Statement(viewer_id)
    keys = statement.bind_parents({"ecosystem_id": "uuid"}, [(id_,) for id_ in ids])
    sql = _fresh_statement(keys, "ecosystem_activity", "s.ecosystem_id = k.ecosystem_id", statement.bind(oldest, "timestamptz"))
    rows = await reader.fetch(sql, *statement.args, record_class=EcosystemSummaryRow)
    found = {row.ecosystem_id: row for row in rows}
    return [found.get(id_) for id_ in ids]


async def of_characters(
    reader: Reader, viewer_id: UUID | None, keys: Sequence[CharacterKey], oldest: datetime
) -> list[CharacterSummaryRow | None]:
    """In the order of `keys`, none counted before `oldest`. None if it does not exist or the viewer may not see it."""
    statement = Statement(viewer_id)
    parents = statement.bind_parents({"ecosystem_id": "uuid", "number": "int"}, keys)
    match = "s.ecosystem_id = k.ecosystem_id AND s.number = k.number"
    sql = _fresh_statement(parents, "character_relationship", match, statement.bind(oldest, "timestamptz"))
    rows = await reader.fetch(sql, *statement.args, record_class=CharacterSummaryRow)
    found = {(row.ecosystem_id, row.number): row for row in rows}
    return [found.get((key.ecosystem_id, key.number)) for key in keys]


def _fresh_statement(keys: str, noun: str, match: str, oldest: str) -> str:
    """A statement that reads the view if its row is new enough, else counts now; Postgres does not run the second part needlessly."""
    return (
        f"SELECT s.* FROM {keys} JOIN ecosystems e ON e.id = k.ecosystem_id {JOIN_MEMBERSHIP} CROSS JOIN LATERAL ("
        f"SELECT * FROM (SELECT * FROM {noun}_summary s WHERE {match} AND s.counted_at >= {oldest} "
        f"UNION ALL SELECT * FROM {noun}_counted s WHERE {match} AND NOT EXISTS ("
        f"SELECT FROM {noun}_summary s WHERE {match} AND s.counted_at >= {oldest})) either) s WHERE {VISIBLE}"
    )


async def refresh(connection: Any) -> None:
    """Counts all again; readers see the old counts until the end."""
    for view in VIEWS:
        await connection.execute(f"REFRESH MATERIALIZED VIEW CONCURRENTLY {view}", timeout=REFRESH_SECONDS_MAX)


async def fingerprint(connection: Any) -> tuple[int, int, int]:
    """Changes with each new fact of any ecosystem, so that the views are refreshed only after a change."""
    row = await connection.fetchrow(
        "SELECT count(*) AS worlds, coalesce(sum(e.head), 0)::bigint AS facts, coalesce(sum(e.epoch), 0)::bigint AS epochs "
        "FROM ecosystems e"
    )
    return row["worlds"], row["facts"], row["epochs"]
