"""The run: stores, tables, the sample world, one server or several. A signal ends them in the opposite order."""

import asyncio
import signal
import socket
import time
from datetime import timedelta
from pathlib import Path

import uvloop

from app.embedded.frontend_builder import Browser
from app.embedded.store_urls import Addresses, opened
from app.http import sign_in
from app.main import create_app
from app.processes import worker_pool
from app.processes.listener import listen, listening
from app.processes.server import Server, write_log
from app.processes.worker_pool import Workers
from app.settings import Settings
from app.stores import stores_at
from db import migrations
from db.sessions import LINK_LENGTH
from db.stores import Stores
from domain.clock import SystemClock
from interchange import sample
from resolvers import users

ROOT = Path(__file__).resolve().parents[2]


def run(settings: Settings) -> None:
    """Until Ctrl-C or SIGTERM. Raises Failed."""
    write_log(settings)
    with listening(settings.host, settings.port) as listener, asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(Run(settings, listener).to_the_end())


def say(line: str) -> None:
    print(line, flush=True)


class Run:
    """One run, which a signal ends wherever it is."""

    def __init__(self, settings: Settings, listener: socket.socket) -> None:
        self.settings, self.listener = settings, listener
        self.port = listener.getsockname()[1]
        self.began_at = time.monotonic()
        self.server: Server | Workers | None = None

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
            if self.settings.workers == 1:
                await self._serve_alone(addresses, browser)
            else:
                await self._serve_by_several(addresses, browser)

    async def _populate(self, addresses: Addresses) -> None:
        """A first run finds somebody at home; whoever has worlds, or had them, is left alone."""
        async with stores_at(addresses, self.settings) as stores:
            if await stores.database.fetchval("SELECT NOT EXISTS (SELECT FROM ecosystems)"):
                say("Building the sample world.")
                await sample.build(stores, SystemClock(), await users.host(stores, SystemClock()))

    async def _serve_alone(self, addresses: Addresses, browser: Browser) -> None:
        app = create_app(self.settings, addresses, web=browser)
        self.server = Server(app, self.settings, lambda: self._welcome(app.state.stores))
        await self.server.serve([self.listener])

    async def _serve_by_several(self, addresses: Addresses, browser: Browser) -> None:
        async with stores_at(addresses, self.settings) as stores:
            size = await worker_pool.pool_size(self.settings, stores.database)
        listen(self.listener, self.settings.host, self.settings.port)
        news = worker_pool.news(addresses, size, browser.built)
        self.server = several = Workers(self.settings, self.listener, news, say)
        browser.watchers.append(lambda built: several.tell(web=str(built)))
        telling = asyncio.create_task(several.tell_of_neo4j(addresses))
        try:
            await several.serve(lambda: self._welcome_for(addresses))
        finally:
            telling.cancel()

    async def _welcome_for(self, addresses: Addresses) -> None:
        async with stores_at(addresses, self.settings) as stores:
            await self._welcome(stores)

    async def _welcome(self, stores: Stores) -> None:
        token = await users.create_link(stores, SystemClock())
        base = sign_in.base_url(self.settings.host, self.port)
        minutes = LINK_LENGTH // timedelta(minutes=1)
        say(f"""
The Observatory is open, {time.monotonic() - self.began_at:.1f} seconds after it was called.

  Come in    {sign_in.link(base, token)}
             signs you in, once, within {minutes} minutes
  Ask it     {base}/graphql
  Data       {self.settings.data_folder}

Ctrl-C stops everything; what happened is kept.
""")
