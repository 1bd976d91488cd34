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
from tests.databases import database_copy, migrated_database, sample_database, with_redis_database
from tests.groups import pytest_xdist_auto_num_workers as pytest_xdist_auto_num_workers
from tests.groups import pytest_xdist_make_scheduler as pytest_xdist_make_scheduler
from tests.session_stores import SessionStores
from tests.world import SampleData, World, open_world

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
    async with migrated_database(postgres_url) as name:
        yield name


@pytest.fixture
async def database_url(postgres_url: str, template: str) -> AsyncIterator[str]:
    """An empty, migrated database for this test alone."""
    async with database_copy(postgres_url, template) as url:
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
async def sample_data(
    shared: SessionStores | None, postgres_url: str, template: str, redis_server_url: str
) -> AsyncIterator[SampleData]:
    """The sample world with its people of every role, in a database that is copied for each test that needs it."""
    if shared:
        yield shared.sample_data
        return
    async with sample_database(postgres_url, template, redis_server_url) as sample_data:
        yield sample_data


@pytest.fixture(scope="session")
async def copies(postgres_url: str, redis_server_url: str, sample_data: SampleData) -> AsyncIterator["Copies"]:
    copies = Copies(postgres_url, with_redis_database(redis_server_url, 1), sample_data)
    yield copies
    await copies.drop()


@pytest.fixture
async def world(copies: "Copies") -> AsyncIterator[World]:
    """The sample world, for this test alone; what nothing was changed in is good for the next test too."""
    world = await copies.world()
    traces = await world.count_changes()
    yield world
    if await world.count_changes() != traces:
        await copies.drop()


class Copies:
    """The copy of the sample world that tests change, one at a time."""

    def __init__(self, postgres_url: str, redis_url: str, sample_data: SampleData) -> None:
        self.postgres_url, self.redis_url, self.sample_data = postgres_url, redis_url, sample_data
        self._kept: tuple[World, AsyncExitStack] | None = None

    async def world(self) -> World:
        if self._kept is None:
            stack = AsyncExitStack()
            url = await stack.enter_async_context(database_copy(self.postgres_url, self.sample_data.database))
            self._kept = await stack.enter_async_context(open_world(url, self.redis_url, self.sample_data)), stack
        await self._kept[0].reset()
        return self._kept[0]

    async def drop(self) -> None:
        if self._kept is not None:
            await self._kept[1].aclose()
            self._kept = None


@pytest.fixture(scope="session")
async def sample(postgres_url: str, redis_server_url: str, sample_data: SampleData) -> AsyncIterator[World]:
    """The sample world, shared by all tests that change nothing and move no clock."""
    async with (
        database_copy(postgres_url, sample_data.database) as url,
        open_world(url, with_redis_database(redis_server_url, 2), sample_data) as world,
    ):
        yield world
