"""Conversations: open, read and close them, and follow the messages of one in a subscription."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from db import conversations
from db.characters import CharacterRow
from db.conversations import MESSAGE_ORDER, OLDEST_FIRST, PARTICIPANT_ORDER, Conversation, ConversationRow
from db.conversations import ConversationFilter as ConversationFilter
from db.unit_of_work import world_clock
from domain.activity import Cursor, Fact, FactType
from domain.keys import CharacterKey, ConversationKey
from domain.refusals import Inactive, NotFound
from domain.validation import TITLE_LENGTH_MAX, ValidationErrors
from resolvers import activity_stream, idempotency, nodes, permissions
from resolvers.commit import Commit
from resolvers.context import Context
from resolvers.pages import Page, PageArguments

PARTICIPANTS_MAX = 100


@dataclass(frozen=True, slots=True)
class OpenConversation:
    ecosystem_id: UUID
    title: str
    participants: tuple[CharacterKey, ...]
    idempotency_key: str | None = None


async def open_conversation(context: Context, command: OpenConversation) -> Commit[ConversationKey]:
    """Raises NotSignedIn, NotFound, NotAllowed, Invalid, Inactive."""
    problems = ValidationErrors()
    title = problems.check_line(command.title, "title", longest=TITLE_LENGTH_MAX)
    _check_participants(problems, command)
    idempotency.check_key(command)
    numbers = list(dict.fromkeys(key.number for key in command.participants))
    async with context.unit_of_work(command.ecosystem_id) as work:
        if replay := await idempotency.find_replay(work, "openConversation", command):
            return Commit(ConversationKey(command.ecosystem_id, replay.result), replay.cursor)
        rows = await work.lock_characters(*numbers[: PARTICIPANTS_MAX + 1])
        ecosystem = await work.load_ecosystem()
        permissions.require_editor(ecosystem, "open conversations")
        problems.raise_if_any()
        _require_active(command.participants, rows)

        at = world_clock(ecosystem).at(work.now)
        position = await work.record_facts(Fact(FactType.CONVERSATION_OPENED, at, tuple(numbers)))
        conversation = Conversation(
            ecosystem_id=ecosystem.id, position=position, title=title, is_open=True, opened_world_seconds=at, message_count=0,
            participant_count=len(numbers), created_at=work.now,
        )  # fmt: skip
        await conversations.insert(work.connection, conversation, numbers)
        await work.save_reply(command.idempotency_key, position)
    return Commit(ConversationKey(command.ecosystem_id, position), str(work.cursor))


def _check_participants(problems: ValidationErrors, command: OpenConversation) -> None:
    if len(command.participants) > PARTICIPANTS_MAX:
        because = f"At most {PARTICIPANTS_MAX} characters can be invited; others join when they speak."
        problems.add("participantIds", because=because)
    if any(key.ecosystem_id != command.ecosystem_id for key in command.participants):
        problems.add("participantIds", because="All participants must live in the ecosystem of the conversation.")


def _require_active(keys: Sequence[CharacterKey], rows: dict[int, CharacterRow]) -> None:
    """Raises NotFound or Inactive for the first key for which `rows`, by number, has no active character."""
    for key in keys:
        if key.number not in rows:
            raise NotFound(missing=key)
        if not rows[key.number].is_active:
            raise Inactive(number=key.number)


async def close_conversation(context: Context, key: ConversationKey) -> Commit[ConversationKey]:
    """Changes nothing where the conversation is closed already. Raises NotSignedIn, NotFound, NotAllowed."""
    async with context.unit_of_work(key.ecosystem_id) as work:
        ecosystem = await work.load_ecosystem()
        row = await conversations.lock(work.connection, key.ecosystem_id, key.position)
        if row is None:
            raise NotFound(missing=key)
        permissions.require_editor(ecosystem, "close conversations")
        if row.is_open:
            at = world_clock(ecosystem).at(work.now)
            await conversations.close(work.connection, key.ecosystem_id, key.position, at)
            await work.record_facts(Fact(FactType.CONVERSATION_CLOSED, at, data={"conversation": key.position}))
    return Commit(key, str(work.cursor or Cursor(ecosystem.epoch, ecosystem.head)))


async def get(context: Context, key: ConversationKey) -> ConversationRow:
    """Raises NotFound where it does not exist or the viewer may not see it."""
    row: ConversationRow = await nodes.get(context, key)
    return row


async def list_for_ecosystem(context: Context, id_: UUID, page: PageArguments, filter_: ConversationFilter) -> Page:
    return await context.loaders.page(conversations.of_ecosystems, id_, page, OLDEST_FIRST, filter_)


async def list_for_character(context: Context, key: CharacterKey, page: PageArguments, filter_: ConversationFilter) -> Page:
    """Conversations in which the character takes part."""
    return await context.loaders.page(conversations.of_characters, key, page, OLDEST_FIRST, filter_)


async def list_messages(context: Context, row: ConversationRow, page: PageArguments) -> Page:
    async def count() -> int:
        return row.message_count

    key = (row.ecosystem_id, row.position)
    return (await context.loaders.page(conversations.messages, key, page, MESSAGE_ORDER)).with_total(count)


async def list_participants(context: Context, row: ConversationRow, page: PageArguments) -> Page:
    key = (row.ecosystem_id, row.position)
    found = await context.loaders.page(conversations.participants, key, page, PARTICIPANT_ORDER)
    return found.with_total(lambda: context.loaders.load(conversations.participant_counts, key))


async def subscribe(context: Context, key: ConversationKey, after: str | None) -> AsyncIterator[activity_stream.StreamEvent]:
    """One event for each message. Raises as `activity_stream.subscribe`, and NotFound where the conversation does not exist."""
    await get(context, key)

    def is_message(fact: Any) -> bool:
        return bool(fact.type == FactType.MESSAGE_SAID and fact.data["conversation"] == key.position)

    async for event in activity_stream.subscribe(context, key.ecosystem_id, after, is_message):
        yield event
