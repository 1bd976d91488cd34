"""`observatory run`: starts stores, tables, the sample world and the server; a signal stops them in reverse order."""

import asyncio
import signal
import socket
import time
from datetime import timedelta
from pathlib import Path

import uvloop

from app.embedded.frontend_builder import FrontendBuilder
from app.embedded.store_urls import StoreUrls, resolve_store_urls
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
from resolvers import sessions, users

ROOT = Path(__file__).resolve().parents[2]


def run(settings: Settings) -> None:
    """Runs until Ctrl-C or SIGTERM. Raises CommandError if something cannot start."""
    configure_logging(settings)
    with bind_socket(settings.host, settings.port) as listener, asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(LocalStack(settings, listener).run())


def print_line(line: str) -> None:
    print(line, flush=True)


class LocalStack:
    """One run of all parts. A signal stops it at any point, also while it starts."""

    def __init__(self, settings: Settings, listener: socket.socket) -> None:
        self.settings, self.listener = settings, listener
        self.port = listener.getsockname()[1]
        self.started_at = time.monotonic()
        self.frontend_builder = FrontendBuilder(ROOT, print_line)
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
        self.frontend_builder.stop_reports()
        print_line("Stopping.")
        if self.server is None:
            task.cancel()
        else:
            self.server.stop()

    async def _start_and_serve(self) -> None:
        print_line("Starting the stores.")
        self.frontend_builder.start()
        async with resolve_store_urls(self.settings, print_line) as addresses:
            print_line("Bringing the tables up to date.")
            await asyncio.to_thread(migrations.upgrade, addresses.database_url)
            await self._create_sample_world(addresses)
            await self.frontend_builder.first_build_ended.wait()
            if self.settings.workers == 1:
                await self._serve_in_process(addresses)
            else:
                await self._serve_with_workers(addresses)

    async def _create_sample_world(self, store_urls: StoreUrls) -> None:
        """Builds the sample world if the database has no ecosystem."""
        async with open_stores(store_urls, self.settings) as stores:
            if await stores.database.fetchval("SELECT NOT EXISTS (SELECT FROM ecosystems)"):
                print_line("Building the sample world.")
                await sample.build_sample_world(stores, SystemClock(), await users.ensure_host(stores, SystemClock()))

    async def _serve_in_process(self, store_urls: StoreUrls) -> None:
        app = create_app(self.settings, store_urls, frontend=self.frontend_builder)
        self.server = AppServer(app, self.settings, lambda: self._print_welcome(app.state.stores))
        await self.server.serve([self.listener])

    async def _serve_with_workers(self, store_urls: StoreUrls) -> None:
        async with open_stores(store_urls, self.settings) as stores:
            size = await worker_pool.compute_pool_size(self.settings, stores.database)
        start_listening(self.listener, self.settings.host, self.settings.port)
        start_message = worker_pool.build_start_message(store_urls, size, self.frontend_builder.folder)
        self.server = pool = WorkerPool(self.settings, self.listener, start_message, print_line)
        self.frontend_builder.listeners.append(lambda build_folder: pool.send_update(web=str(build_folder)))
        sending_address = asyncio.create_task(pool.send_neo4j_address(store_urls))
        try:
            await pool.serve(lambda: self._print_welcome_with_own_stores(store_urls))
        finally:
            sending_address.cancel()

    async def _print_welcome_with_own_stores(self, store_urls: StoreUrls) -> None:
        async with open_stores(store_urls, self.settings) as stores:
            await self._print_welcome(stores)

    async def _print_welcome(self, stores: Stores) -> None:
        token = await sessions.create_link(stores, SystemClock())
        base = sign_in.base_url(self.settings.host, self.port)
        minutes = LINK_TTL // timedelta(minutes=1)
        print_line(f"""
The Observatory is ready after {time.monotonic() - self.started_at:.1f} seconds.

  Sign in    {sign_in.sign_in_url(base, token)}
             works once, within {minutes} minutes
  GraphQL    {base}/graphql
  Data       {self.settings.data_folder}

Ctrl-C stops all parts. The data is kept.
""")
