"""The real stores for every test: started once a session by the launcher of `make run`, unless the environment names them."""

import asyncio
import itertools
import os
import stat
import sys
import tempfile
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import asyncpg
import pytest
from neo4j import AsyncGraphDatabase
from redis.asyncio import Redis

from app.servers.launcher import Launcher
from app.servers.neo4j import Address
from db import migrations
from tests.world import Made, World, make, opened

DATABASE_NUMBERS = itertools.count(1)


@pytest.fixture(scope="session")
async def launcher() -> AsyncIterator[Launcher]:
    """A data folder of its own, gone afterwards; it may lose what it holds when the machine falls, so it is quick."""
    with tempfile.TemporaryDirectory(prefix="observatory-") as folder:
        os.chmod(folder, 0o755)
        async with Launcher(Path(folder), say=lambda line: print(line, file=sys.stderr), is_durable=False) as launcher:
            yield launcher


@pytest.fixture
def data_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One for a run of its own; it is not there yet, and `nobody`, as whom root's servers run, may enter what is above it."""
    path = tmp_path_factory.mktemp("observatory")
    for step in (path, *path.parents[:-1]):
        if step.stat().st_uid == os.geteuid():
            step.chmod(step.stat().st_mode | stat.S_IXOTH)
    return path / "data"


@pytest.fixture(scope="session")
async def postgres_url(launcher: Launcher) -> str:
    """A server where databases may be made and dropped. Most tests want `database_url`."""
    return os.environ.get("DATABASE_URL") or await launcher.postgres()


@pytest.fixture(scope="session")
async def template(postgres_url: str) -> AsyncIterator[str]:
    """The name of a migrated, empty database that each test's own is copied from."""
    name = f"observatory_template_{os.getpid()}"
    await _execute(postgres_url, f"CREATE DATABASE {name}")
    await asyncio.to_thread(migrations.upgrade, _named(postgres_url, name))
    yield name
    await _execute(postgres_url, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
async def database_url(postgres_url: str, template: str) -> AsyncIterator[str]:
    """An empty, migrated database for this test alone."""
    name = f"observatory_test_{os.getpid()}_{next(DATABASE_NUMBERS)}"
    await _execute(postgres_url, f"CREATE DATABASE {name} TEMPLATE {template}")
    yield _named(postgres_url, name)
    await _execute(postgres_url, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(scope="session")
async def redis_server_url(launcher: Launcher) -> str:
    return os.environ.get("REDIS_URL") or await launcher.redis()


@pytest.fixture
async def redis_url(redis_server_url: str) -> str:
    """A Redis with nothing in it."""
    async with Redis.from_url(redis_server_url) as redis:
        await redis.flushdb()
    return redis_server_url


@pytest.fixture(scope="session")
async def neo4j_server(launcher: Launcher) -> Address:
    if uri := os.environ.get("NEO4J_URI"):
        return Address(uri, os.environ.get("NEO4J_USER", "neo4j"), os.environ.get("NEO4J_PASSWORD", ""))
    return await launcher.neo4j()


@pytest.fixture
async def neo4j(neo4j_server: Address) -> Address:
    """A Neo4j with nothing in it. It takes seconds to start, once, and only where a test asks for it."""
    async with AsyncGraphDatabase.driver(neo4j_server.uri, auth=(neo4j_server.user, neo4j_server.password)) as driver:
        await driver.execute_query("MATCH (node) DETACH DELETE node")
    return neo4j_server


@pytest.fixture(scope="session")
async def made(postgres_url: str, template: str, redis_server_url: str) -> AsyncIterator[Made]:
    """The sample world with its people of every role, in a database that is copied for each test that wants it."""
    name = f"observatory_sample_{os.getpid()}"
    await _execute(postgres_url, f"CREATE DATABASE {name} TEMPLATE {template}")
    yield await make(_named(postgres_url, name), _numbered(redis_server_url, 1), name)
    await _execute(postgres_url, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(scope="session")
async def copies(postgres_url: str, redis_server_url: str, made: Made) -> AsyncIterator["Copies"]:
    copies = Copies(postgres_url, _numbered(redis_server_url, 1), made)
    yield copies
    await copies.drop()


@pytest.fixture
async def world(copies: "Copies") -> AsyncIterator[World]:
    """The sample world, for this test alone; what nothing was changed in is good for the next test too."""
    world = await copies.world()
    traces = await world.traces()
    yield world
    if await world.traces() != traces:
        await copies.drop()


class Copies:
    """The copy of the sample world that tests change, one at a time."""

    def __init__(self, postgres_url: str, redis_url: str, made: Made) -> None:
        self.postgres_url, self.redis_url, self.made = postgres_url, redis_url, made
        self._kept: tuple[World, AsyncExitStack] | None = None

    async def world(self) -> World:
        if self._kept is None:
            name = f"observatory_world_{os.getpid()}_{next(DATABASE_NUMBERS)}"
            await _execute(self.postgres_url, f"CREATE DATABASE {name} TEMPLATE {self.made.database} STRATEGY FILE_COPY")
            stack = AsyncExitStack()
            stack.push_async_callback(_execute, self.postgres_url, f"DROP DATABASE {name} WITH (FORCE)")
            world = await stack.enter_async_context(opened(_named(self.postgres_url, name), self.redis_url, self.made))
            self._kept = world, stack
        await self._kept[0].begin()
        return self._kept[0]

    async def drop(self) -> None:
        if self._kept is not None:
            await self._kept[1].aclose()
            self._kept = None


@pytest.fixture(scope="session")
async def sample(postgres_url: str, redis_server_url: str, made: Made) -> AsyncIterator[World]:
    """The sample world, shared by all tests that change nothing and move no clock."""
    name = f"observatory_world_{os.getpid()}"
    await _execute(postgres_url, f"CREATE DATABASE {name} TEMPLATE {made.database}")
    async with opened(_named(postgres_url, name), _numbered(redis_server_url, 2), made) as world:
        yield world
    await _execute(postgres_url, f"DROP DATABASE {name} WITH (FORCE)")


async def _execute(url: str, statement: str) -> None:
    connection = await asyncpg.connect(url)
    try:
        await connection.execute(statement)
    finally:
        await connection.close()


def _named(url: str, database: str) -> str:
    return urlunsplit(urlsplit(url)._replace(path=f"/{database}"))


def _numbered(redis_url: str, database: int) -> str:
    return urlunsplit(urlsplit(redis_url)._replace(path=f"/{database}"))
