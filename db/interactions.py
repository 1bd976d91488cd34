"""Interactions: acts between two characters. One is named by the position of its fact and never changes."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Column, Index, Integer, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field, SQLModel

from db import columns
from domain.rule_sets import Kind

MILLION = 1_000_000


class Interaction(SQLModel, table=True):
    """Chances and valences are millionths. Numbers and names stay when a character goes, so there is no foreign key to it.

    `effects` are two objects (see `effect_data`), `reasons` triples of rule, description and weight in millionths.
    """

    __tablename__ = "interactions"
    __table_args__ = (
        columns.one_of("kind", Kind),
        columns.within("chance", 0, MILLION),
        columns.within("initiator_valence", -MILLION, MILLION),
        columns.within("responder_valence", -MILLION, MILLION),
        CheckConstraint("pair_low < pair_high", name="between_two"),
        Index("interactions_of_pair", "ecosystem_id", "pair_low", "pair_high", "position"),
        Index("interactions_by_kind", "ecosystem_id", "kind", "position"),
        Index("interactions_begun", "ecosystem_id", "initiator_number", "position"),
        Index("interactions_met", "ecosystem_id", "responder_number", "position"),
        Index(
            "interactions_of_message",
            "ecosystem_id",
            "message_position",
            "position",
            postgresql_where=text("message_position IS NOT NULL"),
        ),
    )
    ecosystem_id: UUID = columns.ecosystem_key()
    position: int = columns.position_key()
    kind: str = columns.text()
    initiator_number: int
    initiator_name: str = columns.text()
    responder_number: int
    responder_name: str = columns.text()
    pair_low: int
    pair_high: int
    content: str = columns.text()
    accepted: bool
    initiator_valence: int
    responder_valence: int
    chance: int
    drawn: int | None = Field(default=None, sa_column=Column(Integer))
    reasons: list[Any] = Field(sa_column=Column(JSONB, nullable=False))
    effects: list[Any] = Field(sa_column=Column(JSONB, nullable=False))
    message_position: int | None = columns.big(nullable=True)
    world_seconds: float = columns.seconds()
    created_at: datetime = columns.moment()
