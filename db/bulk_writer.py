"""The bulk writer: writes a whole ecosystem in the order of its positions, by COPY in batches, so that memory stays constant.

Postgres copies one batch while the next one is filled.
"""

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from types import MappingProxyType
from typing import Any
from uuid import UUID

from sqlmodel import SQLModel

from db import interactions
from db.activity import Fact as FactTable
from db.activity import FactCharacter
from db.characters import Character
from db.conversations import Conversation, Message, Participant
from db.interactions import Interaction
from db.relationships import Relationship
from domain.activity import Fact, FactType
from domain.characters import CharacterState
from domain.clock import WorldClock
from domain.interactions import Act
from domain.relationships import RelationshipState
from domain.validation import casefold_for_search

BATCH_ROWS_MAX = 5_000

_TABLES_IN_ORDER: tuple[type[SQLModel], ...] = (
    Character,
    FactTable,
    FactCharacter,
    Conversation,
    Participant,
    Message,
    Interaction,
    Relationship,
)
"""Each table comes after those that its foreign keys refer to."""

_Batch = dict[type[SQLModel], list[tuple[Any, ...]]]


@dataclass(slots=True)
class _CharacterTotals:
    """The current state of a character, and the number of its interactions."""

    state: CharacterState
    interaction_count: int = 0


@dataclass(slots=True)
class _Participation:
    """The part of one character in a conversation. `joined` is its rank by time of joining, from 1."""

    joined: int
    message_count: int = 0
    speech_count: int = 0
    word_count: int = 0


@dataclass(slots=True)
class _OpenConversation:
    """A conversation that is not closed yet."""

    title: str
    opened_at: float
    message_count: int = 0
    participations: dict[int, _Participation] = field(default_factory=dict)

    def participation(self, number: int) -> _Participation:
        """A character joins with its first message."""
        if number not in self.participations:
            self.participations[number] = _Participation(joined=len(self.participations) + 1)
        return self.participations[number]


