"""Activity: the numbered facts of each ecosystem, dense from 1. The table is the truth; a notification only wakes."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Column, ForeignKeyConstraint, Index, Integer
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field, SQLModel

from db import columns
from domain.activity import FactType


class Fact(SQLModel, table=True):
    """`data` is what the row of the same position in interactions, conversations or messages does not hold."""

    __tablename__ = "activity"
    __table_args__ = (
        columns.one_of("type", FactType),
        CheckConstraint("position >= 1", name="position_bounds"),
        Index("activity_by_type", "ecosystem_id", "type", "position"),
    )
    ecosystem_id: UUID = columns.ecosystem_key()
    position: int = columns.position_key()
    type: str = columns.text()
    actor_id: UUID | None = columns.user()
    world_seconds: float = columns.seconds()
    created_at: datetime = columns.moment()
    data: dict[str, Any] = Field(sa_column=Column(JSONB, nullable=False))


class About(SQLModel, table=True):
    """Which characters a fact is about; the type stands here too, so that one index answers a character's history."""

    __tablename__ = "activity_characters"
    __table_args__ = (
        ForeignKeyConstraint(["ecosystem_id", "position"], ["activity.ecosystem_id", "activity.position"], ondelete="CASCADE"),
        Index("activity_characters_by_position", "ecosystem_id", "position"),
    )
    ecosystem_id: UUID = columns.ecosystem_key()
    number: int = Field(sa_column=Column(Integer, primary_key=True, autoincrement=False))
    position: int = columns.position_key()
    type: str = columns.text()
