"""Users and idempotency keys: the tables that belong to no ecosystem."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, Text, UniqueConstraint, Uuid
from sqlmodel import Field, SQLModel

from db import columns
from db.database import Reader
from db.rows import Row


class User(SQLModel, table=True):
    __tablename__ = "users"
    __table_args__ = (
        UniqueConstraint("name_key", name="users_name_key"),
        CheckConstraint("char_length(name) BETWEEN 1 AND 200", name="name_length"),
    )
    id: UUID = Field(primary_key=True)
    name: str = columns.text()
    name_key: str = columns.text()
    password_hash: str | None = Field(default=None, sa_column=Column(Text))
    created_at: datetime = columns.timestamp()


class IdempotencyRecord(SQLModel, table=True):
    """The reply to an idempotency key of a user, so that a repeated request is executed once."""

    __tablename__ = "answers"
    __table_args__ = (Index("answers_by_age", "created_at"),)
    user_id: UUID = Field(sa_column=Column(Uuid, ForeignKey("users.id", ondelete="CASCADE"), primary_key=True))
    key: str = Field(sa_column=Column(Text, primary_key=True))
    asked: bytes
    ecosystem_id: UUID | None = None
    answer: int | None = columns.big_integer(nullable=True)
    position: int | None = columns.big_integer(nullable=True)
    created_at: datetime = columns.timestamp()


class UserRow(Row):
    __slots__ = ()
    id: UUID
    name: str
    created_at: datetime


class AccountRow(UserRow):
    __slots__ = ()
    password_hash: str | None


COLUMNS = "u.id, u.name, u.created_at"


async def by_ids(reader: Reader, ids: Sequence[UUID]) -> list[UserRow | None]:
    """In the order of `ids`; None if there is no such user."""
    rows = await reader.fetch(f"SELECT {COLUMNS} FROM users u WHERE u.id = ANY($1)", list(ids), record_class=UserRow)
    found = {row.id: row for row in rows}
    return [found.get(id_) for id_ in ids]


async def account(reader: Reader, name_key: str) -> AccountRow | None:
    """None if there is no such user, also for text that Postgres cannot store (NUL, half of a surrogate pair)."""
    if "\0" in name_key or any("\ud800" <= c <= "\udfff" for c in name_key):
        return None
    statement = f"SELECT {COLUMNS}, u.password_hash FROM users u WHERE u.name_key = $1"
    row: AccountRow | None = await reader.fetchrow(statement, name_key, record_class=AccountRow)
    return row


IDEMPOTENCY_TTL = timedelta(days=1)


class IdempotencyRow(Row):
    __slots__ = ()
    asked: bytes
    ecosystem_id: UUID | None
    answer: int | None
    position: int | None


async def insert(connection: Any, user: User) -> bool:
    """Returns False if the name is taken."""
    status = await connection.execute(
        "INSERT INTO users (id, name, name_key, password_hash, created_at) VALUES ($1, $2, $3, $4, $5) ON CONFLICT (name_key) DO NOTHING",
        user.id, user.name, user.name_key, user.password_hash, user.created_at,
    )  # fmt: skip
    return bool(status == "INSERT 0 1")


async def claim_key(connection: Any, user_id: UUID, key: str, fingerprint: bytes, now: datetime) -> IdempotencyRow | None:
    """Claims an idempotency key: None if it is new, else the earlier reply.

    Must be the first statement of a transaction, because it waits for other transactions with the key.
    """
    is_new = await connection.fetchval(
        "INSERT INTO answers AS a (user_id, key, asked, created_at) VALUES ($1, $2, $3, $4) ON CONFLICT (user_id, key) DO UPDATE "
        "SET asked = $3, created_at = $4, ecosystem_id = NULL, answer = NULL, position = NULL WHERE a.created_at < $5 RETURNING true",
        user_id, key, fingerprint, now, now - IDEMPOTENCY_TTL,
    )  # fmt: skip
    if is_new:
        return None
    row: IdempotencyRow | None = await connection.fetchrow(
        "SELECT asked, ecosystem_id, answer, position FROM answers WHERE user_id = $1 AND key = $2",
        user_id, key, record_class=IdempotencyRow,
    )  # fmt: skip
    return row


async def save_answer(connection: Any, user_id: UUID, key: str, ecosystem_id: UUID, answer: int, position: int) -> None:
    await connection.execute(
        "UPDATE answers SET ecosystem_id = $3, answer = $4, position = $5 WHERE user_id = $1 AND key = $2",
        user_id, key, ecosystem_id, answer, position,
    )  # fmt: skip


async def delete_expired_answers(reader: Reader, now: datetime) -> None:
    """Deletes replies that are older than IDEMPOTENCY_TTL."""
    await reader.execute("DELETE FROM answers WHERE created_at < $1", now - IDEMPOTENCY_TTL)
