"""The HTTP server of one process: uvicorn with the application's lifespan. The caller handles signals."""

import gc
import logging
import math
import socket
from collections.abc import Awaitable, Callable

import uvicorn
from fastapi import FastAPI

from app.command_error import CommandError
from app.processes.listener import BACKLOG, explain_bind_error
from app.settings import Settings
from graphql_server.server import DrainingServer as DrainingServer

QUIET_LOGGERS = ("uvicorn.error", "alembic", "httpx")
# With Python's default threshold the collector took a quarter of a wide query's time.
GC_YOUNG_THRESHOLD = 20_000


def configure_logging(settings: Settings, process_name: str = "") -> None:
    """Configures the log. `process_name` is written in each line, to distinguish processes."""
    form = " ".join(part for part in ("%(asctime)s", process_name, "%(levelname)s %(name)s: %(message)s") if part)
    logging.basicConfig(level=settings.log_level.upper(), format=form)
    for name in QUIET_LOGGERS:
        logging.getLogger(name).setLevel(logging.WARNING)
    logging.getLogger("asyncpg").setLevel(logging.ERROR)  # It logs a traceback for each statement that is tried again.


class AppServer(DrainingServer):
    def __init__(self, app: FastAPI, settings: Settings, on_started: Callable[[], Awaitable[None]]) -> None:
        """Calls `on_started` when the server accepts requests."""
        super().__init__(
            uvicorn.Config(
                app,
                log_config=None,
                access_log=False,
                server_header=False,
                backlog=BACKLOG,
                forwarded_allow_ips=settings.proxies,
                timeout_graceful_shutdown=math.ceil(settings.drain_seconds),
            ),
            app.state.graphql,
        )
        self.app, self.settings, self.on_started = app, settings, on_started

    async def serve(self, sockets: list[socket.socket] | None = None) -> None:
        try:
            await self._serve(sockets)
        except SystemExit:  # uvicorn exits so if the application's lifespan failed; the log has the reason.
            raise CommandError("The server could not start.") from None

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Closes the stores also after a forced exit, where uvicorn would not."""
        await super().shutdown(sockets)
        if self.force_exit:
            await self.lifespan.shutdown()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        try:
            await super().startup(sockets)
        except OSError as error:  # Another process took the port at the same time.
            await self.lifespan.shutdown()
            raise CommandError(explain_bind_error(self.settings.host, self.settings.port, error)) from None
        _freeze_garbage_collector()
        await self.on_started()

    def stop(self) -> None:
        """Drains: clients of sockets are asked to reconnect, requests in flight may end. A second call stops at once."""
        self.force_exit = self.should_exit
        self.should_exit = True
        self.app.state.draining.set()


def _freeze_garbage_collector() -> None:
    """Excludes all objects that exist now from garbage collection: they live as long as the process."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(GC_YOUNG_THRESHOLD, 10, 10)
