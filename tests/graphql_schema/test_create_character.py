"""createCharacter: a new character of an ecosystem."""

import asyncio

import pytest

from domain.characters import Traits
from domain.mood import baseline
from tests.documents import CREATE_CHARACTER
from tests.world import World


async def test_the_creator_owns_it_and_it_is_rested_in_its_usual_mood(world: World) -> None:
    before = await world.head()
    traits = {"openness": 0.9, "agreeableness": 0, "neuroticism": 1}
    asked = {"ecosystemId": world.id, "name": "Azelma", "description": "A daughter\nof the inn", "traits": traits}
    made = await world.as_editor.ask(CREATE_CHARACTER, input=asked)

    shown = made["character"]
    assert (shown["name"], shown["description"], shown["owner"]) == ("Azelma", "A daughter\nof the inn", {"name": "Adèle"})
    assert shown["traits"] == {
        "openness": 0.9, "conscientiousness": 0.5, "extraversion": 0.5, "agreeableness": 0, "neuroticism": 1,
    }  # fmt: skip
    usual = baseline(Traits(900_000, 500_000, 500_000, 0, 1_000_000)) / 1_000_000
    assert (shown["energy"], shown["isActive"], shown["version"]) == (1, True, 1)
    assert shown["mood"] == pytest.approx(usual, abs=1e-6)
    assert shown["viewerCanAct"] is shown["viewerCanEdit"] is True
    [fact] = await world.activity(after=before)
    assert (fact["__typename"], fact["characterName"], fact["character"]) == ("CharacterCreated", "Azelma", {"id": shown["id"]})
    assert (fact["actor"], fact["cursor"]) == ({"name": "Adèle"}, made["cursor"])


async def test_numbers_continue_after_the_sample_and_are_never_reused(world: World) -> None:
    asked = [{"ecosystemId": world.id, "name": f"Student {n}"} for n in range(10)]
    made = await asyncio.gather(*(world.as_owner.ask(CREATE_CHARACTER, input=each) for each in asked))
    assert {each["character"]["id"] for each in made} == {world.person_id(number) for number in range(78, 88)}


@pytest.mark.parametrize("name", ["😀👨‍👩‍👧", "عنترة بن شداد", "ʻŌiwi", "x" * 200, "a b"])
async def test_names_in_every_script_are_stored_unchanged(world: World, name: str) -> None:
    made = await world.as_owner.ask(CREATE_CHARACTER, input={"ecosystemId": world.id, "name": name})
    assert made["character"]["name"] == name


@pytest.mark.parametrize("name", ["", " \t ", "x" * 10_000, "Val\0jean", "Val\njean", "\udc00"])
async def test_a_name_that_cannot_be_stored_is_invalid(world: World, name: str) -> None:
    async with world.unchanged():
        refusal = await world.as_owner.expect_refusal(CREATE_CHARACTER, input={"ecosystemId": world.id, "name": name})
    assert (refusal["__typename"], refusal["problems"][0]["path"]) == ("Invalid", ["name"])


async def test_all_errors_of_traits_and_description_are_reported_together(world: World) -> None:
    wrong = {"openness": -0.1, "neuroticism": 1.1}
    asked = {"ecosystemId": world.id, "name": "A", "description": "x" * 10_001, "traits": wrong}
    async with world.unchanged():
        refusal = await world.as_owner.expect_refusal(CREATE_CHARACTER, input=asked)
    paths = [problem["path"] for problem in refusal["problems"]]
    assert paths == [["description"], ["traits", "openness"], ["traits", "neuroticism"]]


async def test_editors_may_create_and_observers_may_not(world: World) -> None:
    asked = {"ecosystemId": world.id, "name": "Azelma"}
    async with world.unchanged():
        for visitor in (world.as_observer, world.as_stranger):
            refusal = await visitor.expect_refusal(CREATE_CHARACTER, input=asked)
            assert (refusal["__typename"], refusal["neededRole"]) == ("NotAllowed", "EDITOR")
        assert (await world.signed_out.expect_refusal(CREATE_CHARACTER, input=asked))["__typename"] == "NotSignedIn"


async def test_an_ecosystem_that_the_viewer_may_not_see_is_not_found(world: World) -> None:
    async with world.unchanged():
        for id_ in (world.data.secret_id, world.people("Valjean")[0].id, "AAAA", ""):
            refusal = await world.as_stranger.expect_refusal(CREATE_CHARACTER, input={"ecosystemId": id_, "name": "Spy"})
            assert refusal["__typename"] == "NotFound"
