"""Characters: create, read, update and delete them, and follow one in a subscription."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from db import characters
from db.characters import Character, CharacterRow
from db.characters import CharacterFilter as CharacterFilter
from db.ecosystems import EcosystemRow
from db.unit_of_work import UnitOfWork, world_clock
from domain.activity import Cursor, Fact, FactType
from domain.characters import CharacterState, Traits, new_character
from domain.fixed_point import SCALE
from domain.keys import CharacterKey
from domain.refusals import Conflict, NotFound
from domain.validation import ValidationErrors, casefold_for_search
from resolvers import activity_stream, count_cache, idempotency, nodes, permissions
from resolvers.commit import Commit
from resolvers.context import Context
from resolvers.pages import Page, PageArguments

CHARACTER_CHANGING_FACTS = frozenset(
    {FactType.CHARACTER_CREATED, FactType.CHARACTER_CHANGED, FactType.CHARACTER_DELETED, FactType.INTERACTED}
)
"""Facts that change a character's own fields, including its energy and mood."""


async def get(context: Context, key: CharacterKey) -> CharacterRow:
    """Raises NotFound where it does not exist or the viewer may not see it."""
    row: CharacterRow = await nodes.get(context, key)
    return row


async def list_for_ecosystem(context: Context, id_: UUID, page: PageArguments, filter_: CharacterFilter, order: str) -> Page:
    """`order` is a key of `db.characters.ORDERS`."""
    found = await context.loaders.page(characters.of_ecosystems, id_, page, characters.ORDERS[order], filter_, order)
    return found.with_total(lambda: context.loaders.loader_for(_count, filter_).load(id_))


async def _count(context: Context, ids: Sequence[UUID], filter_: CharacterFilter) -> Sequence[int]:
    async def compute(missing: Sequence[UUID]) -> Sequence[int]:
        return await characters.counts(context.stores.database, context.viewer_id, missing, filter_)

    if filter_.mine:
        return await compute(ids)
    return await count_cache.get_or_compute(context, f"characters {filter_}", ids, compute)


async def subscribe(context: Context, key: CharacterKey, after: str | None) -> AsyncIterator[activity_stream.StreamEvent]:
    """One event for each fact that changed the character.

    Raises as `activity_stream.subscribe`, and NotFound where the character does not exist or when it is deleted.
    """
    await get(context, key)
    async for event in activity_stream.subscribe(context, key.ecosystem_id, after, lambda fact: _changes_character(key, fact)):
        if isinstance(event, activity_stream.FactsAppended) and event.facts[-1].type == FactType.CHARACTER_DELETED:
            raise NotFound(missing=key)
        yield event


def _changes_character(key: CharacterKey, fact: Any) -> bool:
    return fact.type in CHARACTER_CHANGING_FACTS and key.number in fact.numbers


@dataclass(frozen=True, slots=True)
class CreateCharacter:
    """`traits` in [0,1], in the order of `db.characters.TRAITS`."""

    ecosystem_id: UUID
    name: str
    description: str
    traits: tuple[float, float, float, float, float]
    idempotency_key: str | None


async def create(context: Context, command: CreateCharacter) -> Commit[CharacterKey]:
    """The viewer becomes its owner. Raises NotSignedIn, NotFound, NotAllowed, Invalid."""
    context.require_viewer_id()
    problems = ValidationErrors()
    name = problems.check_line(command.name, "name")
    description = problems.check_text(command.description, "description")
    traits = Traits(
        *(_to_fixed_point(problems, trait, value) for trait, value in zip(characters.TRAITS, command.traits, strict=True))
    )
    idempotency.check_key(command)
    async with context.unit_of_work(command.ecosystem_id) as work:
        if replay := await idempotency.find_replay(work, "createCharacter", command):
            return Commit(CharacterKey(command.ecosystem_id, replay.result), replay.cursor)
        ecosystem = await work.load_ecosystem(lock=True)
        permissions.require_editor(ecosystem, "create characters")
        problems.raise_if_any()

        number = await _next_number(work)
        at = world_clock(ecosystem).at(work.now)
        await characters.insert(work.connection, _to_record(work, new_character(number, name, traits, at), description))
        await work.record_facts(Fact(FactType.CHARACTER_CREATED, at, (number,), {"number": number, "name": name}))
        await work.save_reply(command.idempotency_key, number)
    return Commit(CharacterKey(command.ecosystem_id, number), str(work.cursor))


async def _next_number(work: UnitOfWork) -> int:
    number: int = await work.connection.fetchval(
        "UPDATE ecosystems SET characters_made = characters_made + 1 WHERE id = $1 RETURNING characters_made", work.ecosystem_id
    )
    return number


