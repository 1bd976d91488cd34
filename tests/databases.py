"""Creates, copies and drops the databases of the tests on one server."""

import asyncio
import itertools
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from urllib.parse import urlsplit, urlunsplit

import asyncpg

from db import migrations
from tests.genesis import create_sample_data
from tests.world import SampleData

NUMBERS = itertools.count(1)


@asynccontextmanager
async def migrated_database(postgres_url: str) -> AsyncIterator[str]:
    """Yields the name of a migrated, empty database: the template of the databases of the tests."""
    name = f"observatory_template_{os.getpid()}"
    async with database_copy(postgres_url, "template1", name) as url:
        await asyncio.to_thread(migrations.upgrade, url)
        yield name


@asynccontextmanager
async def sample_database(postgres_url: str, template: str, redis_url: str) -> AsyncIterator[SampleData]:
    """Creates the sample data in a database that is the template for tests that use it."""
    name = f"observatory_sample_{os.getpid()}"
    async with database_copy(postgres_url, template, name) as url:
        yield await create_sample_data(url, with_redis_database(redis_url, 1), name)


@asynccontextmanager
async def database_copy(postgres_url: str, template: str, name: str | None = None) -> AsyncIterator[str]:
    """Yields the URL of a copy and drops the copy afterwards. No client may be connected to the template.

    The name contains the process ID, so that several processes can use one server.
    """
    name = name or f"observatory_test_{os.getpid()}_{next(NUMBERS)}"
    # FILE_COPY takes half the time of the default, which writes each page to the WAL.
    await execute(postgres_url, f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY FILE_COPY")
    try:
        yield with_database_name(postgres_url, name)
    finally:
        await execute(postgres_url, f"DROP DATABASE {name} WITH (FORCE)")


async def execute(url: str, statement: str) -> None:
    connection = await asyncpg.connect(url)
    try:
        await connection.execute(statement)
    finally:
        await connection.close()


def with_database_name(url: str, database: str) -> str:
    return urlunsplit(urlsplit(url)._replace(path=f"/{database}"))


def with_redis_database(redis_url: str, database: int) -> str:
    return urlunsplit(urlsplit(redis_url)._replace(path=f"/{database}"))