class EcosystemWriter:
    """Writes the history of one ecosystem, which must be new or emptied, in the transaction of `connection`.

    Use it with `async with`, because it uses the connection until the block ends. Call `flush_if_full` regularly and `finish` last.
    """

    def __init__(self, connection: Any, ecosystem_id: UUID, *, actor_id: UUID | None, now: datetime) -> None:
        self.ecosystem_id, self.actor_id, self.now = ecosystem_id, actor_id, now
        self.head = 0
        self._connection = connection
        self._buffer = _empty_batch()
        self._copying: asyncio.Task[None] | None = None
        self._characters: dict[int, _CharacterTotals] = {}
        self._relationships: dict[tuple[int, int], tuple[int, RelationshipState]] = {}
        self._open_conversations: dict[int, _OpenConversation] = {}

    async def __aenter__(self) -> "EcosystemWriter":
        return self

    async def __aexit__(self, *_: object) -> None:
        """Cancels a COPY that still runs, so that the caller can roll back."""
        if self._copying is not None:
            self._copying.cancel()
            await asyncio.gather(self._copying, return_exceptions=True)

    def add_fact(self, fact: Fact) -> int:
        """Writes a fact at the next position. Returns the position."""
        self.head += 1
        self._add_row(
            FactTable,
            ecosystem_id=self.ecosystem_id, position=self.head, type=str(fact.type), actor_id=self.actor_id,
            world_seconds=fact.world_seconds, created_at=self.now, data=dict(fact.data),
        )  # fmt: skip
        for number in dict.fromkeys(fact.numbers):
            self._add_row(FactCharacter, ecosystem_id=self.ecosystem_id, number=number, position=self.head, type=str(fact.type))
        return self.head

    def add_character(self, state: CharacterState, description: str = "") -> None:
        self._characters[state.number] = _CharacterTotals(state)
        self._add_row(Character, **self._character_values(state, description))
        data = {"number": state.number, "name": state.name}
        self.add_fact(Fact(FactType.CHARACTER_CREATED, state.felt_at, (state.number,), data))

    def add_act(self, act: Act, facts: Sequence[Fact], content: str = "", message_position: int | None = None) -> None:
        """Writes an interaction. `facts` are those of `facts_of_act`."""
        position = self.add_fact(facts[0])
        for fact in facts[1:]:
            self.add_fact(fact)
        row = interactions.row_values(self.ecosystem_id, position, act, content, message_position, self.now)
        self._add_row(Interaction, **dict(zip(interactions.ROW_COLUMNS, row, strict=True)))
        for state in (act.initiator, act.responder):
            self._characters[state.number].state = state
            self._characters[state.number].interaction_count += 1
        for effect in act.effects:
            direction = effect.from_number, effect.to_number
            created, _ = self._relationships.get(direction, (position, None))
            self._relationships[direction] = created, effect.after

    def open_conversation(self, title: str, numbers: Sequence[int], at: float) -> int:
        """Opens a conversation. Returns its position, which identifies it. The characters `numbers` join in this order."""
        position = self.add_fact(Fact(FactType.CONVERSATION_OPENED, at, tuple(numbers)))
        conversation = self._open_conversations[position] = _OpenConversation(title, at)
        for number in numbers:
            conversation.participation(number)
        return position

    def add_message(self, conversation: int, speakers: Sequence[CharacterState], text: str, words: int, at: float) -> int:
        open_conversation, numbers = self._open_conversations[conversation], [speaker.number for speaker in speakers]
        position = self.add_fact(Fact(FactType.MESSAGE_SAID, at, tuple(numbers), {"conversation": conversation}))
        open_conversation.message_count += 1
        for number in numbers:
            participation = open_conversation.participation(number)
            participation.message_count += 1
            participation.speech_count += len(numbers) == 1
            participation.word_count += words
        self._add_row(
            Message,
            ecosystem_id=self.ecosystem_id, position=position, conversation_position=conversation, number=open_conversation.message_count,
            speakers=numbers, speaker_names=[speaker.name for speaker in speakers], text=text, words=words, world_seconds=at,
            created_at=self.now,
        )  # fmt: skip
        return position

    def close_conversation(
        self, conversation: int, at: float, *, nested_message_counts: Mapping[int, int] = MappingProxyType({})
    ) -> None:
        """`nested_message_counts`: messages of each character in conversations nested in this one; these characters take part here too."""
        open_conversation = self._open_conversations.pop(conversation)
        for number, messages in nested_message_counts.items():
            open_conversation.participation(number).message_count += messages
        self.add_fact(Fact(FactType.CONVERSATION_CLOSED, at, data={"conversation": conversation}))
        self._add_row(
            Conversation,
            ecosystem_id=self.ecosystem_id, position=conversation, title=open_conversation.title, is_open=False, opened_world_seconds=open_conversation.opened_at,
            closed_world_seconds=at, message_count=open_conversation.message_count, participant_count=len(open_conversation.participations), created_at=self.now,
        )  # fmt: skip
        for number, participation in open_conversation.participations.items():
            self._add_row(
                Participant,
                ecosystem_id=self.ecosystem_id, conversation_position=conversation, number=number, joined=participation.joined,
                message_count=participation.message_count, speech_count=participation.speech_count, word_count=participation.word_count,
            )  # fmt: skip

    def _character_values(self, state: CharacterState, description: str) -> dict[str, Any]:
        traits = {trait: getattr(state.traits, trait) for trait in state.traits.__dataclass_fields__}
        return {
            "ecosystem_id": self.ecosystem_id, "number": state.number, "name": state.name, "name_key": casefold_for_search(state.name),
            "description": description, **traits, "energy": state.energy, "mood": state.mood, "felt_at": state.felt_at,
            "is_active": state.is_active, "owner_id": None, "interaction_count": 0, "version": 1, "created_at": self.now,
            "updated_at": self.now,
        }  # fmt: skip

    def _add_row(self, table: type[SQLModel], **values: Any) -> None:
        self._buffer[table].append(tuple(values[column] for column in _columns(table)))

    async def flush_if_full(self) -> None:
        """Starts to copy the buffered rows if there are many. Not during a conversation, because its messages refer to it."""
        if not self._open_conversations and sum(map(len, self._buffer.values())) >= BATCH_ROWS_MAX:
            await self._wait_for_copy()
            self._copying = asyncio.create_task(self._copy(self._buffer))
            self._buffer = _empty_batch()

    async def _wait_for_copy(self) -> None:
        if self._copying is not None:
            await self._copying

    async def finish(self, clock: WorldClock) -> None:
        """Writes the final states of characters and relationships, and the head and clock of the ecosystem."""
        for created, state in self._relationships.values():
            self._add_row(
                Relationship,
                ecosystem_id=self.ecosystem_id, **{column: getattr(state, column) for column in RelationshipState.__dataclass_fields__},
                created_position=created, created_at=self.now, updated_at=self.now,
            )  # fmt: skip
        await self._wait_for_copy()
        await self._copy(self._buffer)
        await self._save_states(self._characters.values())
        await self._connection.execute(
            "UPDATE ecosystems SET head = $2, characters_made = $3, clock_world_seconds = $4, clock_since = $5, clock_rate = $6, "
            "active_at = $7 WHERE id = $1",
            self.ecosystem_id, self.head, max(self._characters, default=0), clock.world_seconds, clock.since, clock.rate, self.now,
        )  # fmt: skip

    async def _save_states(self, characters: Iterable[_CharacterTotals]) -> None:
        await self._connection.executemany(
            "UPDATE characters SET energy = $3, mood = $4, felt_at = $5, interaction_count = $6 "
            "WHERE ecosystem_id = $1 AND number = $2",
            [
                (self.ecosystem_id, p.number, p.energy, p.mood, p.felt_at, life.interaction_count)
                for life in characters
                for p in (life.state,)
            ],
        )

    async def _copy(self, batch: _Batch) -> None:
        for table in _TABLES_IN_ORDER:
            if rows := batch[table]:
                await self._connection.copy_records_to_table(_table_name(table), records=rows, columns=_columns(table))


def _empty_batch() -> _Batch:
    return {table: [] for table in _TABLES_IN_ORDER}


@cache
def _columns(table: type[SQLModel]) -> tuple[str, ...]:
    return tuple(table.model_fields)


def _table_name(table: type[SQLModel]) -> str:
    return str(table.__tablename__)
