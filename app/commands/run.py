"""`observatory run` and `observatory link`: start the server, and print a sign-in link."""

import asyncio
from typing import Annotated

import typer

from app.http import sign_in
from app.processes.local_stack import run as run_until_stopped
from app.settings import Settings
from app.stores import open_command_stores
from domain.clock import SystemClock
from resolvers import sessions

WorkersOption = Annotated[int | None, typer.Option(min=1, max=64, help="Server processes; the default is OBSERVATORY_WORKERS.")]


def run(workers: WorkersOption = None) -> None:
    """Start the stores and serve the Observatory until Ctrl-C."""
    settings = Settings.read()
    run_until_stopped(settings.model_copy(update={"workers": workers}) if workers else settings)


def link() -> None:
    """Print a new link that signs the host in; it works once."""
    asyncio.run(_link(Settings.read()))


async def _link(settings: Settings) -> None:
    async with open_command_stores(settings, lambda line: typer.echo(line, err=True)) as stores:
        token = await sessions.create_link(stores, SystemClock())
    typer.echo(sign_in.sign_in_url(sign_in.base_url(settings.host, settings.port), token))
