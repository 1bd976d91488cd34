"""Worker process: one of several that serve behind one port. The pool sends it the addresses of the stores and stops it."""

import asyncio
import os
import signal
import socket
import sys
from pathlib import Path
from typing import Any

import orjson
import uvloop

from app.command_error import CommandError
from app.embedded.frontend_builder import LatestFrontend
from app.embedded.neo4j import Neo4jConnectionInfo
from app.embedded.store_urls import StoreUrls
from app.http.frontend import Frontend
from app.main import create_app
from app.processes.server import AppServer, configure_logging
from app.processes.worker_pool import READY_LINE
from app.settings import Settings


def main() -> None:
    """Runs `python -m app.processes.worker_process NUMBER DESCRIPTOR`; the descriptor is that of the listening socket."""
    number, descriptor = (int(word) for word in sys.argv[1:])
    settings = Settings.read()
    configure_logging(settings, f"worker {number}")
    with socket.socket(fileno=descriptor) as listener, asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        try:
            runner.run(WorkerProcess(settings, listener).run())
        except CommandError as failure:
            sys.exit(f"Worker {number}: {failure}")


class WorkerProcess:
    def __init__(self, settings: Settings, listener: socket.socket) -> None:
        self.settings, self.listener = settings, listener
        self.frontend = LatestFrontend()
        self.neo4j_address: asyncio.Future[Neo4jConnectionInfo | None]

    async def run(self) -> None:
        reader = await _open_stdin()
        self.neo4j_address = asyncio.get_running_loop().create_future()
        start = await _read_update(reader)
        self._apply_update(start)
        settings = self.settings.model_copy(update={"pool_size": start["pool_size"]})
        addresses = StoreUrls(start["database_url"], start["redis_url"], self.neo4j_address)
        server = AppServer(create_app(settings, addresses, frontend=self.frontend), settings, _report_ready)
        for number in (signal.SIGINT, signal.SIGTERM):
            asyncio.get_running_loop().add_signal_handler(number, server.stop)
        receiving = asyncio.create_task(self._receive_updates(reader))
        try:
            await server.serve([self.listener])
        finally:
            receiving.cancel()

    async def _receive_updates(self, reader: asyncio.StreamReader) -> None:
        while update := await _read_update(reader):
            self._apply_update(update)

    def _apply_update(self, update: dict[str, Any]) -> None:
        """Takes the folder of the built web page and the address of Neo4j from a message, if it has them."""
        if update.get("web"):
            self.frontend.current = Frontend(Path(update["web"]))
        if "neo4j" in update and not self.neo4j_address.done():
            self.neo4j_address.set_result(Neo4jConnectionInfo(**update["neo4j"]) if update["neo4j"] else None)


async def _open_stdin() -> asyncio.StreamReader:
    reader = asyncio.StreamReader(limit=2**20)
    await asyncio.get_running_loop().connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), sys.stdin)
    return reader


async def _read_update(reader: asyncio.StreamReader) -> dict[str, Any]:
    """Returns the next message, or an empty one at the end of stdin."""
    line = await reader.readline()
    update: dict[str, Any] = orjson.loads(line) if line else {}
    return update


async def _report_ready() -> None:
    """Writes the ready line, then sends further output of stdout to stderr, since the pool reads stdout no longer."""
    sys.stdout.buffer.write(READY_LINE)
    sys.stdout.flush()
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())


if __name__ == "__main__":
    main()
