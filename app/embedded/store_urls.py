"""URLs of the three stores. Those that no setting names are started here, or are those of a run that is in progress."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from app.command_error import CommandError
from app.embedded.launcher import DataFolderInUse, Launcher
from app.embedded.neo4j import Neo4jConnectionInfo
from app.settings import Settings

FILE = "store_urls.json"
JOIN_SECONDS_MAX = 30
JOIN_POLL_SECONDS = 0.1


@dataclass(frozen=True, slots=True)
class StoreUrls:
    """Neo4j may become ready after the others; its future gives None where there is no Neo4j."""

    database_url: str
    redis_url: str
    neo4j: asyncio.Future[Neo4jConnectionInfo | None]


@asynccontextmanager
async def resolve_store_urls(
    settings: Settings, report: Callable[[str], None], *, join: bool = False
) -> AsyncIterator[StoreUrls]:
    """Yields when Postgres and Redis are ready; stops at the end what it has started. Raises CommandError.

    Where another run uses the data folder, it yields the URLs of that run if `join`, else raises DataFolderInUse.
    """
    if settings.database_url and settings.redis_url and settings.neo4j_uri:
        yield StoreUrls(settings.database_url, settings.redis_url, _completed(_configured_neo4j(settings)))
        return
    async with AsyncExitStack() as stack:
        try:
            launcher = await stack.enter_async_context(Launcher(settings.data_folder, report=report))
        except DataFolderInUse:
            if not join:
                raise
            urls = await _read_from_other_run(settings)
        else:
            urls = await stack.enter_async_context(_start_stores(settings, launcher, report))
        yield urls


@asynccontextmanager
async def _start_stores(settings: Settings, launcher: Launcher, report: Callable[[str], None]) -> AsyncIterator[StoreUrls]:
    database_url = settings.database_url or await launcher.postgres()
    redis_url = settings.redis_url or await launcher.redis()
    neo4j_task = asyncio.create_task(_start_neo4j(settings, launcher, report))
    urls = StoreUrls(database_url, redis_url, neo4j_task)
    file = launcher.data / FILE
    _write(file, urls)
    neo4j_task.add_done_callback(lambda _: _write(file, urls))
    try:
        yield urls
    finally:
        neo4j_task.cancel()
        await asyncio.wait([neo4j_task])
        file.unlink()


async def _start_neo4j(settings: Settings, launcher: Launcher, report: Callable[[str], None]) -> Neo4jConnectionInfo | None:
    """None when it cannot be started, since the server works without it."""
    if settings.neo4j_uri:
        return _configured_neo4j(settings)
    try:
        return await launcher.neo4j()
    except (CommandError, OSError) as error:
        report(f"{error}\nPostgres answers graph queries, since Neo4j is not available.")
        return None


def _configured_neo4j(settings: Settings) -> Neo4jConnectionInfo | None:
    if settings.neo4j_uri is None or settings.neo4j_uri == "off":
        return None
    return Neo4jConnectionInfo(settings.neo4j_uri, settings.neo4j_user, settings.neo4j_password.get_secret_value())


def _completed(connection_info: Neo4jConnectionInfo | None) -> asyncio.Future[Neo4jConnectionInfo | None]:
    future: asyncio.Future[Neo4jConnectionInfo | None] = asyncio.get_running_loop().create_future()
    future.set_result(connection_info)
    return future


def _write(file: Path, urls: StoreUrls) -> None:
    """For commands that run beside the server. Only the current user may read the file, which holds passwords."""
    neo4j = urls.neo4j.result() if urls.neo4j.done() and not urls.neo4j.cancelled() else None
    fields = {"database_url": urls.database_url, "redis_url": urls.redis_url, "neo4j": neo4j and asdict(neo4j)}
    partial = file.with_suffix(".partial")
    partial.touch(mode=0o600)
    partial.write_text(json.dumps(fields))
    partial.rename(file)


async def _read_from_other_run(settings: Settings) -> StoreUrls:
    """Waits for the file, since the other run may still be starting its servers."""
    file = settings.data_folder / FILE
    for _ in range(int(JOIN_SECONDS_MAX / JOIN_POLL_SECONDS)):
        if file.exists():
            fields = json.loads(file.read_text())
            neo4j = Neo4jConnectionInfo(**fields["neo4j"]) if fields["neo4j"] else None
            return StoreUrls(fields["database_url"], fields["redis_url"], _completed(neo4j))
        await asyncio.sleep(JOIN_POLL_SECONDS)
    raise CommandError(f"Another run uses {settings.data_folder} but does not become ready; stop it first.")
