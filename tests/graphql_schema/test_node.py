"""node, nodes, ecosystem, character and conversation: things by their IDs."""

import pytest

from domain import keys
from domain.keys import CharacterKey
from interchange import sample as les_miserables
from tests.world import World

NODE = "query($id: ID!) { node(id: $id) { __typename id } }"
NODES = "query($ids: [ID!]!) { nodes(ids: $ids) { __typename id } }"
TYPES = {
    "Wellington": "Character",
    "interaction": "Interaction",
    "relationship": "Relationship",
    "conversation": "Conversation",
    "message": "Message",
    "activity": "EcosystemCreated",
    "ecosystem": "Ecosystem",
}
BAD_IDS = ["", "?", "A", "AAAA", "x" * 10_000, "💌", "a\0b", "\ud800", "null", "1"]


@pytest.mark.parametrize("what", TYPES)
async def test_everything_with_an_identity_is_found_again_by_its_id(sample: World, what: str) -> None:
    id_ = sample.made.secrets[what]
    assert await sample.as_observer.ask(NODE, id=id_) == {"__typename": TYPES[what], "id": id_}


async def test_users_are_nodes_too(sample: World) -> None:
    id_ = sample.user_id("Louis")
    assert await sample.signed_out.ask(NODE, id=id_) == {"__typename": "User", "id": id_}


async def test_nodes_come_in_the_order_of_their_ids_with_null_where_there_is_none(sample: World) -> None:
    secrets = sample.made.secrets
    ids = [secrets["message"], "nothing", sample.id, secrets["Ney"], secrets["message"], sample.person_id(999)]
    found = await sample.as_owner.ask(NODES, ids=ids)
    assert [node and node["__typename"] for node in found] == ["Message", None, "Ecosystem", "Character", "Message", None]


async def test_a_hundred_are_found_a_hundred_and_one_are_too_many_and_none_are_none(sample: World) -> None:
    ids = [sample.person_id(number) for number in range(1, 102)]
    found = await sample.signed_out.ask(NODES, ids=ids[:100])
    assert [node is not None for node in found] == [True] * 77 + [False] * 23
    failure = await sample.signed_out.failed(NODES, ids=ids)
    assert failure.code == "INVALID"
    assert "100" in failure.message
    assert await sample.signed_out.ask(NODES, ids=[]) == []


@pytest.mark.parametrize("root", ["node", "ecosystem", "character", "conversation"])
@pytest.mark.parametrize("id_", BAD_IDS, ids=repr)
async def test_what_is_no_id_names_nothing(sample: World, root: str, id_: str) -> None:
    assert await sample.as_owner.ask(f"query($id: ID!) {{ {root}(id: $id) {{ id }} }}", id=id_) is None


async def test_an_id_of_another_kind_names_nothing(sample: World) -> None:
    secrets = sample.made.secrets
    for root, right in (("ecosystem", "ecosystem"), ("character", "Ney"), ("conversation", "conversation")):
        document = f"query($id: ID!) {{ {root}(id: $id) {{ id }} }}"
        assert await sample.as_owner.ask(document, id=secrets[right]) == {"id": secrets[right]}
        for what in TYPES:
            if TYPES[what] != TYPES.get(right, "Character"):
                assert await sample.as_owner.ask(document, id=secrets[what]) is None, (root, what)


async def test_numbers_that_are_too_big_or_nobody_s_name_nothing(sample: World) -> None:
    for number in (0, 78, 2**31 - 1, 2**31, 2**32 - 1):
        id_ = keys.encode_id(CharacterKey(les_miserables.SAMPLE_ID, number))
        assert await sample.as_owner.ask(NODE, id=id_) is None


async def test_every_fact_is_a_node_of_its_own_type_with_its_interfaces(sample: World) -> None:
    document = """query($id: ID!) { node(id: $id) {
        id ... on Activity { type position cursor } ... on Interacted { interaction { id } } } }"""
    newest = """query($id: ID!) { ecosystem(id: $id) {
        activity(last: 1, filter: {types: [INTERACTED]}) { edges { cursor node { id } } } } }"""
    [edge] = (await sample.signed_out.ask(newest, id=sample.id))["activity"]["edges"]
    fact = await sample.signed_out.ask(document, id=edge["node"]["id"])
    assert (fact["type"], fact["cursor"]) == ("INTERACTED", edge["cursor"])
    assert fact["interaction"]["id"] != fact["id"]
