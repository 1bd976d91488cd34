"""A private ecosystem is invisible to strangers on every road to it, as if it did not exist."""

from typing import Any
from uuid import UUID

import pytest

from domain.keys import CharacterKey, EcosystemKey, encode_id
from tests import documents
from tests.graphql_schema.lists import LISTS
from tests.graphql_schema.test_network import COMMON, NEIGHBOURS, NETWORK, PATH
from tests.world import World

NEVER = UUID(int=1815)
ROADS = {
    "node": "query($id: ID!) { node(id: $id) { id } }",
    "nodes": "query($id: ID!) { nodes(ids: [$id]) { id } }",
    "ecosystem": "query($id: ID!) { ecosystem(id: $id) { id } }",
    "character": "query($id: ID!) { character(id: $id) { id } }",
    "conversation": "query($id: ID!) { conversation(id: $id) { id } }",
}
CHANGES: dict[str, tuple[str, dict[str, Any]]] = {
    "updateEcosystem": (documents.UPDATE_ECOSYSTEM, {"id": "ecosystem", "version": 1}),
    "deleteEcosystem": (documents.DELETE_ECOSYSTEM, {"id": "ecosystem"}),
    "setClock": (documents.SET_CLOCK, {"ecosystemId": "ecosystem", "rate": 0}),
    "grantRole": (documents.GRANT_ROLE, {"ecosystemId": "ecosystem", "userName": "Louis", "role": "OWNER"}),
    "revokeRole": (documents.REVOKE_ROLE, {"ecosystemId": "ecosystem", "userId": "me"}),
    "createCharacter": (documents.CREATE_CHARACTER, {"ecosystemId": "ecosystem", "name": "Spy"}),
    "updateCharacter": (documents.UPDATE_CHARACTER, {"id": "Ney", "version": 1}),
    "deleteCharacter": (documents.DELETE_CHARACTER, {"id": "Ney"}),
    "interact": (documents.INTERACT, {"initiatorId": "Ney", "responderId": "Wellington", "kind": "CHAT"}),
    "openConversation": (documents.OPEN_CONVERSATION, {"ecosystemId": "ecosystem", "title": "A", "participantIds": ["Ney"]}),
    "say": (documents.SAY, {"conversationId": "conversation", "speakerId": "Ney", "text": "A"}),
    "closeConversation": (documents.CLOSE_CONVERSATION, {"id": "conversation"}),
}
FOLLOWS = {
    "activity": ("subscription($id: ID!) { activity(ecosystemId: $id) { __typename ...refusal } }", "ecosystem"),
    "conversation": ("subscription($id: ID!) { conversation(id: $id) { __typename ...refusal } }", "conversation"),
    "character": ("subscription($id: ID!) { character(id: $id) { __typename ...refusal } }", "Ney"),
    "network": ("subscription($id: ID!) { network(ecosystemId: $id) { __typename ...refusal } }", "ecosystem"),
}


@pytest.mark.parametrize("road", ROADS)
async def test_no_id_of_it_leads_anywhere(sample: World, road: str) -> None:
    for what, id_ in sample.made.secrets.items():
        for visitor in sample.outsiders:
            assert await visitor.ask(ROADS[road], id=id_) in (None, [None]), what


async def test_members_of_every_role_see_all_of_it(sample: World) -> None:
    for what, id_ in sample.made.secrets.items():
        for visitor in sample.members:
            assert await visitor.ask(ROADS["node"], id=id_) == {"id": id_}, what


def asked(world: World, wishes: dict[str, Any]) -> dict[str, Any]:
    known = {**world.made.secrets, "me": world.user_id("Louis")}

    def told(value: Any) -> Any:
        return [told(each) for each in value] if isinstance(value, list) else known.get(value, value)

    return {name: value if name in ("userName", "name", "text", "title") else told(value) for name, value in wishes.items()}


@pytest.mark.parametrize("change", CHANGES)
async def test_no_change_finds_it_and_the_refusal_says_no_more_than_of_what_never_was(world: World, change: str) -> None:
    document, wishes = CHANGES[change]
    async with world.unchanged():
        refusal = await world.as_stranger.refused(document, input=asked(world, wishes))
    assert refusal["__typename"] == "NotFound"
    assert refusal["missingId"] in (None, *world.made.secrets.values())
    assert refusal["explanation"] == "There is nothing with this id, or you may not see it."


