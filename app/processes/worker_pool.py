"""Worker pool: the processes that serve behind one port. A worker that dies is started again; all are stopped together."""

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

from app.command_error import CommandError
from app.embedded.store_urls import StoreUrls
from app.embedded.subprocesses import set_parent_death_signal
from app.settings import Settings
from db.stores import Database

WORKER_COMMAND = (sys.executable, "-m", "app.processes.worker_process")
STARTS_MAX = 5
RESTART_DELAY_SECONDS = 0.5
"""Pause after a failed start; it doubles with each further failure."""
START_TIMEOUT_SECONDS = 120
KILL_DELAY_SECONDS = 5
"""A worker that still runs this long after the time to drain is killed."""
READY_LINE = b"ready\n"
RESERVED_CONNECTIONS = 10
"""Connections that workers leave to commands and to a person with a database client."""
FREE_CONNECTIONS_SQL = "SELECT " + " - ".join(
    f"current_setting('{name}')::int" for name in ("max_connections", "superuser_reserved_connections", "reserved_connections")
)


async def compute_pool_size(settings: Settings, database: Database) -> int:
    """Returns the connections that each worker's pool may hold, so that all workers stay below Postgres' max_connections.

    Each worker holds one more connection, to lead or to wait for the lead. Raises CommandError if a pool had fewer than two.
    """
    free = int(await database.fetchval(FREE_CONNECTIONS_SQL)) - RESERVED_CONNECTIONS
    size = min(settings.pool_size, free // settings.workers - 1)
    if size < 2:
        raise CommandError(
            f"Postgres takes {free} connections, too few for {settings.workers} workers, which need 3 each. "
            "Raise max_connections, or lower OBSERVATORY_WORKERS."
        )
    return size


def build_start_message(store_urls: StoreUrls, pool_size: int, frontend_build: Path | None) -> dict[str, Any]:
    """Returns the first message to a worker. The address of Neo4j follows in an update."""
    where = {"database_url": store_urls.database_url, "redis_url": store_urls.redis_url}
    return {**where, "pool_size": pool_size, "web": frontend_build and str(frontend_build)}


class WorkerPool:
    """Runs `settings.workers` processes and sends each the start message and later updates, as JSON lines on stdin."""

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
        """`listener` accepts connections already; `stop` closes it."""
        self.settings, self.listener, self.start_message, self.print_line = settings, listener, start_message, print_line
        self.command, self.restart_delay_seconds = command, restart_delay_seconds
        self.is_stopping = asyncio.Event()
        self.failure: CommandError | None = None
        self.slots = [WorkerSlot(self, number) for number in range(1, settings.workers + 1)]

    async def serve(self, on_ready: Callable[[], Awaitable[None]]) -> None:
        """Runs until `stop`. Calls `on_ready` once all workers are ready. Raises CommandError if one cannot start."""
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

    async def send_neo4j_address(self, store_urls: StoreUrls) -> None:
        """Sends Neo4j's address when it is up, or None when it is off or has failed."""
        address = await asyncio.shield(store_urls.neo4j)
        self.send_update(neo4j=address and asdict(address))

    def stop(self) -> None:
        """Sends SIGTERM: each worker drains. A second call makes the workers stop at once."""
        if not self.is_stopping.is_set():
            self.is_stopping.set()
            self.listener.close()
            asyncio.get_running_loop().call_later(
                self.settings.drain_seconds + KILL_DELAY_SECONDS, self._signal, signal.SIGKILL
            )
        self._signal(signal.SIGTERM)

    def fail(self, reason: str) -> None:
        """Stops all workers; `serve` then raises CommandError with this reason."""
        self.failure = self.failure or CommandError(reason)
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
    """One numbered worker: the process that runs now, and its restarts."""

    def __init__(self, pool: WorkerPool, number: int) -> None:
        self.pool, self.number = pool, number
        self.process: Process | None = None
        self.was_ready = asyncio.Event()

    async def run(self) -> None:
        """Runs and restarts the process until the pool stops or the process has failed to start STARTS_MAX times."""
        failures, stopping = 0, self.pool.is_stopping
        while not stopping.is_set():
            failures = 0 if await self._run_process() else failures + 1
            if stopping.is_set():
                return
            if failures == STARTS_MAX:
                self.pool.fail(f"Worker {self.number} could not start {STARTS_MAX} times in a row; see its output above.")
                return
            self.pool.print_line(f"Worker {self.number} has ended; starting it again.")
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
        """Runs one process until it ends. Returns whether it was ready at any time."""
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
        """Starts the process in its own session, so that a terminal's Ctrl-C reaches the pool only. It dies with the pool."""
        descriptor = self.pool.listener.fileno()
        return await asyncio.create_subprocess_exec(
            *self.pool.command,
            str(self.number),
            str(descriptor),
            stdin=PIPE,
            stdout=PIPE,
            pass_fds=(descriptor,),
            start_new_session=True,
            preexec_fn=set_parent_death_signal(os.getpid(), signal.SIGKILL),
        )

    async def _wait_until_ready(self, process: Process) -> bool:
        """Waits for the ready line and prints all other lines. Returns False if the process ends or is too slow."""
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
