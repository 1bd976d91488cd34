"""closeConversation: it closes a conversation."""

from tests.documents import CLOSE_CONVERSATION, OPEN_CONVERSATION
from tests.world import World


async def opened(world: World) -> str:
    talk = {"ecosystemId": world.id, "title": "Rue Plumet", "participantIds": []}
    return str((await world.as_owner.ask(OPEN_CONVERSATION, input=talk))["conversation"]["id"])


async def test_it_is_closed_at_the_present_world_time_with_a_fact(world: World) -> None:
    place = await opened(world)
    before = await world.head()
    world.pass_time(minutes=5)
    closed = await world.as_editor.ask(CLOSE_CONVERSATION, input={"id": place})

    shown = closed["conversation"]
    assert (shown["isOpen"], shown["closedWorldSeconds"]) == (False, shown["openedWorldSeconds"] + 300)
    [fact] = await world.activity(after=before)
    assert (fact["__typename"], fact["conversation"]) == ("ConversationClosed", {"id": place, "isOpen": False})
    assert fact["cursor"] == closed["cursor"]


async def test_closing_a_closed_conversation_changes_nothing(world: World) -> None:
    place = await opened(world)
    closed = await world.as_owner.ask(CLOSE_CONVERSATION, input={"id": place})
    world.pass_time(hours=1)
    async with world.unchanged():
        again = await world.as_owner.ask(CLOSE_CONVERSATION, input={"id": place})
    assert again == closed


async def test_only_editors_and_owners_may_close(world: World) -> None:
    place = await opened(world)
    async with world.unchanged():
        for visitor in (world.as_observer, world.as_stranger):
            assert (await visitor.expect_refusal(CLOSE_CONVERSATION, input={"id": place}))["neededRole"] == "EDITOR"
        assert (await world.signed_out.expect_refusal(CLOSE_CONVERSATION, input={"id": place}))["__typename"] == "NotSignedIn"
        for id_ in (world.data.secrets["conversation"], world.id, world.people("Valjean")[0].id, ""):
            assert (await world.as_stranger.expect_refusal(CLOSE_CONVERSATION, input={"id": id_}))["__typename"] == "NotFound"
