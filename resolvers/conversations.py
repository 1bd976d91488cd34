"""Conversations: opened, spoken in and closed. A message after another's is a chat with whoever spoke just before."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from db import characters, conversations, interactions, relationships
from db.characters import CharacterRow
from db.conversations import AS_JOINED, AS_SAID, OLDEST, Conversation, ConversationRow, Message, MessageRow
from db.conversations import Wanted as Wanted
from db.ecosystems import EcosystemRow
from db.pages import Window
from db.unit_of_work import Change, change, world_clock
from domain import rule_sets, word_count
from domain.activity import Cursor, Fact, FactType, facts_of
from domain.characters import Person
from domain.conversations import talk
from domain.ecosystems import Role, may
from domain.interactions import Act, World
from domain.keys import CharacterKey, ConversationKey, EcosystemKey, MessageKey
from domain.refusals import ConversationIsClosed, Inactive, Invalid, NotAllowed, NotFound
from domain.rule_sets import Kind
from domain.validation import MESSAGE_LENGTH_MAX, TITLE_LENGTH_MAX, Problems
from resolvers import activity_stream, ecosystems
from resolvers.characters import must_act
from resolvers.context import Context
from resolvers.pages import Connection, Page, connection

PARTICIPANTS_MAX = 100


@dataclass(frozen=True, slots=True)
class Changed:
    key: ConversationKey
    cursor: str


@dataclass(frozen=True, slots=True)
class Said:
    key: MessageKey
    cursor: str


@dataclass(frozen=True, slots=True)
class OpenAsk:
    ecosystem_id: UUID
    title: str
    participants: tuple[CharacterKey, ...]
    idempotency_key: str | None = None


async def open_(context: Context, ask: OpenAsk) -> Changed:
    """Raises NotSignedIn, NotFound, NotAllowed, Invalid, Inactive."""
    problems = Problems()
    title = problems.line(ask.title, "title", longest=TITLE_LENGTH_MAX)
    if len(ask.participants) > PARTICIPANTS_MAX:
        problems.add("participantIds", because=f"At most {PARTICIPANTS_MAX} can be asked in; whoever speaks joins by that.")
    if any(key.ecosystem_id != ask.ecosystem_id for key in ask.participants):
        problems.add("participantIds", because="All participants must live in the ecosystem of the conversation.")
    ecosystems.check_key(ask.idempotency_key)
    numbers = list(dict.fromkeys(key.number for key in ask.participants))
    asked = ecosystems.fingerprint("openConversation", ask)
    async with change(context.stores, context.wall, ask.ecosystem_id, context.signed_in()) as made:
        answer = await made.told(ask.idempotency_key, asked)
        if answer and answer.answer is not None and answer.position is not None:
            row = await made.ecosystem()
            return Changed(ConversationKey(row.id, answer.answer), str(Cursor(row.epoch, answer.position)))
        people = await made.characters(*numbers[: PARTICIPANTS_MAX + 1])
        row = await made.ecosystem()
        if not may(row.role, Role.EDITOR):
            raise NotAllowed("Only editors and owners of this ecosystem may open conversations.", Role.EDITOR)
        problems.raise_if_any()
        _must_be_here(ask.participants, people)

        at = world_clock(row).at(made.now)
        position = await made.record(Fact(FactType.CONVERSATION_OPENED, at, tuple(numbers)))
        kept = Conversation(
            ecosystem_id=row.id, position=position, title=title, is_open=True, opened_world_seconds=at, message_count=0,
            participant_count=len(numbers), created_at=made.now,
        )  # fmt: skip
        await conversations.insert(made.connection, kept, numbers)
        await made.answer(ask.idempotency_key, position)
    context.begin()
    return Changed(ConversationKey(ask.ecosystem_id, position), str(made.cursor))


def _must_be_here(keys: Sequence[CharacterKey], people: dict[int, CharacterRow]) -> None:
    for key in keys:
        if key.number not in people:
            raise NotFound(missing=key)
        if not people[key.number].is_active:
            raise Inactive(number=key.number)


async def close(context: Context, key: ConversationKey) -> Changed:
    """Closing what is closed changes nothing. Raises NotSignedIn, NotFound, NotAllowed."""
    async with change(context.stores, context.wall, key.ecosystem_id, context.signed_in()) as made:
        world = await made.ecosystem()
        row = await conversations.locked(made.connection, key.ecosystem_id, key.position)
        if row is None:
            raise NotFound(missing=key)
        if not may(world.role, Role.EDITOR):
            raise NotAllowed("Only editors and owners of this ecosystem may close conversations.", Role.EDITOR)
        if row.is_open:
            at = world_clock(world).at(made.now)
            await conversations.close(made.connection, key.ecosystem_id, key.position, at)
            await made.record(Fact(FactType.CONVERSATION_CLOSED, at, data={"conversation": key.position}))
    context.begin()
    return Changed(key, str(made.cursor or Cursor(world.epoch, world.head)))


@dataclass(frozen=True, slots=True)
class SayAsk:
    conversation: ConversationKey
    speaker: CharacterKey
    text: str
    idempotency_key: str | None = None


async def say(context: Context, ask: SayAsk) -> Said:
    """Raises NotSignedIn, NotFound, NotAllowed, Invalid, Inactive, ConversationIsClosed, TooTired; then nothing has changed."""
    key, problems = ask.conversation, Problems()
    text = problems.prose(ask.text, "text", longest=MESSAGE_LENGTH_MAX)
    if not text.strip():
        problems.add("text", because="It is empty; say something.")
    if ask.speaker.ecosystem_id != key.ecosystem_id:
        problems.add("speakerId", because="The speaker does not live in the ecosystem of this conversation.")
    ecosystems.check_key(ask.idempotency_key)
    async with change(context.stores, context.wall, key.ecosystem_id, context.signed_in()) as made:
        answer = await made.told(ask.idempotency_key, ecosystems.fingerprint("say", ask))
        if answer and answer.answer is not None and answer.position is not None:
            world = await made.ecosystem()
            return Said(MessageKey(world.id, answer.answer), str(Cursor(world.epoch, answer.position)))
        scene = await _scene(made, ask)
        problems.raise_if_any()
        at = world_clock(scene.world).at(made.now)

        acts = await _talks(made, scene, at)

        position = await _keep(made, scene, acts, text, at)
        await made.answer(ask.idempotency_key, position)
    context.begin()
    return Said(MessageKey(key.ecosystem_id, position), str(made.cursor))


@dataclass(frozen=True, slots=True)
class _Scene:
    world: EcosystemRow
    conversation: ConversationRow
    speaker: CharacterRow
    hearers: list[CharacterRow]


async def _scene(made: Change, ask: SayAsk) -> _Scene:
    """The conversation is locked first, so that whoever spoke last stays the last; then the characters, in order."""
    key = ask.conversation
    row = await conversations.locked(made.connection, key.ecosystem_id, key.position)
    before = await conversations.last_speakers(made.connection, key.ecosystem_id, key.position)
    people = await made.characters(ask.speaker.number, *before)
    world = await made.ecosystem()
    if row is None:
        raise NotFound(missing=key)
    if ask.speaker.ecosystem_id != key.ecosystem_id:
        raise Invalid.at("speakerId", because="The speaker does not live in the ecosystem of this conversation.")
    if ask.speaker.number not in people:
        raise NotFound(missing=ask.speaker)
    speaker = people[ask.speaker.number]
    must_act(world, speaker, made.viewer_id)
    if not speaker.is_active:
        raise Inactive(number=speaker.number)
    if not row.is_open:
        raise ConversationIsClosed(position=key.position)
    hearers = [
        people[number] for number in before if number in people and number != speaker.number and people[number].is_active
    ]
    return _Scene(world, row, speaker, hearers)


async def _talks(made: Change, scene: _Scene, at: float) -> list[Act]:
    """A chat with each who spoke just before, one after the other."""
    speaker = characters.person(scene.speaker)
    numbers = [speaker.number, *(hearer.number for hearer in scene.hearers)]
    ties = await relationships.among(made.connection, scene.world.id, numbers)
    world = World(rule_sets.by_name(scene.world.rule_set), scene.world.seed)
    acts: list[Act] = []
    for row in scene.hearers:
        pair = ties.get((speaker.number, row.number)), ties.get((row.number, speaker.number))
        past = await interactions.past(made.connection, scene.world.id, speaker.number, row.number, Kind.CHAT, pair[0], at)
        act = talk(world, speaker, characters.person(row), pair, past, at=at)
        speaker = act.initiator
        acts.append(act)
    return acts


async def _keep(made: Change, scene: _Scene, acts: list[Act], text: str, at: float) -> int:
    speaker = scene.speaker
    await _keep_people(made, acts)
    message = Fact(FactType.MESSAGE_SAID, at, (speaker.number,), {"conversation": scene.conversation.position})
    told = [facts_of(act) for act in acts]
    position = await made.record(message, *(fact for facts in told for fact in facts))
    kept = Message(
        ecosystem_id=scene.world.id, position=position, conversation_position=scene.conversation.position,
        number=scene.conversation.message_count + 1, speakers=[speaker.number], speaker_names=[speaker.name], text=text,
        words=word_count.count(text), world_seconds=at, created_at=made.now,
    )  # fmt: skip
    await conversations.say(made.connection, kept)
    placed, next_position = [], position + 1
    for act, facts in zip(acts, told, strict=True):
        placed.append((next_position, act))
        next_position += len(facts)
    await made.keep_acts(placed, message_position=position)
    return position


async def _keep_people(made: Change, acts: list[Act]) -> None:
    if acts:
        speaker: Person = acts[-1].initiator
        await characters.keep(made.connection, made.ecosystem_id, [speaker], interactions=len(acts))
        await characters.keep(made.connection, made.ecosystem_id, [act.responder for act in acts], interactions=1)


async def follow(context: Context, key: ConversationKey, after: str | None) -> AsyncIterator[activity_stream.Event]:
    """What is said in it, one message an event. Raises as `feeds.follow` does, and NotFound where it is not there."""
    await one(context, key)

    def is_wanted(fact: Any) -> bool:
        return bool(fact.type == FactType.MESSAGE_SAID and fact.data["conversation"] == key.position)

    async for event in activity_stream.follow(context, key.ecosystem_id, after, is_wanted):
        yield event


async def by_keys(context: Context, keys: Sequence[ConversationKey]) -> Sequence[ConversationRow | None]:
    return await conversations.by_keys(context.stores.database, context.viewer_id, keys)


async def messages_by_keys(context: Context, keys: Sequence[MessageKey]) -> Sequence[MessageRow | None]:
    return await conversations.messages_by_keys(context.stores.database, context.viewer_id, keys)


async def one(context: Context, key: ConversationKey) -> ConversationRow:
    """Raises NotFound where it is not there or may not be seen."""
    row: ConversationRow | None = await context.loaders.of(by_keys).load(key)
    if row is None:
        raise NotFound(missing=key)
    return row


async def of(context: Context, key: EcosystemKey | CharacterKey, page: Page, wanted: Wanted) -> Connection:
    """Of a whole ecosystem, or those that a character takes part in."""
    window = page.window(OLDEST)
    batch: Any = _of_characters if isinstance(key, CharacterKey) else _of_ecosystems
    return connection(await context.loaders.of(batch, window, wanted).load(key), window, OLDEST)


async def messages(context: Context, row: ConversationRow, page: Page) -> Connection:
    window = page.window(AS_SAID)
    rows = await context.loaders.of(_messages, window).load((row.ecosystem_id, row.position))
    return connection(rows, window, AS_SAID, total=lambda: _count(row))


async def _count(row: ConversationRow) -> int:
    return row.message_count


async def participants(context: Context, row: ConversationRow, page: Page) -> Connection:
    key, window = (row.ecosystem_id, row.position), page.window(AS_JOINED)
    rows = await context.loaders.of(_participants, window).load(key)
    return connection(rows, window, AS_JOINED, total=lambda: context.loaders.of(_participant_counts).load(key))


async def _of_ecosystems(context: Context, keys: Sequence[EcosystemKey], window: Window, wanted: Wanted) -> Any:
    ids = [key.ecosystem_id for key in keys]
    return await conversations.of_ecosystems(context.stores.database, context.viewer_id, ids, window, wanted)


async def _of_characters(context: Context, keys: Sequence[CharacterKey], window: Window, wanted: Wanted) -> Any:
    return await conversations.of_characters(context.stores.database, context.viewer_id, keys, window, wanted)


async def _messages(context: Context, keys: Sequence[tuple[UUID, int]], window: Window) -> list[list[MessageRow]]:
    return await conversations.messages(context.stores.database, context.viewer_id, keys, window)


async def _participants(context: Context, keys: Sequence[tuple[UUID, int]], window: Window) -> list[list[CharacterRow]]:
    return await conversations.participants(context.stores.database, context.viewer_id, keys, window)


async def _participant_counts(context: Context, keys: Sequence[tuple[UUID, int]]) -> list[int]:
    return await conversations.participant_counts(context.stores.database, context.viewer_id, keys)
