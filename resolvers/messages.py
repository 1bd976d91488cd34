"""Messages: a character says something in a conversation. A message is a chat with each character that spoke just before."""

from dataclasses import dataclass

from db import characters, conversations, interactions, relationships
from db.characters import CharacterRow
from db.conversations import ConversationRow, Message
from db.ecosystems import EcosystemRow
from db.unit_of_work import UnitOfWork, world_clock
from domain import rule_sets, word_count
from domain.activity import Fact, FactType, facts_of_act
from domain.conversations import chat
from domain.interactions import Act, EcosystemRules
from domain.keys import CharacterKey, ConversationKey, MessageKey
from domain.refusals import ConversationIsClosed, Inactive, Invalid, NotFound
from domain.rule_sets import InteractionKind
from domain.validation import MESSAGE_LENGTH_MAX, ValidationErrors
from resolvers import idempotency, permissions
from resolvers.commit import Commit
from resolvers.context import Context

ELSEWHERE = "The speaker does not live in the ecosystem of this conversation."


@dataclass(frozen=True, slots=True)
class SayMessage:
    conversation: ConversationKey
    speaker: CharacterKey
    text: str
    idempotency_key: str | None = None


async def say(context: Context, command: SayMessage) -> Commit[MessageKey]:
    """Raises NotSignedIn, NotFound, NotAllowed, Invalid, Inactive, ConversationIsClosed, TooTired; then nothing has changed."""
    problems = ValidationErrors()
    text = problems.check_text(command.text, "text", longest=MESSAGE_LENGTH_MAX)
    if not text.strip():
        problems.add("text", because="The message is empty; write a text.")
    if command.speaker.ecosystem_id != command.conversation.ecosystem_id:
        problems.add("speakerId", because=ELSEWHERE)
    idempotency.check_key(command)
    async with context.unit_of_work(command.conversation.ecosystem_id) as work:
        if replay := await idempotency.find_replay(work, "say", command):
            return Commit(MessageKey(work.ecosystem_id, replay.result), replay.cursor)
        turn = await _load_turn(work, command)
        problems.raise_if_any()
        at = world_clock(turn.ecosystem).at(work.now)
        acts = await _decide_chats(work, turn, at)
        position = await _save_message(work, turn, acts, text, at)
        await work.save_reply(command.idempotency_key, position)
    return Commit(MessageKey(work.ecosystem_id, position), str(work.cursor))


@dataclass(frozen=True, slots=True)
class _Turn:
    """`listeners` are the active characters that spoke the previous message, without the speaker."""

    ecosystem: EcosystemRow
    conversation: ConversationRow
    speaker: CharacterRow
    listeners: list[CharacterRow]


async def _load_turn(work: UnitOfWork, command: SayMessage) -> _Turn:
    """Locks the conversation first, so that its last speakers stay the last ones, then all characters of the turn."""
    key = command.conversation
    conversation = await conversations.lock(work.connection, key.ecosystem_id, key.position)
    last_speakers = await conversations.last_speakers(work.connection, key.ecosystem_id, key.position)
    rows = await work.lock_characters(command.speaker.number, *last_speakers)
    ecosystem = await work.load_ecosystem()
    if conversation is None:
        raise NotFound(missing=key)
    if command.speaker.ecosystem_id != key.ecosystem_id:
        raise Invalid.at("speakerId", because=ELSEWHERE)
    if command.speaker.number not in rows:
        raise NotFound(missing=command.speaker)
    speaker = rows[command.speaker.number]
    permissions.require_can_act(ecosystem, speaker, work.viewer_id)
    if not speaker.is_active:
        raise Inactive(number=speaker.number)
    if not conversation.is_open:
        raise ConversationIsClosed(position=key.position)
    others = [rows[number] for number in last_speakers if number in rows and number != speaker.number]
    return _Turn(ecosystem, conversation, speaker, [row for row in others if row.is_active])


async def _decide_chats(work: UnitOfWork, turn: _Turn, at: float) -> list[Act]:
    """One chat with each listener, in order; each starts with the speaker's state after the previous one."""
    speaker = characters.to_state(turn.speaker)
    numbers = [speaker.number, *(listener.number for listener in turn.listeners)]
    states = await relationships.states_among(work.connection, turn.ecosystem.id, numbers)
    rules = EcosystemRules(rule_sets.by_name(turn.ecosystem.rule_set), turn.ecosystem.seed)
    acts: list[Act] = []
    for listener in turn.listeners:
        pair = states.get((speaker.number, listener.number)), states.get((listener.number, speaker.number))
        history = await interactions.pair_history(
            work.connection, turn.ecosystem.id, speaker.number, listener.number, InteractionKind.CHAT, pair[0], at
        )
        act = chat(rules, speaker, characters.to_state(listener), pair, history, at=at)
        speaker = act.initiator
        acts.append(act)
    return acts


async def _save_message(work: UnitOfWork, turn: _Turn, acts: list[Act], text: str, at: float) -> int:
    """Returns the position of the message; the facts of its chats follow it."""
    speaker, conversation = turn.speaker, turn.conversation
    await _save_characters(work, acts)
    fact = Fact(FactType.MESSAGE_SAID, at, (speaker.number,), {"conversation": conversation.position})
    facts_by_act = [facts_of_act(act) for act in acts]
    position = await work.record_facts(fact, *(fact for facts in facts_by_act for fact in facts))
    message = Message(
        ecosystem_id=work.ecosystem_id, position=position, conversation_position=conversation.position,
        number=conversation.message_count + 1, speakers=[speaker.number], speaker_names=[speaker.name], text=text,
        words=word_count.count_words(text), world_seconds=at, created_at=work.now,
    )  # fmt: skip
    await conversations.insert_message(work.connection, message)
    positioned, next_position = [], position + 1
    for act, facts in zip(acts, facts_by_act, strict=True):
        positioned.append((next_position, act))
        next_position += len(facts)
    await work.save_acts(positioned, message_position=position)
    return position


async def _save_characters(work: UnitOfWork, acts: list[Act]) -> None:
    if acts:
        speaker = acts[-1].initiator
        await characters.save_states(work.connection, work.ecosystem_id, [speaker], interactions=len(acts))
        await characters.save_states(work.connection, work.ecosystem_id, [act.responder for act in acts], interactions=1)
