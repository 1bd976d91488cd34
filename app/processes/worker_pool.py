"""Workers: the processes that serve behind one port. Whoever of them dies is started anew; all are sent home together."""

import asyncio
import os
import signal
import socket
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import Any

import orjson

from app.embedded.store_urls import Addresses
from app.embedded.subprocesses import Failed, dies_with
from app.settings import Settings
from db.stores import Database

COMMAND = (sys.executable, "-m", "app.processes.worker_process")
STARTS_MAX = 5
PAUSE_SECONDS = 0.5
"""After a start that failed; twice as long each time."""
START_SECONDS_MAX = 120
KILL_SECONDS = 5
"""More than the time to drain; whoever is still there is killed then."""
READY = b"ready\n"
CONNECTIONS_SPARED = 10
"""For commands beside a run, and for whoever looks into the database."""
CONNECTIONS_FREE = "SELECT " + " - ".join(
    f"current_setting('{name}')::int" for name in ("max_connections", "superuser_reserved_connections", "reserved_connections")
)


async def pool_size(settings: Settings, database: Database) -> int:
    """Of each worker, so that all stay below what Postgres takes. Raises Failed where that is too few to work with.

    Each holds one more: it leads, or waits to be elected.
    """
    free = int(await database.fetchval(CONNECTIONS_FREE)) - CONNECTIONS_SPARED
    size = min(settings.pool_size, free // settings.workers - 1)
    if size < 2:
        raise Failed(
            f"Postgres takes {free} connections, too few for {settings.workers} workers, who need 3 each. "
            "Raise its max_connections, or lower OBSERVATORY_WORKERS."
        )
    return size


def news(addresses: Addresses, size: int, built: Path | None) -> dict[str, Any]:
    """What each worker must know to begin; where Neo4j is comes later."""
    where = {"database_url": addresses.database_url, "redis_url": addresses.redis_url}
    return {**where, "pool_size": size, "web": built and str(built)}


class Workers:
    """So many as the settings say, each told `news`: where the stores are, and what comes to be known later."""

    def __init__(
        self,
        settings: Settings,
        listener: socket.socket,
        news: dict[str, Any],
        say: Callable[[str], None],
        *,
        command: Sequence[str] = COMMAND,
        pause_seconds: float = PAUSE_SECONDS,
    ) -> None:
        """The listener listens already; it is closed when the workers are stopped."""
        self.settings, self.listener, self.news, self.say = settings, listener, news, say
        self.command, self.pause_seconds = command, pause_seconds
        self.is_stopping = asyncio.Event()
        self.failure: Failed | None = None
        self.workers = [Worker(self, number) for number in range(1, settings.workers + 1)]

    async def serve(self, opened: Callable[[], Awaitable[None]]) -> None:
        """Until they are stopped; `opened` is called as soon as each has been ready. Raises Failed."""
        async with asyncio.TaskGroup() as tasks:
            kept = [tasks.create_task(worker.keep()) for worker in self.workers]
            opening = tasks.create_task(self._open(opened))
            await asyncio.wait(kept)
            opening.cancel()
        if self.failure is not None:
            raise self.failure

    def tell(self, **news: Any) -> None:
        self.news |= news
        for worker in self.workers:
            worker.tell(news)

    async def tell_of_neo4j(self, addresses: Addresses) -> None:
        """As soon as it is up, or known not to come."""
        address = await asyncio.shield(addresses.neo4j)
        self.tell(neo4j=address and asdict(address))

    def stop(self) -> None:
        """Each drains; the second time nothing is waited for."""
        if not self.is_stopping.is_set():
            self.is_stopping.set()
            self.listener.close()
            asyncio.get_running_loop().call_later(self.settings.drain_seconds + KILL_SECONDS, self._signal, signal.SIGKILL)
        self._signal(signal.SIGTERM)

    def fail(self, why: str) -> None:
        """Ends the run."""
        self.failure = self.failure or Failed(why)
        if not self.is_stopping.is_set():
            self.stop()

    async def _open(self, opened: Callable[[], Awaitable[None]]) -> None:
        for worker in self.workers:
            await worker.has_been_ready.wait()
        await opened()

    def _signal(self, number: signal.Signals) -> None:
        for worker in self.workers:
            worker.signal(number)


class Worker:
    """One place behind the port, and the process that has it now."""

    def __init__(self, workers: Workers, number: int) -> None:
        self.workers, self.number = workers, number
        self.process: Process | None = None
        self.has_been_ready = asyncio.Event()

    async def keep(self) -> None:
        """Until all are stopped, or this one cannot be started."""
        failures, stopping = 0, self.workers.is_stopping
        while not stopping.is_set():
            failures = 0 if await self._live() else failures + 1
            if stopping.is_set():
                return
            if failures == STARTS_MAX:
                self.workers.fail(
                    f"Worker {self.number} could not start {STARTS_MAX} times in a row; what it said stands above."
                )
                return
            self.workers.say(f"Worker {self.number} has ended; starting it anew.")
            if failures:
                await self._pause(self.workers.pause_seconds * 2 ** (failures - 1))

    def tell(self, news: dict[str, Any]) -> None:
        if self.process is not None and self.process.stdin is not None:
            self.process.stdin.write(orjson.dumps(news) + b"\n")

    def signal(self, number: signal.Signals) -> None:
        if self.process is not None:
            with suppress(ProcessLookupError):
                self.process.send_signal(number)

    async def _live(self) -> bool:
        """From its start to its end; whether it was ever ready."""
        self.process = await self._started()
        try:
            if self.workers.is_stopping.is_set():
                self.signal(signal.SIGTERM)
            self.tell(self.workers.news)
            is_ready = await self._is_ready(self.process)
            await self.process.wait()
            return is_ready
        finally:
            self.signal(signal.SIGKILL)
            await self.process.wait()
            self.process = None

    async def _started(self) -> Process:
        """In a session of its own, so that a terminal's Ctrl-C comes to us alone; it does not outlive us."""
        descriptor = self.workers.listener.fileno()
        return await asyncio.create_subprocess_exec(
            *self.workers.command,
            str(self.number),
            str(descriptor),
            stdin=PIPE,
            stdout=PIPE,
            pass_fds=(descriptor,),
            start_new_session=True,
            preexec_fn=dies_with(os.getpid(), signal.SIGKILL),
        )

    async def _is_ready(self, process: Process) -> bool:
        """What else it writes there is written for everybody."""
        assert process.stdout is not None
        with suppress(TimeoutError):
            async with asyncio.timeout(START_SECONDS_MAX):
                while line := await process.stdout.readline():
                    if line == READY:
                        self.has_been_ready.set()
                        return True
                    self.workers.say(line.decode(errors="replace").rstrip())
                return False
        self.workers.say(f"Worker {self.number} was not ready within {START_SECONDS_MAX} seconds.")
        self.signal(signal.SIGKILL)
        return False

    async def _pause(self, seconds: float) -> None:
        with suppress(TimeoutError):
            await asyncio.wait_for(self.workers.is_stopping.wait(), seconds)
