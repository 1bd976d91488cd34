"""The sample world in the database."""

from uuid import uuid4

from db import users
from db.rows import Row
from db.stores import Stores
from db.users import User
from domain.clock import WallClock
from interchange import les_miserables, sample
from tests.interchange import stored


async def test_the_stored_sums_of_the_sample_world_are_exact(stores: Stores, wall: WallClock) -> None:
    id_ = await sample.build_sample_world(stores, wall)

    sums = await stores.database.fetchrow(
        "SELECT sum(affinity) AS affinity, sum(bond) AS bond, sum(trust) AS trust, sum(familiarity) AS familiarity, "
        "count(*) AS ties FROM character_relationships WHERE ecosystem_id = $1",
        id_, record_class=Row,
    )  # fmt: skip
    assert sums is not None
    assert dict(sums) == {"affinity": 60412822, "bond": 37354982, "trust": 172479955, "familiarity": 243653288, "ties": 508}
    world = await stored.world(stores, id_)
    assert (world["head"], world["characters_made"], world["visibility"]) == (1 + 77 + 2598 + 600, 77, "public")
    assert (world["clock_world_seconds"], world["clock_rate"]) == (les_miserables.ENDS_AT, 1.0)


async def test_the_positions_of_its_facts_are_dense_and_in_the_order_of_time(stores: Stores, wall: WallClock) -> None:
    id_ = await sample.build_sample_world(stores, wall)

    facts = await stored.rows(stores, "activity", id_, "position")

    assert [fact["position"] for fact in facts] == list(range(1, 3277))
    assert [fact["world_seconds"] for fact in facts] == sorted(fact["world_seconds"] for fact in facts)


async def test_the_sample_world_is_built_once(stores: Stores, wall: WallClock) -> None:
    first = await sample.build_sample_world(stores, wall)
    before = await stored.archive(stores, first)

    assert await sample.build_sample_world(stores, wall) == first
    assert await stored.archive(stores, first) == before


async def test_the_sample_world_may_have_an_owner(stores: Stores, wall: WallClock) -> None:
    owner = User(id=uuid4(), name="Ann", name_key="ann", created_at=wall.now())
    async with stores.database.transaction() as connection:
        await users.insert(connection, owner)

    id_ = await sample.build_sample_world(stores, wall, owner.id)

    assert [(member["user_id"], member["role"]) for member in await stored.rows(stores, "members", id_, "since")] == [
        (owner.id, "owner")
    ]
