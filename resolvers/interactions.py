"""Interactions: carry one out between two characters, forecast one, and list them."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from db import characters, interactions, relationships
from db.characters import CharacterRow
from db.ecosystems import EcosystemRow
from db.interactions import OLDEST_FIRST
from db.interactions import InteractionFilter as InteractionFilter
from db.unit_of_work import world_clock
from domain import interactions as rules
from domain import rule_sets
from domain.activity import facts_of_act
from domain.fixed_point import SCALE
from domain.interactions import EcosystemRules, Forecast, PairHistory, RelationshipPair
from domain.keys import CharacterKey, InteractionKey
from domain.refusals import Inactive, Invalid, NotFound
from domain.rule_sets import InteractionKind
from domain.validation import CONTENT_LENGTH_MAX, ValidationErrors
from resolvers import ecosystems, idempotency, nodes, permissions
from resolvers.commit import Commit
from resolvers.context import Context
from resolvers.pages import Page, PageArguments


@dataclass(frozen=True, slots=True)
class Interact:
    initiator: CharacterKey
    responder: CharacterKey
    kind: InteractionKind
    content: str = ""
    idempotency_key: str | None = None


async def interact(context: Context, command: Interact) -> Commit[InteractionKey]:
    """Decides the interaction by the rules and stores it with its effects on both characters and both relationships.

    Raises NotSignedIn, NotFound, NotAllowed, Invalid, Inactive, TooTired; then nothing has changed.
    """
    problems = ValidationErrors()
    content = problems.check_text(command.content, "content", longest=CONTENT_LENGTH_MAX)
    idempotency.check_key(command)
    async with context.unit_of_work(command.initiator.ecosystem_id) as work:
        if replay := await idempotency.find_replay(work, "interact", command):
            return Commit(InteractionKey(work.ecosystem_id, replay.result), replay.cursor)
        rows = await work.lock_characters(command.initiator.number, command.responder.number)
        ecosystem = await work.load_ecosystem()
        initiator, responder = _require_pair(rows, command)
        permissions.require_can_act(ecosystem, initiator, work.viewer_id)
        problems.raise_if_any()
        at = world_clock(ecosystem).at(work.now)
        pair, history = await _load_history(work.connection, command, at)

        states = characters.to_state(initiator), characters.to_state(responder)
        act = rules.decide(_rules_of(ecosystem), *states, pair, history, command.kind, at=at)

        await characters.save_states(work.connection, ecosystem.id, (act.initiator, act.responder), interactions=1)
        position = await work.record_facts(*facts_of_act(act))
        await work.save_acts([(position, act)], content)
        await work.save_reply(command.idempotency_key, position)
    return Commit(InteractionKey(ecosystem.id, position), str(work.cursor))


def _require_pair(rows: dict[int, CharacterRow], command: Interact) -> tuple[CharacterRow, CharacterRow]:
    """The rows of initiator and responder. `rows` are by number, of characters in the initiator's ecosystem only.

    Raises NotFound where one is missing. A responder of another ecosystem is Invalid only after the initiator is known to be
    visible, so that the response reveals nothing about ecosystems that the viewer may not see.
    """
    if command.initiator.number not in rows:
        raise NotFound(missing=command.initiator)
    if command.responder.ecosystem_id != command.initiator.ecosystem_id:
        raise Invalid.at("responderId", because="The two characters live in different ecosystems, so they cannot interact.")
    if command.responder.number not in rows:
        raise NotFound(missing=command.responder)
    return rows[command.initiator.number], rows[command.responder.number]


async def _load_history(reader: Any, command: Interact, at: float) -> tuple[RelationshipPair, PairHistory]:
    """Both relationships, the initiator's first and None where they have not met, and their interactions before `at`."""
    ecosystem_id, initiator, responder = command.initiator.ecosystem_id, command.initiator.number, command.responder.number
    states = await relationships.states_among(reader, ecosystem_id, (initiator, responder))
    pair = states.get((initiator, responder)), states.get((responder, initiator))
    return pair, await interactions.pair_history(reader, ecosystem_id, initiator, responder, command.kind, pair[0], at)


def _rules_of(ecosystem: EcosystemRow) -> EcosystemRules:
    return EcosystemRules(rule_sets.by_name(ecosystem.rule_set), ecosystem.seed)


@dataclass(frozen=True, slots=True)
class PairForecast:
    """Effects are data as `db.interactions.effect_data` makes it; `chance` is in [0,1]."""

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
    """Computes both possible outcomes of an interaction now, and stores nothing.

    Raises NotSignedIn, NotFound, NotAllowed, Invalid, Inactive.
    """
    viewer_id = context.require_viewer_id()
    initiator: CharacterRow = await nodes.get(context, command.initiator)
    ecosystem = await ecosystems.get(context, command.initiator.ecosystem_id)
    responder: CharacterRow = await nodes.get(context, command.responder)
    _require_pair({initiator.number: initiator, responder.number: responder}, command)
    permissions.require_can_act(ecosystem, initiator, viewer_id)
    at = context.world_seconds(ecosystem)
    async with context.stores.database.transaction(readonly=True) as connection:
        pair, history = await _load_history(connection, command, at)
    states = characters.to_state(initiator), characters.to_state(responder)
    try:
        forecast = rules.forecast(_rules_of(ecosystem), *states, pair, history, command.kind, at=at)
    except Inactive as refusal:
        refusal.ecosystem_id = ecosystem.id
        raise
    return PairForecast(command.kind, initiator, responder, forecast)


async def list_for_ecosystem(context: Context, id_: UUID, page: PageArguments, filter_: InteractionFilter) -> Page:
    return await context.loaders.page(interactions.of_ecosystems, id_, page, OLDEST_FIRST, filter_)


async def list_for_character(context: Context, key: CharacterKey, page: PageArguments, filter_: InteractionFilter) -> Page:
    return await context.loaders.page(interactions.of_characters, key, page, OLDEST_FIRST, filter_)


async def list_for_pair(context: Context, ecosystem_id: UUID, number: int, other: int, page: PageArguments) -> Page:
    """Interactions between two characters, with either as the initiator."""
    pair = (ecosystem_id, min(number, other), max(number, other))
    return await context.loaders.page(interactions.of_pairs, pair, page, OLDEST_FIRST)


async def list_for_message(context: Context, ecosystem_id: UUID, position: int, page: PageArguments) -> Page:
    """Interactions that the message at this position caused."""
    return await context.loaders.page(interactions.of_messages, (ecosystem_id, position), page, OLDEST_FIRST)
