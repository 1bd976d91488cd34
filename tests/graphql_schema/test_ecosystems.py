"""ecosystems, User.ecosystems and Ecosystem.members: worlds that the viewer may see, and who lives by them."""

import pytest

from tests.documents import CREATE_CHARACTER, CREATE_ECOSYSTEM, DELETE_ECOSYSTEM
from tests.world import World

LIST = """
query($filter: EcosystemFilter, $orderBy: EcosystemOrder! = NAME) {
  ecosystems(first: 50, filter: $filter, orderBy: $orderBy) { edges { node { name viewerRole seed } } }
}
"""
OF_USER = "query($id: ID!) { node(id: $id) { ... on User { ecosystems(first: 9) { edges { node { name } } } } } }"
SHOWN = """
query($id: ID!) {
  ecosystem(id: $id) {
    name viewerRole seed visibility members(first: 9) { edges { role since node { name } } pageInfo { hasNextPage } }
  }
}
"""


async def names(world: World, visitor: str = "as_owner", **asked: object) -> list[str]:
    page = await getattr(world, visitor).ask(LIST, **asked)
    return [edge["node"]["name"] for edge in page["edges"]]


async def test_everybody_sees_what_is_public_and_members_what_is_theirs(sample: World) -> None:
    for visitor in ("as_owner", "as_editor", "as_observer"):
        assert await names(sample, visitor) == ["Les Misérables", "Waterloo"]
    for visitor in ("as_stranger", "signed_out"):
        assert await names(sample, visitor) == ["Les Misérables"]


async def test_a_part_of_the_name_is_found_whatever_its_case_and_accents(sample: World) -> None:
    for query, found in (
        ("misera", 1),
        ("MISÉRABLES", 1),
        ("é", 2),
        ("water", 1),
        ("%", 0),
        ("_", 0),
        ("'", 0),
        ("  ", 2),
        ("", 2),
    ):
        assert len(await names(sample, filter={"query": query})) == found, query
    for strange in ("a\0b", "\ud800", "x" * 10_000, "💥"):
        assert await names(sample, filter={"query": strange}) == []


async def test_mine_are_those_that_i_am_a_member_of(sample: World) -> None:
    assert await names(sample, "as_observer", filter={"mine": True}) == ["Les Misérables", "Waterloo"]
    assert await names(sample, "as_stranger", filter={"mine": True}) == []
    assert await names(sample, "signed_out", filter={"mine": True}) == []
    assert await names(sample, "as_stranger", filter={"mine": False}) == ["Les Misérables"]


async def test_filters_together_are_all_true_and_null_is_none(sample: World) -> None:
    assert await names(sample, filter={"visibility": "PRIVATE"}) == ["Waterloo"]
    assert await names(sample, "as_stranger", filter={"visibility": "PRIVATE"}) == []
    assert await names(sample, filter={"visibility": "PUBLIC", "mine": True, "query": "les"}) == ["Les Misérables"]
    assert await names(sample, filter={"visibility": None, "mine": None, "query": None}) == ["Les Misérables", "Waterloo"]
    assert await names(sample, filter=None) == ["Les Misérables", "Waterloo"]


async def test_orders_follow_what_happens(world: World) -> None:
    world.pass_time(hours=1)
    for name in ("b", "Ä", "a"):
        world.pass_time(minutes=1)
        await world.as_owner.ask(CREATE_ECOSYSTEM, input={"name": name})
    assert (await names(world, orderBy="NAME"))[:3] in (["a", "Ä", "b"], ["Ä", "a", "b"])
    assert (await names(world, orderBy="NEWEST"))[:3] == ["a", "Ä", "b"]
    world.pass_time(minutes=1)
    await world.as_owner.ask(CREATE_CHARACTER, input={"ecosystemId": world.id, "name": "Azelma"})
    assert (await names(world, orderBy="RECENTLY_ACTIVE"))[:4] == ["Les Misérables", "a", "Ä", "b"]


async def test_an_order_that_is_null_is_refused(sample: World) -> None:
    assert (await sample.as_owner.failed("{ ecosystems(first: 1, orderBy: null) { edges { cursor } } }")).code == (
        "GRAPHQL_VALIDATION_FAILED"
    )


@pytest.mark.parametrize(
    ("visitor", "role"),
    [("as_owner", "OWNER"), ("as_editor", "EDITOR"), ("as_observer", "OBSERVER"), ("as_stranger", "OBSERVER")],
)
async def test_the_seed_is_for_owners_and_editors_the_members_are_for_members(sample: World, visitor: str, role: str) -> None:
    shown = await getattr(sample, visitor).ask(SHOWN, id=sample.id)
    assert shown["viewerRole"] == role
    assert shown["seed"] == ("295" if role in ("OWNER", "EDITOR") else None)
    if visitor == "as_stranger":
        assert shown["members"] is None
    else:
        told = [(edge["node"]["name"], edge["role"]) for edge in shown["members"]["edges"]]
        assert told == [("Victor", "OWNER"), ("Adèle", "EDITOR"), ("Juliette", "OBSERVER")]


async def test_a_user_s_worlds_are_those_that_the_viewer_may_see_too(sample: World) -> None:
    for visitor, seen in (("as_observer", ["Les Misérables", "Waterloo"]), ("as_stranger", ["Les Misérables"])):
        found = await getattr(sample, visitor).ask(OF_USER, id=sample.user_id("Victor"))
        assert [edge["node"]["name"] for edge in found["ecosystems"]["edges"]] == seen
    nobody_s = await sample.as_owner.ask(OF_USER, id=sample.user_id("Louis"))
    assert nobody_s["ecosystems"]["edges"] == []


async def test_what_is_deleted_leaves_every_list(world: World) -> None:
    await world.as_owner.ask(DELETE_ECOSYSTEM, input={"id": world.id})
    assert await names(world) == ["Waterloo"]
    found = await world.as_owner.ask(OF_USER, id=world.user_id("Adèle"))
    assert [edge["node"]["name"] for edge in found["ecosystems"]["edges"]] == ["Waterloo"]


async def test_rule_sets_are_for_everybody(sample: World) -> None:
    document = """{ ruleSets { name version description
        kinds { kind cost affinityRate trustRate familiarityRate baseValence } volitions { name description weight } } }"""
    sets = {each["name"]: each for each in await sample.signed_out.ask(document)}
    assert set(sets) == {"story", "realistic", "script"}
    conflict = next(kind for kind in sets["story"]["kinds"] if kind["kind"] == "CONFLICT")
    assert (conflict["cost"], conflict["baseValence"]) == (0.2, -0.8)
    assert conflict["affinityRate"] == pytest.approx(0.3)
    assert [kind["kind"] for kind in sets["script"]["kinds"]] == ["CHAT"]
    assert len(sets["realistic"]["kinds"]) == 7
    assert all(volition["description"] for volition in sets["story"]["volitions"])
