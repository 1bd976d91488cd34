"""Interactions: one act between two characters, and all that it changes."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from db import characters, interactions, relationships
from db.characters import CharacterRow
from db.ecosystems import EcosystemRow
from db.interactions import OLDEST_FIRST, InteractionRow
from db.interactions import InteractionFilter as InteractionFilter
from db.pages import PageWindow
from db.unit_of_work import UnitOfWork, unit_of_work, world_clock
from domain import rule_sets
from domain.activity import Cursor, facts_of_act
from domain.characters import CharacterState
from domain.fixed_point import SCALE
from domain.interactions import EcosystemRules, Forecast, PairHistory, RelationshipPair, decide
from domain.interactions import forecast as foretell
from domain.keys import CharacterKey, InteractionKey
from domain.refusals import Inactive, Invalid, NotFound
from domain.rule_sets import InteractionKind
from domain.validation import CONTENT_LENGTH_MAX, ValidationErrors
from resolvers import ecosystems
from resolvers.characters import get, require_can_act
from resolvers.context import Context
from resolvers.pages import Connection, PageArguments, build_connection


@dataclass(frozen=True, slots=True)
class Interact:
    initiator: CharacterKey
    responder: CharacterKey
    kind: InteractionKind
    content: str = ""
    idempotency_key: str | None = None


@dataclass(frozen=True, slots=True)
class InteractionCommit:
    key: InteractionKey
    initiator: CharacterKey
    responder: CharacterKey
    cursor: str


async def interact(context: Context, command: Interact) -> InteractionCommit:
    """Raises NotSignedIn, NotFound, NotAllowed, Invalid, Inactive, TooTired; then nothing has changed."""
    problems = ValidationErrors()
    content = problems.check_text(command.content, "content", longest=CONTENT_LENGTH_MAX)
    ecosystems.check_idempotency_key(command.idempotency_key)
    async with unit_of_work(context.stores, context.wall, command.initiator.ecosystem_id, context.require_viewer_id()) as made:
        if told := await _replayed(made, command):
            return told
        people = await made.lock_characters(command.initiator.number, command.responder.number)
        ecosystem = await made.load_ecosystem()
        initiator, responder = _require_pair(people, command.initiator, command.responder)
        require_can_act(ecosystem, initiator, made.viewer_id)
        problems.raise_if_any()
        at = world_clock(ecosystem).at(made.now)
        ties, past = await _load_history(made.connection, ecosystem.id, initiator.number, responder.number, command.kind, at)

        act = decide(
            _world(ecosystem), characters.to_state(initiator), characters.to_state(responder), ties, past, command.kind, at=at
        )

        await characters.save_states(made.connection, ecosystem.id, (act.initiator, act.responder), interactions=1)
        position = await made.record_facts(*facts_of_act(act))
        await made.save_acts([(position, act)], content)
        await made.save_reply(command.idempotency_key, position)
    context.refresh()
    return InteractionCommit(InteractionKey(ecosystem.id, position), command.initiator, command.responder, str(made.cursor))


async def _replayed(work: UnitOfWork, command: Interact) -> InteractionCommit | None:
    answer = await work.find_replay(command.idempotency_key, ecosystems.fingerprint("interact", command))
    if answer is None or answer.answer is None or answer.position is None:
        return None
    ecosystem = await work.load_ecosystem()
    key = InteractionKey(ecosystem.id, answer.answer)
    return InteractionCommit(key, command.initiator, command.responder, str(Cursor(ecosystem.epoch, answer.position)))


def _require_pair(
    characters_by_number: dict[int, CharacterRow], initiator: CharacterKey, responder: CharacterKey
) -> tuple[CharacterRow, CharacterRow]:
    """Both must be there; a responder of another world is told apart from one that does not exist only by whoever sees both."""
    if initiator.number not in characters_by_number:
        raise NotFound(missing=initiator)
    if responder.ecosystem_id != initiator.ecosystem_id:
        raise Invalid.at("responderId", because="The two live in different ecosystems, so they cannot meet.")
    if responder.number not in characters_by_number:
        raise NotFound(missing=responder)
    return characters_by_number[initiator.number], characters_by_number[responder.number]


async def _load_history(
    reader: Any, ecosystem_id: UUID, initiator: int, responder: int, kind: InteractionKind, at: float
) -> tuple[RelationshipPair, PairHistory]:
    ties = await relationships.states_among(reader, ecosystem_id, (initiator, responder))
    pair = ties.get((initiator, responder)), ties.get((responder, initiator))
    return pair, await interactions.pair_history(reader, ecosystem_id, initiator, responder, kind, pair[0], at)


@dataclass(frozen=True, slots=True)
class PairForecast:
    """Effects are as they would be kept (see `db.interactions.effect_data`); `chance` is in [0,1]."""

    kind: InteractionKind
    initiator: CharacterRow
    responder: CharacterRow
    forecast: Forecast

    @property
    def chance(self) -> float:
        return self.forecast.chance / SCALE

    @property
    def if_accepted(self) -> list[dict[str, Any]]:
        return [interactions.effect_data(effect) for effect in self.forecast.if_accepted]

    @property
    def if_declined(self) -> list[dict[str, Any]]:
        return [interactions.effect_data(effect) for effect in self.forecast.if_declined]


async def forecast(context: Context, command: Interact) -> PairForecast:
    """Raises NotSignedIn, NotFound, NotAllowed, Invalid, Inactive."""
    viewer_id = context.require_viewer_id()
    initiator = await get(context, command.initiator)
    ecosystem = await ecosystems.get(context, command.initiator.ecosystem_id)
    responder = await get(context, command.responder)
    _require_pair({initiator.number: initiator, responder.number: responder}, command.initiator, command.responder)
    require_can_act(ecosystem, initiator, viewer_id)
    at = context.world_seconds(ecosystem)
    async with context.stores.database.transaction(readonly=True) as connection_:
        ties, past = await _load_history(connection_, ecosystem.id, initiator.number, responder.number, command.kind, at)
    people: tuple[CharacterState, CharacterState] = characters.to_state(initiator), characters.to_state(responder)
    try:
        return PairForecast(
            command.kind, initiator, responder, foretell(_world(ecosystem), *people, ties, past, command.kind, at=at)
        )
    except Inactive as refusal:
        refusal.ecosystem_id = ecosystem.id
        raise


def _world(ecosystem: EcosystemRow) -> EcosystemRules:
    return EcosystemRules(rule_sets.by_name(ecosystem.rule_set), ecosystem.seed)


async def by_keys(context: Context, keys: Sequence[InteractionKey]) -> Sequence[InteractionRow | None]:
    return await interactions.by_keys(context.stores.database, context.viewer_id, keys)


async def list_for_ecosystem(context: Context, id_: UUID, page: PageArguments, wanted: InteractionFilter) -> Connection:
    window = page.to_slice(OLDEST_FIRST)
    return build_connection(
        await context.loaders.loader_for(_load_for_ecosystems, window, wanted).load(id_), window, OLDEST_FIRST
    )


async def list_for_character(context: Context, key: CharacterKey, page: PageArguments, wanted: InteractionFilter) -> Connection:
    window = page.to_slice(OLDEST_FIRST)
    return build_connection(
        await context.loaders.loader_for(_load_for_characters, window, wanted).load(key), window, OLDEST_FIRST
    )


async def list_for_pair(
    context: Context, ecosystem_id: UUID, number: int, other_number: int, page: PageArguments
) -> Connection:
    """Those between two, whoever began."""
    window = page.to_slice(OLDEST_FIRST)
    pair = (ecosystem_id, min(number, other_number), max(number, other_number))
    return build_connection(await context.loaders.loader_for(_load_for_pairs, window).load(pair), window, OLDEST_FIRST)


async def list_for_message(context: Context, ecosystem_id: UUID, position: int, page: PageArguments) -> Connection:
    window = page.to_slice(OLDEST_FIRST)
    return build_connection(
        await context.loaders.loader_for(_load_for_messages, window).load((ecosystem_id, position)), window, OLDEST_FIRST
    )


Rows = list[list[InteractionRow]]


async def _load_for_ecosystems(context: Context, ids: Sequence[UUID], window: PageWindow, wanted: InteractionFilter) -> Rows:
    return await interactions.of_ecosystems(context.stores.database, context.viewer_id, ids, window, wanted)


async def _load_for_characters(
    context: Context, keys: Sequence[CharacterKey], window: PageWindow, wanted: InteractionFilter
) -> Rows:
    return await interactions.of_characters(context.stores.database, context.viewer_id, keys, window, wanted)


async def _load_for_pairs(context: Context, pairs: Sequence[tuple[UUID, int, int]], window: PageWindow) -> Rows:
    return await interactions.of_pairs(context.stores.database, context.viewer_id, pairs, window)


async def _load_for_messages(context: Context, keys: Sequence[tuple[UUID, int]], window: PageWindow) -> Rows:
    return await interactions.of_messages(context.stores.database, context.viewer_id, keys, window)
