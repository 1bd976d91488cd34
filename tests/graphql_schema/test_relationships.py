"""Relationships: directed, ordered and filtered by their present values."""

from typing import Any

import pytest

from tests.documents import DELETE_CHARACTER
from tests.world import World

FIELDS = "id bond affinity trust familiarity contact stage mutualStage version from { name } to { name } reverse { id stage }"
OF_ECOSYSTEM = f"""
query(
  $id: ID!, $filter: RelationshipFilter, $orderBy: RelationshipOrder!, $first: Int! = 100, $after: String, $full: Boolean!
) {{
  ecosystem(id: $id) {{ relationships(first: $first, after: $after, filter: $filter, orderBy: $orderBy) {{
    totalCount pageInfo {{ hasNextPage endCursor }}
    edges {{ cursor node {{ id bond stage ... @include(if: $full) {{ {FIELDS} }} }} }}
  }} }}
}}
"""
OF_CHARACTER = f"""
query($id: ID!, $filter: RelationshipFilter, $orderBy: RelationshipOrder! = STRONGEST, $direction: Direction! = OUTGOING) {{
  character(id: $id) {{ relationships(first: 100, direction: $direction, filter: $filter, orderBy: $orderBy) {{
    totalCount edges {{ node {{ {FIELDS} }} }}
  }} }}
}}
"""
WITH = """
query($id: ID!, $other: ID!) {
  character(id: $id) { relationshipWith(characterId: $other) { stage from { name } to { name } } }
}
"""
KEYS: dict[str, Any] = {
    "STRONGEST": lambda tie: -abs(tie["bond"]),
    "WARMEST": lambda tie: -tie["bond"],
    "COLDEST": lambda tie: tie["bond"],
}


async def everything(world: World, order: str = "STRONGEST", *, full: bool = False, **asked: Any) -> list[dict[str, Any]]:
    """All relationships of the ecosystem, from all pages: ID, bond and stage, or all fields."""
    asked |= {"id": world.id, "orderBy": order, "full": full}
    found: list[dict[str, Any]] = []
    after = None
    while True:
        page = (await world.signed_out.ask(OF_ECOSYSTEM, after=after, **asked))["relationships"]
        found += [edge["node"] for edge in page["edges"]]
        if not page["pageInfo"]["hasNextPage"]:
            assert page["totalCount"] == len(found)
            return found
        after = page["pageInfo"]["endCursor"]


@pytest.mark.parametrize("order", KEYS)
async def test_a_list_is_ordered_by_its_present_bonds(sample: World, order: str) -> None:
    ties = await everything(sample, order)
    assert len({tie["id"] for tie in ties}) == len(ties) >= 508
    values = [KEYS[order](tie) for tie in ties]
    assert values == pytest.approx(sorted(values), abs=1e-9)


async def test_each_direction_of_a_character_is_ordered_by_present_bonds(sample: World) -> None:
    [valjean] = sample.people("Valjean")
    for direction, end in (("OUTGOING", "from"), ("INCOMING", "to")):
        for order, key in KEYS.items():
            page = (await sample.signed_out.ask(OF_CHARACTER, id=valjean.id, orderBy=order, direction=direction))[
                "relationships"
            ]
            ties = [edge["node"] for edge in page["edges"]]
            assert {tie[end]["name"] for tie in ties} == {"Valjean"}
            assert len(ties) == page["totalCount"] == 36
            values = [key(tie) for tie in ties]
            assert values == pytest.approx(sorted(values), abs=1e-9)


async def test_the_order_newest_begins_with_the_last_created(world: World) -> None:
    one, other = world.people("Anzelma", "Zephine")
    await world.interact(one, other)
    page = await world.signed_out.ask(OF_ECOSYSTEM, id=world.id, orderBy="NEWEST", first=2, full=True)
    newest = [(edge["node"]["from"]["name"], edge["node"]["to"]["name"]) for edge in page["relationships"]["edges"]]
    assert sorted(newest) == [("Anzelma", "Zephine"), ("Zephine", "Anzelma")]


