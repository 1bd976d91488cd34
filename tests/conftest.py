"""The real stores for every test: started once a session by the launcher of `make run`, unless the environment names them."""

import asyncio
import os
import sys
import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack
from pathlib import Path

import pytest
from neo4j import AsyncGraphDatabase
from redis.asyncio import Redis

from app.embedded.launcher import Launcher
from app.embedded.neo4j import Neo4jConnectionInfo
from db import migrations
from tests.databases import copied, numbered
from tests.genesis import make
from tests.layers import pytest_collection_modifyitems as pytest_collection_modifyitems
from tests.world import Made, World, opened


@pytest.fixture(scope="session")
async def launcher() -> AsyncIterator[Launcher]:
    """A data folder of its own, gone afterwards; it may lose what it holds when the machine falls, so it is quick."""
    with tempfile.TemporaryDirectory(prefix="observatory-") as folder:
        os.chmod(folder, 0o755)
        async with Launcher(Path(folder), report=lambda line: print(line, file=sys.stderr), is_durable=False) as launcher:
            yield launcher


@pytest.fixture
def data_folder() -> Iterator[Path]:
    """One for a run of its own; it is not there yet, and `nobody`, as whom root's servers run, may enter what is above it.

    Not below pytest's own folder, which the next session that starts closes again to everybody else.
    """
    with tempfile.TemporaryDirectory(prefix="observatory-") as folder:
        os.chmod(folder, 0o755)
        yield Path(folder) / "data"


@pytest.fixture(scope="session")
async def postgres_url(launcher: Launcher) -> str:
    """A server where databases may be made and dropped. Most tests want `database_url`."""
    return os.environ.get("DATABASE_URL") or await launcher.postgres()


@pytest.fixture(scope="session")
async def template(postgres_url: str) -> AsyncIterator[str]:
    """The name of a migrated, empty database that each test's own is copied from."""
    name = f"observatory_template_{os.getpid()}"
    async with copied(postgres_url, "template1", name) as url:
        await asyncio.to_thread(migrations.upgrade, url)
        yield name


@pytest.fixture
async def database_url(postgres_url: str, template: str) -> AsyncIterator[str]:
    """An empty, migrated database for this test alone."""
    async with copied(postgres_url, template) as url:
        yield url


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
async def neo4j_server(launcher: Launcher) -> Neo4jConnectionInfo:
    if uri := os.environ.get("NEO4J_URI"):
        return Neo4jConnectionInfo(uri, os.environ.get("NEO4J_USER", "neo4j"), os.environ.get("NEO4J_PASSWORD", ""))
    return await launcher.neo4j()


@pytest.fixture
async def neo4j(neo4j_server: Neo4jConnectionInfo) -> Neo4jConnectionInfo:
    """A Neo4j with nothing in it. It takes seconds to start, once, and only where a test asks for it."""
    async with AsyncGraphDatabase.driver(neo4j_server.uri, auth=(neo4j_server.user, neo4j_server.password)) as driver:
        await driver.execute_query("MATCH (node) DETACH DELETE node")
    return neo4j_server


@pytest.fixture(scope="session")
async def made(postgres_url: str, template: str, redis_server_url: str) -> AsyncIterator[Made]:
    """The sample world with its people of every role, in a database that is copied for each test that wants it."""
    name = f"observatory_sample_{os.getpid()}"
    async with copied(postgres_url, template, name) as url:
        yield await make(url, numbered(redis_server_url, 1), name)


@pytest.fixture(scope="session")
async def copies(postgres_url: str, redis_server_url: str, made: Made) -> AsyncIterator["Copies"]:
    copies = Copies(postgres_url, numbered(redis_server_url, 1), made)
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
            stack = AsyncExitStack()
            url = await stack.enter_async_context(copied(self.postgres_url, self.made.database))
            self._kept = await stack.enter_async_context(opened(url, self.redis_url, self.made)), stack
        await self._kept[0].begin()
        return self._kept[0]

    async def drop(self) -> None:
        if self._kept is not None:
            await self._kept[1].aclose()
            self._kept = None


@pytest.fixture(scope="session")
async def sample(postgres_url: str, redis_server_url: str, made: Made) -> AsyncIterator[World]:
    """The sample world, shared by all tests that change nothing and move no clock."""
    async with copied(postgres_url, made.database) as url, opened(url, numbered(redis_server_url, 2), made) as world:
        yield world
