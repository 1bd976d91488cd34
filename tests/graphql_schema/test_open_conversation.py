"""openConversation: a new conversation with its invited participants."""

import pytest

from tests.documents import OPEN_CONVERSATION, UPDATE_CHARACTER
from tests.world import World


def asked(world: World, *names: str, **more: object) -> dict[str, object]:
    ids = [person.id for person in world.people(*names)]
    return {"ecosystemId": world.id, "title": "At the barricade", "participantIds": ids, **more}


async def test_the_invited_take_part_once_each_in_the_given_order(world: World) -> None:
    before, now = await world.head(), await world.world_seconds()
    names = ("Enjolras", "Combeferre", "Enjolras", "Gavroche")
    opened = await world.as_editor.ask(OPEN_CONVERSATION, input=asked(world, *names))

    shown = opened["conversation"]
    assert [edge["node"]["name"] for edge in shown["participants"]["edges"]] == ["Enjolras", "Combeferre", "Gavroche"]
    assert (shown["title"], shown["isOpen"], shown["openedWorldSeconds"]) == ("At the barricade", True, now)
    assert (shown["closedWorldSeconds"], shown["messages"]["totalCount"]) == (None, 0)
    [fact] = await world.activity(after=before)
    assert (fact["__typename"], fact["cursor"]) == ("ConversationOpened", opened["cursor"])
    assert fact["conversation"] == {"id": shown["id"], "title": "At the barricade"}


async def test_the_fact_is_about_all_participants(world: World) -> None:
    await world.as_owner.ask(OPEN_CONVERSATION, input=asked(world, "Enjolras", "Gavroche"))
    query = "query($id: ID!) { character(id: $id) { activity(last: 1) { edges { node { type } } } } }"
    for person in world.people("Enjolras", "Gavroche"):
        page = await world.signed_out.ask(query, id=person.id)
        assert page["activity"]["edges"] == [{"node": {"type": "CONVERSATION_OPENED"}}]


async def test_a_conversation_without_invitations_is_valid(world: World) -> None:
    opened = await world.as_owner.ask(OPEN_CONVERSATION, input=asked(world))
    assert opened["conversation"]["participants"] == {"totalCount": 0, "edges": []}


@pytest.mark.parametrize("title", ["", " ", "x" * 501, "a\0b", "two\nlines", "\ud800"])
async def test_a_title_that_cannot_be_stored_is_invalid(world: World, title: str) -> None:
    async with world.unchanged():
        refusal = await world.as_owner.expect_refusal(OPEN_CONVERSATION, input=asked(world, title=title))
    assert (refusal["__typename"], refusal["problems"][0]["path"]) == ("Invalid", ["title"])


async def test_characters_of_another_ecosystem_cannot_be_invited(world: World) -> None:
    async with world.unchanged():
        across = await world.as_owner.expect_refusal(
            OPEN_CONVERSATION, input=asked(world, participantIds=[world.data.secrets["Ney"]])
        )
        assert (across["__typename"], across["problems"][0]["path"]) == ("Invalid", ["participantIds"])
        for id_ in (world.person_id(500), world.id, "nobody"):
            refusal = await world.as_owner.expect_refusal(OPEN_CONVERSATION, input=asked(world, participantIds=[id_]))
            assert (refusal["__typename"], refusal["missingId"]) == ("NotFound", id_)


async def test_at_most_100_characters_can_be_invited(world: World) -> None:
    many = [world.person_id(number) for number in range(1, 102)]
    async with world.unchanged():
        refusal = await world.as_owner.expect_refusal(OPEN_CONVERSATION, input=asked(world, participantIds=many))
    assert (refusal["__typename"], refusal["problems"][0]["path"]) == ("Invalid", ["participantIds"])


async def test_inactive_characters_cannot_be_invited(world: World) -> None:
    [gavroche] = world.people("Gavroche")
    await world.as_owner.ask(UPDATE_CHARACTER, input={"id": gavroche.id, "version": 1, "isActive": False})
    async with world.unchanged():
        refusal = await world.as_owner.expect_refusal(OPEN_CONVERSATION, input=asked(world, "Enjolras", "Gavroche"))
    assert (refusal["__typename"], refusal["character"]["name"]) == ("Inactive", "Gavroche")


async def test_editors_may_open_and_observers_may_not(world: World) -> None:
    async with world.unchanged():
        for visitor in (world.as_observer, world.as_stranger):
            refusal = await visitor.expect_refusal(OPEN_CONVERSATION, input=asked(world))
            assert (refusal["__typename"], refusal["neededRole"]) == ("NotAllowed", "EDITOR")
        hidden = await world.as_stranger.expect_refusal(OPEN_CONVERSATION, input=asked(world, ecosystemId=world.data.secret_id))
        assert hidden["__typename"] == "NotFound"
        assert (await world.signed_out.expect_refusal(OPEN_CONVERSATION, input=asked(world)))["__typename"] == "NotSignedIn"
