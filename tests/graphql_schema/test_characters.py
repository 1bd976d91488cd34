"""Ecosystem.characters and the fields of Character."""

import pytest

from domain import energy, mood
from tests.documents import CREATE_CHARACTER, CREATE_ECOSYSTEM, UPDATE_CHARACTER
from tests.world import NUMBERS, TRAITS, World

LIST = """
query($id: ID!, $filter: CharacterFilter, $orderBy: CharacterOrder! = NAME) {
  ecosystem(id: $id) { characters(first: 100, filter: $filter, orderBy: $orderBy) { totalCount edges { node { id name } } } }
}
"""
SHOWN = """
query($id: ID!, $kind: InteractionKind! = CONFLICT) {
  character(id: $id) {
    name energy mood isActive version viewerCanAct viewerCanEdit owner { name } ecosystem { id } createdAt updatedAt
    traits { openness conscientiousness extraversion agreeableness neuroticism } restedWorldSeconds(kind: $kind)
  }
}
"""


async def names(world: World, visitor: str = "as_owner", **asked: object) -> list[str]:
    found = (await getattr(world, visitor).ask(LIST, id=world.id, **asked))["characters"]
    listed = [edge["node"]["name"] for edge in found["edges"]]
    assert found["totalCount"] == len(listed)
    return listed


async def test_the_order_by_name_lists_all_77_characters(sample: World) -> None:
    assert sorted(await names(sample)) == sorted(NUMBERS)
    assert (await names(sample))[:3] == ["Anzelma", "Babet", "Bahorel"]


async def test_the_order_newest_begins_with_the_last_created(sample: World) -> None:
    assert await names(sample, orderBy="NEWEST") == list(reversed(NUMBERS))


async def test_the_order_most_active_begins_with_the_most_interactions(sample: World) -> None:
    counts = await sample.rows(
        "SELECT name FROM characters WHERE name <> ALL($1) ORDER BY interaction_count DESC, number DESC",
        ["Ney", "Wellington", "Blücher"],
    )
    listed = await names(sample, orderBy="MOST_ACTIVE")
    assert listed == [row["name"] for row in counts]
    assert listed[0] == "Valjean"


async def test_the_count_of_interactions_is_the_number_of_rows(sample: World) -> None:
    wrong = await sample.rows(
        "SELECT c.name FROM characters c WHERE c.interaction_count <> (SELECT count(*) FROM interactions i "
        "WHERE i.ecosystem_id = c.ecosystem_id AND c.number IN (i.initiator_number, i.responder_number))"
    )
    assert wrong == []


async def test_a_search_by_name_ignores_case_and_accents(sample: World) -> None:
    assert await names(sample, filter={"query": "VALJ"}) == ["Valjean"]
    assert await names(sample, filter={"query": "thénard"}) == ["MmeThenardier", "Thenardier"]
    assert await names(sample, filter={"query": "%"}) == []
    assert len(await names(sample, filter={"query": ""})) == 77
    for strange in ("a\0b", "\ud800", "x" * 10_000, "💥"):
        assert await names(sample, filter={"query": strange}) == []


async def test_a_character_must_match_all_filters(world: World) -> None:
    for visitor, name in ((world.as_owner, "Azelma"), (world.as_editor, "Zelma")):
        await visitor.ask(CREATE_CHARACTER, input={"ecosystemId": world.id, "name": name})
    [javert] = world.people("Javert")
    await world.as_owner.ask(UPDATE_CHARACTER, input={"id": javert.id, "version": 1, "isActive": False})
    assert await names(world, filter={"isActive": False}) == ["Javert"]
    assert len(await names(world, filter={"isActive": True})) == 78
    assert await names(world, filter={"mine": True}) == ["Azelma"]
    assert await names(world, "as_editor", filter={"mine": True}) == ["Zelma"]
    assert await names(world, "signed_out", filter={"mine": True}) == []
    assert await names(world, filter={"mine": True, "isActive": True, "query": "zel"}) == ["Azelma"]
    assert len(await names(world, filter={"mine": False, "isActive": None, "query": None})) == 79


async def test_energy_and_mood_have_their_present_values(sample: World) -> None:
    [valjean] = sample.people("Valjean")
    shown = await sample.signed_out.ask(SHOWN, id=valjean.id)
    [kept] = await sample.rows("SELECT * FROM characters WHERE name = 'Valjean'")
    now = await sample.world_seconds()
    assert shown["energy"] == energy.level_at(kept["energy"], kept["extraversion"], kept["felt_at"], now)
    assert shown["mood"] == mood.level_at(kept["mood"], TRAITS["Valjean"], kept["felt_at"], now)
    assert kept["energy"] / 1e6 < shown["energy"] < 1
    assert shown["restedWorldSeconds"] is None
    assert shown["traits"]["openness"] == TRAITS["Valjean"].openness / 1e6


async def test_a_tired_character_has_the_time_at_which_it_can_act_for_each_kind(world: World) -> None:
    valjean, cosette = world.people("Valjean", "Cosette")
    await world.exhaust(valjean, cosette)
    when = {
        kind: (await world.signed_out.ask(SHOWN, id=valjean.id, kind=kind))["restedWorldSeconds"]
        for kind in ("GREETING", "CHAT", "DEBATE", "CONFLICT")
    }
    assert await world.world_seconds() < when["GREETING"] < when["CHAT"] < when["DEBATE"] < when["CONFLICT"]
    world.pass_time(seconds=when["CONFLICT"] - await world.world_seconds())
    assert (await world.signed_out.ask(SHOWN, id=valjean.id))["energy"] == pytest.approx(0.2)


async def test_a_kind_that_the_rule_set_lacks_is_an_error(world: World) -> None:
    made = await world.as_owner.ask(CREATE_ECOSYSTEM, input={"name": "Hernani", "ruleSet": "script"})
    born = await world.as_owner.ask(CREATE_CHARACTER, input={"ecosystemId": made["ecosystem"]["id"], "name": "Hernani"})
    failure = await world.as_owner.expect_error(SHOWN, id=born["character"]["id"])
    assert failure.code == "INVALID"


async def test_viewer_can_act_agrees_with_the_permission_to_interact(sample: World) -> None:
    can = {
        visitor: [
            (await getattr(sample, visitor).ask(SHOWN, id=id_) or {}).get("viewerCanAct")
            for id_ in (sample.person_id(1), sample.data.secrets["Ney"])
        ]
        for visitor in ("as_owner", "as_editor", "as_observer", "as_stranger", "signed_out")
    }
    assert can == {
        "as_owner": [True, True],
        "as_editor": [True, False],
        "as_observer": [False, False],
        "as_stranger": [False, None],
        "signed_out": [False, None],
    }


async def test_characters_of_the_sample_have_no_owner(sample: World) -> None:
    shown = await sample.signed_out.ask(SHOWN, id=sample.person_id(1))
    assert (shown["owner"], shown["ecosystem"], shown["version"]) == (None, {"id": sample.id}, 1)
    ney = await sample.as_observer.ask(SHOWN, id=sample.data.secrets["Ney"])
    assert ney["owner"] == {"name": "Victor"}
