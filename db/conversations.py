"""Conversations, participants and messages. The position of its fact identifies each conversation and each message."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, CheckConstraint, Column, ForeignKeyConstraint, Index, Integer, Text
from sqlmodel import Field, SQLModel

from db import columns
from db.characters import COLUMNS as CHARACTER_COLUMNS
from db.characters import CharacterRow
from db.database import Reader
from db.lookups import rows_by_keys
from db.pages import (
    Order,
    PageWindow,
    Statement,
    counts_by_parent,
    group_by_parent,
    lateral_per_parent,
)
from db.rows import Row, insert_row
from domain.keys import FactKey

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
    opened_world_seconds: float = columns.world_seconds()
    closed_world_seconds: float | None = columns.world_seconds(nullable=True)
    message_count: int = Field(default=0)
    participant_count: int = Field(default=0)
    created_at: datetime = columns.timestamp()


class Participant(SQLModel, table=True):
    """`joined` numbers the participants of a conversation from 1, in order of joining.

    `message_count` counts the messages of the participant, `speech_count` those without another speaker, `word_count` all words.
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
    word_count: int = columns.big_integer(default=0)


class Message(SQLModel, table=True):
    """`speakers` are character numbers, `speaker_names` their names at that time. `number` counts from 1 in the conversation."""

    __tablename__ = "messages"
    __table_args__ = (
        ForeignKeyConstraint(["ecosystem_id", "conversation_position"], _CONVERSATION, ondelete="CASCADE"),
        Index("messages_in_order", "ecosystem_id", "conversation_position", "number", unique=True),
    )
    ecosystem_id: UUID = columns.ecosystem_key()
    position: int = columns.position_key()
    conversation_position: int = columns.big_integer()
    number: int
    speakers: list[int] = Field(sa_column=Column(ARRAY(Integer), nullable=False))
    speaker_names: list[str] = Field(sa_column=Column(ARRAY(Text), nullable=False))
    text: str = columns.text()
    words: int
    world_seconds: float = columns.world_seconds()
    created_at: datetime = columns.timestamp()


class ConversationRow(Row):
    __slots__ = ()
    ecosystem_id: UUID
    position: int
    title: str
    is_open: bool
    opened_world_seconds: float
    closed_world_seconds: float | None
    message_count: int
    participant_count: int
    created_at: datetime


class MessageRow(Row):
    __slots__ = ()
    ecosystem_id: UUID
    position: int
    conversation_position: int
    number: int
    speakers: list[int]
    speaker_names: list[str]
    text: str
    words: int
    world_seconds: float
    created_at: datetime


COLUMNS = (
    "v.ecosystem_id, v.position, v.title, v.is_open, v.opened_world_seconds, v.closed_world_seconds, v.message_count, "
    "v.participant_count, v.created_at"
)
MESSAGE_COLUMNS = (
    "s.ecosystem_id, s.position, s.conversation_position, s.number, s.speakers, s.speaker_names, s.text, s.words, "
    "s.world_seconds, s.created_at"
)
KEYS = {"ecosystem_id": "uuid", "position": "bigint"}
OLDEST_FIRST = Order("v.oldest", (("v.position", "bigint", "position"),))
OLDEST_FIRST_OF_CHARACTER = Order("v.oldest", (("o.conversation_position", "bigint", "position"),))
"""The same order by another column, which the index by character contains."""
MESSAGE_ORDER = Order("s.said", (("s.number", "int", "number"),))
PARTICIPANT_ORDER = Order("p.joined", (("p.joined", "int", "joined"),))


@dataclass(frozen=True, slots=True)
class ConversationFilter:
    """`numbers`: with any of these characters. None matches all, an empty tuple matches none."""

    is_open: bool | None = None
    numbers: tuple[int, ...] | None = None


async def by_keys(reader: Reader, viewer_id: UUID | None, keys: Sequence[FactKey]) -> list[ConversationRow | None]:
    """In the order of `keys`. None if it does not exist or the viewer may not see it."""
    return await rows_by_keys(
        reader, viewer_id, keys, key_columns=KEYS, table="conversations v", columns=COLUMNS, row_class=ConversationRow
    )


