"""Addresses: where the three stores answer; those that no setting names are started, or belong to a run that is going on."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from app.embedded.launcher import InUse, Launcher
from app.embedded.neo4j import Address
from app.embedded.subprocesses import Failed
from app.settings import Settings

FILE = "addresses.json"
JOIN_SECONDS_MAX = 30
JOIN_POLL_SECONDS = 0.1


@dataclass(frozen=True, slots=True)
class Addresses:
    """Neo4j may come up after the others; awaited, it is None where there is none."""

    database_url: str
    redis_url: str
    neo4j: asyncio.Future[Address | None]


@asynccontextmanager
async def opened(settings: Settings, say: Callable[[str], None], *, join: bool = False) -> AsyncIterator[Addresses]:
    """Ready as soon as Postgres and Redis are. Raises Failed; InUse where another run has the folder, unless we `join`."""
    if settings.database_url and settings.redis_url and settings.neo4j_uri:
        yield Addresses(settings.database_url, settings.redis_url, _settled(_named(settings)))
        return
    async with AsyncExitStack() as stack:
        try:
            launcher = await stack.enter_async_context(Launcher(settings.data_folder, say=say))
        except InUse:
            if not join:
                raise
            addresses = await _of_the_other_run(settings)
        else:
            addresses = await stack.enter_async_context(_started(settings, launcher, say))
        yield addresses


@asynccontextmanager
async def _started(settings: Settings, launcher: Launcher, say: Callable[[str], None]) -> AsyncIterator[Addresses]:
    database_url = settings.database_url or await launcher.postgres()
    redis_url = settings.redis_url or await launcher.redis()
    starting = asyncio.create_task(_neo4j(settings, launcher, say))
    addresses = Addresses(database_url, redis_url, starting)
    file = launcher.data / FILE
    _write(file, addresses)
    starting.add_done_callback(lambda _: _write(file, addresses))
    try:
        yield addresses
    finally:
        starting.cancel()
        await asyncio.wait([starting])
        file.unlink()


async def _neo4j(settings: Settings, launcher: Launcher, say: Callable[[str], None]) -> Address | None:
    """The world goes on without it."""
    if settings.neo4j_uri:
        return _named(settings)
    try:
        return await launcher.neo4j()
    except (Failed, OSError) as failure:
        say(f"{failure}\nWithout Neo4j, Postgres answers the questions of the graph.")
        return None


def _named(settings: Settings) -> Address | None:
    if settings.neo4j_uri is None or settings.neo4j_uri == "off":
        return None
    return Address(settings.neo4j_uri, settings.neo4j_user, settings.neo4j_password.get_secret_value())


def _settled(address: Address | None) -> asyncio.Future[Address | None]:
    future: asyncio.Future[Address | None] = asyncio.get_running_loop().create_future()
    future.set_result(address)
    return future


def _write(file: Path, addresses: Addresses) -> None:
    """For whoever does something beside a run; only we may read it."""
    here = addresses.neo4j.result() if addresses.neo4j.done() and not addresses.neo4j.cancelled() else None
    told = {"database_url": addresses.database_url, "redis_url": addresses.redis_url, "neo4j": here and asdict(here)}
    partial = file.with_suffix(".partial")
    partial.touch(mode=0o600)
    partial.write_text(json.dumps(told))
    partial.rename(file)


async def _of_the_other_run(settings: Settings) -> Addresses:
    """It may be about to start its servers."""
    file = settings.data_folder / FILE
    for _ in range(int(JOIN_SECONDS_MAX / JOIN_POLL_SECONDS)):
        if file.exists():
            told = json.loads(file.read_text())
            address = Address(**told["neo4j"]) if told["neo4j"] else None
            return Addresses(told["database_url"], told["redis_url"], _settled(address))
        await asyncio.sleep(JOIN_POLL_SECONDS)
    raise Failed(f"Another run has {settings.data_folder}, and it does not come up; stop it first.")
