"""Databases of tests: made on one server, copied from one another, and dropped."""

import itertools
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from urllib.parse import urlsplit, urlunsplit

import asyncpg

NUMBERS = itertools.count(1)


@asynccontextmanager
async def copied(postgres_url: str, template: str, name: str | None = None) -> AsyncIterator[str]:
    """The URL of a copy, which is gone afterwards. Nobody may be connected to the template."""
    name = name or f"observatory_test_{os.getpid()}_{next(NUMBERS)}"
    # Files are copied in half the time that it takes to log each page.
    await execute(postgres_url, f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY FILE_COPY")
    try:
        yield named(postgres_url, name)
    finally:
        await execute(postgres_url, f"DROP DATABASE {name} WITH (FORCE)")


async def execute(url: str, statement: str) -> None:
    connection = await asyncpg.connect(url)
    try:
        await connection.execute(statement)
    finally:
        await connection.close()


def named(url: str, database: str) -> str:
    return urlunsplit(urlsplit(url)._replace(path=f"/{database}"))


def numbered(redis_url: str, database: int) -> str:
    return urlunsplit(urlsplit(redis_url)._replace(path=f"/{database}"))
