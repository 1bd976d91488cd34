"""A private ecosystem does not exist for strangers, by any field."""

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
async def test_none_of_its_ids_finds_an_object(sample: World, road: str) -> None:
    for what, id_ in sample.data.secrets.items():
        for visitor in sample.non_members:
            assert await visitor.ask(ROADS[road], id=id_) in (None, [None]), what


async def test_members_of_every_role_see_all_its_objects(sample: World) -> None:
    for what, id_ in sample.data.secrets.items():
        for visitor in sample.members:
            assert await visitor.ask(ROADS["node"], id=id_) == {"id": id_}, what


def build_input(world: World, values: dict[str, Any]) -> dict[str, Any]:
    known = {**world.data.secrets, "me": world.user_id("Louis")}

    def replace_ids(value: Any) -> Any:
        return [replace_ids(each) for each in value] if isinstance(value, list) else known.get(value, value)

    return {
        name: value if name in ("userName", "name", "text", "title") else replace_ids(value) for name, value in values.items()
    }


@pytest.mark.parametrize("change", CHANGES)
async def test_mutations_refuse_it_like_an_ecosystem_that_never_existed(world: World, change: str) -> None:
    document, values = CHANGES[change]
    async with world.unchanged():
        refusal = await world.as_stranger.expect_refusal(document, input=build_input(world, values))
    assert refusal["__typename"] == "NotFound"
    assert refusal["missingId"] in (None, *world.data.secrets.values())
    assert refusal["explanation"] == "There is nothing with this id, or you may not see it."


@pytest.mark.parametrize("change", CHANGES)
async def test_an_invalid_input_is_refused_as_not_found_too(world: World, change: str) -> None:
    document, values = CHANGES[change]
    bad = {"name": "", "title": "", "text": "", "version": 99, "rate": -1}
    wrong = {**values, **{key: value for key, value in bad.items() if key in values}}
    assert (await world.as_stranger.expect_refusal(document, input=build_input(world, wrong)))["__typename"] == "NotFound"


@pytest.mark.parametrize("follow", FOLLOWS)
async def test_subscriptions_refuse_it_as_not_found(world: World, follow: str) -> None:
    document, what = FOLLOWS[follow]
    for visitor in world.non_members:
        async with visitor.subscribe(document + documents.REFUSAL, id=world.data.secrets[what]) as listener:
            assert (await listener.receive())["__typename"] == "NotFound"
            await listener.expect_complete()


async def test_ids_that_never_existed_have_the_same_refusal(world: World) -> None:
    real = await world.as_stranger.expect_refusal(documents.DELETE_ECOSYSTEM, input={"id": world.data.secret_id})
    never = await world.as_stranger.expect_refusal(documents.DELETE_ECOSYSTEM, input={"id": encode_id(EcosystemKey(NEVER))})
    assert {**real, "missingId": None} == {**never, "missingId": None}


async def test_lists_do_not_contain_it(sample: World) -> None:
    for listed in LISTS:
        if listed.of in ("Query", "User"):
            variables = {"first": 100} if listed.of == "Query" else {"first": 100, "id": sample.user_id("Victor")}
            found = await sample.as_stranger.ask(listed.document("name"), **variables)
            page = found if listed.of == "Query" else found[listed.field]
            assert [edge["node"]["name"] for edge in page["edges"]] == ["Les Misérables"]


async def test_its_ids_in_filters_and_arguments_reveal_nothing(sample: World) -> None:
    """The response to an ID of the private ecosystem equals the response to an ID that never existed."""
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
            await sample.as_stranger.execute(document, **_filled(variables, id_)) for id_ in (sample.data.secrets["Ney"], never)
        ]
        assert answers[0] == answers[1]


def _filled(value: Any, id_: str) -> Any:
    if isinstance(value, dict):
        return {key: _filled(each, id_) for key, each in value.items()}
    if isinstance(value, list):
        return [_filled(each, id_) for each in value]
    return id_ if value is None else value


async def test_its_network_measures_and_neighbours_are_not_readable(sample: World) -> None:
    assert await sample.as_stranger.ask(NETWORK, id=sample.data.secret_id) is None
    assert await sample.as_stranger.ask(NEIGHBOURS, id=sample.data.secrets["Ney"]) is None
    assert (await sample.as_observer.ask(NETWORK, id=sample.data.secret_id))["network"]["characters"]["name"]


async def test_an_ecosystem_that_becomes_private_is_invisible_at_once(world: World) -> None:
    query = "query($ids: [ID!]!) { nodes(ids: $ids) { id ... on Character { name energy } } }"
    ids = [world.id, world.person_id(74), world.data.musain_id]
    assert None not in await world.as_stranger.ask(query, ids=ids)
    change = {"id": world.id, "version": 1, "visibility": "PRIVATE"}
    await world.as_owner.ask(documents.UPDATE_ECOSYSTEM, input=change)
    assert await world.as_stranger.ask(query, ids=ids) == [None] * 3
    assert await world.signed_out.ask(query, ids=ids) == [None] * 3
    assert None not in await world.as_observer.ask(query, ids=ids)
