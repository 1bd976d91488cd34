"""Networks: where characters are drawn, and the measures that were computed, with the position that they are true for."""

from typing import Any
from uuid import UUID

from sqlalchemy import Column, Float, ForeignKeyConstraint, Integer, Text
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field, SQLModel

from db import columns


class Place(SQLModel, table=True):
    """x and y in [-1,1]; once given, a place stays."""

    __tablename__ = "places"
    __table_args__ = (
        ForeignKeyConstraint(["ecosystem_id", "number"], ["characters.ecosystem_id", "characters.number"], ondelete="CASCADE"),
    )
    ecosystem_id: UUID = columns.ecosystem_key()
    number: int = Field(sa_column=Column(Integer, primary_key=True, autoincrement=False))
    x: float = Field(sa_column=Column(Float(53), nullable=False))
    y: float = Field(sa_column=Column(Float(53), nullable=False))


class NetworkMeasure(SQLModel, table=True):
    """Measures of a whole network of one kind, true for `position` of `epoch`."""

    __tablename__ = "network_measures"
    ecosystem_id: UUID = columns.ecosystem_key()
    kind: str = Field(sa_column=Column(Text, primary_key=True))
    epoch: int = columns.big()
    position: int = columns.big()
    measures: dict[str, Any] = Field(sa_column=Column(JSONB, nullable=False))


class CharacterMeasure(SQLModel, table=True):
    """Measures of one character in the network of one kind; true for the same position as the network's."""

    __tablename__ = "character_measures"
    __table_args__ = (
        ForeignKeyConstraint(["ecosystem_id", "number"], ["characters.ecosystem_id", "characters.number"], ondelete="CASCADE"),
    )
    ecosystem_id: UUID = columns.ecosystem_key()
    kind: str = Field(sa_column=Column(Text, primary_key=True))
    number: int = Field(sa_column=Column(Integer, primary_key=True, autoincrement=False))
    measures: dict[str, Any] = Field(sa_column=Column(JSONB, nullable=False))
