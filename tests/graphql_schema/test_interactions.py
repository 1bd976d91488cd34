"""Lists of interactions: of an ecosystem, a character, a pair and a message."""

from typing import Any

import pytest

from tests.world import World

LIST = """
query($id: ID!, $filter: InteractionFilter, $first: Int, $last: Int) {
  node(id: $id) {
    ... on Ecosystem { ofAll: interactions(first: $first, last: $last, filter: $filter) { ...page } }
    ... on Character { ofOne: interactions(first: $first, last: $last, filter: $filter) { ...page } }
  }
}
fragment page on InteractionConnection {
  edges { node { id kind accepted initiatorName responderName worldSeconds chance drawn initiator { id } } }
}
"""


async def listed(world: World, id_: str, visitor: str = "signed_out", **asked: Any) -> list[dict[str, Any]]:
    asked = asked if "first" in asked else {"last": 100, **asked}
    [page] = (await getattr(world, visitor).ask(LIST, id=id_, **asked)).values()
    return [edge["node"] for edge in page["edges"]]


async def test_the_oldest_comes_first_and_the_last_page_is_the_newest(sample: World) -> None:
    first, last = await listed(sample, sample.id, first=50), await listed(sample, sample.id)
    assert [act["worldSeconds"] for act in first + last] == sorted(act["worldSeconds"] for act in first + last)
    assert last[-1]["kind"] == "CHAT"
    assert all(act["drawn"] is None or act["accepted"] == (act["drawn"] < act["chance"]) for act in first + last)


@pytest.mark.parametrize("kinds", [["CONFLICT"], ["GREETING", "DEBATE"], ["CHAT", "CHAT"]])
async def test_a_filter_selects_any_of_the_kinds(sample: World, kinds: list[str]) -> None:
    acts = await listed(sample, sample.id, filter={"kinds": kinds})
    assert {act["kind"] for act in acts} == set(kinds)
    assert len({act["id"] for act in acts}) == 100


async def test_a_filter_selects_accepted_or_declined_interactions(sample: World) -> None:
    for accepted in (True, False):
        assert {act["accepted"] for act in await listed(sample, sample.id, filter={"accepted": accepted})} == {accepted}


async def test_a_character_lists_its_interactions_as_initiator_and_as_responder(sample: World) -> None:
    [gavroche] = sample.people("Gavroche")
    acts = await listed(sample, gavroche.id)
    assert all("Gavroche" in (act["initiatorName"], act["responderName"]) for act in acts)
    assert {act["initiatorName"] == "Gavroche" for act in acts} == {True, False}
    assert [act["worldSeconds"] for act in acts] == sorted(act["worldSeconds"] for act in acts)


async def test_a_filter_selects_interactions_of_any_of_the_characters(sample: World) -> None:
    valjean, javert = sample.people("Valjean", "Javert")
    acts = await listed(sample, sample.id, filter={"characterIds": [valjean.id, javert.id], "kinds": ["CONFLICT"]})
    assert all({"Valjean", "Javert"} & {act["initiatorName"], act["responderName"]} for act in acts)
    both = await listed(sample, valjean.id, filter={"characterIds": [javert.id]})
    assert all({act["initiatorName"], act["responderName"]} == {"Valjean", "Javert"} for act in both)
    assert len(both) > 5


async def test_an_empty_list_and_ids_of_another_ecosystem_select_nothing(sample: World) -> None:
    nothing: tuple[dict[str, list[str]], ...] = (
        {"kinds": []},
        {"characterIds": []},
        {"characterIds": ["nobody"]},
        {"characterIds": [sample.id]},
        {"characterIds": [sample.data.secrets["Wellington"]]},
        {"characterIds": [sample.person_id(999)]},
    )
    for wanted in nothing:
        assert await listed(sample, sample.id, "as_owner", filter=wanted) == [], wanted
        assert await listed(sample, sample.person_id(74), "as_owner", filter=wanted) == [], wanted
    for everything in ({}, {"kinds": None, "accepted": None, "characterIds": None}, None):
        assert len(await listed(sample, sample.id, filter=everything)) == 100


async def test_more_than_100_ids_in_a_filter_are_refused(sample: World) -> None:
    ids = [sample.person_id(number) for number in range(1, 102)]
    failure = await sample.signed_out.expect_error(LIST, id=sample.id, last=1, filter={"characterIds": ids})
    assert failure.code == "INVALID"
