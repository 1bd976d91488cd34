"""Subscription.conversation: the messages of one conversation in order."""

from typing import Any

from tests.documents import CLOSE_CONVERSATION, OPEN_CONVERSATION, REFUSAL, SAY
from tests.world import Person, World

FOLLOW = (
    """
subscription($id: ID!, $after: String) {
  conversation(id: $id, after: $after) {
    ... on MessageAppended {
      __typename cursor message { number text speakerNames interactions(first: 3) { edges { node { responderName } } } }
    }
    ... on CaughtUp { __typename cursor sent }
    ... on CursorLost { __typename head }
    ...refusal
  }
}
"""
    + REFUSAL
)


async def opened(world: World, title: str) -> str:
    talk = {"ecosystemId": world.id, "title": title, "participantIds": []}
    return str((await world.as_owner.ask(OPEN_CONVERSATION, input=talk))["conversation"]["id"])


async def say(world: World, place: str, speaker: Person, text: str) -> dict[str, Any]:
    asked = {"conversationId": place, "speakerId": speaker.id, "text": text}
    done: dict[str, Any] = await world.as_owner.ask(SAY, input=asked)
    return done


async def test_only_messages_of_the_conversation_are_sent_with_their_interactions(world: World) -> None:
    marius, cosette = world.people("Marius", "Cosette")
    place, other = await opened(world, "Rue Plumet"), await opened(world, "Elsewhere")
    async with world.signed_out.subscribe(FOLLOW, id=place) as listener:
        assert (await listener.receive())["sent"] == 0
        await say(world, place, marius, "I")
        await say(world, other, marius, "no")
        await say(world, place, cosette, "you")
        first, second = await listener.receive_many(2)
    assert [event["message"]["number"] for event in (first, second)] == [1, 2]
    assert [event["message"]["text"] for event in (first, second)] == ["I", "you"]
    assert second["message"]["interactions"]["edges"] == [{"node": {"responderName": "Marius"}}]


async def test_all_messages_after_a_cursor_are_sent(world: World) -> None:
    place = await opened(world, "Rue Plumet")
    people = world.people("Marius", "Cosette")
    for nth in range(6):
        await say(world, place, people[nth % 2], f"word {nth}")
    async with world.signed_out.subscribe(FOLLOW, id=place, after=await world.head()) as listener:
        assert await listener.receive_until_caught_up() == (
            [],
            {"__typename": "CaughtUp", "cursor": await world.head(), "sent": 0},
        )
    query = """query($id: ID!) { ecosystem(id: $id) {
        activity(last: 6, filter: {types: [MESSAGE_SAID]}) { edges { cursor } } } }"""
    cursors = [edge["cursor"] for edge in (await world.signed_out.ask(query, id=world.id))["activity"]["edges"]]
    for nth, cursor in enumerate(cursors):
        async with world.signed_out.subscribe(FOLLOW, id=place, after=cursor) as listener:
            events, caught_up = await listener.receive_until_caught_up()
            assert [event["message"]["text"] for event in events] == [f"word {n}" for n in range(nth + 1, 6)]
            assert caught_up["sent"] == len(events)


async def test_a_subscription_to_a_closed_conversation_only_catches_up(world: World) -> None:
    place = await opened(world, "Rue Plumet")
    await world.as_owner.ask(CLOSE_CONVERSATION, input={"id": place})
    async with world.signed_out.subscribe(FOLLOW, id=place) as listener:
        assert (await listener.receive())["__typename"] == "CaughtUp"


async def test_unknown_ids_and_ids_of_other_types_are_not_found(world: World) -> None:
    for id_ in ("", "?", world.id, world.person_id(1), world.data.secrets["conversation"]):
        async with world.as_stranger.subscribe(FOLLOW, id=id_) as listener:
            assert (await listener.receive())["__typename"] == "NotFound"
            await listener.expect_complete()


async def test_a_cursor_of_another_ecosystem_is_lost(world: World) -> None:
    elsewhere = await world.head(world.data.secret_id)
    async with world.signed_out.subscribe(FOLLOW, id=world.data.musain_id, after=elsewhere) as listener:
        event = await listener.receive()
        assert (event["__typename"], event["head"]) == ("CursorLost", await world.head())
        await listener.expect_complete()
