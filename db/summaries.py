"""Summaries: counts that are kept as materialized views, taken anew from time to time beside everybody who reads them.

What a view holds that is too old, or not at all, is counted when it is asked for, by the query that the view is made of.
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
    """`interactions_by_kind` and `relationships_by_stage` have what occurs only."""

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
    """`average_bond` is in [-1,1], as of when it was counted; None where there are no ties."""

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
    """In the order of `ids`, none counted before `oldest`; None where there is none or the viewer may not see it."""
    statement = Statement(viewer_id)
    keys = statement.bind_parents({"ecosystem_id": "uuid"}, [(id_,) for id_ in ids])
    sql = _fresh_statement(keys, "ecosystem_activity", "s.ecosystem_id = k.ecosystem_id", statement.bind(oldest, "timestamptz"))
    rows = await reader.fetch(sql, *statement.args, record_class=EcosystemSummaryRow)
    found = {row.ecosystem_id: row for row in rows}
    return [found.get(id_) for id_ in ids]


async def of_characters(
    reader: Reader, viewer_id: UUID | None, keys: Sequence[CharacterKey], oldest: datetime
) -> list[CharacterSummaryRow | None]:
    """In the order of `keys`, none counted before `oldest`; None where there is none or the viewer may not see it."""
    statement = Statement(viewer_id)
    asked = statement.bind_parents({"ecosystem_id": "uuid", "number": "int"}, keys)
    match = "s.ecosystem_id = k.ecosystem_id AND s.number = k.number"
    sql = _fresh_statement(asked, "character_relationship", match, statement.bind(oldest, "timestamptz"))
    rows = await reader.fetch(sql, *statement.args, record_class=CharacterSummaryRow)
    found = {(row.ecosystem_id, row.number): row for row in rows}
    return [found.get((key.ecosystem_id, key.number)) for key in keys]


def _fresh_statement(keys: str, noun: str, match: str, oldest: str) -> str:
    """What the view has, where it is new enough, else what is counted now; the second is not run where the first suffices."""
    return (
        f"SELECT s.* FROM {keys} JOIN ecosystems e ON e.id = k.ecosystem_id {JOIN_MEMBERSHIP} CROSS JOIN LATERAL ("
        f"SELECT * FROM (SELECT * FROM {noun}_summary s WHERE {match} AND s.counted_at >= {oldest} "
        f"UNION ALL SELECT * FROM {noun}_counted s WHERE {match} AND NOT EXISTS ("
        f"SELECT FROM {noun}_summary s WHERE {match} AND s.counted_at >= {oldest})) either) s WHERE {VISIBLE}"
    )


async def refresh(connection: Any) -> None:
    """Takes all counts anew; who reads meanwhile sees those from before."""
    for view in VIEWS:
        await connection.execute(f"REFRESH MATERIALIZED VIEW CONCURRENTLY {view}", timeout=REFRESH_SECONDS_MAX)


async def fingerprint(connection: Any) -> tuple[int, int, int]:
    """Changes whenever something happened in any world, so that nothing is counted again for nothing."""
    row = await connection.fetchrow(
        "SELECT count(*) AS worlds, coalesce(sum(e.head), 0)::bigint AS facts, coalesce(sum(e.epoch), 0)::bigint AS epochs "
        "FROM ecosystems e"
    )
    return row["worlds"], row["facts"], row["epochs"]
