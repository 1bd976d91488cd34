"""Conversations, who takes part, and messages. Each is named by the position of the fact that brought it."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ARRAY, CheckConstraint, Column, ForeignKeyConstraint, Index, Integer, Text
from sqlmodel import Field, SQLModel

from db import columns

_CONVERSATION = ["conversations.ecosystem_id", "conversations.position"]


class Conversation(SQLModel, table=True):
    __tablename__ = "conversations"
    __table_args__ = (
        CheckConstraint("message_count >= 0 AND participant_count >= 0", name="counters_bounds"),
        Index("conversations_open", "ecosystem_id", "is_open", "position"),
    )
    ecosystem_id: UUID = columns.ecosystem_key()
    position: int = columns.position_key()
    title: str = columns.text()
    is_open: bool
    opened_world_seconds: float = columns.seconds()
    closed_world_seconds: float | None = columns.seconds(nullable=True)
    message_count: int = Field(default=0)
    participant_count: int = Field(default=0)
    created_at: datetime = columns.moment()


class Participant(SQLModel, table=True):
    """`joined` counts those of a conversation from 1, in order.

    `message_count` counts what they said in it, `speech_count` only what they said alone, `word_count` the words of all of it.
    """

    __tablename__ = "participants"
    __table_args__ = (
        ForeignKeyConstraint(["ecosystem_id", "conversation_position"], _CONVERSATION, ondelete="CASCADE"),
        ForeignKeyConstraint(["ecosystem_id", "number"], ["characters.ecosystem_id", "characters.number"], ondelete="CASCADE"),
        Index("participants_in_order", "ecosystem_id", "conversation_position", "joined", unique=True),
        Index("participants_by_character", "ecosystem_id", "number", "conversation_position"),
    )
    ecosystem_id: UUID = columns.ecosystem_key()
    conversation_position: int = columns.position_key()
    number: int = Field(sa_column=Column(Integer, primary_key=True, autoincrement=False))
    joined: int
    message_count: int = Field(default=0)
    speech_count: int = Field(default=0)
    word_count: int = columns.big(default=0)


class Message(SQLModel, table=True):
    """`speakers` are numbers of characters, with their names as they were; `number` counts from 1 in the conversation."""

    __tablename__ = "messages"
    __table_args__ = (
        ForeignKeyConstraint(["ecosystem_id", "conversation_position"], _CONVERSATION, ondelete="CASCADE"),
        Index("messages_in_order", "ecosystem_id", "conversation_position", "number", unique=True),
    )
    ecosystem_id: UUID = columns.ecosystem_key()
    position: int = columns.position_key()
    conversation_position: int = columns.big()
    number: int
    speakers: list[int] = Field(sa_column=Column(ARRAY(Integer), nullable=False))
    speaker_names: list[str] = Field(sa_column=Column(ARRAY(Text), nullable=False))
    text: str = columns.text()
    words: int
    world_seconds: float = columns.seconds()
    created_at: datetime = columns.moment()
