"""Ecosystems: worlds found, made, changed and let go; their clocks, and who may do what in them."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any
from uuid import UUID, uuid4

from db import activity, ecosystems, notifications, users
from db.cache import Kind, Standing
from db.ecosystems import Ecosystem, EcosystemRow
from db.ecosystems import Wanted as Wanted
from db.pages import Window
from db.unit_of_work import Change, change, world_clock
from db.users import claim
from domain import rule_sets
from domain.activity import Cursor, Fact, FactType, epoch_of
from domain.clock import RATE_MAX
from domain.ecosystems import Role, Visibility, may
from domain.keys import EcosystemKey, UserKey
from domain.refusals import Conflict, Invalid, NotAllowed, NotFound
from domain.validation import Problems, search_form
from resolvers.context import Context
from resolvers.pages import Connection, Edge, Page, connection, page_info

MEMBERS_BY_AGE = ecosystems.MEMBERS_BY_AGE


@dataclass(frozen=True, slots=True)
class Changed:
    """`cursor` is of the last fact of the change."""

    ecosystem_id: UUID
    cursor: str


async def by_ids(context: Context, ids: Sequence[UUID]) -> Sequence[EcosystemRow | None]:
    return await ecosystems.by_ids(context.stores.database, context.viewer_id, ids)


async def one(context: Context, id_: UUID) -> EcosystemRow:
    """Raises NotFound where it is not there or may not be seen."""
    row: EcosystemRow | None = await context.loaders.of(by_ids).load(id_)
    if row is None:
        raise NotFound(missing=EcosystemKey(id_))
    return row


async def cached(
    context: Context, kind: Kind, keys: Sequence[Any], load: Callable[[list[Any]], Awaitable[Sequence[Any]]]
) -> list[Any]:
    """From the cache where that is proven new; None where the world of a key may not be seen."""
    if not (context.asks_cache and context.stores.cache.is_on):
        return list(await load(list(keys)))
    worlds = await context.loaders.of(by_ids).load_many(list(dict.fromkeys(key[0] for key in keys)))
    standings = {world.id: Standing(world.epoch, world.head) for world in worlds if world is not None}
    visible = [key for key in keys if key[0] in standings]
    found = dict(zip(visible, await context.stores.cache.rows(kind, standings, visible, load), strict=True)) if visible else {}
    return [found.get(key) for key in keys]


async def seen(context: Context, page: Page, wanted: Wanted, order: str) -> Connection:
    """All that the viewer may see."""
    window = page.window(ecosystems.ORDERS[order])
    rows = await ecosystems.seen(context.stores.database, context.viewer_id, window, wanted, order)
    return connection(rows, window, ecosystems.ORDERS[order])


async def members(context: Context, row: EcosystemRow, page: Page) -> Connection | None:
    """None for those who are no members themselves."""
    window = page.window(MEMBERS_BY_AGE)
    if not row.is_member:
        return None
    rows = await context.loaders.of(_members, window).load(row.id)
    found = connection(rows, window, MEMBERS_BY_AGE)
    people = await context.loaders.of(_users).load_many([edge.node.user_id for edge in found.edges])
    edges = [Edge(edge.cursor, user, edge.node) for edge, user in zip(found.edges, people, strict=True)]
    return Connection(edges, page_info(edges, window, has_more=len(rows) > window.size))


async def _members(context: Context, ids: Sequence[UUID], window: Window) -> list[list[ecosystems.MemberRow]]:
    return await ecosystems.members(context.stores.database, context.viewer_id, ids, window)


async def _users(context: Context, ids: Sequence[UUID]) -> Sequence[users.UserRow | None]:
    return await users.by_ids(context.stores.database, ids)


@dataclass(frozen=True, slots=True)
class CreateAsk:
    name: str
    description: str
    visibility: Visibility
    rule_set: str
    seed: str | None
    rate: float
    idempotency_key: str | None


async def create(context: Context, ask: CreateAsk) -> Changed:
    """The viewer owns it. Raises NotSignedIn, Invalid."""
    viewer_id = context.signed_in()
    problems = Problems()
    name = problems.line(ask.name, "name")
    description = problems.prose(ask.description, "description")
    seed = problems.line(ask.seed, "seed") if ask.seed is not None else uuid4().hex
    _check_rate(problems, ask.rate)
    if ask.rule_set not in rule_sets.RULE_SETS:
        problems.add("ruleSet", because=f"There is no such rule set; choose one of {', '.join(rule_sets.RULE_SETS)}.")
    check_key(ask.idempotency_key)
    problems.raise_if_any()

    id_, now, asked = uuid4(), context.now, fingerprint("createEcosystem", ask)
    async with context.stores.database.transaction() as connection_:
        if ask.idempotency_key is not None:
            answer = await claim(connection_, viewer_id, ask.idempotency_key, asked, now)
            if answer:
                return _told(answer, asked)
        world = Ecosystem(
            id=id_, name=name, name_key=search_form(name), description=description, visibility=ask.visibility,
            rule_set=ask.rule_set, seed=seed, clock_world_seconds=0.0, clock_since=now, clock_rate=ask.rate,
            epoch=epoch_of(id_, 0), head=0, created_at=now, updated_at=now, active_at=now,
        )  # fmt: skip
        await ecosystems.insert(connection_, world)
        await ecosystems.grant(connection_, id_, viewer_id, Role.OWNER, now)
        fact = Fact(FactType.ECOSYSTEM_CREATED, 0.0)
        epoch, position = await activity.append(connection_, id_, [fact], actor_id=viewer_id, now=now)
        if ask.idempotency_key is not None:
            await users.answered(connection_, viewer_id, ask.idempotency_key, id_, 0, position)
    await notifications.publish(context.stores.waking, id_, position)
    return Changed(id_, str(Cursor(epoch, position)))


def _told(answer: users.AnswerRow, asked: bytes) -> Changed:
    if answer.asked != asked:
        raise Invalid.at("idempotencyKey", because="This key came with another input before; take a new key for a new wish.")
    if answer.ecosystem_id is None or answer.position is None:
        raise NotFound
    return Changed(answer.ecosystem_id, str(Cursor(epoch_of(answer.ecosystem_id, 0), answer.position)))


@dataclass(frozen=True, slots=True)
class UpdateAsk:
    """None is left as it is."""

    id: UUID
    version: int
    name: str | None
    description: str | None
    visibility: Visibility | None


async def update(context: Context, ask: UpdateAsk) -> Changed:
    """Raises NotSignedIn, NotFound, NotAllowed, Conflict, Invalid."""
    problems = Problems()
    asked: dict[str, Any] = {}
    if ask.name is not None:
        asked["name"] = problems.line(ask.name, "name")
    if ask.description is not None:
        asked["description"] = problems.prose(ask.description, "description")
    if ask.visibility is not None:
        asked["visibility"] = ask.visibility

    async with change(context.stores, context.wall, ask.id, context.signed_in()) as made:
        row = await _owned(made)
        problems.raise_if_any()
        if row.version != ask.version:
            raise Conflict(current_version=row.version)
        altered = {column: value for column, value in asked.items() if getattr(row, column) != value}
        if "name" in altered:
            altered["name_key"] = search_form(altered["name"])
        if altered:
            await ecosystems.update(made.connection, ask.id, altered, made.now)
            changed = [column for column in altered if column != "name_key"]
            await made.record(Fact(FactType.ECOSYSTEM_CHANGED, world_clock(row).at(made.now), data={"changed": changed}))
    return _changed(context, made, row)


async def delete(context: Context, id_: UUID) -> None:
    """With all that belongs to it; other stores forget it as soon as they hear. Raises NotSignedIn, NotFound, NotAllowed."""
    async with change(context.stores, context.wall, id_, context.signed_in()) as made:
        await _owned(made, lock=False)
        await ecosystems.delete(made.connection, id_, made.now)
    await notifications.publish(context.stores.waking, id_, 0)
    context.begin()


async def set_clock(context: Context, id_: UUID, rate: float) -> Changed:
    """Raises NotSignedIn, NotFound, NotAllowed, Invalid."""
    async with change(context.stores, context.wall, id_, context.signed_in()) as made:
        row = await _owned(made)
        problems = Problems()
        _check_rate(problems, rate)
        problems.raise_if_any()
        clock = world_clock(row).set_to(rate, made.now)
        await made.connection.execute(
            "UPDATE ecosystems SET clock_world_seconds = $2, clock_since = $3, clock_rate = $4 WHERE id = $1",
            id_, clock.world_seconds, clock.since, clock.rate,
        )  # fmt: skip
        await made.record(Fact(FactType.CLOCK_SET, clock.world_seconds, data={"rate": rate}))
    return _changed(context, made, row)


async def grant(context: Context, id_: UUID, user_name: str, role: Role) -> Changed:
    """Raises NotSignedIn, NotFound, NotAllowed, Invalid (nobody of that name, or the last owner would go)."""
    async with change(context.stores, context.wall, id_, context.signed_in()) as made:
        row = await _owned(made)
        user = await users.account(made.connection, search_form(user_name))
        if user is None:
            raise Invalid.at("userName", because="Nobody has an account of this name; check how it is spelled.")
        if role is not Role.OWNER:
            await _must_leave_an_owner(made, user.id, "role")
        await ecosystems.grant(made.connection, id_, user.id, role, made.now)
        data = {"user_id": str(user.id), "user_name": user.name, "role": str(role)}
        await made.record(Fact(FactType.MEMBER_GRANTED, world_clock(row).at(made.now), data=data))
    return _changed(context, made, row)


async def revoke(context: Context, id_: UUID, user_id: UUID) -> Changed:
    """Whoever is no owner may still leave. Raises NotSignedIn, NotFound, NotAllowed, Invalid (the last owner)."""
    viewer_id = context.signed_in()
    async with change(context.stores, context.wall, id_, viewer_id) as made:
        row = await (made.ecosystem(lock=True) if user_id == viewer_id else _owned(made))
        if await ecosystems.membership(made.connection, id_, user_id) is None:
            raise NotFound("This user has no role here that could be revoked.", UserKey(user_id))
        await _must_leave_an_owner(made, user_id, "userId")
        user = (await users.by_ids(made.connection, [user_id]))[0]
        await ecosystems.revoke(made.connection, id_, user_id)
        data = {"user_id": str(user_id), "user_name": user.name if user else ""}
        await made.record(Fact(FactType.MEMBER_REVOKED, world_clock(row).at(made.now), data=data))
    return _changed(context, made, row)


async def _owned(made: Change, *, lock: bool = True) -> EcosystemRow:
    row = await made.ecosystem(lock=lock)
    if not may(row.role, Role.OWNER):
        raise NotAllowed("Only an owner of this ecosystem may do this; ask one of them.", Role.OWNER)
    return row


async def _must_leave_an_owner(made: Change, user_id: UUID, argument: str) -> None:
    if await ecosystems.owners(made.connection, made.ecosystem_id) == [user_id]:
        raise Invalid.at(argument, because="This is the last owner; make somebody else an owner first.")


def _check_rate(problems: Problems, rate: float) -> None:
    if not 0 <= rate <= RATE_MAX:
        problems.add("rate", because=f"It must be from 0 (stopped) to {RATE_MAX:,.0f} world seconds a second.")


def _changed(context: Context, made: Change, row: EcosystemRow) -> Changed:
    """What the answer goes on to show is read anew."""
    context.begin()
    return Changed(made.ecosystem_id, str(made.cursor or Cursor(row.epoch, row.head)))


def check_key(key: str | None) -> None:
    """Raises Invalid. It is looked up before anything else is, so it must be one that can be."""
    problems = Problems()
    if key is not None:
        problems.line(key, "idempotencyKey")
    problems.raise_if_any()


def fingerprint(what: str, ask: Any) -> bytes:
    """Of an input, to tell whether the same key came with the same one."""
    return blake2b(f"{what}{ask!r}".encode("utf-8", "surrogatepass"), digest_size=16).digest()
