"""The real stores for every test: started by the launcher of `make run`, unless the environment names them.

Each process starts those that its tests need; the workers of `pytest -n` share one Postgres (tests/session_stores.py).
"""

import os
import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack
from pathlib import Path

import pytest
from hypothesis import settings
from neo4j import AsyncGraphDatabase
from redis.asyncio import Redis

from app.embedded.launcher import Launcher
from app.embedded.neo4j import Neo4jConnectionInfo
from tests import groups, layers, session_stores
from tests.databases import copied, migrated, numbered, with_sample_world
from tests.groups import pytest_xdist_auto_num_workers as pytest_xdist_auto_num_workers
from tests.groups import pytest_xdist_make_scheduler as pytest_xdist_make_scheduler
from tests.session_stores import SessionStores
from tests.world import Made, World, opened

# An example takes longer than 200 ms where other workers use the processor.
settings.register_profile("observatory", deadline=None)


def pytest_configure(config: pytest.Config) -> None:
    settings.load_profile("observatory")
    session_stores.register(config)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    layers.pytest_collection_modifyitems(items)
    groups.sort_longest_first(config, items)


@pytest.fixture(scope="session")
async def launcher() -> AsyncIterator[Launcher]:
    """Starts stores of this process alone."""
    async with session_stores.open_launcher() as launcher:
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
def shared(request: pytest.FixtureRequest) -> SessionStores | None:
    """What all workers of the session use; None in a session of one process."""
    return session_stores.of_worker(request.config)


@pytest.fixture(scope="session")
async def postgres_url(shared: SessionStores | None, launcher: Launcher) -> str:
    """A server where databases may be created and dropped. Most tests need `database_url`."""
    return shared.postgres_url if shared else os.environ.get("DATABASE_URL") or await launcher.postgres()


@pytest.fixture(scope="session")
async def template(shared: SessionStores | None, postgres_url: str) -> AsyncIterator[str]:
    """The name of a migrated, empty database that each test's own is copied from."""
    if shared:
        yield shared.template
        return
    async with migrated(postgres_url) as name:
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
async def made(shared: SessionStores | None, postgres_url: str, template: str, redis_server_url: str) -> AsyncIterator[Made]:
    """The sample world with its people of every role, in a database that is copied for each test that needs it."""
    if shared:
        yield shared.made
        return
    async with with_sample_world(postgres_url, template, redis_server_url) as made:
        yield made


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
