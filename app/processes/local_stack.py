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
from app.processes.listener import bind_socket, start_listening
from app.processes.server import AppServer, configure_logging
from app.processes.worker_pool import WorkerPool
from app.settings import Settings
from app.stores import open_stores
from db import migrations
from db.sessions import LINK_TTL
from db.stores import Stores
from domain.clock import SystemClock
from interchange import sample
from resolvers import users

ROOT = Path(__file__).resolve().parents[2]


def run(settings: Settings) -> None:
    """Until Ctrl-C or SIGTERM. Raises Failed."""
    configure_logging(settings)
    with bind_socket(settings.host, settings.port) as listener, asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(LocalStack(settings, listener).run())


def print_line(line: str) -> None:
    print(line, flush=True)


class LocalStack:
    """One run, which a signal ends wherever it is."""

    def __init__(self, settings: Settings, listener: socket.socket) -> None:
        self.settings, self.listener = settings, listener
        self.port = listener.getsockname()[1]
        self.started_at = time.monotonic()
        self.server: AppServer | WorkerPool | None = None

    async def run(self) -> None:
        work = asyncio.create_task(self._start_and_serve())
        for number in (signal.SIGINT, signal.SIGTERM):
            asyncio.get_running_loop().add_signal_handler(number, self._on_signal, work)
        await asyncio.wait([work])
        if not work.cancelled():
            work.result()
        print_line("Stopped.")

    def _on_signal(self, task: asyncio.Task[None]) -> None:
        print_line("Stopping.")
        if self.server is None:
            task.cancel()
        else:
            self.server.stop()

    async def _start_and_serve(self) -> None:
        print_line("Starting the stores.")
        browser = Browser(ROOT, print_line)
        browser.start()
        async with opened(self.settings, print_line) as addresses:
            print_line("Bringing the tables up to date.")
            await asyncio.to_thread(migrations.upgrade, addresses.database_url)
            await self._create_sample_world(addresses)
            await browser.page_is_tried.wait()
            if self.settings.workers == 1:
                await self._serve_in_process(addresses, browser)
            else:
                await self._serve_with_workers(addresses, browser)

    async def _create_sample_world(self, store_urls: Addresses) -> None:
        """A first run finds somebody at home; whoever has worlds, or had them, is left alone."""
        async with open_stores(store_urls, self.settings) as stores:
            if await stores.database.fetchval("SELECT NOT EXISTS (SELECT FROM ecosystems)"):
                print_line("Building the sample world.")
                await sample.build_sample_world(stores, SystemClock(), await users.ensure_host(stores, SystemClock()))

    async def _serve_in_process(self, store_urls: Addresses, frontend_builder: Browser) -> None:
        app = create_app(self.settings, store_urls, frontend=frontend_builder)
        self.server = AppServer(app, self.settings, lambda: self._print_welcome(app.state.stores))
        await self.server.serve([self.listener])

    async def _serve_with_workers(self, store_urls: Addresses, frontend_builder: Browser) -> None:
        async with open_stores(store_urls, self.settings) as stores:
            size = await worker_pool.compute_pool_size(self.settings, stores.database)
        start_listening(self.listener, self.settings.host, self.settings.port)
        news = worker_pool.build_start_message(store_urls, size, frontend_builder.built)
        self.server = several = WorkerPool(self.settings, self.listener, news, print_line)
        frontend_builder.watchers.append(lambda built: several.send_update(web=str(built)))
        telling = asyncio.create_task(several.send_neo4j_address(store_urls))
        try:
            await several.serve(lambda: self._print_welcome_with_own_stores(store_urls))
        finally:
            telling.cancel()

    async def _print_welcome_with_own_stores(self, store_urls: Addresses) -> None:
        async with open_stores(store_urls, self.settings) as stores:
            await self._print_welcome(stores)

    async def _print_welcome(self, stores: Stores) -> None:
        token = await users.create_sign_in_link(stores, SystemClock())
        base = sign_in.base_url(self.settings.host, self.port)
        minutes = LINK_TTL // timedelta(minutes=1)
        print_line(f"""
The Observatory is open, {time.monotonic() - self.started_at:.1f} seconds after it was called.

  Come in    {sign_in.sign_in_url(base, token)}
             signs you in, once, within {minutes} minutes
  Ask it     {base}/graphql
  Data       {self.settings.data_folder}

Ctrl-C stops everything; what happened is kept.
""")
