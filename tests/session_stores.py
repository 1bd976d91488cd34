"""What the workers of pytest-xdist share: one Postgres, with the databases that tests copy. The controller starts it once.

Each worker has a Redis, a Neo4j and a data folder of its own: a channel of Redis reaches all databases of a server, and
Neo4j Community has one database.
"""

import asyncio
import os
import pickle
import sys
import tempfile
from collections.abc import AsyncIterator, Generator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from app.embedded.launcher import Launcher
from tests.databases import migrated_database, sample_database
from tests.world import SampleData

FILE = "session_stores"
"""The name under which a worker receives the path of the file."""


@dataclass(frozen=True, slots=True)
class SessionStores:
    """`template` and `sample_data.database` are databases on the server of `postgres_url`."""

    postgres_url: str
    template: str
    sample_data: SampleData


class Controller:
    """The plugin of the process that distributes the tests."""

    def __init__(self) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="observatory-session-")
        self._file = Path(self._folder.name) / FILE
        self._runner = asyncio.Runner()
        self._stack = AsyncExitStack()

    def pytest_configure_node(self, node: Any) -> None:
        node.workerinput[FILE] = str(self._file)

    @pytest.hookimpl(wrapper=True)
    def pytest_sessionstart(self) -> Generator[None]:
        """Starts the stores while the workers, which are started before, collect the tests. No test runs until it returns."""
        yield
        self._file.write_bytes(pickle.dumps(self._runner.run(self._stack.enter_async_context(_session_stores()))))

    def pytest_unconfigure(self) -> None:
        """Runs after the workers have ended, also after Ctrl-C."""
        self._runner.run(self._stack.aclose())
        self._runner.close()
        self._folder.cleanup()


def register(config: pytest.Config) -> None:
    """Registers the controller's plugin where pytest distributes tests over workers."""
    is_worker = hasattr(config, "workerinput")
    if is_worker or config.getoption("dist", "no") == "no" or config.option.collectonly:
        return
    for name in ("REDIS_URL", "NEO4J_URI"):
        if os.environ.get(name):
            raise pytest.UsageError(f"{name} names one store, and each worker needs its own. Unset it, or run with -n 0.")
    config.pluginmanager.register(Controller())


def of_worker(config: pytest.Config) -> SessionStores | None:
    """What the controller has started; None in a session of one process."""
    file = getattr(config, "workerinput", {}).get(FILE)
    if file is None:
        return None
    stores: SessionStores = pickle.loads(Path(file).read_bytes())
    return stores


@asynccontextmanager
async def open_launcher() -> AsyncIterator[Launcher]:
    """A launcher with a temporary data folder. Its stores are fast: a crash of the machine may lose what they hold."""
    with tempfile.TemporaryDirectory(prefix="observatory-") as folder:
        os.chmod(folder, 0o755)
        async with Launcher(Path(folder), report=lambda line: print(line, file=sys.stderr), is_durable=False) as launcher:
            yield launcher


@asynccontextmanager
async def _session_stores() -> AsyncIterator[SessionStores]:
    async with open_launcher() as launcher:
        postgres_url = os.environ.get("DATABASE_URL") or await launcher.postgres()
        async with (
            migrated_database(postgres_url) as template,
            sample_database(postgres_url, template, await launcher.redis()) as sample_data,
        ):
            yield SessionStores(postgres_url, template, sample_data)
