"""updateEcosystem: the name, description and visibility of an ecosystem."""

import asyncio

from tests.documents import UPDATE_ECOSYSTEM
from tests.world import World


async def test_given_values_change_and_others_do_not(world: World) -> None:
    before = await world.head()
    change = {"id": world.id, "version": 1, "name": "Les Misérables, II", "visibility": None}
    changed = await world.as_owner.ask(UPDATE_ECOSYSTEM, input=change)

    shown = changed["ecosystem"]
    assert (shown["name"], shown["visibility"], shown["version"]) == ("Les Misérables, II", "PUBLIC", 2)
    assert shown["description"].startswith("The sample world")
    assert shown["updatedAt"] > shown["createdAt"]
    [fact] = await world.activity(after=before)
    assert (fact["__typename"], fact["changed"], fact["cursor"]) == ("EcosystemChanged", ["name"], changed["cursor"])


async def test_search_and_order_use_the_new_name(world: World) -> None:
    await world.as_owner.ask(UPDATE_ECOSYSTEM, input={"id": world.id, "version": 1, "name": "Àrmy of Misery"})
    query = "query($query: String!) { ecosystems(first: 5, filter: {query: $query}) { edges { node { name } } } }"
    assert (await world.signed_out.ask(query, query="ARMY"))["edges"] == [{"node": {"name": "Àrmy of Misery"}}]
    assert (await world.signed_out.ask(query, query="Misérables"))["edges"] == []


async def test_equal_values_change_nothing(world: World) -> None:
    async with world.unchanged():
        same = await world.as_owner.ask(UPDATE_ECOSYSTEM, input={"id": world.id, "version": 1, "name": "Les Misérables"})
    assert same["ecosystem"]["version"] == 1
    assert same["cursor"] == await world.head()


async def test_a_version_that_is_not_the_current_one_is_a_conflict(world: World) -> None:
    await world.as_owner.ask(UPDATE_ECOSYSTEM, input={"id": world.id, "version": 1, "name": "First"})
    async with world.unchanged():
        refusal = await world.as_owner.expect_refusal(UPDATE_ECOSYSTEM, input={"id": world.id, "version": 1, "name": "Second"})
    assert (refusal["__typename"], refusal["currentVersion"]) == ("Conflict", 2)


async def test_one_of_many_concurrent_updates_with_one_version_succeeds(world: World) -> None:
    changes = [{"id": world.id, "version": 1, "name": f"Title {n}"} for n in range(6)]
    answers = await asyncio.gather(*(world.as_owner.ask(UPDATE_ECOSYSTEM, input=change) for change in changes))
    assert sorted(answer["__typename"] for answer in answers) == ["Conflict"] * 5 + ["EcosystemPayload"]


async def test_only_owners_may_update(world: World) -> None:
    change = {"id": world.id, "version": 1, "name": "Mine"}
    async with world.unchanged():
        for visitor in (world.as_editor, world.as_observer, world.as_stranger):
            refusal = await visitor.expect_refusal(UPDATE_ECOSYSTEM, input=change)
            assert (refusal["__typename"], refusal["neededRole"]) == ("NotAllowed", "OWNER")
        assert (await world.signed_out.expect_refusal(UPDATE_ECOSYSTEM, input=change))["__typename"] == "NotSignedIn"


async def test_a_private_ecosystem_is_not_found_by_strangers_with_any_input(world: World) -> None:
    for change in ({"name": "Mine"}, {"name": ""}, {"version": 99}):
        refusal = await world.as_stranger.expect_refusal(
            UPDATE_ECOSYSTEM, input={"id": world.data.secret_id, "version": 1, **change}
        )
        assert refusal["__typename"] == "NotFound"


async def test_a_name_that_cannot_be_stored_is_invalid(world: World) -> None:
    async with world.unchanged():
        for name in ("", "x" * 10_000, "a\0b", "a\nb", "\ud83d"):
            refusal = await world.as_owner.expect_refusal(UPDATE_ECOSYSTEM, input={"id": world.id, "version": 1, "name": name})
            assert (refusal["__typename"], refusal["problems"][0]["path"]) == ("Invalid", ["name"])