async def messages_by_keys(reader: Reader, viewer_id: UUID | None, keys: Sequence[FactKey]) -> list[MessageRow | None]:
    """In the order of `keys`. None if it does not exist or the viewer may not see it."""
    return await rows_by_keys(
        reader, viewer_id, keys, key_columns=KEYS, table="messages s", columns=MESSAGE_COLUMNS, row_class=MessageRow
    )


async def of_ecosystems(
    reader: Reader, viewer_id: UUID | None, ids: Sequence[UUID], window: PageWindow, filter_: ConversationFilter
) -> list[list[ConversationRow]]:
    statement = Statement(viewer_id)
    keys = statement.bind_parents({"ecosystem_id": "uuid"}, [(id_,) for id_ in ids])
    conditions = "".join(_conditions(statement, filter_))
    keyset, ordered = statement.page_clauses(OLDEST_FIRST, window)
    inner = f"SELECT {COLUMNS} FROM conversations v WHERE v.ecosystem_id = k.ecosystem_id{conditions}{keyset} {ordered}"
    return group_by_parent(
        await reader.fetch(lateral_per_parent(keys, inner), *statement.args, record_class=ConversationRow), len(ids)
    )


async def of_characters(
    reader: Reader, viewer_id: UUID | None, parents: Sequence[tuple[UUID, int]], window: PageWindow, filter_: ConversationFilter
) -> list[list[ConversationRow]]:
    """The conversations that each character takes part in."""
    statement = Statement(viewer_id)
    keys = statement.bind_parents({"ecosystem_id": "uuid", "number": "int"}, parents)
    conditions = "".join(_conditions(statement, filter_))
    keyset, ordered = statement.page_clauses(OLDEST_FIRST_OF_CHARACTER, window)
    inner = (
        f"SELECT {COLUMNS} FROM participants o JOIN conversations v "
        "ON v.ecosystem_id = o.ecosystem_id AND v.position = o.conversation_position "
        f"WHERE o.ecosystem_id = k.ecosystem_id AND o.number = k.number{conditions}{keyset} {ordered}"
    )
    return group_by_parent(
        await reader.fetch(lateral_per_parent(keys, inner), *statement.args, record_class=ConversationRow), len(parents)
    )


def _conditions(statement: Statement, filter_: ConversationFilter) -> Iterator[str]:
    if filter_.is_open is not None:
        yield f" AND v.is_open = {statement.bind(filter_.is_open, 'boolean')}"
    if filter_.numbers is not None:
        yield (
            " AND EXISTS (SELECT FROM participants p WHERE p.ecosystem_id = v.ecosystem_id AND p.conversation_position = v.position "
            f"AND p.number = ANY({statement.bind(list(filter_.numbers), 'int[]')}))"
        )


async def messages(
    reader: Reader, viewer_id: UUID | None, parents: Sequence[tuple[UUID, int]], window: PageWindow
) -> list[list[MessageRow]]:
    """The messages of each conversation, oldest first."""
    statement = Statement(viewer_id)
    keys = statement.bind_parents(KEYS, parents)
    keyset, ordered = statement.page_clauses(MESSAGE_ORDER, window)
    inner = (
        f"SELECT {MESSAGE_COLUMNS} FROM messages s WHERE s.ecosystem_id = k.ecosystem_id "
        f"AND s.conversation_position = k.position{keyset} {ordered}"
    )
    return group_by_parent(
        await reader.fetch(lateral_per_parent(keys, inner), *statement.args, record_class=MessageRow), len(parents)
    )


async def participants(
    reader: Reader, viewer_id: UUID | None, parents: Sequence[tuple[UUID, int]], window: PageWindow
) -> list[list[CharacterRow]]:
    """The participants of each conversation, in order of joining."""
    statement = Statement(viewer_id)
    keys = statement.bind_parents(KEYS, parents)
    keyset, ordered = statement.page_clauses(PARTICIPANT_ORDER, window)
    inner = (
        f"SELECT {CHARACTER_COLUMNS}, p.joined FROM participants p "
        "JOIN characters c ON c.ecosystem_id = p.ecosystem_id AND c.number = p.number "
        f"WHERE p.ecosystem_id = k.ecosystem_id AND p.conversation_position = k.position{keyset} {ordered}"
    )
    return group_by_parent(
        await reader.fetch(lateral_per_parent(keys, inner), *statement.args, record_class=CharacterRow), len(parents)
    )


