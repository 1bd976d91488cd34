"""setClock: the rate of world time."""

import pytest

from tests.documents import CLOCK, SET_CLOCK
from tests.world import World


async def test_world_time_continues_from_its_present_value_at_the_new_rate(world: World) -> None:
    was = await world.world_seconds()
    before = await world.head()
    set_ = await world.as_owner.ask(SET_CLOCK, input={"ecosystemId": world.id, "rate": 60})

    assert set_["ecosystem"]["clock"] == {"worldSeconds": was, "rate": 60}
    world.pass_time(seconds=10)
    assert await world.world_seconds() == pytest.approx(was + 600)
    [fact] = await world.activity(after=before)
    assert (fact["__typename"], fact["rate"], fact["worldSeconds"], fact["cursor"]) == ("ClockSet", 60, was, set_["cursor"])
    assert set_["ecosystem"]["version"] == 1


async def test_at_rate_0_world_time_stops_and_no_energy_recovers(world: World) -> None:
    valjean, javert = world.people("Valjean", "Javert")
    await world.interact(valjean, javert, "CONFLICT")
    await world.as_owner.ask(SET_CLOCK, input={"ecosystemId": world.id, "rate": 0})
    energy = "query($id: ID!) { character(id: $id) { energy } }"
    tired = await world.as_owner.ask(energy, id=valjean.id)
    world.pass_time(days=10)
    assert await world.as_owner.ask(energy, id=valjean.id) == tired
    assert (await world.signed_out.ask(CLOCK, id=world.id))["clock"]["rate"] == 0


@pytest.mark.parametrize("rate", [-0.001, 1_000_001, 1e300])
async def test_a_rate_out_of_bounds_is_invalid(world: World, rate: float) -> None:
    async with world.unchanged():
        refusal = await world.as_owner.expect_refusal(SET_CLOCK, input={"ecosystemId": world.id, "rate": rate})
    assert (refusal["__typename"], refusal["problems"][0]["path"]) == ("Invalid", ["rate"])


async def test_only_owners_may_set_the_clock(world: World) -> None:
    stop = {"ecosystemId": world.id, "rate": 0}
    async with world.unchanged():
        for visitor in (world.as_editor, world.as_observer, world.as_stranger):
            refusal = await visitor.expect_refusal(SET_CLOCK, input=stop)
            assert (refusal["__typename"], refusal["neededRole"]) == ("NotAllowed", "OWNER")
        hidden = await world.as_stranger.expect_refusal(SET_CLOCK, input={**stop, "ecosystemId": world.data.secret_id})
        assert hidden["__typename"] == "NotFound"
        assert (await world.signed_out.expect_refusal(SET_CLOCK, input=stop))["__typename"] == "NotSignedIn"
