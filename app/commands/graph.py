"""`observatory graph`: Neo4j's copy of the worlds, checked against Postgres and written anew."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from uuid import UUID

import typer
from neo4j import AsyncDriver

from app.embedded.store_urls import opened
from app.embedded.subprocesses import Failed
from app.processes.leader import lead
from app.settings import Settings
from app.stores import connect_neo4j, stores_at
from db import migrations
from db.projection import batches, drift
from db.projection.neo4j import Projection
from db.stores import Stores
from domain.activity import Cursor

POLL_SECONDS = 0.2
LISTED_MAX = 100
"""Differences that are listed of one world; all are counted."""

app = typer.Typer(no_args_is_help=True, help="Neo4j's copy of the worlds.")
World = typer.Argument(None, metavar="[ECOSYSTEM]", help="One world by its UUID; all when left out.")


@app.command()
def check(
    ecosystem: UUID | None = World, repair: bool = typer.Option(False, help="Write worlds anew in which something differs.")
) -> None:
    """List where Neo4j holds something else than Postgres does; fails when it does."""
    drifted = asyncio.run(_check(Settings.read(), ecosystem, repair=repair))
    if drifted and not repair:
        raise Failed(f"{drifted} worlds have drifted; `observatory graph check --repair` writes them anew.")


@app.command()
def rebuild(ecosystem: UUID | None = World) -> None:
    """Write Neo4j's copy anew; Postgres answers meanwhile."""
    asyncio.run(_rebuild(Settings.read(), ecosystem))


@dataclass(frozen=True, slots=True)
class Here:
    database_url: str
    stores: Stores
    driver: AsyncDriver


@asynccontextmanager
async def _here(settings: Settings) -> AsyncIterator[Here]:
    """Raises Failed where there is no Neo4j."""
    async with opened(settings, _say, join=True) as addresses:
        await asyncio.to_thread(migrations.upgrade, addresses.database_url)
        async with stores_at(addresses, settings) as stores:
            driver = await connect_neo4j(addresses, stores)
            if driver is None:
                raise Failed("There is no Neo4j: NEO4J_URI is off, or it did not start.")
            yield Here(addresses.database_url, stores, driver)


async def _check(settings: Settings, ecosystem: UUID | None, *, repair: bool) -> int:
    """How many worlds have drifted."""
    async with _here(settings) as here:
        async with here.stores.pool.acquire() as connection:
            worlds = await batches.heads(connection, None if ecosystem is None else [ecosystem])
            reports = [await drift.report(connection, here.driver, id_) for id_ in worlds]
        for report in reports:
            _tell(report)
        drifted = [report.ecosystem_id for report in reports if report.differences]
        if drifted and repair:
            await written_anew(here, drifted)
        return len(drifted)


async def _rebuild(settings: Settings, ecosystem: UUID | None) -> None:
    async with _here(settings) as here:
        await written_anew(here, None if ecosystem is None else [ecosystem])


async def written_anew(here: Here, worlds: list[UUID] | None) -> None:
    """By whoever leads: a run that is going on, else this command."""
    copy = Projection(here.driver)
    await copy.prepare()
    await copy.doubt(worlds)
    heads = await batches.heads(here.stores.pool, worlds)
    leading = asyncio.create_task(lead(here.database_url, here.stores, _at_hand(here.driver)))
    try:
        while behind := await _behind(here, copy, heads):
            _say(f"{behind} of {len(heads)} worlds to write.")
            await asyncio.sleep(POLL_SECONDS)
    finally:
        leading.cancel()
        await asyncio.wait([leading])
    _say(f"{len(heads)} worlds are written.")


async def _behind(here: Here, copy: Projection, heads: dict[UUID, Cursor]) -> int:
    """How many of the worlds that still exist are not written up to where they were."""
    marks, there = await copy.marks(heads), await batches.heads(here.stores.pool, heads)
    return sum(not _reached(marks.get(id_), heads[id_]) for id_ in there)


def _reached(mark: Cursor | None, head: Cursor) -> bool:
    """Position 0 is that of a world which is being written."""
    return mark is not None and mark.position > 0 and (mark.epoch != head.epoch or mark.position >= head.position)


async def _at_hand(driver: AsyncDriver) -> AsyncDriver | None:
    return driver


def _tell(report: drift.Report) -> None:
    behind = "is being written" if report.lag is None else f"{report.lag} facts behind, {len(report.differences)} differences"
    typer.echo(f"{report.ecosystem_id}: {behind}")
    for one in report.differences[:LISTED_MAX]:
        typer.echo(f"  {one.kind} {'-'.join(map(str, one.key))}: Postgres {one.postgres}, Neo4j {one.neo4j}")


def _say(line: str) -> None:
    typer.echo(line, err=True)