async def participant_counts(reader: Reader, viewer_id: UUID | None, parents: Sequence[tuple[UUID, int]]) -> list[int]:
    """The number of participants of each conversation whose character still exists."""
    statement = Statement(viewer_id)
    keys = statement.bind_parents(KEYS, parents)
    inner = (
        "SELECT count(*)::int AS count FROM participants p "
        "WHERE p.ecosystem_id = k.ecosystem_id AND p.conversation_position = k.position"
    )
    return counts_by_parent(
        await reader.fetch(lateral_per_parent(keys, inner), *statement.args, record_class=Row), len(parents)
    )


async def lock(connection: Any, ecosystem_id: UUID, position: int) -> ConversationRow | None:
    """Locks the row. All writers lock a conversation before its characters, so that they cannot deadlock."""
    row: ConversationRow | None = await connection.fetchrow(
        f"SELECT {COLUMNS} FROM conversations v WHERE v.ecosystem_id = $1 AND v.position = $2 FOR NO KEY UPDATE",
        ecosystem_id, position, record_class=ConversationRow,
    )  # fmt: skip
    return row


async def last_speakers(connection: Any, ecosystem_id: UUID, position: int) -> list[int]:
    """The speakers of the last message of a conversation; empty before the first message."""
    speakers: list[int] | None = await connection.fetchval(
        "SELECT speakers FROM messages WHERE ecosystem_id = $1 AND conversation_position = $2 ORDER BY number DESC LIMIT 1",
        ecosystem_id, position,
    )  # fmt: skip
    return speakers or []


async def insert(connection: Any, conversation: Conversation, numbers: Sequence[int]) -> None:
    """Inserts a conversation; the characters `numbers` join it in this order."""
    await insert_row(connection, conversation)
    await connection.execute(
        "INSERT INTO participants (ecosystem_id, conversation_position, number, joined, message_count, speech_count) "
        "SELECT $1, $2, number, joined, 0, 0 FROM unnest($3::int[]) WITH ORDINALITY AS p(number, joined)",
        conversation.ecosystem_id, conversation.position, list(numbers),
    )  # fmt: skip


async def insert_message(connection: Any, message: Message) -> None:
    """Inserts a message, and updates the counts of its conversation and of its speakers, who join if they are new."""
    await insert_row(connection, message)
    await connection.execute(
        "WITH joined AS (INSERT INTO participants AS p (ecosystem_id, conversation_position, number, joined, message_count, "
        "speech_count, word_count) SELECT v.ecosystem_id, v.position, s.number, v.participant_count + s.nth, 1, $4, $5 "
        "FROM conversations v, unnest($3::int[]) WITH ORDINALITY AS s(number, nth) WHERE v.ecosystem_id = $1 AND v.position = $2 "
        "ON CONFLICT (ecosystem_id, conversation_position, number) DO UPDATE SET message_count = p.message_count + 1, "
        "speech_count = p.speech_count + $4, word_count = p.word_count + $5 RETURNING (xmax = 0) AS is_new) "
        "UPDATE conversations SET message_count = message_count + 1, "
        "participant_count = participant_count + (SELECT count(*) FROM joined WHERE is_new) WHERE ecosystem_id = $1 AND position = $2",
        message.ecosystem_id, message.conversation_position, message.speakers, int(len(message.speakers) == 1), message.words,
    )  # fmt: skip


async def close(connection: Any, ecosystem_id: UUID, position: int, at: float) -> None:
    await connection.execute(
        "UPDATE conversations SET is_open = false, closed_world_seconds = $3 WHERE ecosystem_id = $1 AND position = $2",
        ecosystem_id, position, at,
    )  # fmt: skip