def _to_record(work: UnitOfWork, state: CharacterState, description: str) -> Character:
    traits = {trait: getattr(state.traits, trait) for trait in characters.TRAITS}
    return Character(
        ecosystem_id=work.ecosystem_id, number=state.number, name=state.name, name_key=casefold_for_search(state.name),
        description=description, **traits, energy=state.energy, mood=state.mood, felt_at=state.felt_at, is_active=True,
        owner_id=work.viewer_id, interaction_count=0, version=1, created_at=work.now, updated_at=work.now,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class UpdateCharacter:
    """None leaves a value as it is; `traits` in [0,1], in the order of `db.characters.TRAITS`."""

    key: CharacterKey
    version: int
    name: str | None
    description: str | None
    traits: tuple[float | None, ...]
    is_active: bool | None


async def update(context: Context, command: UpdateCharacter) -> Commit[CharacterKey]:
    """New traits decide how energy and mood develop from now on; their present values do not jump.

    Raises NotSignedIn, NotFound, NotAllowed, Invalid, and Conflict where `version` is not the current one.
    """
    problems = ValidationErrors()
    requested = _requested_columns(problems, command)
    async with context.unit_of_work(command.key.ecosystem_id) as work:
        ecosystem, row = await _load_editable(work, command.key)
        problems.raise_if_any()
        if row.version != command.version:
            raise Conflict(current_version=row.version)
        at = world_clock(ecosystem).at(work.now)
        changes = {column: value for column, value in requested.items() if getattr(row, column) != value}
        if changes:
            derived = _derived_columns(row, changes, at)
            await characters.update(work.connection, row.ecosystem_id, row.number, changes | derived, work.now)
            data = {"number": row.number, "name": changes.get("name", row.name), "changed": list(changes)}
            await work.record_facts(Fact(FactType.CHARACTER_CHANGED, at, (row.number,), data))
    return Commit(command.key, str(work.cursor or Cursor(ecosystem.epoch, ecosystem.head)))


def _requested_columns(problems: ValidationErrors, command: UpdateCharacter) -> dict[str, Any]:
    requested: dict[str, Any] = {}
    if command.name is not None:
        requested["name"] = problems.check_line(command.name, "name")
    if command.description is not None:
        requested["description"] = problems.check_text(command.description, "description")
    if command.is_active is not None:
        requested["is_active"] = command.is_active
    for trait, value in zip(characters.TRAITS, command.traits, strict=True):
        if value is not None:
            requested[trait] = _to_fixed_point(problems, trait, value)
    return requested


def _to_fixed_point(problems: ValidationErrors, trait: str, value: float) -> int:
    if not 0 <= value <= 1:
        problems.add("traits", trait, because=f"{trait} is {value:g}; it must be from 0 to 1.")
        return 0
    return round(value * SCALE)


def _derived_columns(row: CharacterRow, changes: dict[str, Any], at: float) -> dict[str, Any]:
    """The search key of a new name; energy and mood moved forward to `at` by the old traits before new ones apply."""
    derived: dict[str, Any] = {}
    if "name" in changes:
        derived["name_key"] = casefold_for_search(changes["name"])
    if not changes.keys().isdisjoint(characters.TRAITS):
        traits = Traits(*(changes.get(trait, getattr(row, trait)) for trait in characters.TRAITS))
        state = characters.to_state(row).with_traits(traits, at)
        derived |= {"energy": state.energy, "mood": state.mood, "felt_at": state.felt_at}
    return derived


async def delete(context: Context, key: CharacterKey) -> Commit[CharacterKey]:
    """Deletes it with its relationships; its interactions and messages remain. Raises NotSignedIn, NotFound, NotAllowed."""
    async with context.unit_of_work(key.ecosystem_id) as work:
        ecosystem, row = await _load_editable(work, key)
        await characters.delete(work.connection, key.ecosystem_id, key.number)
        data = {"number": row.number, "name": row.name}
        await work.record_facts(Fact(FactType.CHARACTER_DELETED, world_clock(ecosystem).at(work.now), (row.number,), data))
    return Commit(key, str(work.cursor))


async def _load_editable(work: UnitOfWork, key: CharacterKey) -> tuple[EcosystemRow, CharacterRow]:
    row = (await work.lock_characters(key.number)).get(key.number)
    ecosystem = await work.load_ecosystem()
    if row is None:
        raise NotFound(missing=key)
    permissions.require_can_act(ecosystem, row, work.viewer_id, action="edit")
    return ecosystem, row
