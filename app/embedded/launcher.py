"""Starts the stores that no setting names, restarts them after a crash and stops them, for `make run` and for the tests."""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol, Self, TypeVar

from app.command_error import CommandError
from app.embedded import folders
from app.embedded.instance_config import InstanceConfig, free_port, load_or_create_password
from app.embedded.neo4j import Neo4j, Neo4jConnectionInfo
from app.embedded.postgres import Postgres
from app.embedded.redis import Redis
from app.embedded.subprocesses import Subprocess

NAME_ANOTHER = "Another folder can be named with OBSERVATORY_DATA."
ORPHANS_SECONDS_MAX = 20
ORPHANS_POLL_SECONDS = 0.1
RESTART_SECONDS_MAX = 10


class DataFolderInUse(CommandError):
    """Another run uses the data folder."""


class Server(Protocol):
    """What the launcher starts. `stop_seconds_max` is the time between its stop signal and SIGKILL."""

    stop_seconds_max: int

    def __init__(self, config: InstanceConfig) -> None: ...

    async def start(self) -> Subprocess: ...


ServerT = TypeVar("ServerT", bound=Server)


class Launcher:
    """The servers of one data folder. Use it in the main thread: its servers end with the thread that starts them."""

    def __init__(self, data: Path, *, report: Callable[[str], None], is_durable: bool = True) -> None:
        """`is_durable=False` is for tests: a crash of the machine may then lose commits."""
        self.data, self.report, self.is_durable = data.resolve(), report, is_durable
        self.supervised: list[SupervisedServer] = []

    async def __aenter__(self) -> Self:
        """Raises DataFolderInUse; CommandError when the folder cannot be written or the servers' user cannot enter it."""
        if not folders.is_reachable(self.data):
            raise CommandError(f"The servers run as the user nobody, who cannot enter {self.data}. {NAME_ANOTHER}")
        with self._translate_write_errors():
            folders.make_traversable(self.data)
            folders.make_traversable(self.data / "logs")
            self._run_lock, self._servers_lock = (
                folders.FileLock(self.data / name) for name in (folders.RUN_LOCK, "servers.lock")
            )
        try:
            await self._acquire_locks()
        except BaseException:
            self._release_locks()
            raise
        return self

    async def __aexit__(self, *_: object) -> None:
        await asyncio.gather(*(server.stop() for server in self.supervised))
        self._release_locks()

    async def _acquire_locks(self) -> None:
        """The servers hold the second lock, so servers that a killed run has left are waited for."""
        if not self._run_lock.try_acquire():
            raise DataFolderInUse(f"{self.data} is in use by another run. Stop that one first. {NAME_ANOTHER}")
        for _ in range(int(ORPHANS_SECONDS_MAX / ORPHANS_POLL_SECONDS)):
            if self._servers_lock.try_acquire():
                return
            await asyncio.sleep(ORPHANS_POLL_SECONDS)
        raise CommandError(f"Servers of an earlier run still use {self.data}; end them first.")

    def _release_locks(self) -> None:
        self._run_lock.release()
        self._servers_lock.release()

    async def postgres(self) -> str:
        """Starts Postgres and returns the URL of its database."""
        return (await self._start(Postgres, "postgres")).url()

    async def redis(self) -> str:
        """Starts Redis and returns its URL."""
        return (await self._start(Redis, "redis")).url

    async def neo4j(self) -> Neo4jConnectionInfo:
        """Starts Neo4j, which takes seconds, and minutes the first time, when its jars are downloaded."""
        return (await self._start(Neo4j, "neo4j")).connection_info

    async def _start(self, server_class: type[ServerT], name: str) -> ServerT:
        with self._translate_write_errors():
            config = InstanceConfig(
                folder=self.data / name,
                log=self.data / "logs" / f"{name}.log",
                port=free_port(),
                password=load_or_create_password(self.data / f"{name}.password"),
                inherited=(self._servers_lock.descriptor,),
                report=self.report,
                is_durable=self.is_durable,
            )
            server = server_class(config)
            self.supervised.append(SupervisedServer(server, await server.start(), self.report))
        return server

    @contextmanager
    def _translate_write_errors(self) -> Iterator[None]:
        """Raises CommandError that names the setting for another folder."""
        try:
            with folders.translate_write_errors(self.data):
                yield
        except folders.FolderNotWritable as error:
            raise CommandError(f"{error} {NAME_ANOTHER}") from error


class SupervisedServer:
    """A started server that is started again, on the same port, when it ends before it is stopped."""

    def __init__(self, server: Server, process: Subprocess, report: Callable[[str], None]) -> None:
        self.server, self.process, self.report = server, process, report
        self._supervision = asyncio.create_task(self._supervise())

    async def stop(self) -> None:
        self._supervision.cancel()
        await asyncio.wait([self._supervision])
        await self.process.stop(self.server.stop_seconds_max)

    async def _supervise(self) -> None:
        failures = 0
        while True:
            code = await self.process.wait()
            self.report(f"{self.process.program.name} ended with code {code}; starting it again.")
            try:
                self.process = await self.server.start()
                failures = 0
            except (CommandError, TimeoutError, OSError) as error:
                failures += 1
                self.report(f"{self.process.program.name}: {error}")
                await asyncio.sleep(min(2**failures, RESTART_SECONDS_MAX))
