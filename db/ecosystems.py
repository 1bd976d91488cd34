"""Ecosystems, their clocks and their members. `head` is the position of the last fact."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, Uuid
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field, SQLModel

from db import columns
from db.database import Reader
from db.pages import JOIN_MEMBERSHIP, VISIBLE, Order, PageWindow, Statement, group_by_parent
from db.rows import Row, insert_row
from domain.clock import RATE_MAX
from domain.ecosystems import Role, Visibility


class Ecosystem(SQLModel, table=True):
    __tablename__ = "ecosystems"
    __table_args__ = (
        columns.check_one_of("visibility", Visibility),
        CheckConstraint(f"clock_rate BETWEEN 0 AND {RATE_MAX}", name="clock_rate_bounds"),
        CheckConstraint("head >= 0 AND characters_made >= 0 AND version >= 1", name="counters_bounds"),
        CheckConstraint("char_length(name) BETWEEN 1 AND 200", name="name_length"),
        Index("ecosystems_by_name", "name_key", "id"),
        Index("ecosystems_by_age", "created_at", "id"),
        Index("ecosystems_by_activity", "active_at", "id"),
        {"postgresql_with": {"fillfactor": "50"}},
    )
    id: UUID = Field(primary_key=True)
    name: str = columns.text()
    name_key: str = columns.text()
    description: str = columns.text()
    visibility: str = columns.text()
    rule_set: str = columns.text()
    seed: str = columns.text()
    clock_world_seconds: float = columns.world_seconds()
    clock_since: datetime = columns.timestamp()
    clock_rate: float = columns.world_seconds()
    version: int = Field(default=1)
    epoch: int = columns.big_integer()
    epoch_version: int = Field(default=0)
    head: int = columns.big_integer(default=0)
    characters_made: int = Field(default=0)
    source: dict[str, Any] | None = Field(default=None, sa_column=Column(JSONB))
    created_at: datetime = columns.timestamp()
    updated_at: datetime = columns.timestamp()
    active_at: datetime = columns.timestamp()


class Member(SQLModel, table=True):
    __tablename__ = "members"
    __table_args__ = (
        columns.check_one_of("role", Role),
        Index("members_by_user", "user_id", "ecosystem_id"),
        Index("members_by_age", "ecosystem_id", "since", "user_id"),
    )
    ecosystem_id: UUID = columns.ecosystem_key()
    user_id: UUID = Field(sa_column=Column(Uuid, ForeignKey("users.id", ondelete="CASCADE"), primary_key=True))
    role: str = columns.text()
    since: datetime = columns.timestamp()


class Deletion(SQLModel, table=True):
    """A deleted ecosystem, until it is deleted from Neo4j too."""

    __tablename__ = "deletions"
    ecosystem_id: UUID = Field(primary_key=True)
    deleted_at: datetime = columns.timestamp()


class EcosystemRow(Row):
    """`role` is that of the viewer. `is_member` distinguishes invited observers from other viewers of a public ecosystem."""

    __slots__ = ()
    id: UUID
    name: str
    name_key: str
    description: str
    visibility: str
    rule_set: str
    seed: str
    clock_world_seconds: float
    clock_since: datetime
    clock_rate: float
    version: int
    epoch: int
    head: int
    source: dict[str, Any] | None
    created_at: datetime
    updated_at: datetime
    active_at: datetime
    role: str
    is_member: bool


class MemberRow(Row):
    __slots__ = ()
    user_id: UUID
    role: str
    since: datetime


ROLE = "coalesce(m.role, CASE WHEN e.visibility = 'public' THEN 'observer' END) AS role, m.user_id IS NOT NULL AS is_member"
COLUMNS = (
    "e.id, e.name, e.name_key, e.description, e.visibility, e.rule_set, e.seed, e.clock_world_seconds, e.clock_since, "
    f"e.clock_rate, e.version, e.epoch, e.head, e.source, e.created_at, e.updated_at, e.active_at, {ROLE}"
)

ORDERS = {
    "name": Order("e.name", (("e.name_key", "text", "name_key"), ("e.id", "uuid", "id"))),
    "newest": Order("e.newest", (("e.created_at", "timestamptz", "created_at"), ("e.id", "uuid", "id")), descending=True),
    "recently_active": Order(
        "e.active", (("e.active_at", "timestamptz", "active_at"), ("e.id", "uuid", "id")), descending=True
    ),
}
MEMBERS_BY_AGE = Order("m.since", (("m.since", "timestamptz", "since"), ("m.user_id", "uuid", "user_id")))


@dataclass(frozen=True, slots=True)
class EcosystemFilter:
    """`query` in the form of `casefold_for_search`; `mine`: the viewer is a member."""

    query: str | None = None
    mine: bool = False
    visibility: str | None = None


async def by_ids(reader: Reader, viewer_id: UUID | None, ids: Sequence[UUID]) -> list[EcosystemRow | None]:
    """In the order of `ids`. None if it does not exist or the viewer may not see it."""
    statement = f"SELECT {COLUMNS} FROM ecosystems e {JOIN_MEMBERSHIP} WHERE e.id = ANY($2) AND {VISIBLE}"
    found = {row.id: row for row in await reader.fetch(statement, viewer_id, list(ids), record_class=EcosystemRow)}
    return [found.get(id_) for id_ in ids]


async def visible(
    reader: Reader, viewer_id: UUID | None, window: PageWindow, filter_: EcosystemFilter, order: str
) -> list[EcosystemRow]:
    """The ecosystems that the viewer may see."""
    statement = Statement(viewer_id)
    conditions = "".join(_conditions(statement, filter_))
    keyset, ordered = statement.page_clauses(ORDERS[order], window)
    sql = f"SELECT {COLUMNS} FROM ecosystems e {JOIN_MEMBERSHIP} WHERE {VISIBLE}{conditions}{keyset} {ordered}"
    return await reader.fetch(sql, *statement.args, record_class=EcosystemRow)


def _conditions(statement: Statement, filter_: EcosystemFilter) -> Iterator[str]:
    if filter_.query is not None:
        yield f" AND strpos(e.name_key, {statement.bind(filter_.query, 'text')}) > 0"
    if filter_.mine:
        yield " AND m.user_id IS NOT NULL"
    if filter_.visibility is not None:
        yield f" AND e.visibility = {statement.bind(filter_.visibility, 'text')}"
    if filter_.visibility == Visibility.PRIVATE and not filter_.mine:
        # Redundant, but it lets Postgres start from the few memberships of the viewer.
        yield " AND m.user_id IS NOT NULL"


async def of_users(
    reader: Reader, viewer_id: UUID | None, user_ids: Sequence[UUID], window: PageWindow
) -> list[list[EcosystemRow]]:
    """The ecosystems of which each user is a member and that the viewer may see, by name."""
    statement = Statement(viewer_id)
    keys = statement.bind_parents({"user_id": "uuid"}, [(user_id,) for user_id in user_ids])
    keyset, ordered = statement.page_clauses(ORDERS["name"], window)
    sql = (
        f"SELECT k.nth, x.* FROM {keys} CROSS JOIN LATERAL (SELECT {COLUMNS} FROM members o "
        f"JOIN ecosystems e ON e.id = o.ecosystem_id {JOIN_MEMBERSHIP} WHERE o.user_id = k.user_id AND {VISIBLE}{keyset} {ordered}) x"
    )
    return group_by_parent(await reader.fetch(sql, *statement.args, record_class=EcosystemRow), len(user_ids))


async def members(reader: Reader, viewer_id: UUID | None, ids: Sequence[UUID], window: PageWindow) -> list[list[MemberRow]]:
    """The members of each ecosystem of which the viewer is a member too, in order of joining."""
    statement = Statement(viewer_id)
    keys = statement.bind_parents({"ecosystem_id": "uuid"}, [(id_,) for id_ in ids])
    keyset, ordered = statement.page_clauses(MEMBERS_BY_AGE, window)
    sql = (
        f"SELECT k.nth, x.* FROM {keys} JOIN members mine ON mine.ecosystem_id = k.ecosystem_id AND mine.user_id = $1 "
        "CROSS JOIN LATERAL (SELECT y.*, row_number() OVER () AS nth_of_parent FROM (SELECT m.user_id, m.role, m.since "
        f"FROM members m WHERE m.ecosystem_id = k.ecosystem_id{keyset} {ordered}) y) x ORDER BY k.nth, x.nth_of_parent"
    )
    return group_by_parent(await reader.fetch(sql, *statement.args, record_class=MemberRow), len(ids))


async def heads(reader: Reader, ids: Sequence[UUID]) -> dict[UUID, tuple[int, int]]:
    """The epoch and head of each ecosystem that exists. It does not check visibility."""
    rows = await reader.fetch("SELECT id, epoch, head FROM ecosystems WHERE id = ANY($1)", list(ids), record_class=Row)
    return {row.id: (row.epoch, row.head) for row in rows}


async def insert(connection: Any, ecosystem: Ecosystem) -> None:
    await insert_row(connection, ecosystem)


async def update(connection: Any, id_: UUID, changes: Mapping[str, Any], now: datetime) -> None:
    """Sets the columns in `changes` and increments the version."""
    sets = ", ".join(f"{column} = ${n}" for n, column in enumerate(changes, start=3))
    statement = f"UPDATE ecosystems SET version = version + 1, updated_at = $2{', ' if sets else ''}{sets} WHERE id = $1"
    await connection.execute(statement, id_, now, *changes.values())


async def delete(connection: Any, id_: UUID, now: datetime) -> None:
    """Locks the same rows as writers, in the same order, so that it cannot deadlock with them."""
    await connection.execute("SELECT FROM conversations WHERE ecosystem_id = $1 ORDER BY position FOR UPDATE", id_)
    await connection.execute("SELECT FROM characters WHERE ecosystem_id = $1 ORDER BY number FOR UPDATE", id_)
    await connection.execute(
        "INSERT INTO deletions (ecosystem_id, deleted_at) VALUES ($1, $2) ON CONFLICT DO NOTHING", id_, now
    )
    await connection.execute("DELETE FROM ecosystems WHERE id = $1", id_)


async def lock_owners(connection: Any, id_: UUID) -> list[UUID]:
    """Locks the owners, so that two of them cannot leave at the same time."""
    rows = await connection.fetch(
        "SELECT user_id FROM members WHERE ecosystem_id = $1 AND role = 'owner' ORDER BY user_id FOR UPDATE", id_
    )
    return [row["user_id"] for row in rows]


async def member_role(connection: Any, id_: UUID, user_id: UUID) -> str | None:
    role: str | None = await connection.fetchval(
        "SELECT role FROM members WHERE ecosystem_id = $1 AND user_id = $2", id_, user_id
    )
    return role


async def grant(connection: Any, id_: UUID, user_id: UUID, role: str, now: datetime) -> None:
    await connection.execute(
        "INSERT INTO members (ecosystem_id, user_id, role, since) VALUES ($1, $2, $3, $4) "
        "ON CONFLICT (ecosystem_id, user_id) DO UPDATE SET role = excluded.role",
        id_, user_id, role, now,
    )  # fmt: skip


async def revoke(connection: Any, id_: UUID, user_id: UUID) -> None:
    await connection.execute("DELETE FROM members WHERE ecosystem_id = $1 AND user_id = $2", id_, user_id)
