"""Starts the stores that nobody has named, keeps them running, stops them: the one launcher of `make run` and the tests."""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol, Self, TypeVar

from app.embedded import folders, instance_config
from app.embedded.instance_config import Place
from app.embedded.neo4j import Address, Neo4j
from app.embedded.postgres import Postgres
from app.embedded.redis import Redis
from app.embedded.subprocesses import Child, Failed

ELSEWHERE = "Another folder can be named with OBSERVATORY_DATA."
ORPHANS_SECONDS_MAX = 20
ORPHANS_POLL_SECONDS = 0.1
RESTART_SECONDS_MAX = 10


class InUse(Failed):
    """Another run has the data folder."""


class Server(Protocol):
    stop_seconds_max: int

    def __init__(self, place: Place) -> None: ...

    async def start(self) -> Child: ...


ServerT = TypeVar("ServerT", bound=Server)


class Launcher:
    """The servers of one data folder. Used in the main thread: its children die with the thread that starts them."""

    def __init__(self, data: Path, *, say: Callable[[str], None], is_durable: bool = True) -> None:
        """Not durable is for tests: a crash of the machine may then lose what was committed."""
        self.data, self.say, self.is_durable = data.resolve(), say, is_durable
        self.kept: list[Kept] = []

    async def __aenter__(self) -> Self:
        """Raises Failed when another run has the folder, or the servers could not reach it."""
        if not folders.is_reachable(self.data):
            raise Failed(f"{self.data} is below a folder that nobody may enter, and the servers run as nobody. {ELSEWHERE}")
        with self._writing():
            folders.make_traversable(self.data)
            folders.make_traversable(self.data / "logs")
            self._run, self._servers = (folders.Lock(self.data / name) for name in (folders.RUN_LOCK, "servers.lock"))
        try:
            await self._take()
        except BaseException:
            self._let_go()
            raise
        return self

    async def __aexit__(self, *_: object) -> None:
        await asyncio.gather(*(kept.stop() for kept in self.kept))
        self._let_go()

    async def _take(self) -> None:
        if not self._run.is_taken():
            raise InUse(f"{self.data} is in use by another run. Stop that one first. {ELSEWHERE}")
        for _ in range(int(ORPHANS_SECONDS_MAX / ORPHANS_POLL_SECONDS)):
            if self._servers.is_taken():
                return
            await asyncio.sleep(ORPHANS_POLL_SECONDS)
        raise Failed(f"Servers of an earlier run still work in {self.data}; end them first.")

    def _let_go(self) -> None:
        self._run.close()
        self._servers.close()

    async def postgres(self) -> str:
        """Starts Postgres; answers the URL of its database."""
        return (await self._start(Postgres, "postgres")).url()

    async def redis(self) -> str:
        """Starts Redis; answers its URL."""
        return (await self._start(Redis, "redis")).url

    async def neo4j(self) -> Address:
        """Starts Neo4j, which takes seconds, and minutes the very first time."""
        return (await self._start(Neo4j, "neo4j")).address

    async def _start(self, kind: type[ServerT], name: str) -> ServerT:
        with self._writing():
            server = kind(
                Place(
                    folder=self.data / name,
                    log=self.data / "logs" / f"{name}.log",
                    port=instance_config.free_port(),
                    password=instance_config.password(self.data / f"{name}.password"),
                    inherited=(self._servers.descriptor,),
                    say=self.say,
                    is_durable=self.is_durable,
                )
            )
            self.kept.append(Kept(server, await server.start(), self.say))
        return server

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """Raises Failed with the setting that names another folder."""
        try:
            with folders.writing(self.data):
                yield
        except folders.Unwritable as failure:
            raise Failed(f"{failure} {ELSEWHERE}") from failure


class Kept:
    """A started server that is started again, at the same address, whenever it ends before we stop it."""

    def __init__(self, server: Server, child: Child, say: Callable[[str], None]) -> None:
        self.server, self.child, self.say = server, child, say
        self._keeping = asyncio.create_task(self._keep())

    async def stop(self) -> None:
        self._keeping.cancel()
        await asyncio.wait([self._keeping])
        await self.child.stop(self.server.stop_seconds_max)

    async def _keep(self) -> None:
        failures = 0
        while True:
            code = await self.child.ended()
            self.say(f"{self.child.program.name} ended with code {code}; starting it again.")
            try:
                self.child = await self.server.start()
                failures = 0
            except (Failed, TimeoutError, OSError) as failure:
                failures += 1
                self.say(f"{self.child.program.name}: {failure}")
                await asyncio.sleep(min(2**failures, RESTART_SECONDS_MAX))
