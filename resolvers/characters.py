"""Characters: who lives in a world, made, changed and let go; and what each may be made to do by the viewer."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from db import characters
from db.cache import CHARACTER, ECOSYSTEM
from db.characters import Character, CharacterRow
from db.characters import CharacterFilter as CharacterFilter
from db.ecosystems import EcosystemRow
from db.pages import PageWindow
from db.unit_of_work import UnitOfWork, unit_of_work, world_clock
from domain.activity import Cursor, Fact, FactType
from domain.characters import Traits, new_character
from domain.ecosystems import Role, role_suffices
from domain.fixed_point import SCALE
from domain.keys import CharacterKey
from domain.refusals import Conflict, NotAllowed, NotFound
from domain.validation import ValidationErrors, casefold_for_search
from resolvers import activity_stream, ecosystems
from resolvers.context import Context
from resolvers.pages import Connection, PageArguments, build_connection


@dataclass(frozen=True, slots=True)
class CharacterCommit:
    key: CharacterKey
    cursor: str


async def by_keys(context: Context, keys: Sequence[CharacterKey]) -> Sequence[CharacterRow | None]:
    async def load(missing: list[CharacterKey]) -> Sequence[CharacterRow | None]:
        return await characters.by_keys(context.stores.database, context.viewer_id, missing)

    return await ecosystems.load_cached(context, CHARACTER, keys, load)


async def get(context: Context, key: CharacterKey) -> CharacterRow:
    """Raises NotFound where it is not there or may not be seen."""
    row: CharacterRow | None = await context.loaders.loader_for(by_keys).load(key)
    if row is None:
        raise NotFound(missing=key)
    return row


async def list_for_ecosystem(
    context: Context, id_: UUID, page: PageArguments, wanted: CharacterFilter, order: str
) -> Connection:
    window = page.to_slice(characters.ORDERS[order])
    rows = await context.loaders.loader_for(_load_for_ecosystems, window, wanted, order).load(id_)
    return build_connection(
        rows, window, characters.ORDERS[order], total=lambda: context.loaders.loader_for(_load_counts, wanted).load(id_)
    )


async def _load_for_ecosystems(
    context: Context, ids: Sequence[UUID], window: PageWindow, wanted: CharacterFilter, order: str
) -> list[list[CharacterRow]]:
    return await characters.of_ecosystems(context.stores.database, context.viewer_id, ids, window, wanted, order)


async def _load_counts(context: Context, ids: Sequence[UUID], wanted: CharacterFilter) -> Sequence[int]:
    async def load(missing: list[tuple[UUID, str]]) -> Sequence[int]:
        return await characters.counts(context.stores.database, context.viewer_id, [id_ for id_, _ in missing], wanted)

    if wanted.mine:
        return await load([(id_, "") for id_ in ids])
    return await ecosystems.load_cached(context, ECOSYSTEM, [(id_, f"characters {wanted}") for id_ in ids], load)


CHARACTER_CHANGING_FACTS = frozenset(
    {FactType.CHARACTER_CREATED, FactType.CHARACTER_CHANGED, FactType.CHARACTER_DELETED, FactType.INTERACTED}
)
"""Facts that change a character itself: what it is, or its energy and mood."""


async def subscribe(context: Context, key: CharacterKey, after: str | None) -> AsyncIterator[activity_stream.StreamEvent]:
    """Each fact that changed it. Raises as `feeds.follow` does, and NotFound where it is not there, or is deleted later."""
    await get(context, key)
    async for event in activity_stream.subscribe(context, key.ecosystem_id, after, lambda fact: _changes_character(key, fact)):
        if isinstance(event, activity_stream.FactsAppended) and event.facts[-1].type == FactType.CHARACTER_DELETED:
            raise NotFound(missing=key)
        yield event


def _changes_character(key: CharacterKey, fact: Any) -> bool:
    return fact.type in CHARACTER_CHANGING_FACTS and key.number in fact.numbers


async def viewer_can_act(context: Context, row: CharacterRow) -> bool:
    """Whether the viewer may let it interact and speak, and edit it: the two are the same people."""
    return can_act(await ecosystems.get(context, row.ecosystem_id), row, context.viewer_id)


def can_act(ecosystem: EcosystemRow, row: CharacterRow, viewer_id: UUID | None) -> bool:
    """Owners of the world for all; whoever owns it; editors for those that nobody owns."""
    if viewer_id is None:
        return False
    return (
        role_suffices(ecosystem.role, Role.OWNER)
        or row.owner_id == viewer_id
        or (row.owner_id is None and role_suffices(ecosystem.role, Role.EDITOR))
    )


def require_can_act(ecosystem: EcosystemRow, character: CharacterRow, viewer_id: UUID) -> None:
    """Raises NotAllowed where the viewer may not act as this character."""
    if not can_act(ecosystem, character, viewer_id):
        needed = Role.OWNER if character.owner_id else Role.EDITOR
        raise NotAllowed(f"You may not act as {character.name}; its owner may, and whoever has the role {needed} here.", needed)


@dataclass(frozen=True, slots=True)
class CreateCharacter:
    """Traits in [0,1]."""

    ecosystem_id: UUID
    name: str
    description: str
    traits: tuple[float, float, float, float, float]
    idempotency_key: str | None


async def create(context: Context, command: CreateCharacter) -> CharacterCommit:
    """The viewer owns it. Raises NotSignedIn, NotFound, NotAllowed, Invalid."""
    viewer_id = context.require_viewer_id()
    problems = ValidationErrors()
    name = problems.check_line(command.name, "name")
    description = problems.check_text(command.description, "description")
    traits = Traits(
        *(_parse_trait(problems, trait, value) for trait, value in zip(characters.TRAITS, command.traits, strict=True))
    )
    ecosystems.check_idempotency_key(command.idempotency_key)

    asked = ecosystems.fingerprint("createCharacter", command)
    async with unit_of_work(context.stores, context.wall, command.ecosystem_id, viewer_id) as made:
        answer = await made.find_replay(command.idempotency_key, asked)
        if answer and answer.answer is not None and answer.position is not None:
            row = await made.load_ecosystem()
            return CharacterCommit(CharacterKey(command.ecosystem_id, answer.answer), str(Cursor(row.epoch, answer.position)))
        row = await made.load_ecosystem(lock=True)
        if not role_suffices(row.role, Role.EDITOR):
            raise NotAllowed(
                "Only editors and owners of this ecosystem may create characters; ask an owner for that role.", Role.EDITOR
            )
        problems.raise_if_any()

        number = await _next_number(made)
        at = world_clock(row).at(made.now)
        person = new_character(number, name, traits, at)

        await characters.insert(made.connection, _to_record(made, person, name, description, viewer_id))
        fact = Fact(FactType.CHARACTER_CREATED, at, (number,), {"number": number, "name": name})
        await made.record_facts(fact)
        await made.save_reply(command.idempotency_key, number)
    context.refresh()
    return CharacterCommit(CharacterKey(command.ecosystem_id, number), str(made.cursor))


async def _next_number(work: UnitOfWork) -> int:
    number: int = await work.connection.fetchval(
        "UPDATE ecosystems SET characters_made = characters_made + 1 WHERE id = $1 RETURNING characters_made", work.ecosystem_id
    )
    return number


def _to_record(work: UnitOfWork, state: Any, name: str, description: str, owner_id: UUID) -> Character:
    traits = {trait: getattr(state.traits, trait) for trait in characters.TRAITS}
    return Character(
        ecosystem_id=work.ecosystem_id, number=state.number, name=name, name_key=casefold_for_search(name),
        description=description,
        **traits, energy=state.energy, mood=state.mood, felt_at=state.felt_at, is_active=True, owner_id=owner_id,
        interaction_count=0, version=1, created_at=work.now, updated_at=work.now,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class UpdateCharacter:
    """None is left as it is; `traits` in the order of characters.TRAITS, in [0,1]."""

    key: CharacterKey
    version: int
    name: str | None
    description: str | None
    traits: tuple[float | None, ...]
    is_active: bool | None


async def update(context: Context, command: UpdateCharacter) -> CharacterCommit:
    """What it lives through goes on from where it is: new traits change how it rests from now on, not what it was.

    Raises NotSignedIn, NotFound, NotAllowed, Conflict, Invalid.
    """
    problems = ValidationErrors()
    asked = _requested_columns(problems, command)
    async with unit_of_work(context.stores, context.wall, command.key.ecosystem_id, context.require_viewer_id()) as made:
        world, row = await _load_editable(made, command.key)
        problems.raise_if_any()
        if row.version != command.version:
            raise Conflict(current_version=row.version)

        at = world_clock(world).at(made.now)
        altered = {column: value for column, value in asked.items() if getattr(row, column) != value}
        changed = list(altered)
        if "name" in altered:
            altered["name_key"] = casefold_for_search(altered["name"])
        if not set(altered).isdisjoint(characters.TRAITS):
            altered |= _with_new_traits(row, altered, at)

        if altered:
            await characters.update(made.connection, command.key.ecosystem_id, command.key.number, altered, made.now)
            data = {"number": row.number, "name": altered.get("name", row.name), "changed": changed}
            await made.record_facts(Fact(FactType.CHARACTER_CHANGED, at, (row.number,), data))
    context.refresh()
    return CharacterCommit(command.key, str(made.cursor or Cursor(world.epoch, world.head)))


def _requested_columns(problems: ValidationErrors, command: UpdateCharacter) -> dict[str, Any]:
    asked: dict[str, Any] = {}
    if command.name is not None:
        asked["name"] = problems.check_line(command.name, "name")
    if command.description is not None:
        asked["description"] = problems.check_text(command.description, "description")
    if command.is_active is not None:
        asked["is_active"] = command.is_active
    for trait, value in zip(characters.TRAITS, command.traits, strict=True):
        if value is not None:
            asked[trait] = _parse_trait(problems, trait, value)
    return asked


def _parse_trait(problems: ValidationErrors, trait: str, value: float) -> int:
    if not 0 <= value <= 1:
        problems.add("traits", trait, because=f"{trait} is {value:g}; it must be from 0 to 1.")
        return 0
    return round(value * SCALE)


def _with_new_traits(row: CharacterRow, changes: dict[str, Any], at: float) -> dict[str, Any]:
    traits = Traits(*(changes.get(trait, getattr(row, trait)) for trait in characters.TRAITS))
    person = characters.to_state(row).with_traits(traits, at)
    return {"energy": person.energy, "mood": person.mood, "felt_at": person.felt_at}


async def delete(context: Context, key: CharacterKey) -> CharacterCommit:
    """Its relationships go with it; what it did and said stays. Raises NotSignedIn, NotFound, NotAllowed."""
    async with unit_of_work(context.stores, context.wall, key.ecosystem_id, context.require_viewer_id()) as made:
        world, row = await _load_editable(made, key)
        await characters.delete(made.connection, key.ecosystem_id, key.number)
        data = {"number": row.number, "name": row.name}
        await made.record_facts(Fact(FactType.CHARACTER_DELETED, world_clock(world).at(made.now), (row.number,), data))
    context.refresh()
    return CharacterCommit(key, str(made.cursor))


async def _load_editable(work: UnitOfWork, key: CharacterKey) -> tuple[EcosystemRow, CharacterRow]:
    row = (await work.lock_characters(key.number)).get(key.number)
    world = await work.load_ecosystem()
    if row is None:
        raise NotFound(missing=key)
    if not can_act(world, row, work.viewer_id):
        needed = Role.OWNER if row.owner_id else Role.EDITOR
        raise NotAllowed(f"You may not edit {row.name}; its owner may, and whoever has the role {needed} here.", needed)
    return world, row
