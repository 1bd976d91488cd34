"""Imports: what a file becomes. The same file again changes nothing; a changed one takes the place of what it was."""

import asyncio
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import PurePath
from typing import Any
from uuid import UUID, uuid4

import asyncpg

from db import ecosystems, imports, notifications
from db.bulk_writer import Chronicle
from db.ecosystems import Ecosystem
from db.imports import KnownRow
from db.stores import Stores
from domain.activity import Fact, FactType, epoch_of
from domain.clock import WallClock, WorldClock
from domain.ecosystems import Role, Visibility
from domain.rule_sets import SCRIPT
from domain.validation import DESCRIPTION_LENGTH_MAX, NAME_LENGTH_MAX, search_form
from interchange import archives, formats, social_graphs
from interchange.errors import Unreadable
from interchange.importable_worlds import Progress, Tale, as_data, described
from interchange.source_file import Incoming
from interchange.texts import line

READING = 2
"""Counted on when the same file would be read into something else than before: then it is imported anew."""

NAMELESS = "Nameless"


class Change(StrEnum):
    IMPORTED = "imported"
    REPLACED = "replaced"
    UNCHANGED = "unchanged"


@dataclass(frozen=True, slots=True)
class Wish:
    """`owner_id` None: it belongs to nobody. `is_plain`: the tone of words is left out."""

    owner_id: UUID | None
    is_public: bool = False
    is_plain: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """`head` counts the facts of the world."""

    ecosystem_id: UUID
    title: str
    change: Change
    head: int
    notes: tuple[str, ...] = ()


def silent(done: int, total: int) -> None:
    """Progress that nobody looks at."""


async def bring_in(stores: Stores, wall: WallClock, incoming: Incoming, wish: Wish, progress: Progress = silent) -> Outcome:
    """In one transaction: all of it, or nothing in any store. Raises Unreadable."""
    digest = await asyncio.to_thread(incoming.digest, salt=f"{READING}/{'plain' if wish.is_plain else 'heard'}/")
    try:
        async with stores.database.transaction() as connection:
            archived = await asyncio.to_thread(_archived, incoming)
            seed = archived["seed"] if archived else None
            known = await imports.found(connection, wish.owner_id, incoming.name, seed=seed)
            if known and known.source["digest"] == digest:
                return Outcome(known.id, known.name, Change.UNCHANGED, known.head)
            arrival = Arrival(connection, incoming, wish, digest, known, wall.now(), progress)
            outcome = await (arrival.restore(archived) if archived else arrival.live())
    except (asyncpg.DiskFullError, asyncpg.OutOfMemoryError) as full:
        raise Unreadable("The database has no room for it; free some space, and import again.", incoming.name) from full
    await imports.survey(stores.database, outcome.head)
    await notifications.publish(stores.waking, outcome.ecosystem_id, outcome.head)
    return outcome


@dataclass(frozen=True, slots=True)
class Arrival:
    """One file on its way in, inside the transaction of `connection`. `known` is the world that it was before, if any."""

    connection: Any
    incoming: Incoming
    wish: Wish
    digest: str
    known: KnownRow | None
    now: datetime
    progress: Progress

    async def live(self) -> Outcome:
        """A play or a network: lived through by the rules."""
        tale = await asyncio.to_thread(_read, self.incoming)
        title = line(tale.title or PurePath(self.incoming.name).stem, NAME_LENGTH_MAX) or NAMELESS
        world = self._world(
            name=title, name_key=search_form(title), description=described(tale.origin)[:DESCRIPTION_LENGTH_MAX],
            rule_set=SCRIPT.name, seed=self.digest[:32], source=as_data(tale.origin) | self._identity,
        )  # fmt: skip
        await self._begin(world)
        async with Chronicle(self.connection, world.id, actor_id=self.wish.owner_id, now=self.now) as chronicle:
            chronicle.happened(Fact(FactType.ECOSYSTEM_CREATED, 0.0))
            at = await tale.live(chronicle, seed=world.seed, is_plain=self.wish.is_plain, progress=self.progress)
            await chronicle.end(WorldClock(at, self.now, rate=0.0))
        return self._outcome(world, chronicle.head, tale.origin.notes)

    async def restore(self, values: dict[str, Any]) -> Outcome:
        """An archive, of which `values` is the world: row by row as it was."""
        values["source"] = (values["source"] or {}) | self._identity
        world = self._world(**{key: values[key] for key in ("name", "name_key", "description", "rule_set", "seed", "source")})
        await self._begin(world)
        await archives.restore(self.connection, world.id, self.incoming, values, self.progress)
        return self._outcome(world, values["head"], ())

    @property
    def _identity(self) -> dict[str, str]:
        return {"name": self.incoming.name, "digest": self.digest}

    def _world(self, **values: Any) -> Ecosystem:
        id_ = self.known.id if self.known else uuid4()
        visibility = Visibility.PUBLIC if self.wish.is_public else Visibility.PRIVATE
        return Ecosystem(
            id=id_, visibility=visibility, clock_world_seconds=0.0, clock_since=self.now, clock_rate=0.0,
            epoch=epoch_of(id_, 0), created_at=self.now, updated_at=self.now, active_at=self.now, **values,
        )  # fmt: skip

    async def _begin(self, world: Ecosystem) -> None:
        if self.known:
            await imports.emptied(self.connection, world, self.known.epoch_version + 1)
            return
        await ecosystems.insert(self.connection, world)
        if self.wish.owner_id is not None:
            await ecosystems.grant(self.connection, world.id, self.wish.owner_id, Role.OWNER, self.now)

    def _outcome(self, world: Ecosystem, head: int, notes: tuple[str, ...]) -> Outcome:
        return Outcome(world.id, world.name, Change.REPLACED if self.known else Change.IMPORTED, head, notes)


def _archived(incoming: Incoming) -> dict[str, Any] | None:
    """The world of an archive: the same only where its seed is, as archives of many go by one name. None of another file."""
    return archives.world_of(incoming) if archives.is_one(incoming.start()) else None


def _read(incoming: Incoming) -> Tale:
    if incoming.name in social_graphs.GRAPHS and not incoming.content:
        return social_graphs.read(incoming.name)
    return formats.read(incoming.read(), incoming.name)
