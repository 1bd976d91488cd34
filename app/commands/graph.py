"""`observatory graph`: compares Neo4j's copy of the ecosystems with Postgres and rebuilds it."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from uuid import UUID

import typer

from app.command_error import CommandError
from app.embedded.store_urls import resolve_store_urls
from app.processes.leader import run_leader
from app.settings import Settings
from app.stores import connect_neo4j, open_stores
from db import migrations
from db.drivers import Neo4jDriver
from db.projection import batches, drift
from db.projection.neo4j import Projection
from db.stores import Stores
from domain.activity import Cursor

POLL_SECONDS = 0.2
PRINTED_DIFFERENCES_MAX = 100
"""Differences that are listed for one ecosystem; all are counted."""

app = typer.Typer(no_args_is_help=True, help="Check and rebuild Neo4j's copy of the worlds.")
EcosystemArgument = typer.Argument(None, metavar="[ECOSYSTEM]", help="The UUID of one world; the default is all worlds.")


@app.command()
def check(
    ecosystem: UUID | None = EcosystemArgument,
    repair: bool = typer.Option(False, help="Rebuild the worlds that differ."),
) -> None:
    """List the differences between Neo4j and Postgres; the exit code is 1 if there are any."""
    drifted = asyncio.run(_check(Settings.read(), ecosystem, repair=repair))
    if drifted and not repair:
        raise CommandError(f"{drifted} worlds differ from Postgres. `observatory graph check --repair` rebuilds them.")


@app.command()
def rebuild(ecosystem: UUID | None = EcosystemArgument) -> None:
    """Rebuild Neo4j's copy. Postgres answers graph queries meanwhile."""
    asyncio.run(_rebuild(Settings.read(), ecosystem))


@dataclass(frozen=True, slots=True)
class GraphStores:
    database_url: str
    stores: Stores
    driver: Neo4jDriver


@asynccontextmanager
async def _open_graph_stores(settings: Settings) -> AsyncIterator[GraphStores]:
    """Raises CommandError where there is no Neo4j."""
    async with resolve_store_urls(settings, _print_line, join=True) as addresses:
        await asyncio.to_thread(migrations.upgrade, addresses.database_url)
        async with open_stores(addresses, settings) as stores:
            driver = await connect_neo4j(addresses, stores)
            if driver is None:
                raise CommandError("There is no Neo4j: NEO4J_URI is off, or it did not start.")
            yield GraphStores(addresses.database_url, stores, driver)


async def _check(settings: Settings, ecosystem: UUID | None, *, repair: bool) -> int:
    """Returns how many ecosystems differ."""
    async with _open_graph_stores(settings) as graph_stores:
        async with graph_stores.stores.pool.acquire() as connection:
            heads = await batches.heads(connection, None if ecosystem is None else [ecosystem])
            reports = [await drift.find_drift(connection, graph_stores.driver, id_) for id_ in heads]
        for report in reports:
            _print_report(report)
        drifted = [report.ecosystem_id for report in reports if report.differences]
        if drifted and repair:
            await rebuild_and_wait(graph_stores, drifted)
        return len(drifted)


async def _rebuild(settings: Settings, ecosystem: UUID | None) -> None:
    async with _open_graph_stores(settings) as graph_stores:
        await rebuild_and_wait(graph_stores, None if ecosystem is None else [ecosystem])


async def rebuild_and_wait(graph_stores: GraphStores, ecosystem_ids: list[UUID] | None) -> None:
    """Marks the ecosystems as outdated and waits until the leader writes them: a running Observatory, or this command."""
    copy = Projection(graph_stores.driver)
    await copy.prepare()
    await copy.invalidate(ecosystem_ids)
    heads = await batches.heads(graph_stores.stores.pool, ecosystem_ids)
    leading = asyncio.create_task(
        run_leader(graph_stores.database_url, graph_stores.stores, _resolve_driver(graph_stores.driver))
    )
    try:
        while behind := await _count_behind(graph_stores, copy, heads):
            _print_line(f"{behind} of {len(heads)} worlds are still to be written.")
            await asyncio.sleep(POLL_SECONDS)
    finally:
        leading.cancel()
        await asyncio.wait([leading])
    _print_line(f"{len(heads)} worlds are written.")


async def _count_behind(graph_stores: GraphStores, copy: Projection, heads: dict[UUID, Cursor]) -> int:
    """Counts the ecosystems that still exist and are not yet written up to `heads`."""
    marks, existing = await copy.marks(heads), await batches.heads(graph_stores.stores.pool, heads)
    return sum(not _has_reached(marks.get(id_), heads[id_]) for id_ in existing)


def _has_reached(mark: Cursor | None, head: Cursor) -> bool:
    """Position 0 means that the ecosystem is being written."""
    return mark is not None and mark.position > 0 and (mark.epoch != head.epoch or mark.position >= head.position)


async def _resolve_driver(driver: Neo4jDriver) -> Neo4jDriver | None:
    return driver


def _print_report(report: drift.DriftReport) -> None:
    behind = "is being written" if report.lag is None else f"{report.lag} facts behind, {len(report.differences)} differences"
    typer.echo(f"{report.ecosystem_id}: {behind}")
    for one in report.differences[:PRINTED_DIFFERENCES_MAX]:
        typer.echo(f"  {one.kind} {'-'.join(map(str, one.key))}: Postgres {one.postgres}, Neo4j {one.neo4j}")


def _print_line(line: str) -> None:
    typer.echo(line, err=True)
