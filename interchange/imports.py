"""Imports a file as an ecosystem. The same file changes nothing; a changed file replaces its ecosystem."""

import asyncio
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import PurePath
from typing import Any
from uuid import UUID, uuid4

from db import ecosystems, imports, notifications
from db.bulk_writer import EcosystemWriter
from db.drivers import STORAGE_FULL_ERRORS
from db.ecosystems import Ecosystem
from db.imports import ImportedEcosystemRow
from db.stores import Stores
from domain.activity import Fact, FactType, epoch_of
from domain.clock import WallClock, WorldClock
from domain.ecosystems import Role, Visibility
from domain.rule_sets import SCRIPT
from domain.validation import DESCRIPTION_LENGTH_MAX, NAME_LENGTH_MAX, casefold_for_search
from interchange import archives, formats, social_graphs
from interchange.errors import Unreadable
from interchange.importable_worlds import ImportableWorld, Progress, describe, to_data
from interchange.source_file import SourceFile
from interchange.texts import clean_line

IMPORTER_VERSION = 2
"""Increased when the importer reads the same file differently than before, so that the file is imported again."""

PLAIN_SALT, TONE_SALT = "plain", "heard"
"""Parts of stored digests, by whether the tone of texts is ignored; with other words every file would be imported again."""

UNTITLED = "Nameless"


class ImportStatus(StrEnum):
    IMPORTED = "imported"
    REPLACED = "replaced"
    UNCHANGED = "unchanged"


@dataclass(frozen=True, slots=True)
class ImportOptions:
    """`owner_id` is None for an ecosystem without an owner. `skips_sentiment` ignores the tone of texts."""

    owner_id: UUID | None
    is_public: bool = False
    skips_sentiment: bool = False


@dataclass(frozen=True, slots=True)
class ImportOutcome:
    """`head` is the number of facts of the ecosystem."""

    ecosystem_id: UUID
    title: str
    status: ImportStatus
    head: int
    notes: tuple[str, ...] = ()


def ignore_progress(done: int, total: int) -> None:
    """Reports no progress."""


async def import_file(
    stores: Stores, wall: WallClock, source_file: SourceFile, options: ImportOptions, progress: Progress = ignore_progress
) -> ImportOutcome:
    """Imports the file in one transaction: completely, or not at all. Raises Unreadable."""
    salt = f"{IMPORTER_VERSION}/{PLAIN_SALT if options.skips_sentiment else TONE_SALT}/"
    digest = await asyncio.to_thread(source_file.digest, salt=salt)
    try:
        async with stores.database.transaction() as connection:
            archived = await asyncio.to_thread(_read_archived_world, source_file)
            seed = archived["seed"] if archived else None
            previous = await imports.find_imported(connection, options.owner_id, source_file.name, seed=seed)
            if previous and previous.source["digest"] == digest:
                return ImportOutcome(previous.id, previous.name, ImportStatus.UNCHANGED, previous.head)
            job = ImportJob(connection, source_file, options, digest, previous, wall.now(), progress)
            outcome = await (job.restore(archived) if archived else job.simulate())
    except STORAGE_FULL_ERRORS as error:
        raise Unreadable("The database has no space left. Free some space and import again.", source_file.name) from error
    await imports.analyze_tables(stores.database, outcome.head)
    await notifications.publish(stores.publisher_redis, outcome.ecosystem_id, outcome.head)
    return outcome


@dataclass(frozen=True, slots=True)
class ImportJob:
    """The import of one file in the transaction of `connection`. `previous` is the ecosystem of the last import."""

    connection: Any
    source_file: SourceFile
    options: ImportOptions
    digest: str
    previous: ImportedEcosystemRow | None
    now: datetime
    progress: Progress

    async def simulate(self) -> ImportOutcome:
        """Imports a play or a network: its acts are simulated by the rule set `script`."""
        world = await asyncio.to_thread(_read_file, self.source_file)
        title = clean_line(world.title or PurePath(self.source_file.name).stem, NAME_LENGTH_MAX) or UNTITLED
        ecosystem = self._ecosystem(
            name=title, name_key=casefold_for_search(title), description=describe(world.provenance)[:DESCRIPTION_LENGTH_MAX],
            rule_set=SCRIPT.name, seed=self.digest[:32], source=to_data(world.provenance) | self._identity,
        )  # fmt: skip
        await self._prepare_ecosystem(ecosystem)
        async with EcosystemWriter(self.connection, ecosystem.id, actor_id=self.options.owner_id, now=self.now) as writer:
            writer.add_fact(Fact(FactType.ECOSYSTEM_CREATED, 0.0))
            at = await world.simulate(
                writer, seed=ecosystem.seed, skips_sentiment=self.options.skips_sentiment, progress=self.progress
            )
            await writer.finish(WorldClock(at, self.now, rate=0.0))
        return self._outcome(ecosystem, writer.head, world.provenance.notes)

    async def restore(self, values: dict[str, Any]) -> ImportOutcome:
        """Imports an archive row by row. `values` are the columns of its ecosystem."""
        values["source"] = (values["source"] or {}) | self._identity
        ecosystem = self._ecosystem(
            **{key: values[key] for key in ("name", "name_key", "description", "rule_set", "seed", "source")}
        )
        await self._prepare_ecosystem(ecosystem)
        await archives.restore(self.connection, ecosystem.id, self.source_file, values, self.progress)
        return self._outcome(ecosystem, values["head"], ())

    @property
    def _identity(self) -> dict[str, str]:
        return {"name": self.source_file.name, "digest": self.digest}

    def _ecosystem(self, **values: Any) -> Ecosystem:
        id_ = self.previous.id if self.previous else uuid4()
        visibility = Visibility.PUBLIC if self.options.is_public else Visibility.PRIVATE
        return Ecosystem(
            id=id_, visibility=visibility, clock_world_seconds=0.0, clock_since=self.now, clock_rate=0.0,
            epoch=epoch_of(id_, 0), created_at=self.now, updated_at=self.now, active_at=self.now, **values,
        )  # fmt: skip

    async def _prepare_ecosystem(self, ecosystem: Ecosystem) -> None:
        if self.previous:
            await imports.reset_ecosystem(self.connection, ecosystem, self.previous.epoch_version + 1)
            return
        await ecosystems.insert(self.connection, ecosystem)
        if self.options.owner_id is not None:
            await ecosystems.grant(self.connection, ecosystem.id, self.options.owner_id, Role.OWNER, self.now)

    def _outcome(self, ecosystem: Ecosystem, head: int, notes: tuple[str, ...]) -> ImportOutcome:
        status = ImportStatus.REPLACED if self.previous else ImportStatus.IMPORTED
        return ImportOutcome(ecosystem.id, ecosystem.name, status, head, notes)


def _read_archived_world(source_file: SourceFile) -> dict[str, Any] | None:
    """Returns the ecosystem's columns of an archive, or None for another file. Archives of one name differ by their seed."""
    return archives.read_world(source_file) if archives.is_archive(source_file.read_start()) else None


def _read_file(source_file: SourceFile) -> ImportableWorld:
    if source_file.name in social_graphs.GRAPHS and not source_file.content:
        return social_graphs.read_social_graph(source_file.name)
    return formats.read_world(source_file.read(), source_file.name)
