"""Ecosystem.activity and Character.activity: the facts without gaps, oldest first."""

from typing import Any

import pytest

from interchange import sample as les_miserables
from tests.documents import ACTIVITY, GRANT_ROLE, REVOKE_ROLE
from tests.world import EDITOR, World

OF_CHARACTER = """
query($id: ID!, $filter: ActivityFilter) {
  character(id: $id) {
    activity(last: 100, filter: $filter) { edges { node { position type ... on StageChanged { fromName toName } } } }
  }
}
"""


async def facts(world: World, visitor: str = "as_owner", **asked: Any) -> list[dict[str, Any]]:
    asked = asked if "first" in asked else {"last": 100, **asked}
    page = (await getattr(world, visitor).ask(ACTIVITY, id=asked.pop("id", world.id), **asked))["activity"]
    return [edge["node"] for edge in page["edges"]]


async def test_positions_have_no_gaps_and_times_never_decrease(sample: World) -> None:
    rows = await sample.rows(
        "SELECT ecosystem_id, array_agg(position ORDER BY position) AS p FROM activity GROUP BY ecosystem_id"
    )
    assert len(rows) == 2
    for row in rows:
        assert row["p"] == list(range(1, len(row["p"]) + 1))
    first = await facts(sample, first=100)
    assert [fact["position"] for fact in first] == list(range(1, 101))
    assert first[0]["__typename"] == "EcosystemCreated"
    assert [fact["worldSeconds"] for fact in first] == sorted(fact["worldSeconds"] for fact in first)


@pytest.mark.parametrize("types", [["STAGE_CHANGED"], ["CHARACTER_CREATED", "MESSAGE_SAID"], ["CONVERSATION_CLOSED"]])
async def test_a_filter_by_types_selects_any_of_them(sample: World, types: list[str]) -> None:
    found = await facts(sample, filter={"types": types})
    counted = await sample.rows(
        "SELECT count(*) FROM activity WHERE ecosystem_id = $1 AND type = ANY($2)",
        les_miserables.SAMPLE_ID,
        [t.lower() for t in types],
    )
    assert len(found) == min(100, counted[0][0]) > 0
    assert {fact["type"] for fact in found} <= set(types)
    positions = [fact["position"] for fact in found]
    assert positions == sorted(set(positions))


async def test_a_filter_by_characters_selects_each_fact_once(sample: World) -> None:
    valjean, javert = sample.people("Valjean", "Javert")
    wanted = {"characterIds": [valjean.id, javert.id], "types": ["STAGE_CHANGED"]}
    found = await facts(sample, filter=wanted)
    assert all({"Valjean", "Javert"} & {fact["fromName"], fact["toName"]} for fact in found)
    positions = [fact["position"] for fact in found]
    assert positions == sorted(set(positions))
    between = [fact for fact in found if {fact["fromName"], fact["toName"]} == {"Valjean", "Javert"}]
    both = await sample.signed_out.ask(OF_CHARACTER, id=valjean.id, filter={**wanted, "characterIds": [javert.id]})
    assert [edge["node"]["position"] for edge in both["activity"]["edges"]][-len(between) :] == [
        fact["position"] for fact in between
    ]
    assert between


async def test_an_empty_list_and_ids_of_another_ecosystem_select_nothing(sample: World) -> None:
    nothing: tuple[dict[str, list[str]], ...] = (
        {"types": []},
        {"characterIds": []},
        {"characterIds": ["?"]},
        {"characterIds": [sample.data.secrets["Ney"]]},
    )
    for wanted in nothing:
        assert await facts(sample, filter=wanted) == []
    many = {"characterIds": [sample.person_id(number) for number in range(101)]}
    assert (await sample.as_owner.expect_error(ACTIVITY, id=sample.id, last=1, filter=many)).code == "INVALID"


async def test_facts_about_members_are_visible_to_owners_and_editors_only(sample: World) -> None:
    """Other viewers see a gap in the positions; their pages are still full."""
    for visitor, seen in (("as_owner", 2), ("as_editor", 2), ("as_observer", 0), ("as_stranger", 0), ("signed_out", 0)):
        private = await facts(sample, visitor, filter={"types": ["MEMBER_GRANTED", "MEMBER_REVOKED"]})
        assert len(private) == seen, visitor
        everything = await facts(sample, visitor)
        assert len(everything) == 100
    granted = await facts(sample, filter={"types": ["MEMBER_GRANTED"]})
    node = "query($id: ID!) { node(id: $id) { id } }"
    assert await sample.as_editor.ask(node, id=granted[0]["id"]) == {"id": granted[0]["id"]}
    assert await sample.as_observer.ask(node, id=granted[0]["id"]) is None


async def test_a_change_of_role_shows_and_hides_facts_about_members(world: World) -> None:
    role = {"ecosystemId": world.id, "userName": EDITOR, "role": "OBSERVER"}
    await world.as_owner.ask(GRANT_ROLE, input=role)
    assert await facts(world, "as_editor", filter={"types": ["MEMBER_GRANTED"]}) == []
    await world.as_owner.ask(REVOKE_ROLE, input={"ecosystemId": world.id, "userId": world.user_id(EDITOR)})
    changes = await facts(world, filter={"types": ["MEMBER_GRANTED", "MEMBER_REVOKED"]})
    assert [(fact["userName"], fact.get("role")) for fact in changes[-2:]] == [("Adèle", "OBSERVER"), ("Adèle", None)]


async def test_head_is_the_cursor_of_the_newest_fact(sample: World) -> None:
    [newest] = await facts(sample, last=1)
    assert newest["cursor"] == await sample.head()
