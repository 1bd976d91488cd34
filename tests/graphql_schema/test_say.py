"""say: a new message; after another character's message it is a chat with the previous speakers."""

import pytest

from interchange import sample
from tests.documents import CLOSE_CONVERSATION, FACT, OPEN_CONVERSATION, SAY, UPDATE_CHARACTER
from tests.world import Person, World


async def opened(world: World, *people: Person) -> str:
    talk = {"ecosystemId": world.id, "title": "Rue Plumet", "participantIds": [person.id for person in people]}
    return str((await world.as_owner.ask(OPEN_CONVERSATION, input=talk))["conversation"]["id"])


def said(place: str, speaker: Person, text: str = "Do you love me?") -> dict[str, str]:
    return {"conversationId": place, "speakerId": speaker.id, "text": text}


async def test_the_first_message_causes_no_interaction(world: World) -> None:
    marius, cosette = world.people("Marius", "Cosette")
    place = await opened(world, marius, cosette)
    before = await world.head()
    done = await world.as_editor.ask(SAY, input=said(place, marius, "Pardon me, I am here. 🌿\nمرحبا"))

    message = done["message"]
    assert (message["number"], message["text"]) == (1, "Pardon me, I am here. 🌿\nمرحبا")
    assert (message["speakerNames"], message["speakers"]) == (["Marius"], [{"id": marius.id, "name": "Marius"}])
    assert message["interactions"]["edges"] == []
    [fact] = await world.activity(after=before)
    assert (fact["__typename"], fact["message"]["id"], fact["cursor"]) == ("MessageSaid", message["id"], done["cursor"])


async def test_a_message_after_another_s_is_a_chat_that_is_always_accepted(world: World) -> None:
    marius, cosette = world.people("Marius", "Cosette")
    place = await opened(world, marius, cosette)
    first = await world.as_owner.ask(SAY, input=said(place, marius))
    energy = "query($id: ID!) { character(id: $id) { energy } }"
    before = (await world.as_owner.ask(energy, id=cosette.id))["energy"]

    done = await world.as_owner.ask(SAY, input=said(place, cosette, "Hush! You know it well."))

    [act] = [edge["node"] for edge in done["message"]["interactions"]["edges"]]
    assert (act["kind"], act["accepted"], act["chance"], act["drawn"]) == ("CHAT", True, 1, None)
    assert (act["initiatorName"], act["responderName"]) == ("Cosette", "Marius")
    assert (await world.as_owner.ask(energy, id=cosette.id))["energy"] == pytest.approx(before - 0.06, abs=1e-6)
    facts = await world.activity(after=first["cursor"])
    assert [fact["__typename"] for fact in facts[:2]] == ["MessageSaid", "Interacted"]
    assert facts[1]["interaction"]["id"] == act["id"]
    assert facts[-1]["cursor"] == done["cursor"]


async def test_a_second_message_of_one_speaker_is_no_chat(world: World) -> None:
    marius, cosette = world.people("Marius", "Cosette")
    place = await opened(world, marius, cosette)
    for _ in range(2):
        done = await world.as_owner.ask(SAY, input=said(place, marius))
    assert (done["message"]["number"], done["message"]["interactions"]["edges"]) == (2, [])


async def test_a_speaker_becomes_a_participant(world: World) -> None:
    marius, cosette, valjean = world.people("Marius", "Cosette", "Valjean")
    place = await opened(world, cosette)
    for speaker in (marius, valjean, marius):
        await world.as_owner.ask(SAY, input=said(place, speaker))
    query = "query($id: ID!) { conversation(id: $id) { participants(first: 9) { edges { node { name } } } } }"
    page = await world.signed_out.ask(query, id=place)
    assert [edge["node"]["name"] for edge in page["participants"]["edges"]] == ["Cosette", "Marius", "Valjean"]


async def test_a_message_after_a_chorus_is_a_chat_with_each_of_its_speakers(world: World) -> None:
    """Only imported plays have choruses, so the test inserts one into the table."""
    enjolras, grantaire, gavroche = world.people("Enjolras", "Grantaire", "Gavroche")
    place = await opened(world, enjolras, grantaire, gavroche)
    await world.as_owner.ask(SAY, input=said(place, grantaire))
    await world.rows(
        "UPDATE messages SET speakers = $2, speaker_names = $3 WHERE ecosystem_id = $1 AND text = 'Do you love me?'",
        sample.SAMPLE_ID, [grantaire.number, gavroche.number], ["Grantaire", "Gavroche"],
    )  # fmt: skip
    before = await world.head()

    done = await world.as_owner.ask(SAY, input=said(place, enjolras, "Silence!"))

    acts = [edge["node"] for edge in done["message"]["interactions"]["edges"]]
    assert [(act["initiatorName"], act["responderName"]) for act in acts] == [
        ("Enjolras", "Grantaire"),
        ("Enjolras", "Gavroche"),
    ]
    types = [fact["__typename"] for fact in await world.activity(after=before)]
    assert types[0] == "MessageSaid"
    assert types.count("Interacted") == 2
    query = (
        "query($id: ID!) { conversation(id: $id) { messages(first: 1) { edges { node { speakers { name } speakerNames } } } } }"
    )
    [edge] = (await world.signed_out.ask(query, id=place))["messages"]["edges"]
    assert edge["node"] == {
        "speakers": [{"name": "Grantaire"}, {"name": "Gavroche"}],
        "speakerNames": ["Grantaire", "Gavroche"],
    }


