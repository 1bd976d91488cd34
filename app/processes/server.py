"""Serving: what one process does that answers at the run's port. Signals are left to whoever runs it."""

import gc
import logging
import math
import socket
from collections.abc import Awaitable, Callable

import uvicorn
from fastapi import FastAPI

from app.embedded.subprocesses import Failed
from app.processes.listener import BACKLOG, explain_bind_error
from app.settings import Settings
from graphql_server.server import DrainingServer as DrainingServer

QUIET_LOGGERS = ("uvicorn.error", "alembic", "httpx")
# Python's collector took a quarter of a wide query's time before it was told to look less often.
GC_YOUNG_THRESHOLD = 20_000


def configure_logging(settings: Settings, process_name: str = "") -> None:
    """`who` of several processes writes it."""
    form = " ".join(part for part in ("%(asctime)s", process_name, "%(levelname)s %(name)s: %(message)s") if part)
    logging.basicConfig(level=settings.log_level.upper(), format=form)
    for name in QUIET_LOGGERS:
        logging.getLogger(name).setLevel(logging.WARNING)
    logging.getLogger("asyncpg").setLevel(logging.ERROR)  # With a traceback it warns of what it tries again.


class AppServer(DrainingServer):
    def __init__(self, app: FastAPI, settings: Settings, on_started: Callable[[], Awaitable[None]]) -> None:
        """`opened` is called as soon as it answers."""
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
        except SystemExit:  # So it says that the app's lifespan failed; why stands in the log.
            raise Failed("The server could not start.") from None

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Whoever waits for nothing still closes the stores."""
        await super().shutdown(sockets)
        if self.force_exit:
            await self.lifespan.shutdown()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        try:
            await super().startup(sockets)
        except OSError as error:  # Whoever took the port at the same time listened first.
            await self.lifespan.shutdown()
            raise Failed(explain_bind_error(self.settings.host, self.settings.port, error)) from None
        _freeze_garbage_collector()
        await self.on_started()

    def stop(self) -> None:
        """Sockets are told to come back, requests in flight may end; the second time nothing is waited for."""
        self.force_exit = self.should_exit
        self.should_exit = True
        self.app.state.draining.set()


def _freeze_garbage_collector() -> None:
    """Everybody who is asked for by now is there to stay."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(GC_YOUNG_THRESHOLD, 10, 10)
