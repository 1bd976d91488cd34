"""Interactions: one act between two characters, and all that it changes."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from db import characters, interactions, relationships
from db.characters import CharacterRow
from db.ecosystems import EcosystemRow
from db.interactions import OLDEST, InteractionRow
from db.interactions import Wanted as Wanted
from db.pages import Window
from db.unit_of_work import Change, change, world_clock
from domain import rule_sets
from domain.activity import Cursor, facts_of
from domain.characters import Person
from domain.fixed_point import ONE
from domain.interactions import Forecast, Past, Ties, World, decide
from domain.interactions import forecast as foretell
from domain.keys import CharacterKey, InteractionKey
from domain.refusals import Inactive, Invalid, NotFound
from domain.rule_sets import Kind
from domain.validation import CONTENT_LENGTH_MAX, Problems
from resolvers import ecosystems
from resolvers.characters import must_act, one
from resolvers.context import Context
from resolvers.pages import Connection, Page, connection


@dataclass(frozen=True, slots=True)
class InteractAsk:
    initiator: CharacterKey
    responder: CharacterKey
    kind: Kind
    content: str = ""
    idempotency_key: str | None = None


@dataclass(frozen=True, slots=True)
class Interacted:
    key: InteractionKey
    initiator: CharacterKey
    responder: CharacterKey
    cursor: str


async def interact(context: Context, ask: InteractAsk) -> Interacted:
    """Raises NotSignedIn, NotFound, NotAllowed, Invalid, Inactive, TooTired; then nothing has changed."""
    problems = Problems()
    content = problems.prose(ask.content, "content", longest=CONTENT_LENGTH_MAX)
    ecosystems.check_key(ask.idempotency_key)
    async with change(context.stores, context.wall, ask.initiator.ecosystem_id, context.signed_in()) as made:
        if told := await _told(made, ask):
            return told
        people = await made.characters(ask.initiator.number, ask.responder.number)
        ecosystem = await made.ecosystem()
        initiator, responder = _pair(people, ask.initiator, ask.responder)
        must_act(ecosystem, initiator, made.viewer_id)
        problems.raise_if_any()
        at = world_clock(ecosystem).at(made.now)
        ties, past = await _history(made.connection, ecosystem.id, initiator.number, responder.number, ask.kind, at)

        act = decide(_world(ecosystem), characters.person(initiator), characters.person(responder), ties, past, ask.kind, at=at)

        await characters.keep(made.connection, ecosystem.id, (act.initiator, act.responder), interactions=1)
        position = await made.record(*facts_of(act))
        await made.keep_acts([(position, act)], content)
        await made.answer(ask.idempotency_key, position)
    context.begin()
    return Interacted(InteractionKey(ecosystem.id, position), ask.initiator, ask.responder, str(made.cursor))


async def _told(made: Change, ask: InteractAsk) -> Interacted | None:
    answer = await made.told(ask.idempotency_key, ecosystems.fingerprint("interact", ask))
    if answer is None or answer.answer is None or answer.position is None:
        return None
    ecosystem = await made.ecosystem()
    key = InteractionKey(ecosystem.id, answer.answer)
    return Interacted(key, ask.initiator, ask.responder, str(Cursor(ecosystem.epoch, answer.position)))


def _pair(
    people: dict[int, CharacterRow], initiator: CharacterKey, responder: CharacterKey
) -> tuple[CharacterRow, CharacterRow]:
    """Both must be there; a responder of another world is told apart from one that does not exist only by whoever sees both."""
    if initiator.number not in people:
        raise NotFound(missing=initiator)
    if responder.ecosystem_id != initiator.ecosystem_id:
        raise Invalid.at("responderId", because="The two live in different ecosystems, so they cannot meet.")
    if responder.number not in people:
        raise NotFound(missing=responder)
    return people[initiator.number], people[responder.number]


async def _history(reader: Any, ecosystem_id: UUID, initiator: int, responder: int, kind: Kind, at: float) -> tuple[Ties, Past]:
    ties = await relationships.among(reader, ecosystem_id, (initiator, responder))
    pair = ties.get((initiator, responder)), ties.get((responder, initiator))
    return pair, await interactions.past(reader, ecosystem_id, initiator, responder, kind, pair[0], at)


@dataclass(frozen=True, slots=True)
class Foretold:
    """Effects are as they would be kept (see `db.interactions.effect_data`); `chance` is in [0,1]."""

    kind: Kind
    initiator: CharacterRow
    responder: CharacterRow
    forecast: Forecast

    @property
    def chance(self) -> float:
        return self.forecast.chance / ONE

    @property
    def if_accepted(self) -> list[dict[str, Any]]:
        return [interactions.effect_data(effect) for effect in self.forecast.if_accepted]

    @property
    def if_declined(self) -> list[dict[str, Any]]:
        return [interactions.effect_data(effect) for effect in self.forecast.if_declined]


async def forecast(context: Context, ask: InteractAsk) -> Foretold:
    """Raises NotSignedIn, NotFound, NotAllowed, Invalid, Inactive."""
    viewer_id = context.signed_in()
    initiator = await one(context, ask.initiator)
    ecosystem = await ecosystems.one(context, ask.initiator.ecosystem_id)
    responder = await one(context, ask.responder)
    _pair({initiator.number: initiator, responder.number: responder}, ask.initiator, ask.responder)
    must_act(ecosystem, initiator, viewer_id)
    at = context.world_seconds(ecosystem)
    async with context.stores.database.transaction(readonly=True) as connection_:
        ties, past = await _history(connection_, ecosystem.id, initiator.number, responder.number, ask.kind, at)
    people: tuple[Person, Person] = characters.person(initiator), characters.person(responder)
    try:
        return Foretold(ask.kind, initiator, responder, foretell(_world(ecosystem), *people, ties, past, ask.kind, at=at))
    except Inactive as refusal:
        refusal.ecosystem_id = ecosystem.id
        raise


def _world(ecosystem: EcosystemRow) -> World:
    return World(rule_sets.by_name(ecosystem.rule_set), ecosystem.seed)


async def by_keys(context: Context, keys: Sequence[InteractionKey]) -> Sequence[InteractionRow | None]:
    return await interactions.by_keys(context.stores.database, context.viewer_id, keys)


async def of_ecosystem(context: Context, id_: UUID, page: Page, wanted: Wanted) -> Connection:
    window = page.window(OLDEST)
    return connection(await context.loaders.of(_of_ecosystems, window, wanted).load(id_), window, OLDEST)


async def of_character(context: Context, key: CharacterKey, page: Page, wanted: Wanted) -> Connection:
    window = page.window(OLDEST)
    return connection(await context.loaders.of(_of_characters, window, wanted).load(key), window, OLDEST)


async def of_pair(context: Context, ecosystem_id: UUID, one_: int, other: int, page: Page) -> Connection:
    """Those between two, whoever began."""
    window = page.window(OLDEST)
    pair = (ecosystem_id, min(one_, other), max(one_, other))
    return connection(await context.loaders.of(_of_pairs, window).load(pair), window, OLDEST)


async def of_message(context: Context, ecosystem_id: UUID, position: int, page: Page) -> Connection:
    window = page.window(OLDEST)
    return connection(await context.loaders.of(_of_messages, window).load((ecosystem_id, position)), window, OLDEST)


Rows = list[list[InteractionRow]]


async def _of_ecosystems(context: Context, ids: Sequence[UUID], window: Window, wanted: Wanted) -> Rows:
    return await interactions.of_ecosystems(context.stores.database, context.viewer_id, ids, window, wanted)


async def _of_characters(context: Context, keys: Sequence[CharacterKey], window: Window, wanted: Wanted) -> Rows:
    return await interactions.of_characters(context.stores.database, context.viewer_id, keys, window, wanted)


async def _of_pairs(context: Context, pairs: Sequence[tuple[UUID, int, int]], window: Window) -> Rows:
    return await interactions.of_pairs(context.stores.database, context.viewer_id, pairs, window)


async def _of_messages(context: Context, keys: Sequence[tuple[UUID, int]], window: Window) -> Rows:
    return await interactions.of_messages(context.stores.database, context.viewer_id, keys, window)
