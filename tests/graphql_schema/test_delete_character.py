"""deleteCharacter: it deletes a character with its relationships; its interactions and messages remain."""

from interchange import sample
from tests.documents import DELETE_CHARACTER, OPEN_CONVERSATION, SAY
from tests.world import World

COUNT = "query($id: ID!) { ecosystem(id: $id) { characters(first: 1) { totalCount } relationships(first: 1) { totalCount } } }"
NODES = "query($ids: [ID!]!) { nodes(ids: $ids) { __typename } }"


async def test_relationships_of_both_directions_are_deleted_and_interactions_remain(world: World) -> None:
    [valjean] = world.people("Valjean")
    before, head = await world.signed_out.ask(COUNT, id=world.id), await world.head()
    ties = (
        "SELECT from_number, to_number FROM character_relationships WHERE ecosystem_id = $1 AND $2 IN (from_number, to_number)"
    )
    acts = "SELECT FROM interactions WHERE ecosystem_id = $1 AND $2 IN (initiator_number, responder_number)"
    had, done = (
        await world.rows(ties, sample.SAMPLE_ID, valjean.number),
        await world.rows(acts, sample.SAMPLE_ID, valjean.number),
    )

    gone = await world.as_owner.ask(DELETE_CHARACTER, input={"id": valjean.id})

    after = await world.signed_out.ask(COUNT, id=world.id)
    assert after["characters"]["totalCount"] == before["characters"]["totalCount"] - 1
    assert after["relationships"]["totalCount"] == before["relationships"]["totalCount"] - len(had)
    assert len(had) > 50
    assert await world.rows(ties, sample.SAMPLE_ID, valjean.number) == []
    assert len(await world.rows(acts, sample.SAMPLE_ID, valjean.number)) == len(done) > 300
    [fact] = await world.activity(after=head)
    assert (fact["__typename"], fact["characterName"], fact["characterId"]) == ("CharacterDeleted", "Valjean", valjean.id)
    assert gone == {"__typename": "DeletePayload", "deletedId": valjean.id, "cursor": fact["cursor"]}
    assert await world.signed_out.ask(NODES, ids=[valjean.id]) == [None]


async def test_its_messages_remain_under_its_name(world: World) -> None:
    enjolras, grantaire = world.people("Enjolras", "Grantaire")
    talk = {"ecosystemId": world.id, "title": "Café Musain", "participantIds": [enjolras.id, grantaire.id]}
    place = (await world.as_owner.ask(OPEN_CONVERSATION, input=talk))["conversation"]["id"]
    for speaker, text in ((grantaire, "I believe in you."), (enjolras, "Be serious.")):
        await world.as_owner.ask(SAY, input={"conversationId": place, "speakerId": speaker.id, "text": text})
    await world.as_owner.ask(DELETE_CHARACTER, input={"id": grantaire.id})

    query = """query($id: ID!) { conversation(id: $id) {
        participants(first: 9) { totalCount edges { node { name } } }
        messages(first: 9) { totalCount edges { node { text speakerNames speakers { name } } } } } }"""
    shown = await world.signed_out.ask(query, id=place)
    assert shown["participants"] == {"totalCount": 1, "edges": [{"node": {"name": "Enjolras"}}]}
    first, second = (edge["node"] for edge in shown["messages"]["edges"])
    assert first == {"text": "I believe in you.", "speakerNames": ["Grantaire"], "speakers": []}
    assert second["speakers"] == [{"name": "Enjolras"}]
    assert shown["messages"]["totalCount"] == 2


async def test_a_message_after_the_deletion_of_the_previous_speaker_is_no_chat(world: World) -> None:
    enjolras, grantaire = world.people("Enjolras", "Grantaire")
    talk = {"ecosystemId": world.id, "title": "Café Musain", "participantIds": []}
    place = (await world.as_owner.ask(OPEN_CONVERSATION, input=talk))["conversation"]["id"]
    await world.as_owner.ask(SAY, input={"conversationId": place, "speakerId": grantaire.id, "text": "Hm."})
    await world.as_owner.ask(DELETE_CHARACTER, input={"id": grantaire.id})
    said = await world.as_owner.ask(SAY, input={"conversationId": place, "speakerId": enjolras.id, "text": "Alone."})
    assert (said["message"]["number"], said["message"]["interactions"]["edges"]) == (2, [])


async def test_only_users_who_may_edit_it_may_delete_it(world: World) -> None:
    [valjean] = world.people("Valjean")
    async with world.unchanged():
        for visitor in (world.as_observer, world.as_stranger):
            assert (await visitor.expect_refusal(DELETE_CHARACTER, input={"id": valjean.id}))["neededRole"] == "EDITOR"
        assert (await world.signed_out.expect_refusal(DELETE_CHARACTER, input={"id": valjean.id}))[
            "__typename"
        ] == "NotSignedIn"
        assert (await world.as_editor.expect_refusal(DELETE_CHARACTER, input={"id": world.data.secrets["Ney"]}))[
            "neededRole"
        ] == "OWNER"
        for id_ in (world.data.secrets["Ney"], world.person_id(900), world.id, "?"):
            assert (await world.as_stranger.expect_refusal(DELETE_CHARACTER, input={"id": id_}))["__typename"] == "NotFound"
    assert (await world.as_editor.ask(DELETE_CHARACTER, input={"id": valjean.id}))["deletedId"] == valjean.id
