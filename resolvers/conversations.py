"""Conversations: opened, spoken in and closed. A message after another's is a chat with whoever spoke just before."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from db import characters, conversations, interactions, relationships
from db.characters import CharacterRow
from db.conversations import MESSAGE_ORDER, OLDEST_FIRST, PARTICIPANT_ORDER, Conversation, ConversationRow, Message, MessageRow
from db.conversations import ConversationFilter as ConversationFilter
from db.ecosystems import EcosystemRow
from db.pages import PageWindow
from db.unit_of_work import UnitOfWork, unit_of_work, world_clock
from domain import rule_sets, word_count
from domain.activity import Cursor, Fact, FactType, facts_of_act
from domain.characters import CharacterState
from domain.conversations import chat
from domain.ecosystems import Role, role_suffices
from domain.interactions import Act, EcosystemRules
from domain.keys import CharacterKey, ConversationKey, EcosystemKey, MessageKey
from domain.refusals import ConversationIsClosed, Inactive, Invalid, NotAllowed, NotFound
from domain.rule_sets import InteractionKind
from domain.validation import MESSAGE_LENGTH_MAX, TITLE_LENGTH_MAX, ValidationErrors
from resolvers import activity_stream, ecosystems
from resolvers.characters import require_can_act
from resolvers.context import Context
from resolvers.pages import Connection, PageArguments, build_connection

PARTICIPANTS_MAX = 100


@dataclass(frozen=True, slots=True)
class ConversationCommit:
    key: ConversationKey
    cursor: str


@dataclass(frozen=True, slots=True)
class MessageCommit:
    key: MessageKey
    cursor: str


@dataclass(frozen=True, slots=True)
class OpenConversation:
    ecosystem_id: UUID
    title: str
    participants: tuple[CharacterKey, ...]
    idempotency_key: str | None = None


async def open_conversation(context: Context, command: OpenConversation) -> ConversationCommit:
    """Raises NotSignedIn, NotFound, NotAllowed, Invalid, Inactive."""
    problems = ValidationErrors()
    title = problems.check_line(command.title, "title", longest=TITLE_LENGTH_MAX)
    if len(command.participants) > PARTICIPANTS_MAX:
        problems.add("participantIds", because=f"At most {PARTICIPANTS_MAX} can be asked in; whoever speaks joins by that.")
    if any(key.ecosystem_id != command.ecosystem_id for key in command.participants):
        problems.add("participantIds", because="All participants must live in the ecosystem of the conversation.")
    ecosystems.check_idempotency_key(command.idempotency_key)
    numbers = list(dict.fromkeys(key.number for key in command.participants))
    asked = ecosystems.fingerprint("openConversation", command)
    async with unit_of_work(context.stores, context.wall, command.ecosystem_id, context.require_viewer_id()) as made:
        answer = await made.find_replay(command.idempotency_key, asked)
        if answer and answer.answer is not None and answer.position is not None:
            row = await made.load_ecosystem()
            return ConversationCommit(ConversationKey(row.id, answer.answer), str(Cursor(row.epoch, answer.position)))
        people = await made.lock_characters(*numbers[: PARTICIPANTS_MAX + 1])
        row = await made.load_ecosystem()
        if not role_suffices(row.role, Role.EDITOR):
            raise NotAllowed("Only editors and owners of this ecosystem may open conversations.", Role.EDITOR)
        problems.raise_if_any()
        _require_active(command.participants, people)

        at = world_clock(row).at(made.now)
        position = await made.record_facts(Fact(FactType.CONVERSATION_OPENED, at, tuple(numbers)))
        kept = Conversation(
            ecosystem_id=row.id, position=position, title=title, is_open=True, opened_world_seconds=at, message_count=0,
            participant_count=len(numbers), created_at=made.now,
        )  # fmt: skip
        await conversations.insert(made.connection, kept, numbers)
        await made.save_reply(command.idempotency_key, position)
    context.refresh()
    return ConversationCommit(ConversationKey(command.ecosystem_id, position), str(made.cursor))


def _require_active(keys: Sequence[CharacterKey], characters_by_number: dict[int, CharacterRow]) -> None:
    for key in keys:
        if key.number not in characters_by_number:
            raise NotFound(missing=key)
        if not characters_by_number[key.number].is_active:
            raise Inactive(number=key.number)


async def close_conversation(context: Context, key: ConversationKey) -> ConversationCommit:
    """Closing what is closed changes nothing. Raises NotSignedIn, NotFound, NotAllowed."""
    async with unit_of_work(context.stores, context.wall, key.ecosystem_id, context.require_viewer_id()) as made:
        world = await made.load_ecosystem()
        row = await conversations.lock(made.connection, key.ecosystem_id, key.position)
        if row is None:
            raise NotFound(missing=key)
        if not role_suffices(world.role, Role.EDITOR):
            raise NotAllowed("Only editors and owners of this ecosystem may close conversations.", Role.EDITOR)
        if row.is_open:
            at = world_clock(world).at(made.now)
            await conversations.close(made.connection, key.ecosystem_id, key.position, at)
            await made.record_facts(Fact(FactType.CONVERSATION_CLOSED, at, data={"conversation": key.position}))
    context.refresh()
    return ConversationCommit(key, str(made.cursor or Cursor(world.epoch, world.head)))


@dataclass(frozen=True, slots=True)
class SayMessage:
    conversation: ConversationKey
    speaker: CharacterKey
    text: str
    idempotency_key: str | None = None


async def say(context: Context, command: SayMessage) -> MessageCommit:
    """Raises NotSignedIn, NotFound, NotAllowed, Invalid, Inactive, ConversationIsClosed, TooTired; then nothing has changed."""
    key, problems = command.conversation, ValidationErrors()
    text = problems.check_text(command.text, "text", longest=MESSAGE_LENGTH_MAX)
    if not text.strip():
        problems.add("text", because="It is empty; say something.")
    if command.speaker.ecosystem_id != key.ecosystem_id:
        problems.add("speakerId", because="The speaker does not live in the ecosystem of this conversation.")
    ecosystems.check_idempotency_key(command.idempotency_key)
    async with unit_of_work(context.stores, context.wall, key.ecosystem_id, context.require_viewer_id()) as made:
        answer = await made.find_replay(command.idempotency_key, ecosystems.fingerprint("say", command))
        if answer and answer.answer is not None and answer.position is not None:
            world = await made.load_ecosystem()
            return MessageCommit(MessageKey(world.id, answer.answer), str(Cursor(world.epoch, answer.position)))
        scene = await _load_turn(made, command)
        problems.raise_if_any()
        at = world_clock(scene.ecosystem).at(made.now)

        acts = await _decide_chats(made, scene, at)

        position = await _save_message(made, scene, acts, text, at)
        await made.save_reply(command.idempotency_key, position)
    context.refresh()
    return MessageCommit(MessageKey(key.ecosystem_id, position), str(made.cursor))


@dataclass(frozen=True, slots=True)
class _Turn:
    ecosystem: EcosystemRow
    conversation: ConversationRow
    speaker: CharacterRow
    listeners: list[CharacterRow]


async def _load_turn(work: UnitOfWork, command: SayMessage) -> _Turn:
    """The conversation is locked first, so that whoever spoke last stays the last; then the characters, in order."""
    key = command.conversation
    row = await conversations.lock(work.connection, key.ecosystem_id, key.position)
    before = await conversations.last_speakers(work.connection, key.ecosystem_id, key.position)
    people = await work.lock_characters(command.speaker.number, *before)
    world = await work.load_ecosystem()
    if row is None:
        raise NotFound(missing=key)
    if command.speaker.ecosystem_id != key.ecosystem_id:
        raise Invalid.at("speakerId", because="The speaker does not live in the ecosystem of this conversation.")
    if command.speaker.number not in people:
        raise NotFound(missing=command.speaker)
    speaker = people[command.speaker.number]
    require_can_act(world, speaker, work.viewer_id)
    if not speaker.is_active:
        raise Inactive(number=speaker.number)
    if not row.is_open:
        raise ConversationIsClosed(position=key.position)
    hearers = [
        people[number] for number in before if number in people and number != speaker.number and people[number].is_active
    ]
    return _Turn(world, row, speaker, hearers)


async def _decide_chats(work: UnitOfWork, turn: _Turn, at: float) -> list[Act]:
    """A chat with each who spoke just before, one after the other."""
    speaker = characters.to_state(turn.speaker)
    numbers = [speaker.number, *(hearer.number for hearer in turn.listeners)]
    ties = await relationships.states_among(work.connection, turn.ecosystem.id, numbers)
    world = EcosystemRules(rule_sets.by_name(turn.ecosystem.rule_set), turn.ecosystem.seed)
    acts: list[Act] = []
    for row in turn.listeners:
        pair = ties.get((speaker.number, row.number)), ties.get((row.number, speaker.number))
        past = await interactions.pair_history(
            work.connection, turn.ecosystem.id, speaker.number, row.number, InteractionKind.CHAT, pair[0], at
        )
        act = chat(world, speaker, characters.to_state(row), pair, past, at=at)
        speaker = act.initiator
        acts.append(act)
    return acts


async def _save_message(work: UnitOfWork, turn: _Turn, acts: list[Act], text: str, at: float) -> int:
    speaker = turn.speaker
    await _save_characters(work, acts)
    message = Fact(FactType.MESSAGE_SAID, at, (speaker.number,), {"conversation": turn.conversation.position})
    told = [facts_of_act(act) for act in acts]
    position = await work.record_facts(message, *(fact for facts in told for fact in facts))
    kept = Message(
        ecosystem_id=turn.ecosystem.id, position=position, conversation_position=turn.conversation.position,
        number=turn.conversation.message_count + 1, speakers=[speaker.number], speaker_names=[speaker.name], text=text,
        words=word_count.count_words(text), world_seconds=at, created_at=work.now,
    )  # fmt: skip
    await conversations.insert_message(work.connection, kept)
    placed, next_position = [], position + 1
    for act, facts in zip(acts, told, strict=True):
        placed.append((next_position, act))
        next_position += len(facts)
    await work.save_acts(placed, message_position=position)
    return position


async def _save_characters(work: UnitOfWork, acts: list[Act]) -> None:
    if acts:
        speaker: CharacterState = acts[-1].initiator
        await characters.save_states(work.connection, work.ecosystem_id, [speaker], interactions=len(acts))
        await characters.save_states(work.connection, work.ecosystem_id, [act.responder for act in acts], interactions=1)


async def subscribe(context: Context, key: ConversationKey, after: str | None) -> AsyncIterator[activity_stream.StreamEvent]:
    """What is said in it, one message an event. Raises as `feeds.follow` does, and NotFound where it is not there."""
    await get(context, key)

    def is_wanted(fact: Any) -> bool:
        return bool(fact.type == FactType.MESSAGE_SAID and fact.data["conversation"] == key.position)

    async for event in activity_stream.subscribe(context, key.ecosystem_id, after, is_wanted):
        yield event


async def by_keys(context: Context, keys: Sequence[ConversationKey]) -> Sequence[ConversationRow | None]:
    return await conversations.by_keys(context.stores.database, context.viewer_id, keys)


async def messages_by_keys(context: Context, keys: Sequence[MessageKey]) -> Sequence[MessageRow | None]:
    return await conversations.messages_by_keys(context.stores.database, context.viewer_id, keys)


async def get(context: Context, key: ConversationKey) -> ConversationRow:
    """Raises NotFound where it is not there or may not be seen."""
    row: ConversationRow | None = await context.loaders.loader_for(by_keys).load(key)
    if row is None:
        raise NotFound(missing=key)
    return row


async def list_for(
    context: Context, key: EcosystemKey | CharacterKey, page: PageArguments, wanted: ConversationFilter
) -> Connection:
    """Of a whole ecosystem, or those that a character takes part in."""
    window = page.to_slice(OLDEST_FIRST)
    batch: Any = _load_for_characters if isinstance(key, CharacterKey) else _load_for_ecosystems
    return build_connection(await context.loaders.loader_for(batch, window, wanted).load(key), window, OLDEST_FIRST)


async def list_messages(context: Context, row: ConversationRow, page: PageArguments) -> Connection:
    window = page.to_slice(MESSAGE_ORDER)
    rows = await context.loaders.loader_for(_load_messages, window).load((row.ecosystem_id, row.position))
    return build_connection(rows, window, MESSAGE_ORDER, total=lambda: _message_count(row))


async def _message_count(row: ConversationRow) -> int:
    return row.message_count


async def list_participants(context: Context, row: ConversationRow, page: PageArguments) -> Connection:
    key, window = (row.ecosystem_id, row.position), page.to_slice(PARTICIPANT_ORDER)
    rows = await context.loaders.loader_for(_load_participants, window).load(key)
    return build_connection(
        rows, window, PARTICIPANT_ORDER, total=lambda: context.loaders.loader_for(_load_participant_counts).load(key)
    )


async def _load_for_ecosystems(
    context: Context, keys: Sequence[EcosystemKey], window: PageWindow, wanted: ConversationFilter
) -> Any:
    ids = [key.ecosystem_id for key in keys]
    return await conversations.of_ecosystems(context.stores.database, context.viewer_id, ids, window, wanted)


async def _load_for_characters(
    context: Context, keys: Sequence[CharacterKey], window: PageWindow, wanted: ConversationFilter
) -> Any:
    return await conversations.of_characters(context.stores.database, context.viewer_id, keys, window, wanted)


async def _load_messages(context: Context, keys: Sequence[tuple[UUID, int]], window: PageWindow) -> list[list[MessageRow]]:
    return await conversations.messages(context.stores.database, context.viewer_id, keys, window)


async def _load_participants(
    context: Context, keys: Sequence[tuple[UUID, int]], window: PageWindow
) -> list[list[CharacterRow]]:
    return await conversations.participants(context.stores.database, context.viewer_id, keys, window)


async def _load_participant_counts(context: Context, keys: Sequence[tuple[UUID, int]]) -> list[int]:
    return await conversations.participant_counts(context.stores.database, context.viewer_id, keys)