async def test_a_closed_conversation_accepts_no_message(world: World) -> None:
    marius, cosette = world.people("Marius", "Cosette")
    place = await opened(world, marius, cosette)
    await world.as_owner.ask(CLOSE_CONVERSATION, input={"id": place})
    async with world.unchanged():
        refusal = await world.as_owner.expect_refusal(SAY, input=said(place, marius))
    assert refusal["__typename"] == "ConversationIsClosed"
    assert refusal["conversation"] == {"title": "Rue Plumet", "isOpen": False}


@pytest.mark.parametrize("text", ["", " \n ", "x" * 100_000, "a\0b", "\ud83d"])
async def test_a_text_that_cannot_be_stored_is_invalid(world: World, text: str) -> None:
    marius, cosette = world.people("Marius", "Cosette")
    place = await opened(world, marius, cosette)
    async with world.unchanged():
        refusal = await world.as_owner.expect_refusal(SAY, input=said(place, marius, text))
    assert (refusal["__typename"], refusal["problems"][0]["path"]) == ("Invalid", ["text"])


async def test_a_text_of_the_maximum_length_is_stored_unchanged(world: World) -> None:
    [marius] = world.people("Marius")
    done = await world.as_owner.ask(SAY, input=said(await opened(world), marius, "word " * 10_000))
    assert len(done["message"]["text"]) == 50_000


async def test_a_speaker_must_be_of_the_ecosystem_active_and_rested(world: World) -> None:
    marius, cosette, valjean = world.people("Marius", "Cosette", "Valjean")
    place = await opened(world, marius, cosette)
    await world.as_owner.ask(SAY, input=said(place, marius))
    await world.as_owner.ask(UPDATE_CHARACTER, input={"id": valjean.id, "version": 1, "isActive": False})
    await world.exhaust(cosette, marius)
    async with world.unchanged():
        ney = Person(world.data.secrets["Ney"], 3, "Ney")
        across = await world.as_owner.expect_refusal(SAY, input=said(place, ney))
        assert (across["__typename"], across["problems"][0]["path"]) == ("Invalid", ["speakerId"])
        nobody = await world.as_owner.expect_refusal(SAY, input=said(place, Person(world.person_id(500), 500, "")))
        assert (nobody["__typename"], nobody["missingId"]) == ("NotFound", world.person_id(500))
        inactive = await world.as_owner.expect_refusal(SAY, input=said(place, valjean))
        assert (inactive["__typename"], inactive["character"]["name"]) == ("Inactive", "Valjean")
        tired = await world.as_owner.expect_refusal(SAY, input=said(place, cosette))
        assert (tired["__typename"], tired["character"]["name"]) == ("TooTired", "Cosette")


async def test_a_previous_speaker_that_is_inactive_takes_part_in_no_chat(world: World) -> None:
    marius, cosette = world.people("Marius", "Cosette")
    place = await opened(world, marius, cosette)
    await world.as_owner.ask(SAY, input=said(place, marius))
    await world.as_owner.ask(UPDATE_CHARACTER, input={"id": marius.id, "version": 1, "isActive": False})
    done = await world.as_owner.ask(SAY, input=said(place, cosette))
    assert done["message"]["interactions"]["edges"] == []


async def test_only_users_who_may_act_as_the_speaker_may_speak(world: World) -> None:
    [marius] = world.people("Marius")
    place = await opened(world, marius)
    secrets = world.data.secrets
    async with world.unchanged():
        for visitor in (world.as_observer, world.as_stranger):
            assert (await visitor.expect_refusal(SAY, input=said(place, marius)))["neededRole"] == "EDITOR"
        assert (await world.signed_out.expect_refusal(SAY, input=said(place, marius)))["__typename"] == "NotSignedIn"
        hidden = {"conversationId": secrets["conversation"], "speakerId": secrets["Ney"], "text": "Merde!"}
        assert (await world.as_editor.expect_refusal(SAY, input=hidden))["neededRole"] == "OWNER"
        assert (await world.as_stranger.expect_refusal(SAY, input=hidden))["__typename"] == "NotFound"
        elsewhere = {**said(place, marius), "conversationId": world.id}
        assert (await world.as_owner.expect_refusal(SAY, input=elsewhere))["missingId"] == world.id


async def test_the_facts_of_a_chat_are_about_its_two_characters(world: World) -> None:
    marius, cosette = world.people("Marius", "Cosette")
    place = await opened(world, marius, cosette)
    await world.as_owner.ask(SAY, input=said(place, marius))
    await world.as_owner.ask(SAY, input=said(place, cosette))
    query = "query($id: ID!) { character(id: $id) { activity(last: 9, filter: {types: [MESSAGE_SAID, INTERACTED]}) "
    query += "{ edges { node { ...fact } } } } }" + FACT
    page = await world.signed_out.ask(query, id=marius.id)
    assert [edge["node"]["__typename"] for edge in page["activity"]["edges"]][-2:] == ["MessageSaid", "Interacted"]
