"""deleteEcosystem: it deletes an ecosystem with everything in it."""

from interchange import sample
from tests.documents import CREATE_CHARACTER, DELETE_ECOSYSTEM
from tests.world import World

NODE = "query($ids: [ID!]!) { nodes(ids: $ids) { id } }"
TABLES = """
SELECT table_name FROM information_schema.columns
WHERE column_name = 'ecosystem_id' AND table_schema = 'public' AND table_name NOT IN ('deletions', 'answers')
AND table_name IN (SELECT tablename FROM pg_tables)
"""


async def test_no_table_keeps_a_row_of_it_and_other_ecosystems_remain(world: World) -> None:
    gone = await world.as_owner.ask(DELETE_ECOSYSTEM, input={"id": world.data.secret_id})

    assert gone == {"__typename": "DeletePayload", "deletedId": world.data.secret_id, "cursor": None}
    tables = [row[0] for row in await world.rows(TABLES)]
    assert len(tables) >= 10
    for table in tables:
        left = await world.rows(f"SELECT DISTINCT ecosystem_id FROM {table} WHERE ecosystem_id <> $1", sample.SAMPLE_ID)
        assert left == [], table
    ids = list(world.data.secrets.values())
    assert await world.as_owner.ask(NODE, ids=ids) == [None] * len(ids)
    assert await world.as_owner.ask(NODE, ids=[world.id]) == [{"id": world.id}]


async def test_the_deletion_is_recorded_until_the_other_stores_have_followed(world: World) -> None:
    await world.as_owner.ask(DELETE_ECOSYSTEM, input={"id": world.id})
    assert [row["ecosystem_id"] for row in await world.rows("SELECT ecosystem_id FROM deletions")] == [sample.SAMPLE_ID]


async def test_a_deleted_ecosystem_is_not_found(world: World) -> None:
    await world.as_owner.ask(DELETE_ECOSYSTEM, input={"id": world.data.secret_id})
    async with world.unchanged():
        again = await world.as_owner.expect_refusal(DELETE_ECOSYSTEM, input={"id": world.data.secret_id})
        born = {"ecosystemId": world.data.secret_id, "name": "Napoléon"}
        late = await world.as_owner.expect_refusal(CREATE_CHARACTER, input=born)
    assert (again["__typename"], late["__typename"]) == ("NotFound", "NotFound")


async def test_only_owners_may_delete(world: World) -> None:
    async with world.unchanged():
        for visitor in (world.as_editor, world.as_observer, world.as_stranger):
            refusal = await visitor.expect_refusal(DELETE_ECOSYSTEM, input={"id": world.id})
            assert (refusal["__typename"], refusal["neededRole"]) == ("NotAllowed", "OWNER")
        hidden = await world.as_stranger.expect_refusal(DELETE_ECOSYSTEM, input={"id": world.data.secret_id})
        assert hidden["__typename"] == "NotFound"
        assert (await world.signed_out.expect_refusal(DELETE_ECOSYSTEM, input={"id": world.id}))["__typename"] == "NotSignedIn"
