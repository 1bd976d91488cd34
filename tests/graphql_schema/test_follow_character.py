"""Subscription.character: one character after each fact that changed it."""

import pytest

from tests.documents import DELETE_CHARACTER, REFUSAL, UPDATE_CHARACTER
from tests.world import World

FOLLOW = (
    """
subscription($id: ID!, $after: String) {
  character(id: $id, after: $after) {
    ... on CharacterAltered { __typename cursor character { name energy version } because { type cursor } }
    ... on CaughtUp { __typename cursor sent }
    ... on CursorLost { __typename head }
    ...refusal
  }
}
"""
    + REFUSAL
)


async def test_each_fact_that_changes_it_sends_its_present_state(world: World) -> None:
    valjean, javert, cosette = world.people("Valjean", "Javert", "Cosette")
    async with world.signed_out.subscribe(FOLLOW, id=valjean.id) as listener:
        assert (await listener.receive())["sent"] == 0
        met = await world.interact(javert, valjean, "CONFLICT")
        [event] = await listener.receive_many(1)
        assert event["because"]["type"] == "INTERACTED"
        assert event["character"]["energy"] == pytest.approx(met["responder"]["energy"])
        await world.interact(javert, cosette)
        await world.as_owner.ask(UPDATE_CHARACTER, input={"id": valjean.id, "version": 1, "name": "Madeleine"})
        [event] = await listener.receive_many(1)
        assert (event["because"]["type"], event["character"]["name"], event["character"]["version"]) == (
            "CHARACTER_CHANGED", "Madeleine", 2,
        )  # fmt: skip
        assert event["cursor"] == event["because"]["cursor"] == await world.head()


async def test_all_changes_after_a_cursor_are_sent(world: World) -> None:
    valjean, javert = world.people("Valjean", "Javert")
    head = await world.head()
    for _ in range(3):
        await world.interact(valjean, javert)
    async with world.signed_out.subscribe(FOLLOW, id=javert.id, after=head) as listener:
        events, caught_up = await listener.receive_until_caught_up()
    assert [event["because"]["type"] for event in events] == ["INTERACTED"] * 3
    assert caught_up == {"__typename": "CaughtUp", "cursor": await world.head(), "sent": 3}


async def test_its_deletion_ends_the_subscription_with_not_found(world: World) -> None:
    [javert] = world.people("Javert")
    async with world.signed_out.subscribe(FOLLOW, id=javert.id) as listener:
        await listener.receive()
        await world.as_owner.ask(DELETE_CHARACTER, input={"id": javert.id})
        event = await listener.receive()
        assert (event["__typename"], event["missingId"]) == ("NotFound", javert.id)
        await listener.expect_complete()


async def test_unknown_ids_and_ids_of_other_types_are_not_found(world: World) -> None:
    for id_ in ("", "?", world.id, world.person_id(500), world.data.secrets["Ney"]):
        async with world.as_stranger.subscribe(FOLLOW, id=id_) as listener:
            assert (await listener.receive())["__typename"] == "NotFound"
            await listener.expect_complete()
