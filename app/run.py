"""The run: stores, tables, the sample world, the server. A signal ends them in the opposite order."""

import asyncio
import errno
import gc
import logging
import math
import signal
import socket
import time
from collections.abc import Awaitable, Callable
from datetime import timedelta
from pathlib import Path

import uvicorn
import uvloop
from fastapi import FastAPI

from app import sign_in
from app.addresses import Addresses, opened
from app.browser import Browser
from app.graphql.server import Server as DrainingServer
from app.main import create_app
from app.servers.children import Failed
from app.settings import Settings
from app.stores import stores_at
from db import migrations
from db.sessions import LINK_LENGTH
from domain.clock import SystemClock
from importers import sample
from resolvers import users

ROOT = Path(__file__).resolve().parent.parent
BACKLOG = 2048
TALKATIVE = ("uvicorn.error", "alembic", "httpx")
# Python's collector took a quarter of a wide query's time before it was told to look less often.
YOUNG_GENERATION = 20_000


def run(settings: Settings) -> None:
    """Until Ctrl-C or SIGTERM. Raises Failed."""
    logging.basicConfig(level=settings.log_level.upper(), format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    for name in TALKATIVE:
        logging.getLogger(name).setLevel(logging.WARNING)
    with listening(settings) as listener, asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(Run(settings, listener).to_the_end())


def listening(settings: Settings) -> socket.socket:
    """Taken before anything is started, so that whoever has the port is told at once. Raises Failed."""
    try:
        family, kind, _, _, address = socket.getaddrinfo(settings.host, settings.port, type=socket.SOCK_STREAM)[0]
        listener = socket.socket(family, kind)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
    except OSError as error:
        raise Failed(_why_not(settings, error)) from None
    return listener


def _why_not(settings: Settings, error: OSError) -> str:
    where = f"{settings.host}:{settings.port}"
    match error.errno:
        case errno.EADDRINUSE:
            return f"Somebody listens on {where} already. Stop them, or choose another port with OBSERVATORY_PORT."
        case errno.EACCES:
            return f"Only root may listen on {where}. Choose a port from 1024 with OBSERVATORY_PORT."
        case _:
            return f"{where} is no address of this machine ({error.strerror}). Choose another with OBSERVATORY_HOST."


def say(line: str) -> None:
    print(line, flush=True)


class Run:
    """One run, which a signal ends wherever it is."""

    def __init__(self, settings: Settings, listener: socket.socket) -> None:
        self.settings, self.listener = settings, listener
        self.began_at = time.monotonic()
        self.server: Server | None = None

    async def to_the_end(self) -> None:
        work = asyncio.create_task(self._work())
        for number in (signal.SIGINT, signal.SIGTERM):
            asyncio.get_running_loop().add_signal_handler(number, self._stop, work)
        await asyncio.wait([work])
        if not work.cancelled():
            work.result()
        say("Stopped.")

    def _stop(self, work: asyncio.Task[None]) -> None:
        say("Stopping.")
        if self.server is None:
            work.cancel()
        else:
            self.server.stop()

    async def _work(self) -> None:
        say("Starting the stores.")
        browser = Browser(ROOT, say)
        browser.start()
        async with opened(self.settings, say) as addresses:
            say("Bringing the tables up to date.")
            await asyncio.to_thread(migrations.upgrade, addresses.database_url)
            await self._populate(addresses)
            await browser.page_is_tried.wait()
            app = create_app(self.settings, addresses, web=browser)
            self.server = Server(app, self.settings, lambda: self._welcome(app))
            await self.server.serve([self.listener])

    async def _populate(self, addresses: Addresses) -> None:
        """A first run finds somebody at home; whoever has worlds, or had them, is left alone."""
        async with stores_at(addresses, self.settings) as stores:
            if await stores.database.fetchval("SELECT NOT EXISTS (SELECT FROM ecosystems)"):
                say("Building the sample world.")
                await sample.build(stores, SystemClock(), await users.host(stores, SystemClock()))

    async def _welcome(self, app: FastAPI) -> None:
        """Everybody who is asked for by now is there to stay."""
        gc.collect()
        gc.freeze()
        gc.set_threshold(YOUNG_GENERATION, 10, 10)
        token = await users.create_link(app.state.stores, app.state.wall)
        base = sign_in.base_url(self.settings.host, self.listener.getsockname()[1])
        minutes = LINK_LENGTH // timedelta(minutes=1)
        say(f"""
The Observatory is open, {time.monotonic() - self.began_at:.1f} seconds after it was called.

  Come in    {sign_in.link(base, token)}
             signs you in, once, within {minutes} minutes
  Ask it     {base}/graphql
  Data       {self.settings.data_folder}

Ctrl-C stops everything; what happened is kept.
""")


class Server(DrainingServer):
    """Leaves the signals to the run."""

    def __init__(self, app: FastAPI, settings: Settings, welcome: Callable[[], Awaitable[None]]) -> None:
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
        self.app, self.settings, self.welcome = app, settings, welcome

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
            raise Failed(_why_not(self.settings, error)) from None
        await self.welcome()

    def stop(self) -> None:
        """Sockets are told to come back, requests in flight may end; the second time nothing is waited for."""
        self.force_exit = self.should_exit
        self.should_exit = True
        self.app.state.draining.set()
