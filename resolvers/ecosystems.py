"""Ecosystems: create, read, update and delete them, and set their clocks."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from db import ecosystems, notifications
from db.ecosystems import Ecosystem, EcosystemRow
from db.ecosystems import EcosystemFilter as EcosystemFilter
from db.unit_of_work import UnitOfWork, world_clock
from db.users import IdempotencyRow
from domain import rule_sets
from domain.activity import Cursor, Fact, FactType, epoch_of
from domain.clock import RATE_MAX
from domain.ecosystems import Role, Visibility
from domain.keys import EcosystemKey
from domain.refusals import Conflict, NotFound
from domain.validation import ValidationErrors, casefold_for_search
from resolvers import idempotency, nodes, permissions
from resolvers.commit import Commit
from resolvers.context import Context
from resolvers.pages import Page, PageArguments, build_connection


async def get(context: Context, id_: UUID) -> EcosystemRow:
    """Raises NotFound where it does not exist or the viewer may not see it."""
    row: EcosystemRow = await nodes.get(context, EcosystemKey(id_))
    return row


async def list_visible(context: Context, page: PageArguments, filter_: EcosystemFilter, order: str) -> Page:
    """All ecosystems that the viewer may see."""
    ordering = ecosystems.ORDERS[order]
    window = page.to_window(ordering)
    rows = await ecosystems.visible(context.stores.database, context.viewer_id, window, filter_, order)
    return build_connection(rows, window, ordering)


@dataclass(frozen=True, slots=True)
class CreateEcosystem:
    """`seed` None: a random one. `rate` in world seconds per real second."""

    name: str
    description: str
    visibility: Visibility
    rule_set: str
    seed: str | None
    rate: float
    idempotency_key: str | None


async def create(context: Context, command: CreateEcosystem) -> Commit[EcosystemKey]:
    """The viewer becomes its owner. Raises NotSignedIn, Invalid."""
    context.require_viewer_id()
    problems = ValidationErrors()
    name = problems.check_line(command.name, "name")
    description = problems.check_text(command.description, "description")
    seed = problems.check_line(command.seed, "seed") if command.seed is not None else uuid4().hex
    _check_rate(problems, command.rate)
    if command.rule_set not in rule_sets.RULE_SETS:
        problems.add("ruleSet", because=f"There is no such rule set; choose one of {', '.join(rule_sets.RULE_SETS)}.")
    idempotency.check_key(command)
    problems.raise_if_any()

    id_ = uuid4()
    async with context.unit_of_work(id_) as work:
        if saved := await idempotency.find_saved(work, "createEcosystem", command):
            return _replay(saved)
        ecosystem = Ecosystem(
            id=id_, name=name, name_key=casefold_for_search(name), description=description, visibility=command.visibility,
            rule_set=command.rule_set, seed=seed, clock_world_seconds=0.0, clock_since=work.now, clock_rate=command.rate,
            epoch=epoch_of(id_, 0), head=0, created_at=work.now, updated_at=work.now, active_at=work.now,
        )  # fmt: skip
        await ecosystems.insert(work.connection, ecosystem)
        await ecosystems.grant(work.connection, id_, work.viewer_id, Role.OWNER, work.now)
        await work.record_facts(Fact(FactType.ECOSYSTEM_CREATED, 0.0))
        await work.save_reply(command.idempotency_key, 0)
    return Commit(EcosystemKey(id_), str(work.cursor))


def _replay(saved: IdempotencyRow) -> Commit[EcosystemKey]:
    """Raises NotFound where the ecosystem was deleted after it was created."""
    if saved.ecosystem_id is None or saved.position is None:
        raise NotFound
    return Commit(EcosystemKey(saved.ecosystem_id), str(Cursor(epoch_of(saved.ecosystem_id, 0), saved.position)))


@dataclass(frozen=True, slots=True)
class UpdateEcosystem:
    """None leaves a value as it is. Raises Conflict where `version` is not the current one."""

    id: UUID
    version: int
    name: str | None
    description: str | None
    visibility: Visibility | None


async def update(context: Context, command: UpdateEcosystem) -> Commit[EcosystemKey]:
    """Raises NotSignedIn, NotFound, NotAllowed, Conflict, Invalid."""
    problems = ValidationErrors()
    requested = _requested_columns(problems, command)
    async with context.unit_of_work(command.id) as work:
        row = await permissions.require_owner(work)
        problems.raise_if_any()
        if row.version != command.version:
            raise Conflict(current_version=row.version)
        changes = {column: value for column, value in requested.items() if getattr(row, column) != value}
        if changes:
            derived = {"name_key": casefold_for_search(changes["name"])} if "name" in changes else {}
            await ecosystems.update(work.connection, command.id, changes | derived, work.now)
            data = {"changed": list(changes)}
            await work.record_facts(Fact(FactType.ECOSYSTEM_CHANGED, world_clock(row).at(work.now), data=data))
    return to_commit(work, row)


def _requested_columns(problems: ValidationErrors, command: UpdateEcosystem) -> dict[str, Any]:
    requested: dict[str, Any] = {}
    if command.name is not None:
        requested["name"] = problems.check_line(command.name, "name")
    if command.description is not None:
        requested["description"] = problems.check_text(command.description, "description")
    if command.visibility is not None:
        requested["visibility"] = command.visibility
    return requested


async def delete(context: Context, id_: UUID) -> None:
    """Deletes it with everything in it; the other stores follow after a notification.

    Raises NotSignedIn, NotFound, NotAllowed.
    """
    async with context.unit_of_work(id_) as work:
        await permissions.require_owner(work, lock=False)
        await ecosystems.delete(work.connection, id_, work.now)
    await notifications.publish(context.stores.publisher_redis, id_, 0)


async def set_clock(context: Context, id_: UUID, rate: float) -> Commit[EcosystemKey]:
    """`rate` in world seconds per real second. Raises NotSignedIn, NotFound, NotAllowed, Invalid."""
    async with context.unit_of_work(id_) as work:
        row = await permissions.require_owner(work)
        problems = ValidationErrors()
        _check_rate(problems, rate)
        problems.raise_if_any()
        clock = world_clock(row).with_rate(rate, work.now)
        await work.connection.execute(
            "UPDATE ecosystems SET clock_world_seconds = $2, clock_since = $3, clock_rate = $4 WHERE id = $1",
            id_, clock.world_seconds, clock.since, clock.rate,
        )  # fmt: skip
        await work.record_facts(Fact(FactType.CLOCK_SET, clock.world_seconds, data={"rate": rate}))
    return to_commit(work, row)


def _check_rate(problems: ValidationErrors, rate: float) -> None:
    if not 0 <= rate <= RATE_MAX:
        problems.add("rate", because=f"It must be from 0 (stopped) to {RATE_MAX:,.0f} world seconds per real second.")


def to_commit(work: UnitOfWork, row: EcosystemRow) -> Commit[EcosystemKey]:
    """`row` is the ecosystem before the change, whose head counts where nothing was changed."""
    return Commit(EcosystemKey(work.ecosystem_id), str(work.cursor or Cursor(row.epoch, row.head)))
