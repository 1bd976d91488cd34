"""Subscription.network: applied to a network that was read, its events give the network that would be read now."""

from typing import Any

import pytest

from tests.documents import CREATE_CHARACTER, DELETE_CHARACTER, REFUSAL, UPDATE_CHARACTER
from tests.graphql_schema.test_network import NETWORK
from tests.visitors import EventReceiver
from tests.world import Person, World

FOLLOW = (
    """
subscription($id: ID!, $after: String) {
  network(ecosystemId: $id, after: $after) {
    ... on NetworkAltered {
      __typename cursor removedCharacterIds places { characterId x y }
      characters { id name isActive } relationships { id from { id } to { id } bond stage }
    }
    ... on CaughtUp { __typename cursor sent }
    ... on CursorLost { __typename head }
    ...refusal
  }
}
"""
    + REFUSAL
)


class Picture:
    """The network of a client: starts from the columns, then applies the events."""

    def __init__(self, network: dict[str, Any]) -> None:
        people, ties = network["characters"], network["relationships"]
        ids = people["characterId"]
        self.names = dict(zip(ids, people["name"], strict=True))
        self.active = dict(zip(ids, people["isActive"], strict=True))
        self.places = dict(zip(ids, zip(people["x"], people["y"], strict=True), strict=True))
        ends = [(ids[a], ids[b]) for a, b in zip(ties["from"], ties["to"], strict=True)]
        self.stages = dict(zip(ends, ties["stage"], strict=True))
        self.as_of = network["asOf"]

    def alter(self, event: dict[str, Any]) -> None:
        for one in event["characters"]:
            self.names[one["id"]], self.active[one["id"]] = one["name"], one["isActive"]
        for place in event["places"]:
            self.places[place["characterId"]] = place["x"], place["y"]
        for tie in event["relationships"]:
            self.stages[tie["from"]["id"], tie["to"]["id"]] = tie["stage"]
        for gone in event["removedCharacterIds"]:
            self.names.pop(gone, None)
            self.active.pop(gone, None)
            self.places.pop(gone, None)
            self.stages = {ends: stage for ends, stage in self.stages.items() if gone not in ends}
        self.as_of = event["cursor"]

    async def follow(self, listener: EventReceiver, head: str) -> None:
        while self.as_of != head:
            event = await listener.receive()
            if event["__typename"] == "CaughtUp":
                self.as_of = event["cursor"]
            else:
                self.alter(event)


async def drawn(world: World) -> Picture:
    return Picture((await world.signed_out.ask(NETWORK, id=world.id))["network"])


async def make_changes(world: World) -> None:
    valjean, javert, cosette, anzelma, zephine = world.people("Valjean", "Javert", "Cosette", "Anzelma", "Zephine")
    await world.interact(valjean, javert, "CONFLICT")
    await world.interact(anzelma, zephine, "CHAT")
    made = await world.as_owner.ask(CREATE_CHARACTER, input={"ecosystemId": world.id, "name": "Azelma"})
    azelma = Person(made["character"]["id"], 78, "Azelma")
    await world.interact(azelma, cosette, "COLLABORATION")
    await world.as_owner.ask(UPDATE_CHARACTER, input={"id": cosette.id, "version": 1, "name": "Euphrasie", "isActive": False})
    await world.as_owner.ask(DELETE_CHARACTER, input={"id": javert.id})


def same(one: Picture, other: Picture) -> None:
    assert one.names == other.names
    assert one.active == other.active
    assert one.stages == other.stages
    assert set(one.places) == set(other.places)
    for id_, place in one.places.items():
        assert place == pytest.approx(other.places[id_]), one.names[id_]


async def test_events_turn_the_network_into_the_present_network(world: World) -> None:
    picture = await drawn(world)
    async with world.signed_out.subscribe(FOLLOW, id=world.id, after=picture.as_of) as listener:
        await make_changes(world)
        await picture.follow(listener, await world.head())
    same(picture, await drawn(world))


async def test_events_after_a_pause_turn_the_network_into_the_present_network(world: World) -> None:
    picture = await drawn(world)
    await make_changes(world)
    async with world.signed_out.subscribe(FOLLOW, id=world.id, after=picture.as_of) as listener:
        events, caught_up = await listener.receive_until_caught_up()
        for event in events:
            picture.alter(event)
    assert caught_up["cursor"] == await world.head()
    same(picture, await drawn(world))


async def test_facts_that_do_not_change_the_network_send_no_event(world: World) -> None:
    head = (await drawn(world)).as_of
    async with world.signed_out.subscribe(FOLLOW, id=world.id) as listener:
        assert await listener.receive() == {"__typename": "CaughtUp", "cursor": head, "sent": 0}
        await world.as_owner.ask(
            "mutation($id: ID!) { setClock(input: {ecosystemId: $id, rate: 2}) { __typename } }", id=world.id
        )
        await world.interact(*world.pair("Valjean", "Javert"))
        [event] = await listener.receive_many(1)
        assert {one["name"] for one in event["characters"]} == {"Valjean", "Javert"}
        assert len(event["relationships"]) == 2
        assert event["removedCharacterIds"] == event["places"] == []


async def test_an_ecosystem_that_the_viewer_may_not_see_is_not_found(world: World) -> None:
    for id_ in ("?", world.person_id(1), world.data.secret_id):
        async with world.as_stranger.subscribe(FOLLOW, id=id_) as listener:
            assert (await listener.receive())["__typename"] == "NotFound"
            await listener.expect_complete()