async def test_a_filter_by_bond_uses_the_present_bonds(world: World) -> None:
    ties = await everything(world)
    bonds = sorted(tie["bond"] for tie in ties)
    low, high = bonds[len(bonds) // 4] - 1e-9, bonds[3 * len(bonds) // 4] + 1e-9
    between = await everything(world, filter={"minBond": low, "maxBond": high})
    assert {tie["id"] for tie in between} == {tie["id"] for tie in ties if low <= tie["bond"] <= high}
    strong = {"minBond": max(bonds) - 1e-6}
    assert len(await everything(world, filter=strong)) == 1
    world.pass_time(days=30)
    assert await everything(world, filter=strong) == []


async def test_a_filter_selects_any_of_the_stages_and_an_empty_list_nothing(sample: World) -> None:
    ties = await everything(sample)
    for stages in (["ENEMY"], ["FRIEND", "CLOSE_FRIEND"], ["STRANGER", "STRANGER"]):
        wanted = [tie["id"] for tie in ties if tie["stage"] in stages]
        assert sorted(tie["id"] for tie in await everything(sample, filter={"stages": stages})) == sorted(wanted)
        assert wanted
    assert await everything(sample, filter={"stages": []}) == []
    assert len(await everything(sample, filter={"stages": None, "minBond": None})) == len(ties)
    assert await everything(sample, filter={"stages": ["ENEMY"], "minBond": 0}) == []
    for beyond in ({"minBond": 2}, {"maxBond": -1e300}, {"minBond": 1e308}):
        assert await everything(sample, filter=beyond) == []


async def test_later_pages_keep_the_order_at_the_time_of_the_first_page(world: World) -> None:
    """Bonds fade at different rates, so the order changes within a month; pages that started before keep the old order."""
    whole = [tie["id"] for tie in await everything(world, "WARMEST")]
    page = (await world.signed_out.ask(OF_ECOSYSTEM, id=world.id, orderBy="WARMEST", full=False))["relationships"]
    walked = [edge["node"]["id"] for edge in page["edges"]]
    world.pass_time(days=3)
    while page["pageInfo"]["hasNextPage"]:
        after = page["pageInfo"]["endCursor"]
        page = (await world.signed_out.ask(OF_ECOSYSTEM, id=world.id, orderBy="WARMEST", full=False, after=after))[
            "relationships"
        ]
        walked += [edge["node"]["id"] for edge in page["edges"]]
    assert walked == whole
    assert [tie["id"] for tie in await everything(world, "WARMEST")] != whole


async def test_both_directions_are_separate_and_share_the_mutual_stage(sample: World) -> None:
    ties = {(tie["from"]["name"], tie["to"]["name"]): tie for tie in await everything(sample, full=True)}
    ranks = {"STRANGER": 0, "ACQUAINTANCE": 1, "FRIEND": 2, "CLOSE_FRIEND": 3}
    for (one, other), tie in ties.items():
        back = ties[other, one]
        assert tie["reverse"] == {"id": back["id"], "stage": back["stage"]}
        assert tie["mutualStage"] == back["mutualStage"]
        both = {tie["stage"], back["stage"]}
        if both <= set(ranks):
            assert tie["mutualStage"] == min(both, key=lambda stage: ranks[stage])
        else:
            assert tie["mutualStage"] == ("ENEMY" if "ENEMY" in both else "RIVAL")


async def test_relationship_with_returns_the_relationship_to_one_character(sample: World) -> None:
    valjean, javert, anzelma = sample.people("Valjean", "Javert", "Anzelma")
    met = await sample.signed_out.ask(WITH, id=valjean.id, other=javert.id)
    assert met["relationshipWith"] == {"stage": "ENEMY", "from": {"name": "Valjean"}, "to": {"name": "Javert"}}
    for other in (anzelma.id, valjean.id, sample.person_id(500), sample.data.secrets["Ney"]):
        assert (await sample.signed_out.ask(WITH, id=valjean.id, other=other))["relationshipWith"] is None
    assert (await sample.signed_out.expect_error(WITH, id=valjean.id, other="nobody")).code == "NOT_FOUND"


async def test_relationships_of_a_deleted_character_are_in_no_list(world: World) -> None:
    javert, valjean = world.people("Javert", "Valjean")
    await world.as_owner.ask(DELETE_CHARACTER, input={"id": javert.id})
    ties = (await world.signed_out.ask(OF_CHARACTER, id=valjean.id))["relationships"]
    assert ties["totalCount"] == 35
    assert "Javert" not in {edge["node"]["to"]["name"] for edge in ties["edges"]}


async def test_its_interactions_have_either_character_as_initiator(sample: World) -> None:
    document = """query($id: ID!, $other: ID!) { character(id: $id) { relationshipWith(characterId: $other) {
        version interactions(first: 100) { edges { node { initiatorName responderName worldSeconds } } } } } }"""
    valjean, javert = sample.people("Valjean", "Javert")
    tie = (await sample.signed_out.ask(document, id=valjean.id, other=javert.id))["relationshipWith"]
    acts = [edge["node"] for edge in tie["interactions"]["edges"]]
    assert len(acts) == tie["version"]
    assert {(act["initiatorName"], act["responderName"]) for act in acts} == {("Valjean", "Javert"), ("Javert", "Valjean")}
    assert [act["worldSeconds"] for act in acts] == sorted(act["worldSeconds"] for act in acts)
