"""A new state and a server of the small schema for each test."""

from collections.abc import AsyncIterator

import pytest

from tests.graphql_server.serving import Served, serving
from tests.graphql_server.toy import World


@pytest.fixture
def world() -> World:
    return World()


@pytest.fixture
async def served(world: World) -> AsyncIterator[Served]:
    async with serving(world) as served:
        yield served
