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

WORKER_COMMAND = (sys.executable, "-m", "app.processes.worker_process")
STARTS_MAX = 5
RESTART_DELAY_SECONDS = 0.5
"""After a start that failed; twice as long each time."""
START_TIMEOUT_SECONDS = 120
KILL_DELAY_SECONDS = 5
"""More than the time to drain; whoever is still there is killed then."""
READY_LINE = b"ready\n"
RESERVED_CONNECTIONS = 10
"""For commands beside a run, and for whoever looks into the database."""
FREE_CONNECTIONS_SQL = "SELECT " + " - ".join(
    f"current_setting('{name}')::int" for name in ("max_connections", "superuser_reserved_connections", "reserved_connections")
)


async def compute_pool_size(settings: Settings, database: Database) -> int:
    """Of each worker, so that all stay below what Postgres takes. Raises Failed where that is too few to work with.

    Each holds one more: it leads, or waits to be elected.
    """
    free = int(await database.fetchval(FREE_CONNECTIONS_SQL)) - RESERVED_CONNECTIONS
    size = min(settings.pool_size, free // settings.workers - 1)
    if size < 2:
        raise Failed(
            f"Postgres takes {free} connections, too few for {settings.workers} workers, who need 3 each. "
            "Raise its max_connections, or lower OBSERVATORY_WORKERS."
        )
    return size


def build_start_message(store_urls: Addresses, pool_size: int, frontend_build: Path | None) -> dict[str, Any]:
    """What each worker must know to begin; where Neo4j is comes later."""
    where = {"database_url": store_urls.database_url, "redis_url": store_urls.redis_url}
    return {**where, "pool_size": pool_size, "web": frontend_build and str(frontend_build)}


class WorkerPool:
    """So many as the settings say, each told `news`: where the stores are, and what comes to be known later."""

    def __init__(
        self,
        settings: Settings,
        listener: socket.socket,
        start_message: dict[str, Any],
        print_line: Callable[[str], None],
        *,
        command: Sequence[str] = WORKER_COMMAND,
        restart_delay_seconds: float = RESTART_DELAY_SECONDS,
    ) -> None:
        """The listener listens already; it is closed when the workers are stopped."""
        self.settings, self.listener, self.start_message, self.print_line = settings, listener, start_message, print_line
        self.command, self.restart_delay_seconds = command, restart_delay_seconds
        self.is_stopping = asyncio.Event()
        self.failure: Failed | None = None
        self.slots = [WorkerSlot(self, number) for number in range(1, settings.workers + 1)]

    async def serve(self, on_ready: Callable[[], Awaitable[None]]) -> None:
        """Until they are stopped; `opened` is called as soon as each has been ready. Raises Failed."""
        async with asyncio.TaskGroup() as tasks:
            kept = [tasks.create_task(worker.run()) for worker in self.slots]
            opening = tasks.create_task(self._call_when_ready(on_ready))
            await asyncio.wait(kept)
            opening.cancel()
        if self.failure is not None:
            raise self.failure

    def send_update(self, **update: Any) -> None:
        self.start_message |= update
        for worker in self.slots:
            worker.send_update(update)

    async def send_neo4j_address(self, store_urls: Addresses) -> None:
        """As soon as it is up, or known not to come."""
        address = await asyncio.shield(store_urls.neo4j)
        self.send_update(neo4j=address and asdict(address))

    def stop(self) -> None:
        """Each drains; the second time nothing is waited for."""
        if not self.is_stopping.is_set():
            self.is_stopping.set()
            self.listener.close()
            asyncio.get_running_loop().call_later(
                self.settings.drain_seconds + KILL_DELAY_SECONDS, self._signal, signal.SIGKILL
            )
        self._signal(signal.SIGTERM)

    def fail(self, reason: str) -> None:
        """Ends the run."""
        self.failure = self.failure or Failed(reason)
        if not self.is_stopping.is_set():
            self.stop()

    async def _call_when_ready(self, on_ready: Callable[[], Awaitable[None]]) -> None:
        for worker in self.slots:
            await worker.was_ready.wait()
        await on_ready()

    def _signal(self, number: signal.Signals) -> None:
        for worker in self.slots:
            worker.signal(number)


class WorkerSlot:
    """One place behind the port, and the process that has it now."""

    def __init__(self, pool: WorkerPool, number: int) -> None:
        self.pool, self.number = pool, number
        self.process: Process | None = None
        self.was_ready = asyncio.Event()

    async def run(self) -> None:
        """Until all are stopped, or this one cannot be started."""
        failures, stopping = 0, self.pool.is_stopping
        while not stopping.is_set():
            failures = 0 if await self._run_process() else failures + 1
            if stopping.is_set():
                return
            if failures == STARTS_MAX:
                self.pool.fail(f"Worker {self.number} could not start {STARTS_MAX} times in a row; what it said stands above.")
                return
            self.pool.print_line(f"Worker {self.number} has ended; starting it anew.")
            if failures:
                await self._wait_before_restart(self.pool.restart_delay_seconds * 2 ** (failures - 1))

    def send_update(self, update: dict[str, Any]) -> None:
        if self.process is not None and self.process.stdin is not None:
            self.process.stdin.write(orjson.dumps(update) + b"\n")

    def signal(self, number: signal.Signals) -> None:
        if self.process is not None:
            with suppress(ProcessLookupError):
                self.process.send_signal(number)

    async def _run_process(self) -> bool:
        """From its start to its end; whether it was ever ready."""
        self.process = await self._start_process()
        try:
            if self.pool.is_stopping.is_set():
                self.signal(signal.SIGTERM)
            self.send_update(self.pool.start_message)
            is_ready = await self._wait_until_ready(self.process)
            await self.process.wait()
            return is_ready
        finally:
            self.signal(signal.SIGKILL)
            await self.process.wait()
            self.process = None

    async def _start_process(self) -> Process:
        """In a session of its own, so that a terminal's Ctrl-C comes to us alone; it does not outlive us."""
        descriptor = self.pool.listener.fileno()
        return await asyncio.create_subprocess_exec(
            *self.pool.command,
            str(self.number),
            str(descriptor),
            stdin=PIPE,
            stdout=PIPE,
            pass_fds=(descriptor,),
            start_new_session=True,
            preexec_fn=dies_with(os.getpid(), signal.SIGKILL),
        )

    async def _wait_until_ready(self, process: Process) -> bool:
        """What else it writes there is written for everybody."""
        assert process.stdout is not None
        with suppress(TimeoutError):
            async with asyncio.timeout(START_TIMEOUT_SECONDS):
                while line := await process.stdout.readline():
                    if line == READY_LINE:
                        self.was_ready.set()
                        return True
                    self.pool.print_line(line.decode(errors="replace").rstrip())
                return False
        self.pool.print_line(f"Worker {self.number} was not ready within {START_TIMEOUT_SECONDS} seconds.")
        self.signal(signal.SIGKILL)
        return False

    async def _wait_before_restart(self, seconds: float) -> None:
        with suppress(TimeoutError):
            await asyncio.wait_for(self.pool.is_stopping.wait(), seconds)