@pytest.mark.parametrize("change", CHANGES)
async def test_what_is_wrong_with_the_input_makes_no_difference(world: World, change: str) -> None:
    document, wishes = CHANGES[change]
    bad = {"name": "", "title": "", "text": "", "version": 99, "rate": -1}
    wrong = {**wishes, **{key: value for key, value in bad.items() if key in wishes}}
    assert (await world.as_stranger.refused(document, input=asked(world, wrong)))["__typename"] == "NotFound"


@pytest.mark.parametrize("follow", FOLLOWS)
async def test_nobody_follows_what_they_do_not_see(world: World, follow: str) -> None:
    document, what = FOLLOWS[follow]
    for visitor in world.outsiders:
        async with visitor.following(document + documents.REFUSAL, id=world.made.secrets[what]) as listener:
            assert (await listener.hear())["__typename"] == "NotFound"
            await listener.ended()


async def test_what_never_was_is_not_found_in_the_same_words(world: World) -> None:
    real = await world.as_stranger.refused(documents.DELETE_ECOSYSTEM, input={"id": world.made.secret_id})
    never = await world.as_stranger.refused(documents.DELETE_ECOSYSTEM, input={"id": encode_id(EcosystemKey(NEVER))})
    assert {**real, "missingId": None} == {**never, "missingId": None}


async def test_lists_of_everything_leave_it_out(sample: World) -> None:
    for listed in LISTS:
        if listed.of in ("Query", "User"):
            variables = {"first": 100} if listed.of == "Query" else {"first": 100, "id": sample.user_id("Victor")}
            found = await sample.as_stranger.ask(listed.document("name"), **variables)
            page = found if listed.of == "Query" else found[listed.field]
            assert [edge["node"]["name"] for edge in page["edges"]] == ["Les Misérables"]


async def test_filters_and_arguments_with_its_ids_tell_nothing(sample: World) -> None:
    """An ID of the private world is answered like an ID of a world that never was."""
    valjean = sample.person_id(74)
    roads = [
        (COMMON, {"id": valjean, "other": None}),
        (PATH, {"id": sample.id, "from": valjean, "to": None}),
        (PATH, {"id": sample.id, "from": None, "to": valjean}),
        (documents.ACTIVITY, {"id": sample.id, "last": 5, "filter": {"characterIds": [None]}}),
    ]
    never = encode_id(CharacterKey(NEVER, 3))
    for document, variables in roads:
        answers = [
            await sample.as_stranger.answer(document, **_filled(variables, id_)) for id_ in (sample.made.secrets["Ney"], never)
        ]
        assert answers[0] == answers[1]


def _filled(value: Any, id_: str) -> Any:
    if isinstance(value, dict):
        return {key: _filled(each, id_) for key, each in value.items()}
    if isinstance(value, list):
        return [_filled(each, id_) for each in value]
    return id_ if value is None else value


async def test_its_network_measures_and_neighbours_are_nobody_s_business(sample: World) -> None:
    assert await sample.as_stranger.ask(NETWORK, id=sample.made.secret_id) is None
    assert await sample.as_stranger.ask(NEIGHBOURS, id=sample.made.secrets["Ney"]) is None
    assert (await sample.as_observer.ask(NETWORK, id=sample.made.secret_id))["network"]["characters"]["name"]


async def test_what_was_public_and_is_private_now_is_gone_for_strangers_at_once(world: World) -> None:
    query = "query($ids: [ID!]!) { nodes(ids: $ids) { id ... on Character { name energy } } }"
    ids = [world.id, world.person_id(74), world.made.musain_id]
    assert None not in await world.as_stranger.ask(query, ids=ids)
    change = {"id": world.id, "version": 1, "visibility": "PRIVATE"}
    await world.as_owner.ask(documents.UPDATE_ECOSYSTEM, input=change)
    assert await world.as_stranger.ask(query, ids=ids) == [None] * 3
    assert await world.signed_out.ask(query, ids=ids) == [None] * 3
    assert None not in await world.as_observer.ask(query, ids=ids)
