"""summary: counts that equal the rows, from the views or counted now."""

from datetime import UTC, datetime

import pytest

from db import summaries
from tests.documents import CREATE_CHARACTER, UPDATE_CHARACTER
from tests.world import World

WORLD = """
query($id: ID!) {
  ecosystem(id: $id) {
    summary {
      countedAt characters activeCharacters relationships interactions conversations messages lastActivityAt
      interactionsByKind { kind count } relationshipsByStage { stage count }
    }
  }
}
"""
CHARACTERS = """
query($id: ID!) {
  ecosystem(id: $id) {
    characters(first: 100) {
      edges { node { id name
        summary { countedAt relationships regardedBy friends rivals averageBond interactions messages }
        relationships(first: 100) { totalCount edges { node { bond stage } } }
        incoming: relationships(first: 1, direction: INCOMING) { totalCount }
      } }
    }
  }
}
"""


async def test_counts_of_an_ecosystem_equal_the_rows_of_its_tables(sample: World) -> None:
    counts = (await sample.signed_out.ask(WORLD, id=sample.id))["summary"]
    assert (counts["characters"], counts["activeCharacters"], counts["relationships"]) == (
        77,
        77,
        508 + await _met_since(sample),
    )
    assert (counts["conversations"], counts["messages"], counts["interactions"]) == (5, 12, 2_598 + 11)
    assert sum(kind["count"] for kind in counts["interactionsByKind"]) == counts["interactions"]
    assert sum(stage["count"] for stage in counts["relationshipsByStage"]) == counts["relationships"]
    assert [kind["kind"] for kind in counts["interactionsByKind"]][:2] == ["GREETING", "CHAT"]
    assert len(counts["relationshipsByStage"]) == 6


async def _met_since(world: World) -> int:
    """Relationships that began with the conversation at the Café Musain."""
    [row] = await world.rows(
        "SELECT count(*) FROM character_relationships r JOIN ecosystems e ON e.id = r.ecosystem_id "
        "WHERE e.name = 'Les Misérables' AND r.created_position > (SELECT max(position) FROM activity a "
        "WHERE a.ecosystem_id = e.id AND a.type = 'member_granted')"
    )
    return int(row[0])


async def test_counts_of_each_character_equal_the_lengths_of_its_lists(world: World) -> None:
    world.wall_clock.set(datetime.now(UTC))  # the database counts by its own clock
    page = await world.signed_out.ask(CHARACTERS, id=world.id)
    for edge in page["characters"]["edges"]:
        one, counts = edge["node"], edge["node"]["summary"]
        ties = [tie["node"] for tie in one["relationships"]["edges"]]
        assert counts["relationships"] == one["relationships"]["totalCount"]
        assert counts["regardedBy"] == one["incoming"]["totalCount"]
        assert counts["friends"] == sum(tie["stage"] in ("FRIEND", "CLOSE_FRIEND") for tie in ties)
        assert counts["rivals"] == sum(tie["stage"] in ("RIVAL", "ENEMY") for tie in ties)
        mean = sum(tie["bond"] for tie in ties) / len(ties)
        assert counts["averageBond"] == pytest.approx(mean, abs=1e-3)


async def test_a_character_without_relationships_has_no_average_bond(world: World) -> None:
    made = await world.as_owner.ask(CREATE_CHARACTER, input={"ecosystemId": world.id, "name": "Azelma"})
    counts = await world.signed_out.ask(
        "query($id: ID!) { character(id: $id) { summary { averageBond relationships interactions messages } } }",
        id=made["character"]["id"],
    )
    assert counts["summary"] == {"averageBond": None, "relationships": 0, "interactions": 0, "messages": 0}


async def test_stored_counts_are_used_for_60_seconds_and_then_counted_again(world: World) -> None:
    world.wall_clock.set(datetime.now(UTC))
    async with world.stores.pool.acquire() as connection:
        await summaries.refresh(connection)
    kept = (await world.signed_out.ask(WORLD, id=world.id))["summary"]
    [javert] = world.people("Javert")
    await world.as_owner.ask(UPDATE_CHARACTER, input={"id": javert.id, "version": 1, "isActive": False})

    assert (await world.signed_out.ask(WORLD, id=world.id))["summary"] == kept
    world.pass_time(seconds=61)
    fresh = (await world.signed_out.ask(WORLD, id=world.id))["summary"]
    assert (kept["activeCharacters"], fresh["activeCharacters"]) == (77, 76)
    assert fresh["countedAt"] > kept["countedAt"]
    async with world.stores.pool.acquire() as connection:
        await summaries.refresh(connection)
    assert (await world.signed_out.ask(WORLD, id=world.id))["summary"]["activeCharacters"] == 76


async def test_an_ecosystem_created_after_the_last_refresh_is_counted(world: World) -> None:
    async with world.stores.pool.acquire() as connection:
        await summaries.refresh(connection)
    document = """mutation { createEcosystem(input: {name: "New"}) { ... on EcosystemPayload {
        ecosystem { summary { characters messages lastActivityAt } } } } }"""
    made = await world.as_owner.ask(document)
    assert made["ecosystem"]["summary"]["characters"] == 0
    assert made["ecosystem"]["summary"]["lastActivityAt"] is not None
