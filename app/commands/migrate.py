"""`observatory migrate`: migrates the tables before a deployment; `observatory run` also does so when it starts."""

import asyncio

import typer

from app.embedded.store_urls import resolve_store_urls
from app.settings import Settings
from db import migrations


def migrate() -> None:
    """Migrate the tables of the database to this version."""
    asyncio.run(_migrate(Settings.read()))


async def _migrate(settings: Settings) -> None:
    async with resolve_store_urls(settings, typer.echo, join=True) as addresses:
        await asyncio.to_thread(migrations.upgrade, addresses.database_url)
    typer.echo("The tables are up to date.")
