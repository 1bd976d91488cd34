"""Users: people with an account. The only table that belongs to no world."""

from collections.abc import Sequence
from datetime import datetime
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
    created_at: datetime = columns.moment()


class Answer(SQLModel, table=True):
    """What was answered to a user's idempotency key, so that it is done once."""

    __tablename__ = "answers"
    __table_args__ = (Index("answers_by_age", "created_at"),)
    user_id: UUID = Field(sa_column=Column(Uuid, ForeignKey("users.id", ondelete="CASCADE"), primary_key=True))
    key: str = Field(sa_column=Column(Text, primary_key=True))
    asked: bytes
    ecosystem_id: UUID | None = None
    answer: int | None = columns.big(nullable=True)
    position: int | None = columns.big(nullable=True)
    created_at: datetime = columns.moment()


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
    """In the order of `ids`."""
    rows = await reader.fetch(f"SELECT {COLUMNS} FROM users u WHERE u.id = ANY($1)", list(ids), record_class=UserRow)
    found = {row.id: row for row in rows}
    return [found.get(id_) for id_ in ids]


async def account(reader: Reader, name_key: str) -> AccountRow | None:
    statement = f"SELECT {COLUMNS}, u.password_hash FROM users u WHERE u.name_key = $1"
    row: AccountRow | None = await reader.fetchrow(statement, name_key, record_class=AccountRow)
    return row
