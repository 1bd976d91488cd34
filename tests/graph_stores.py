"""Fixtures of stores for one test, and of a projector that runs only on request."""

from collections.abc import AsyncIterator

import pytest
from neo4j import AsyncDriver
from redis.asyncio import Redis

from app.embedded.neo4j import Neo4jConnectionInfo
from app.processes.projector import Projector
from db.database import Database
from db.graph.neo4j import open_driver
from db.stores import open_redis


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    database = await Database.open(database_url)
    yield database
    await database.close()


@pytest.fixture
async def redis(redis_url: str) -> AsyncIterator[Redis]:
    async with open_redis(redis_url) as redis:
        yield redis


@pytest.fixture
async def driver(neo4j: Neo4jConnectionInfo) -> AsyncIterator[AsyncDriver]:
    async with open_driver(neo4j.uri, neo4j.user, neo4j.password) as driver:
        yield driver


@pytest.fixture
async def projector(database: Database, driver: AsyncDriver, redis: Redis) -> AsyncIterator[Projector]:
    """A prepared projector that runs no task in the background."""
    async with database.pool.acquire() as connection:
        projector = Projector(connection, driver, redis)
        await projector.projection.prepare()
        yield projector
