"""Characters: the table and its reads. Every key begins with the ecosystem."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Column, Index, Integer
from sqlmodel import Field, SQLModel

from db import columns

TRAITS = ("openness", "conscientiousness", "extraversion", "agreeableness", "neuroticism")
MILLION = 1_000_000


class Character(SQLModel, table=True):
    """Traits, energy and mood are millionths; energy and mood are true for `felt_at`, in world seconds."""

    __tablename__ = "characters"
    __table_args__ = (
        *(columns.within(trait, 0, MILLION) for trait in TRAITS),
        columns.within("energy", 0, MILLION),
        columns.within("mood", -MILLION, MILLION),
        CheckConstraint("char_length(name) BETWEEN 1 AND 200", name="name_length"),
        CheckConstraint("number >= 1 AND version >= 1 AND interaction_count >= 0", name="counters_bounds"),
        Index("characters_by_name", "ecosystem_id", "name_key", "number"),
        Index("characters_active", "ecosystem_id", "is_active", "name_key", "number"),
        Index("characters_most_active", "ecosystem_id", "interaction_count", "number"),
        Index("characters_by_owner", "owner_id", "ecosystem_id", "number"),
        {"postgresql_with": {"fillfactor": "70"}},
    )
    ecosystem_id: UUID = columns.ecosystem_key()
    number: int = Field(sa_column=Column(Integer, primary_key=True, autoincrement=False))
    name: str = columns.text()
    name_key: str = columns.text()
    description: str = columns.text()
    openness: int
    conscientiousness: int
    extraversion: int
    agreeableness: int
    neuroticism: int
    energy: int
    mood: int
    felt_at: float = columns.seconds()
    is_active: bool
    owner_id: UUID | None = columns.user()
    interaction_count: int = columns.big(default=0)
    version: int = Field(default=1)
    created_at: datetime = columns.moment()
    updated_at: datetime = columns.moment()
