"""Fixtures: empty Postgres and Redis, and a wall clock that is stopped."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest

from db.graph.postgres import PostgresGraph
from db.stores import Database, Stores, open_redis
from domain.clock import WallClock
from tests.interchange.stored import StoppedClock

pytest.register_assert_rewrite("tests.interchange.checks", "tests.interchange.over_graphql")


@pytest.fixture
async def stores(database_url: str, redis_url: str) -> AsyncIterator[Stores]:
    database = await Database.open(database_url, size=4)
    opened = Stores(database, open_redis(redis_url), PostgresGraph(database))
    yield opened
    await opened.close()


@pytest.fixture
def wall() -> WallClock:
    return StoppedClock(datetime(2026, 11, 1, tzinfo=UTC))
