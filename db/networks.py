"""Networks: the layout of characters, and computed measures with the position for which they are valid."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Column, Float, ForeignKeyConstraint, Integer, Text
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field, SQLModel

from db import columns
from db.database import Reader
from db.pages import JOIN_MEMBERSHIP, VISIBLE, Statement, group_by_parent
from db.rows import Row
from domain.keys import CharacterKey
from domain.rule_sets import RuleSet


class Place(SQLModel, table=True):
    """x and y in [-1,1]. A place is permanent."""

    __tablename__ = "places"
    __table_args__ = (
        ForeignKeyConstraint(["ecosystem_id", "number"], ["characters.ecosystem_id", "characters.number"], ondelete="CASCADE"),
    )
    ecosystem_id: UUID = columns.ecosystem_key()
    number: int = Field(sa_column=Column(Integer, primary_key=True, autoincrement=False))
    x: float = Field(sa_column=Column(Float(53), nullable=False))
    y: float = Field(sa_column=Column(Float(53), nullable=False))


class NetworkMeasure(SQLModel, table=True):
    """Measures of a whole network of one kind, valid for `position` of `epoch`."""

    __tablename__ = "network_measures"
    ecosystem_id: UUID = columns.ecosystem_key()
    kind: str = Field(sa_column=Column(Text, primary_key=True))
    epoch: int = columns.big_integer()
    position: int = columns.big_integer()
    measures: dict[str, Any] = Field(sa_column=Column(JSONB, nullable=False))


class CharacterMeasure(SQLModel, table=True):
    """Measures of one character in the network of one kind, valid for the position of the network."""

    __tablename__ = "character_measures"
    __table_args__ = (
        ForeignKeyConstraint(["ecosystem_id", "number"], ["characters.ecosystem_id", "characters.number"], ondelete="CASCADE"),
    )
    ecosystem_id: UUID = columns.ecosystem_key()
    kind: str = Field(sa_column=Column(Text, primary_key=True))
    number: int = Field(sa_column=Column(Integer, primary_key=True, autoincrement=False))
    measures: dict[str, Any] = Field(sa_column=Column(JSONB, nullable=False))


class NetworkCharacterRow(Row):
    """`x` and `y` are None if the character has no place yet. `ties` counts its outgoing relationships."""

    __slots__ = ()
    ecosystem_id: UUID
    number: int
    name: str
    energy: int
    extraversion: int
    felt_at: float
    is_active: bool
    x: float | None
    y: float | None
    ties: int


class NetworkTieRow(Row):
    """`bond` is in [-1,1], at the requested instant. `contact` and `trust` are as stored."""

    __slots__ = ()
    from_number: int
    to_number: int
    bond: float
    trust: int
    contact: int
    felt_at: float
    stage: str


class MeasuresRow(Row):
    __slots__ = ()
    ecosystem_id: UUID
    epoch: int
    position: int
    measures: dict[str, Any]


@dataclass(frozen=True, slots=True)
class NetworkRequest:
    """An ecosystem, and the world time `at` of its bonds."""

    ecosystem_id: UUID
    at: float
    rules: RuleSet


async def characters(connection: Any, requests: Sequence[NetworkRequest], limit: int) -> list[list[NetworkCharacterRow]]:
    """Characters of each ecosystem, at most `limit`: those with most relationships first, then by number."""
    rows = await connection.fetch(
        "SELECT k.nth, x.* FROM unnest($1::uuid[]) WITH ORDINALITY AS k(ecosystem_id, nth) CROSS JOIN LATERAL ("
        "SELECT c.ecosystem_id, c.number, c.name, c.energy, c.extraversion, c.felt_at, c.is_active, p.x, p.y, coalesce(t.ties, 0) AS ties FROM characters c "
        "LEFT JOIN (SELECT from_number, count(*) AS ties FROM character_relationships WHERE ecosystem_id = k.ecosystem_id "
        "GROUP BY from_number) t ON t.from_number = c.number "
        "LEFT JOIN places p ON p.ecosystem_id = c.ecosystem_id AND p.number = c.number WHERE c.ecosystem_id = k.ecosystem_id "
        "ORDER BY coalesce(t.ties, 0) DESC, c.number LIMIT $2) x",
        [request.ecosystem_id for request in requests], limit, record_class=NetworkCharacterRow,
    )  # fmt: skip
    return group_by_parent(rows, len(requests))


async def strongest_ties(
    connection: Any, requests: Sequence[NetworkRequest], characters_: Sequence[Sequence[NetworkCharacterRow]], limit: int
) -> list[list[NetworkTieRow]]:
    """The strongest relationships of each ecosystem among these characters, at most `limit`."""
    chosen = [
        (nth, character.number)
        for nth, characters_of_ecosystem in enumerate(characters_, 1)
        for character in characters_of_ecosystem
    ]
    rows = await connection.fetch(
        "WITH chosen AS MATERIALIZED (SELECT * FROM unnest($7::bigint[], $8::int[]) AS c(nth, number)) "
        "SELECT k.nth, x.* FROM unnest($1::uuid[], $2::float8[], $3::float8[], $4::float8[], $5::float8[]) WITH ORDINALITY "
        "AS k(ecosystem_id, at, affinity_half_life, bond_half_life, neglect_half_life, nth) CROSS JOIN LATERAL ("
        "SELECT r.from_number, r.to_number, v.bond, r.trust, r.contact, r.felt_at, r.stage FROM character_relationships r "
        "CROSS JOIN LATERAL (SELECT bond_at(r.affinity, r.bond, k.at - r.felt_at, k.affinity_half_life, k.bond_half_life, "
        "k.neglect_half_life) AS bond) v WHERE r.ecosystem_id = k.ecosystem_id "
        # IS TRUE makes Postgres look up each end in a hash table: as joins these read 3,000,000 pages for 100,000 relationships.
        "AND ((k.nth, r.from_number) IN (SELECT * FROM chosen)) IS TRUE AND ((k.nth, r.to_number) IN (SELECT * FROM chosen)) IS TRUE "
        "ORDER BY abs(v.bond) DESC, r.from_number, r.to_number LIMIT $6) x",
        [request.ecosystem_id for request in requests], [request.at for request in requests],
        [request.rules.affinity_half_life for request in requests], [request.rules.bond_half_life for request in requests],
        [request.rules.neglect_half_life for request in requests], limit,
        [nth for nth, _ in chosen], [number for _, number in chosen], record_class=NetworkTieRow,
    )  # fmt: skip
    return group_by_parent(rows, len(requests))


async def lock_places(connection: Any, ecosystem_id: UUID) -> None:
    """Until the transaction ends, no other transaction can add places in this ecosystem."""
    await connection.execute("SELECT pg_advisory_xact_lock(hashtextextended('places ' || $1::uuid::text, 0))", ecosystem_id)


async def insert_places(connection: Any, ecosystem_id: UUID, places: Mapping[int, tuple[float, float]]) -> None:
    """Skips characters that have a place or do not exist any more."""
    await connection.execute(
        "INSERT INTO places (ecosystem_id, number, x, y) SELECT $1, p.* FROM unnest($2::int[], $3::float8[], $4::float8[]) "
        "AS p(number, x, y) JOIN characters c ON c.ecosystem_id = $1 AND c.number = p.number ON CONFLICT DO NOTHING",
        ecosystem_id, list(places), [x for x, _ in places.values()], [y for _, y in places.values()],
    )  # fmt: skip


async def places_by_number(connection: Any, ecosystem_id: UUID) -> dict[int, tuple[float, float]]:
    rows = await connection.fetch("SELECT number, x, y FROM places WHERE ecosystem_id = $1", ecosystem_id, record_class=Row)
    return {row.number: (row.x, row.y) for row in rows}


async def edges(connection: Any, ecosystem_id: UUID, kind: str) -> tuple[list[int], list[tuple[int, int]], list[float]]:
    """The network of one kind: its numbers, edges and weights."""
    rows = await connection.fetch(_EDGES[kind], ecosystem_id, record_class=Row)
    numbers = await connection.fetch(_MEMBERS[kind], ecosystem_id, record_class=Row)
    return [row.number for row in numbers], [(row.a, row.b) for row in rows], [float(row.weight) for row in rows]


_EDGES = {
    "relationships": (
        "SELECT DISTINCT least(from_number, to_number) AS a, greatest(from_number, to_number) AS b, 1 AS weight "
        "FROM character_relationships WHERE ecosystem_id = $1 ORDER BY a, b"
    ),
    "co_presence": (
        "SELECT p.number AS a, q.number AS b, count(*) AS weight FROM participants p JOIN participants q "
        "ON q.ecosystem_id = p.ecosystem_id AND q.conversation_position = p.conversation_position AND q.number > p.number "
        "WHERE p.ecosystem_id = $1 AND p.message_count > 0 AND q.message_count > 0 GROUP BY a, b ORDER BY a, b"
    ),
    "exchanges": (
        "SELECT a, b, count(*) AS weight FROM (SELECT unnest(before.speakers) AS a, s.speakers, s.position FROM messages s "
        "JOIN messages before ON before.ecosystem_id = s.ecosystem_id AND before.conversation_position = s.conversation_position "
        "AND before.number = s.number - 1 WHERE s.ecosystem_id = $1) pairs CROSS JOIN LATERAL unnest(speakers) AS b "
        "WHERE a <> b AND EXISTS (SELECT FROM characters c WHERE c.ecosystem_id = $1 AND c.number = a) "
        "AND EXISTS (SELECT FROM characters c WHERE c.ecosystem_id = $1 AND c.number = b) GROUP BY a, b ORDER BY a, b"
    ),
}
_SPEAKERS = "SELECT DISTINCT number FROM participants WHERE ecosystem_id = $1 AND message_count > 0 ORDER BY number"
_MEMBERS = {
    "relationships": "SELECT number FROM characters WHERE ecosystem_id = $1 ORDER BY number",
    "co_presence": _SPEAKERS,
    "exchanges": _SPEAKERS,
}


async def speech_totals(connection: Any, ecosystem_id: UUID) -> dict[int, tuple[int, int]]:
    """For each character that spoke: the number of speeches without another speaker, and of all words."""
    rows = await connection.fetch(
        "SELECT number, sum(speech_count)::bigint AS speeches, sum(word_count)::bigint AS words FROM participants "
        "WHERE ecosystem_id = $1 GROUP BY number",
        ecosystem_id, record_class=Row,
    )  # fmt: skip
    return {row.number: (row.speeches, row.words) for row in rows}


async def network_measures(reader: Reader, viewer_id: UUID | None, ids: Sequence[UUID], kind: str) -> dict[UUID, MeasuresRow]:
    """The stored measures of each ecosystem that the viewer may see."""
    rows = await reader.fetch(
        f"SELECT n.ecosystem_id, n.epoch, n.position, n.measures FROM network_measures n JOIN ecosystems e ON e.id = n.ecosystem_id "
        f"{JOIN_MEMBERSHIP} WHERE n.ecosystem_id = ANY($2) AND n.kind = $3 AND n.epoch = e.epoch AND {VISIBLE}",
        viewer_id, list(ids), kind, record_class=MeasuresRow,
    )  # fmt: skip
    return {row.ecosystem_id: row for row in rows}


async def character_measures(
    reader: Reader, viewer_id: UUID | None, keys: Sequence[CharacterKey], kind: str
) -> list[MeasuresRow | None]:
    """The stored measures of each character, in the order of `keys`. None if there are none or the viewer may not see it."""
    statement = Statement(viewer_id)
    parents = statement.bind_parents({"ecosystem_id": "uuid", "number": "int"}, keys)
    which = statement.bind(kind, "text")
    rows = await reader.fetch(
        f"SELECT k.nth, n.ecosystem_id, n.epoch, n.position, c.measures FROM {parents} JOIN ecosystems e ON e.id = k.ecosystem_id "
        f"{JOIN_MEMBERSHIP} JOIN network_measures n ON n.ecosystem_id = k.ecosystem_id AND n.kind = {which} AND n.epoch = e.epoch "
        f"JOIN character_measures c ON c.ecosystem_id = k.ecosystem_id AND c.kind = {which} AND c.number = k.number WHERE {VISIBLE}",
        *statement.args, record_class=MeasuresRow,
    )  # fmt: skip
    found = {row.nth: row for row in rows}
    return [found.get(nth) for nth in range(1, len(keys) + 1)]


async def measured_position(connection: Any, ecosystem_id: UUID, kind: str) -> tuple[int, int] | None:
    """The epoch and position of the stored measures; None if there are none."""
    row = await connection.fetchrow(
        "SELECT epoch, position FROM network_measures WHERE ecosystem_id = $1 AND kind = $2",
        ecosystem_id,
        kind,
        record_class=Row,
    )
    return (row.epoch, row.position) if row else None


async def save_measures(
    connection: Any,
    ecosystem_id: UUID,
    kind: str,
    epoch: int,
    position: int,
    whole: dict[str, Any],
    each: Mapping[int, dict[str, Any]],
) -> bool:
    """Returns False, without a change, if the stored measures are of the same position or a later one."""
    was_saved = await connection.fetchval(
        "INSERT INTO network_measures AS n (ecosystem_id, kind, epoch, position, measures) VALUES ($1, $2, $3, $4, $5) "
        "ON CONFLICT (ecosystem_id, kind) DO UPDATE SET epoch = $3, position = $4, measures = $5 "
        "WHERE n.epoch <> $3 OR n.position < $4 RETURNING true",
        ecosystem_id, kind, epoch, position, whole,
    )  # fmt: skip
    if not was_saved:
        return False
    await connection.execute("DELETE FROM character_measures WHERE ecosystem_id = $1 AND kind = $2", ecosystem_id, kind)
    await connection.executemany(
        "INSERT INTO character_measures (ecosystem_id, kind, number, measures) SELECT $1, $2, c.number, $4 "
        "FROM characters c WHERE c.ecosystem_id = $1 AND c.number = $3",
        [(ecosystem_id, kind, number, measures) for number, measures in each.items()],
    )
    return True
