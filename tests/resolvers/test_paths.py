"""Graph queries: what Neo4j does not have yet neither empties a list nor ends it."""

from typing import Any

import pytest
from neo4j import AsyncDriver

from app.processes.projector import Projector
from db.graph import routed
from resolvers.context import Context
from tests.documents import CREATE_CHARACTER, DELETE_CHARACTER, INTERACT
from tests.graph_stores import driver
from tests.visitors import ApiClient
from tests.world import World

__all__ = ["driver"]

COMMON = """query($id: ID!, $other: ID!, $after: String) { character(id: $id) {
  commonNeighbours(characterId: $other, first: 2, after: $after) {
    edges { node { name } } pageInfo { hasNextPage endCursor } } } }"""


@pytest.fixture(autouse=True)
def patient_graph(monkeypatch: pytest.MonkeyPatch) -> None:
    """A busy machine may answer late; these tests are about the answers of Neo4j, not about its time."""
    monkeypatch.setattr(routed, "ANSWER_SECONDS_MAX", 30)


async def test_common_neighbours_continue_after_a_deleted_character(world: World, driver: AsyncDriver) -> None:
    ids = {name: await _made(world, name) for name in ("Adam", "Zoe", "B", "C", "D", "E")}
    for friend in "BCDE":
        for name in ("Adam", "Zoe"):
            await world.as_owner.ask(INTERACT, input={"initiatorId": ids[name], "responderId": ids[friend], "kind": "GREETING"})
    async with world.open_in_other_process() as stores, stores.pool.acquire() as connection:
        stores.graph.connect(driver)
        await stores.graph.wait_until_recovered()
        projector = Projector(connection, driver, stores.redis)
        await projector.projection.prepare()
        await projector.catch_up()
        stranger = ApiClient(lambda: Context(stores, world.wall_clock, None), world.subscriptions)
        await world.as_owner.ask(DELETE_CHARACTER, input={"id": ids["C"]})

        seen, page = [], await _page(stranger, ids, None)
        while page["pageInfo"]["hasNextPage"]:
            seen.append(_names(page))
            page = await _page(stranger, ids, page["pageInfo"]["endCursor"])
        assert [*seen, _names(page)] == [["B"], ["D", "E"]]
        assert not stores.graph.backends.fallbacks


async def _made(world: World, name: str) -> str:
    made = await world.as_owner.ask(CREATE_CHARACTER, input={"ecosystemId": world.id, "name": name})
    return str(made["character"]["id"])


async def _page(visitor: ApiClient, ids: dict[str, str], after: str | None) -> dict[str, Any]:
    found = await visitor.ask(COMMON, id=ids["Adam"], other=ids["Zoe"], after=after)
    page: dict[str, Any] = found["commonNeighbours"]
    return page


def _names(page: dict[str, Any]) -> list[str]:
    return [edge["node"]["name"] for edge in page["edges"]]
