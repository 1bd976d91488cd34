"""updateCharacter: name, description, traits and activity."""

import asyncio

import pytest

from tests.documents import UPDATE_CHARACTER
from tests.world import World

LIFE = "query($id: ID!) { character(id: $id) { energy mood name isActive version updatedAt traits { extraversion openness } } }"


async def test_given_values_change_and_the_fact_names_them(world: World) -> None:
    [valjean] = world.people("Valjean")
    before = await world.head()
    change = {"id": valjean.id, "version": 1, "name": "Madeleine", "isActive": False, "traits": {"openness": 0.25}}
    changed = await world.as_editor.ask(UPDATE_CHARACTER, input=change)

    shown = changed["character"]
    assert (shown["name"], shown["isActive"], shown["version"], shown["traits"]["openness"]) == ("Madeleine", False, 2, 0.25)
    [fact] = await world.activity(after=before)
    assert (fact["__typename"], fact["characterName"]) == ("CharacterChanged", "Madeleine")
    assert sorted(fact["changed"]) == ["isActive", "name", "openness"]
    assert fact["cursor"] == changed["cursor"]


async def test_new_traits_change_the_recovery_and_not_the_present_energy(world: World) -> None:
    [valjean], cosette = world.people("Valjean"), world.people("Cosette")[0]
    await world.exhaust(valjean, cosette)
    was = await world.as_owner.ask(LIFE, id=valjean.id)
    extraversion = 0.0 if was["traits"]["extraversion"] > 0.5 else 1.0
    change = {"id": valjean.id, "version": 1, "traits": {"extraversion": extraversion}}
    await world.as_owner.ask(UPDATE_CHARACTER, input=change)

    now = await world.as_owner.ask(LIFE, id=valjean.id)
    assert now["energy"] == pytest.approx(was["energy"], abs=1e-6)
    assert now["mood"] == pytest.approx(was["mood"], abs=1e-6)
    half_life = 8 * (1.25 - 0.5 * extraversion)
    world.pass_time(hours=half_life)
    rested = await world.as_owner.ask(LIFE, id=valjean.id)
    assert rested["energy"] == pytest.approx(1 - (1 - was["energy"]) / 2, abs=1e-5)


async def test_an_interaction_does_not_change_the_version(world: World) -> None:
    valjean, javert = world.people("Valjean", "Javert")
    was = await world.as_owner.ask(LIFE, id=valjean.id)
    await world.interact(valjean, javert)
    now = await world.as_owner.ask(LIFE, id=valjean.id)
    assert (now["version"], now["updatedAt"]) == (was["version"], was["updatedAt"])
    assert now["energy"] < was["energy"]


async def test_equal_values_change_nothing(world: World) -> None:
    [valjean] = world.people("Valjean")
    async with world.unchanged():
        same = {"id": valjean.id, "version": 1, "name": "Valjean", "isActive": True, "traits": {}, "description": None}
        answer = await world.as_owner.ask(UPDATE_CHARACTER, input=same)
    assert (answer["character"]["version"], answer["cursor"]) == (1, await world.head())


async def test_one_of_many_concurrent_updates_with_one_version_succeeds(world: World) -> None:
    [valjean] = world.people("Valjean")
    changes = [{"id": valjean.id, "version": 1, "name": f"24{n}01"} for n in range(6)]
    answers = await asyncio.gather(*(world.as_owner.ask(UPDATE_CHARACTER, input=change) for change in changes))
    assert sorted(answer["__typename"] for answer in answers) == ["CharacterPayload"] + ["Conflict"] * 5
    assert {answer["currentVersion"] for answer in answers if answer["__typename"] == "Conflict"} == {2}


@pytest.mark.parametrize(
    ("change", "path"),
    [
        ({"name": ""}, ["name"]),
        ({"name": "x" * 10_000}, ["name"]),
        ({"name": "\0"}, ["name"]),
        ({"description": "x" * 10_001}, ["description"]),
        ({"description": "\0"}, ["description"]),
        ({"traits": {"openness": 2}}, ["traits", "openness"]),
        ({"traits": {"mood": 1}}, None),
    ],
)
async def test_values_that_cannot_be_stored_are_invalid(
    world: World, change: dict[str, object], path: list[str] | None
) -> None:
    asked = {"id": world.people("Valjean")[0].id, "version": 1, **change}
    async with world.unchanged():
        if path is None:
            assert (await world.as_owner.expect_error(UPDATE_CHARACTER, input=asked)).code == "BAD_USER_INPUT"
        else:
            refusal = await world.as_owner.expect_refusal(UPDATE_CHARACTER, input=asked)
            assert (refusal["__typename"], refusal["problems"][0]["path"]) == ("Invalid", path)


async def test_the_owner_or_else_editors_and_owners_of_the_ecosystem_may_edit(world: World) -> None:
    async with world.unchanged():
        asked = {"id": world.people("Valjean")[0].id, "version": 1, "name": "Mine"}
        for visitor in (world.as_observer, world.as_stranger):
            refusal = await visitor.expect_refusal(UPDATE_CHARACTER, input=asked)
            assert (refusal["__typename"], refusal["neededRole"]) == ("NotAllowed", "EDITOR")
        assert (await world.signed_out.expect_refusal(UPDATE_CHARACTER, input=asked))["__typename"] == "NotSignedIn"
        victors = {**asked, "id": world.data.secrets["Ney"]}
        assert (await world.as_editor.expect_refusal(UPDATE_CHARACTER, input=victors))["neededRole"] == "OWNER"
        assert (await world.as_stranger.expect_refusal(UPDATE_CHARACTER, input=victors))["__typename"] == "NotFound"
        nobody = {**asked, "id": world.person_id(500)}
        assert (await world.as_owner.expect_refusal(UPDATE_CHARACTER, input=nobody))["missingId"] == world.person_id(500)
