"""A worker: one process of several that serve behind the run's port. The run tells it where everything is, and when to end."""

import asyncio
import os
import signal
import socket
import sys
from pathlib import Path
from typing import Any

import orjson
import uvloop

from app.embedded.frontend_builder import Pages
from app.embedded.neo4j import Address
from app.embedded.store_urls import Addresses
from app.embedded.subprocesses import Failed
from app.http.frontend import Web
from app.main import create_app
from app.processes.server import Server, write_log
from app.processes.worker_pool import READY
from app.settings import Settings


def main() -> None:
    """Runs `python -m app.processes.worker_process NUMBER DESCRIPTOR`; the descriptor is that of the listening socket."""
    number, descriptor = (int(word) for word in sys.argv[1:])
    settings = Settings.read()
    write_log(settings, f"worker {number}")
    with socket.socket(fileno=descriptor) as listener, asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        try:
            runner.run(Worker(settings, listener).to_the_end())
        except Failed as told:
            sys.exit(f"Worker {number}: {told}")


class Worker:
    def __init__(self, settings: Settings, listener: socket.socket) -> None:
        self.settings, self.listener = settings, listener
        self.pages = Pages()
        self.neo4j: asyncio.Future[Address | None]

    async def to_the_end(self) -> None:
        news = await _news()
        self.neo4j = asyncio.get_running_loop().create_future()
        told = await _next(news)
        self._take(told)
        settings = self.settings.model_copy(update={"pool_size": told["pool_size"]})
        addresses = Addresses(told["database_url"], told["redis_url"], self.neo4j)
        server = Server(create_app(settings, addresses, web=self.pages), settings, _say_ready)
        for number in (signal.SIGINT, signal.SIGTERM):
            asyncio.get_running_loop().add_signal_handler(number, server.stop)
        listening = asyncio.create_task(self._listen(news))
        try:
            await server.serve([self.listener])
        finally:
            listening.cancel()

    async def _listen(self, news: asyncio.StreamReader) -> None:
        while told := await _next(news):
            self._take(told)

    def _take(self, told: dict[str, Any]) -> None:
        """What is known from the start, or comes to be known."""
        if told.get("web"):
            self.pages.web = Web(Path(told["web"]))
        if "neo4j" in told and not self.neo4j.done():
            self.neo4j.set_result(Address(**told["neo4j"]) if told["neo4j"] else None)


async def _news() -> asyncio.StreamReader:
    reader = asyncio.StreamReader(limit=2**20)
    await asyncio.get_running_loop().connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), sys.stdin)
    return reader


async def _next(news: asyncio.StreamReader) -> dict[str, Any]:
    """Nothing when there is no more."""
    line = await news.readline()
    told: dict[str, Any] = orjson.loads(line) if line else {}
    return told


async def _say_ready() -> None:
    """From then on nobody listens here any more; what is still printed goes where the log goes."""
    sys.stdout.buffer.write(READY)
    sys.stdout.flush()
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())


if __name__ == "__main__":
    main()
