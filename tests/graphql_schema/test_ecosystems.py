"""ecosystems, User.ecosystems and Ecosystem.members: the ecosystems that a viewer may see, and their members."""

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


async def test_every_viewer_sees_public_ecosystems_and_members_also_their_private_ones(sample: World) -> None:
    for visitor in ("as_owner", "as_editor", "as_observer"):
        assert await names(sample, visitor) == ["Les Misérables", "Waterloo"]
    for visitor in ("as_stranger", "signed_out"):
        assert await names(sample, visitor) == ["Les Misérables"]


async def test_a_search_by_name_ignores_case_and_accents(sample: World) -> None:
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


async def test_the_filter_mine_selects_ecosystems_of_which_the_viewer_is_a_member(sample: World) -> None:
    assert await names(sample, "as_observer", filter={"mine": True}) == ["Les Misérables", "Waterloo"]
    assert await names(sample, "as_stranger", filter={"mine": True}) == []
    assert await names(sample, "signed_out", filter={"mine": True}) == []
    assert await names(sample, "as_stranger", filter={"mine": False}) == ["Les Misérables"]


async def test_an_ecosystem_must_match_all_filters_and_null_is_no_filter(sample: World) -> None:
    assert await names(sample, filter={"visibility": "PRIVATE"}) == ["Waterloo"]
    assert await names(sample, "as_stranger", filter={"visibility": "PRIVATE"}) == []
    assert await names(sample, filter={"visibility": "PUBLIC", "mine": True, "query": "les"}) == ["Les Misérables"]
    assert await names(sample, filter={"visibility": None, "mine": None, "query": None}) == ["Les Misérables", "Waterloo"]
    assert await names(sample, filter=None) == ["Les Misérables", "Waterloo"]


async def test_the_orders_change_with_new_facts_and_names(world: World) -> None:
    world.pass_time(hours=1)
    for name in ("b", "Ä", "a"):
        world.pass_time(minutes=1)
        await world.as_owner.ask(CREATE_ECOSYSTEM, input={"name": name})
    assert (await names(world, orderBy="NAME"))[:3] in (["a", "Ä", "b"], ["Ä", "a", "b"])
    assert (await names(world, orderBy="NEWEST"))[:3] == ["a", "Ä", "b"]
    world.pass_time(minutes=1)
    await world.as_owner.ask(CREATE_CHARACTER, input={"ecosystemId": world.id, "name": "Azelma"})
    assert (await names(world, orderBy="RECENTLY_ACTIVE"))[:4] == ["Les Misérables", "a", "Ä", "b"]


async def test_null_as_the_order_is_an_error(sample: World) -> None:
    assert (await sample.as_owner.expect_error("{ ecosystems(first: 1, orderBy: null) { edges { cursor } } }")).code == (
        "GRAPHQL_VALIDATION_FAILED"
    )


@pytest.mark.parametrize(
    ("visitor", "role"),
    [("as_owner", "OWNER"), ("as_editor", "EDITOR"), ("as_observer", "OBSERVER"), ("as_stranger", "OBSERVER")],
)
async def test_the_seed_is_visible_to_editors_and_the_members_to_members(sample: World, visitor: str, role: str) -> None:
    shown = await getattr(sample, visitor).ask(SHOWN, id=sample.id)
    assert shown["viewerRole"] == role
    assert shown["seed"] == ("295" if role in ("OWNER", "EDITOR") else None)
    if visitor == "as_stranger":
        assert shown["members"] is None
    else:
        members = [(edge["node"]["name"], edge["role"]) for edge in shown["members"]["edges"]]
        assert members == [("Victor", "OWNER"), ("Adèle", "EDITOR"), ("Juliette", "OBSERVER")]


async def test_a_user_lists_only_ecosystems_that_the_viewer_may_see(sample: World) -> None:
    for visitor, seen in (("as_observer", ["Les Misérables", "Waterloo"]), ("as_stranger", ["Les Misérables"])):
        found = await getattr(sample, visitor).ask(OF_USER, id=sample.user_id("Victor"))
        assert [edge["node"]["name"] for edge in found["ecosystems"]["edges"]] == seen
    nobody_s = await sample.as_owner.ask(OF_USER, id=sample.user_id("Louis"))
    assert nobody_s["ecosystems"]["edges"] == []


async def test_a_deleted_ecosystem_is_in_no_list(world: World) -> None:
    await world.as_owner.ask(DELETE_ECOSYSTEM, input={"id": world.id})
    assert await names(world) == ["Waterloo"]
    found = await world.as_owner.ask(OF_USER, id=world.user_id("Adèle"))
    assert [edge["node"]["name"] for edge in found["ecosystems"]["edges"]] == ["Waterloo"]


async def test_every_viewer_may_read_the_rule_sets(sample: World) -> None:
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
