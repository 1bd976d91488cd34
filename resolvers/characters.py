"""Characters: who lives in a world, made, changed and let go; and what each may be made to do by the viewer."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from db import characters
from db.cache import CHARACTER, ECOSYSTEM
from db.characters import Character, CharacterRow
from db.characters import Wanted as Wanted
from db.ecosystems import EcosystemRow
from db.pages import Window
from db.unit_of_work import Change, change, world_clock
from domain.activity import Cursor, Fact, FactType
from domain.characters import Traits, born
from domain.ecosystems import Role, may
from domain.fixed_point import ONE
from domain.keys import CharacterKey
from domain.refusals import Conflict, NotAllowed, NotFound
from domain.validation import Problems, search_form
from resolvers import activity_stream, ecosystems
from resolvers.context import Context
from resolvers.pages import Connection, Page, connection


@dataclass(frozen=True, slots=True)
class Changed:
    key: CharacterKey
    cursor: str


async def by_keys(context: Context, keys: Sequence[CharacterKey]) -> Sequence[CharacterRow | None]:
    async def load(missing: list[CharacterKey]) -> Sequence[CharacterRow | None]:
        return await characters.by_keys(context.stores.database, context.viewer_id, missing)

    return await ecosystems.cached(context, CHARACTER, keys, load)


async def one(context: Context, key: CharacterKey) -> CharacterRow:
    """Raises NotFound where it is not there or may not be seen."""
    row: CharacterRow | None = await context.loaders.of(by_keys).load(key)
    if row is None:
        raise NotFound(missing=key)
    return row


async def of_ecosystem(context: Context, id_: UUID, page: Page, wanted: Wanted, order: str) -> Connection:
    window = page.window(characters.ORDERS[order])
    rows = await context.loaders.of(_of_ecosystems, window, wanted, order).load(id_)
    return connection(rows, window, characters.ORDERS[order], total=lambda: context.loaders.of(_counts, wanted).load(id_))


async def _of_ecosystems(
    context: Context, ids: Sequence[UUID], window: Window, wanted: Wanted, order: str
) -> list[list[CharacterRow]]:
    return await characters.of_ecosystems(context.stores.database, context.viewer_id, ids, window, wanted, order)


async def _counts(context: Context, ids: Sequence[UUID], wanted: Wanted) -> Sequence[int]:
    async def load(missing: list[tuple[UUID, str]]) -> Sequence[int]:
        return await characters.counts(context.stores.database, context.viewer_id, [id_ for id_, _ in missing], wanted)

    if wanted.mine:
        return await load([(id_, "") for id_ in ids])
    return await ecosystems.cached(context, ECOSYSTEM, [(id_, f"characters {wanted}") for id_ in ids], load)


ALTERS = frozenset({FactType.CHARACTER_CREATED, FactType.CHARACTER_CHANGED, FactType.CHARACTER_DELETED, FactType.INTERACTED})
"""Facts that change a character itself: what it is, or its energy and mood."""


async def follow(context: Context, key: CharacterKey, after: str | None) -> AsyncIterator[activity_stream.Event]:
    """Each fact that changed it. Raises as `feeds.follow` does, and NotFound where it is not there, or is deleted later."""
    await one(context, key)
    async for event in activity_stream.follow(context, key.ecosystem_id, after, lambda fact: _is_altered(key, fact)):
        if isinstance(event, activity_stream.Appended) and event.facts[-1].type == FactType.CHARACTER_DELETED:
            raise NotFound(missing=key)
        yield event


def _is_altered(key: CharacterKey, fact: Any) -> bool:
    return fact.type in ALTERS and key.number in fact.numbers


async def viewer_can_act(context: Context, row: CharacterRow) -> bool:
    """Whether the viewer may let it interact and speak, and edit it: the two are the same people."""
    return can_act(await ecosystems.one(context, row.ecosystem_id), row, context.viewer_id)


def can_act(ecosystem: EcosystemRow, row: CharacterRow, viewer_id: UUID | None) -> bool:
    """Owners of the world for all; whoever owns it; editors for those that nobody owns."""
    if viewer_id is None:
        return False
    return (
        may(ecosystem.role, Role.OWNER)
        or row.owner_id == viewer_id
        or (row.owner_id is None and may(ecosystem.role, Role.EDITOR))
    )


def must_act(ecosystem: EcosystemRow, row: CharacterRow, viewer_id: UUID) -> None:
    """Raises NotAllowed where the viewer may not act as this character."""
    if not can_act(ecosystem, row, viewer_id):
        needed = Role.OWNER if row.owner_id else Role.EDITOR
        raise NotAllowed(f"You may not act as {row.name}; its owner may, and whoever has the role {needed} here.", needed)


@dataclass(frozen=True, slots=True)
class CreateAsk:
    """Traits in [0,1]."""

    ecosystem_id: UUID
    name: str
    description: str
    traits: tuple[float, float, float, float, float]
    idempotency_key: str | None


async def create(context: Context, ask: CreateAsk) -> Changed:
    """The viewer owns it. Raises NotSignedIn, NotFound, NotAllowed, Invalid."""
    viewer_id = context.signed_in()
    problems = Problems()
    name = problems.line(ask.name, "name")
    description = problems.prose(ask.description, "description")
    traits = Traits(*(_trait(problems, trait, value) for trait, value in zip(characters.TRAITS, ask.traits, strict=True)))
    ecosystems.check_key(ask.idempotency_key)

    asked = ecosystems.fingerprint("createCharacter", ask)
    async with change(context.stores, context.wall, ask.ecosystem_id, viewer_id) as made:
        answer = await made.told(ask.idempotency_key, asked)
        if answer and answer.answer is not None and answer.position is not None:
            row = await made.ecosystem()
            return Changed(CharacterKey(ask.ecosystem_id, answer.answer), str(Cursor(row.epoch, answer.position)))
        row = await made.ecosystem(lock=True)
        if not may(row.role, Role.EDITOR):
            raise NotAllowed(
                "Only editors and owners of this ecosystem may create characters; ask an owner for that role.", Role.EDITOR
            )
        problems.raise_if_any()

        number = await _next_number(made)
        at = world_clock(row).at(made.now)
        person = born(number, name, traits, at)

        await characters.insert(made.connection, _as_kept(made, person, name, description, viewer_id))
        fact = Fact(FactType.CHARACTER_CREATED, at, (number,), {"number": number, "name": name})
        await made.record(fact)
        await made.answer(ask.idempotency_key, number)
    context.begin()
    return Changed(CharacterKey(ask.ecosystem_id, number), str(made.cursor))


async def _next_number(made: Change) -> int:
    number: int = await made.connection.fetchval(
        "UPDATE ecosystems SET characters_made = characters_made + 1 WHERE id = $1 RETURNING characters_made", made.ecosystem_id
    )
    return number


def _as_kept(made: Change, person: Any, name: str, description: str, owner_id: UUID) -> Character:
    traits = {trait: getattr(person.traits, trait) for trait in characters.TRAITS}
    return Character(
        ecosystem_id=made.ecosystem_id, number=person.number, name=name, name_key=search_form(name), description=description,
        **traits, energy=person.energy, mood=person.mood, felt_at=person.felt_at, is_active=True, owner_id=owner_id,
        interaction_count=0, version=1, created_at=made.now, updated_at=made.now,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class UpdateAsk:
    """None is left as it is; `traits` in the order of characters.TRAITS, in [0,1]."""

    key: CharacterKey
    version: int
    name: str | None
    description: str | None
    traits: tuple[float | None, ...]
    is_active: bool | None


async def update(context: Context, ask: UpdateAsk) -> Changed:
    """What it lives through goes on from where it is: new traits change how it rests from now on, not what it was.

    Raises NotSignedIn, NotFound, NotAllowed, Conflict, Invalid.
    """
    problems = Problems()
    asked = _asked(problems, ask)
    async with change(context.stores, context.wall, ask.key.ecosystem_id, context.signed_in()) as made:
        world, row = await _editable(made, ask.key)
        problems.raise_if_any()
        if row.version != ask.version:
            raise Conflict(current_version=row.version)

        at = world_clock(world).at(made.now)
        altered = {column: value for column, value in asked.items() if getattr(row, column) != value}
        changed = list(altered)
        if "name" in altered:
            altered["name_key"] = search_form(altered["name"])
        if not set(altered).isdisjoint(characters.TRAITS):
            altered |= _retraited(row, altered, at)

        if altered:
            await characters.update(made.connection, ask.key.ecosystem_id, ask.key.number, altered, made.now)
            data = {"number": row.number, "name": altered.get("name", row.name), "changed": changed}
            await made.record(Fact(FactType.CHARACTER_CHANGED, at, (row.number,), data))
    context.begin()
    return Changed(ask.key, str(made.cursor or Cursor(world.epoch, world.head)))


def _asked(problems: Problems, ask: UpdateAsk) -> dict[str, Any]:
    asked: dict[str, Any] = {}
    if ask.name is not None:
        asked["name"] = problems.line(ask.name, "name")
    if ask.description is not None:
        asked["description"] = problems.prose(ask.description, "description")
    if ask.is_active is not None:
        asked["is_active"] = ask.is_active
    for trait, value in zip(characters.TRAITS, ask.traits, strict=True):
        if value is not None:
            asked[trait] = _trait(problems, trait, value)
    return asked


def _trait(problems: Problems, trait: str, value: float) -> int:
    if not 0 <= value <= 1:
        problems.add("traits", trait, because=f"{trait} is {value:g}; it must be from 0 to 1.")
        return 0
    return round(value * ONE)


def _retraited(row: CharacterRow, altered: dict[str, Any], at: float) -> dict[str, Any]:
    traits = Traits(*(altered.get(trait, getattr(row, trait)) for trait in characters.TRAITS))
    person = characters.person(row).retraited(traits, at)
    return {"energy": person.energy, "mood": person.mood, "felt_at": person.felt_at}


async def delete(context: Context, key: CharacterKey) -> Changed:
    """Its relationships go with it; what it did and said stays. Raises NotSignedIn, NotFound, NotAllowed."""
    async with change(context.stores, context.wall, key.ecosystem_id, context.signed_in()) as made:
        world, row = await _editable(made, key)
        await characters.delete(made.connection, key.ecosystem_id, key.number)
        data = {"number": row.number, "name": row.name}
        await made.record(Fact(FactType.CHARACTER_DELETED, world_clock(world).at(made.now), (row.number,), data))
    context.begin()
    return Changed(key, str(made.cursor))


async def _editable(made: Change, key: CharacterKey) -> tuple[EcosystemRow, CharacterRow]:
    row = (await made.characters(key.number)).get(key.number)
    world = await made.ecosystem()
    if row is None:
        raise NotFound(missing=key)
    if not can_act(world, row, made.viewer_id):
        needed = Role.OWNER if row.owner_id else Role.EDITOR
        raise NotAllowed(f"You may not edit {row.name}; its owner may, and whoever has the role {needed} here.", needed)
    return world, row
