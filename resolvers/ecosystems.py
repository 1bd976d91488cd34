"""Ecosystems: worlds found, made, changed and let go; their clocks, and who may do what in them."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any
from uuid import UUID, uuid4

from db import activity, ecosystems, notifications, users
from db.cache import CacheKind, EcosystemHead
from db.ecosystems import Ecosystem, EcosystemRow
from db.ecosystems import EcosystemFilter as EcosystemFilter
from db.pages import PageWindow
from db.unit_of_work import UnitOfWork, unit_of_work, world_clock
from db.users import claim_key
from domain import rule_sets
from domain.activity import Cursor, Fact, FactType, epoch_of
from domain.clock import RATE_MAX
from domain.ecosystems import Role, Visibility, role_suffices
from domain.keys import EcosystemKey, UserKey
from domain.refusals import Conflict, Invalid, NotAllowed, NotFound
from domain.validation import ValidationErrors, casefold_for_search
from resolvers.context import Context
from resolvers.pages import Connection, Edge, PageArguments, build_connection, build_page_info

MEMBERS_BY_SENIORITY = ecosystems.MEMBERS_BY_AGE


@dataclass(frozen=True, slots=True)
class EcosystemCommit:
    """`cursor` is of the last fact of the change."""

    ecosystem_id: UUID
    cursor: str


async def by_ids(context: Context, ids: Sequence[UUID]) -> Sequence[EcosystemRow | None]:
    return await ecosystems.by_ids(context.stores.database, context.viewer_id, ids)


async def get(context: Context, id_: UUID) -> EcosystemRow:
    """Raises NotFound where it is not there or may not be seen."""
    row: EcosystemRow | None = await context.loaders.loader_for(by_ids).load(id_)
    if row is None:
        raise NotFound(missing=EcosystemKey(id_))
    return row


async def load_cached(
    context: Context, kind: CacheKind, keys: Sequence[Any], load: Callable[[list[Any]], Awaitable[Sequence[Any]]]
) -> list[Any]:
    """From the cache where that is proven new; None where the world of a key may not be seen."""
    if not (context.uses_cache and context.stores.cache.is_on):
        return list(await load(list(keys)))
    worlds = await context.loaders.loader_for(by_ids).load_many(list(dict.fromkeys(key[0] for key in keys)))
    standings = {world.id: EcosystemHead(world.epoch, world.head) for world in worlds if world is not None}
    visible = [key for key in keys if key[0] in standings]
    found = dict(zip(visible, await context.stores.cache.rows(kind, standings, visible, load), strict=True)) if visible else {}
    return [found.get(key) for key in keys]


async def list_visible(context: Context, page: PageArguments, wanted: EcosystemFilter, order: str) -> Connection:
    """All that the viewer may see."""
    window = page.to_slice(ecosystems.ORDERS[order])
    rows = await ecosystems.visible(context.stores.database, context.viewer_id, window, wanted, order)
    return build_connection(rows, window, ecosystems.ORDERS[order])


async def list_members(context: Context, row: EcosystemRow, page: PageArguments) -> Connection | None:
    """None for those who are no members themselves."""
    window = page.to_slice(MEMBERS_BY_SENIORITY)
    if not row.is_member:
        return None
    rows = await context.loaders.loader_for(_load_members, window).load(row.id)
    found = build_connection(rows, window, MEMBERS_BY_SENIORITY)
    people = await context.loaders.loader_for(_load_users).load_many([edge.node.user_id for edge in found.edges])
    edges = [Edge(edge.cursor, user, edge.node) for edge, user in zip(found.edges, people, strict=True)]
    return Connection(edges, build_page_info(edges, window, has_more=len(rows) > window.size))


async def _load_members(context: Context, ids: Sequence[UUID], window: PageWindow) -> list[list[ecosystems.MemberRow]]:
    return await ecosystems.members(context.stores.database, context.viewer_id, ids, window)


async def _load_users(context: Context, ids: Sequence[UUID]) -> Sequence[users.UserRow | None]:
    return await users.by_ids(context.stores.database, ids)


@dataclass(frozen=True, slots=True)
class CreateEcosystem:
    name: str
    description: str
    visibility: Visibility
    rule_set: str
    seed: str | None
    rate: float
    idempotency_key: str | None


async def create(context: Context, command: CreateEcosystem) -> EcosystemCommit:
    """The viewer owns it. Raises NotSignedIn, Invalid."""
    viewer_id = context.require_viewer_id()
    problems = ValidationErrors()
    name = problems.check_line(command.name, "name")
    description = problems.check_text(command.description, "description")
    seed = problems.check_line(command.seed, "seed") if command.seed is not None else uuid4().hex
    _check_rate(problems, command.rate)
    if command.rule_set not in rule_sets.RULE_SETS:
        problems.add("ruleSet", because=f"There is no such rule set; choose one of {', '.join(rule_sets.RULE_SETS)}.")
    check_idempotency_key(command.idempotency_key)
    problems.raise_if_any()

    id_, now, asked = uuid4(), context.now, fingerprint("createEcosystem", command)
    async with context.stores.database.transaction() as connection_:
        if command.idempotency_key is not None:
            answer = await claim_key(connection_, viewer_id, command.idempotency_key, asked, now)
            if answer:
                return _replayed(answer, asked)
        world = Ecosystem(
            id=id_, name=name, name_key=casefold_for_search(name), description=description, visibility=command.visibility,
            rule_set=command.rule_set, seed=seed, clock_world_seconds=0.0, clock_since=now, clock_rate=command.rate,
            epoch=epoch_of(id_, 0), head=0, created_at=now, updated_at=now, active_at=now,
        )  # fmt: skip
        await ecosystems.insert(connection_, world)
        await ecosystems.grant(connection_, id_, viewer_id, Role.OWNER, now)
        fact = Fact(FactType.ECOSYSTEM_CREATED, 0.0)
        epoch, position = await activity.append(connection_, id_, [fact], actor_id=viewer_id, now=now)
        if command.idempotency_key is not None:
            await users.save_answer(connection_, viewer_id, command.idempotency_key, id_, 0, position)
    await notifications.publish(context.stores.publisher_redis, id_, position)
    return EcosystemCommit(id_, str(Cursor(epoch, position)))


def _replayed(saved: users.IdempotencyRow, digest: bytes) -> EcosystemCommit:
    if saved.asked != digest:
        raise Invalid.at("idempotencyKey", because="This key was used with another input; use a new key for a new request.")
    if saved.ecosystem_id is None or saved.position is None:
        raise NotFound
    return EcosystemCommit(saved.ecosystem_id, str(Cursor(epoch_of(saved.ecosystem_id, 0), saved.position)))


@dataclass(frozen=True, slots=True)
class UpdateEcosystem:
    """None is left as it is."""

    id: UUID
    version: int
    name: str | None
    description: str | None
    visibility: Visibility | None


async def update(context: Context, command: UpdateEcosystem) -> EcosystemCommit:
    """Raises NotSignedIn, NotFound, NotAllowed, Conflict, Invalid."""
    problems = ValidationErrors()
    asked: dict[str, Any] = {}
    if command.name is not None:
        asked["name"] = problems.check_line(command.name, "name")
    if command.description is not None:
        asked["description"] = problems.check_text(command.description, "description")
    if command.visibility is not None:
        asked["visibility"] = command.visibility

    async with unit_of_work(context.stores, context.wall, command.id, context.require_viewer_id()) as made:
        row = await _require_owner(made)
        problems.raise_if_any()
        if row.version != command.version:
            raise Conflict(current_version=row.version)
        altered = {column: value for column, value in asked.items() if getattr(row, column) != value}
        if "name" in altered:
            altered["name_key"] = casefold_for_search(altered["name"])
        if altered:
            await ecosystems.update(made.connection, command.id, altered, made.now)
            changed = [column for column in altered if column != "name_key"]
            await made.record_facts(Fact(FactType.ECOSYSTEM_CHANGED, world_clock(row).at(made.now), data={"changed": changed}))
    return _to_commit(context, made, row)


async def delete(context: Context, id_: UUID) -> None:
    """With all that belongs to it; other stores forget it as soon as they hear. Raises NotSignedIn, NotFound, NotAllowed."""
    async with unit_of_work(context.stores, context.wall, id_, context.require_viewer_id()) as made:
        await _require_owner(made, lock=False)
        await ecosystems.delete(made.connection, id_, made.now)
    await notifications.publish(context.stores.publisher_redis, id_, 0)
    context.refresh()


async def set_clock(context: Context, id_: UUID, rate: float) -> EcosystemCommit:
    """Raises NotSignedIn, NotFound, NotAllowed, Invalid."""
    async with unit_of_work(context.stores, context.wall, id_, context.require_viewer_id()) as made:
        row = await _require_owner(made)
        problems = ValidationErrors()
        _check_rate(problems, rate)
        problems.raise_if_any()
        clock = world_clock(row).with_rate(rate, made.now)
        await made.connection.execute(
            "UPDATE ecosystems SET clock_world_seconds = $2, clock_since = $3, clock_rate = $4 WHERE id = $1",
            id_, clock.world_seconds, clock.since, clock.rate,
        )  # fmt: skip
        await made.record_facts(Fact(FactType.CLOCK_SET, clock.world_seconds, data={"rate": rate}))
    return _to_commit(context, made, row)


async def grant_role(context: Context, id_: UUID, user_name: str, role: Role) -> EcosystemCommit:
    """Raises NotSignedIn, NotFound, NotAllowed, Invalid (nobody of that name, or the last owner would go)."""
    async with unit_of_work(context.stores, context.wall, id_, context.require_viewer_id()) as made:
        row = await _require_owner(made)
        user = await users.account(made.connection, casefold_for_search(user_name))
        if user is None:
            raise Invalid.at("userName", because="Nobody has an account of this name; check how it is spelled.")
        if role is not Role.OWNER:
            await _require_another_owner(made, user.id, "role")
        await ecosystems.grant(made.connection, id_, user.id, role, made.now)
        data = {"user_id": str(user.id), "user_name": user.name, "role": str(role)}
        await made.record_facts(Fact(FactType.MEMBER_GRANTED, world_clock(row).at(made.now), data=data))
    return _to_commit(context, made, row)


async def revoke_role(context: Context, id_: UUID, user_id: UUID) -> EcosystemCommit:
    """Whoever is no owner may still leave. Raises NotSignedIn, NotFound, NotAllowed, Invalid (the last owner)."""
    viewer_id = context.require_viewer_id()
    async with unit_of_work(context.stores, context.wall, id_, viewer_id) as made:
        row = await (made.load_ecosystem(lock=True) if user_id == viewer_id else _require_owner(made))
        if await ecosystems.member_role(made.connection, id_, user_id) is None:
            raise NotFound("This user has no role here that could be revoked.", UserKey(user_id))
        await _require_another_owner(made, user_id, "userId")
        user = (await users.by_ids(made.connection, [user_id]))[0]
        await ecosystems.revoke(made.connection, id_, user_id)
        data = {"user_id": str(user_id), "user_name": user.name if user else ""}
        await made.record_facts(Fact(FactType.MEMBER_REVOKED, world_clock(row).at(made.now), data=data))
    return _to_commit(context, made, row)


async def _require_owner(work: UnitOfWork, *, lock: bool = True) -> EcosystemRow:
    row = await work.load_ecosystem(lock=lock)
    if not role_suffices(row.role, Role.OWNER):
        raise NotAllowed("Only an owner of this ecosystem may do this; ask one of them.", Role.OWNER)
    return row


async def _require_another_owner(work: UnitOfWork, user_id: UUID, argument: str) -> None:
    if await ecosystems.lock_owners(work.connection, work.ecosystem_id) == [user_id]:
        raise Invalid.at(argument, because="This is the last owner; make somebody else an owner first.")


def _check_rate(problems: ValidationErrors, rate: float) -> None:
    if not 0 <= rate <= RATE_MAX:
        problems.add("rate", because=f"It must be from 0 (stopped) to {RATE_MAX:,.0f} world seconds a second.")


def _to_commit(context: Context, work: UnitOfWork, row: EcosystemRow) -> EcosystemCommit:
    """What the answer goes on to show is read anew."""
    context.refresh()
    return EcosystemCommit(work.ecosystem_id, str(work.cursor or Cursor(row.epoch, row.head)))


def check_idempotency_key(key: str | None) -> None:
    """Raises Invalid. It is looked up before anything else is, so it must be one that can be."""
    problems = ValidationErrors()
    if key is not None:
        problems.check_line(key, "idempotencyKey")
    problems.raise_if_any()


def fingerprint(operation: str, command: Any) -> bytes:
    """Of an input, to tell whether the same key came with the same one."""
    return blake2b(f"{operation}{command!r}".encode("utf-8", "surrogatepass"), digest_size=16).digest()
