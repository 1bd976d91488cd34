"""Relationships: what one character feels for another. Directed: the way back is a row of its own."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Column, ForeignKeyConstraint, Index, Integer
from sqlmodel import Field, SQLModel

from db import columns
from domain.relationships import Stage

MILLION = 1_000_000


class Relationship(SQLModel, table=True):
    """Feelings are millionths, true for `felt_at` (world seconds)."""

    __tablename__ = "character_relationships"
    __table_args__ = (
        ForeignKeyConstraint(
            ["ecosystem_id", "from_number"], ["characters.ecosystem_id", "characters.number"], ondelete="CASCADE"
        ),
        ForeignKeyConstraint(
            ["ecosystem_id", "to_number"], ["characters.ecosystem_id", "characters.number"], ondelete="CASCADE"
        ),
        columns.within("affinity", -MILLION, MILLION),
        columns.within("bond", -MILLION, MILLION),
        columns.within("trust", 0, MILLION),
        columns.within("familiarity", 0, MILLION),
        CheckConstraint("contact >= 0", name="contact_bounds"),
        CheckConstraint("from_number <> to_number AND version >= 1", name="between_two"),
        columns.one_of("stage", Stage),
        Index("relationships_incoming", "ecosystem_id", "to_number", "from_number"),
        Index("relationships_by_age", "ecosystem_id", "created_position", "from_number", "to_number"),
        {"postgresql_with": {"fillfactor": "70"}},
    )
    ecosystem_id: UUID = columns.ecosystem_key()
    from_number: int = Field(sa_column=Column(Integer, primary_key=True, autoincrement=False))
    to_number: int = Field(sa_column=Column(Integer, primary_key=True, autoincrement=False))
    affinity: int
    bond: int
    trust: int
    familiarity: int
    contact: int = columns.big()
    stage: str = columns.text()
    felt_at: float = columns.seconds()
    version: int = Field(default=1)
    created_position: int = columns.big()
    created_at: datetime = columns.moment()
    updated_at: datetime = columns.moment()
