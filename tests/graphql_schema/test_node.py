"""node, nodes, ecosystem, character and conversation: objects by their IDs."""

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
async def test_every_object_is_found_by_its_id(sample: World, what: str) -> None:
    id_ = sample.data.secrets[what]
    assert await sample.as_observer.ask(NODE, id=id_) == {"__typename": TYPES[what], "id": id_}


async def test_users_are_nodes_too(sample: World) -> None:
    id_ = sample.user_id("Louis")
    assert await sample.signed_out.ask(NODE, id=id_) == {"__typename": "User", "id": id_}


async def test_nodes_have_the_order_of_the_ids_with_null_for_missing_objects(sample: World) -> None:
    secrets = sample.data.secrets
    ids = [secrets["message"], "nothing", sample.id, secrets["Ney"], secrets["message"], sample.person_id(999)]
    found = await sample.as_owner.ask(NODES, ids=ids)
    assert [node and node["__typename"] for node in found] == ["Message", None, "Ecosystem", "Character", "Message", None]


async def test_100_ids_are_the_maximum_and_an_empty_list_returns_nothing(sample: World) -> None:
    ids = [sample.person_id(number) for number in range(1, 102)]
    found = await sample.signed_out.ask(NODES, ids=ids[:100])
    assert [node is not None for node in found] == [True] * 77 + [False] * 23
    failure = await sample.signed_out.expect_error(NODES, ids=ids)
    assert failure.code == "INVALID"
    assert "100" in failure.message
    assert await sample.signed_out.ask(NODES, ids=[]) == []


@pytest.mark.parametrize("root", ["node", "ecosystem", "character", "conversation"])
@pytest.mark.parametrize("id_", BAD_IDS, ids=repr)
async def test_a_text_that_is_not_an_id_finds_nothing(sample: World, root: str, id_: str) -> None:
    assert await sample.as_owner.ask(f"query($id: ID!) {{ {root}(id: $id) {{ id }} }}", id=id_) is None


async def test_an_id_of_another_type_finds_nothing(sample: World) -> None:
    secrets = sample.data.secrets
    for root, right in (("ecosystem", "ecosystem"), ("character", "Ney"), ("conversation", "conversation")):
        document = f"query($id: ID!) {{ {root}(id: $id) {{ id }} }}"
        assert await sample.as_owner.ask(document, id=secrets[right]) == {"id": secrets[right]}
        for what in TYPES:
            if TYPES[what] != TYPES.get(right, "Character"):
                assert await sample.as_owner.ask(document, id=secrets[what]) is None, (root, what)


async def test_numbers_out_of_range_or_unused_find_nothing(sample: World) -> None:
    for number in (0, 78, 2**31 - 1, 2**31, 2**32 - 1):
        id_ = keys.encode_id(CharacterKey(les_miserables.SAMPLE_ID, number))
        assert await sample.as_owner.ask(NODE, id=id_) is None


async def test_each_type_of_fact_is_a_node_with_its_own_graphql_type(sample: World) -> None:
    document = """query($id: ID!) { node(id: $id) {
        id ... on Activity { type position cursor } ... on Interacted { interaction { id } } } }"""
    newest = """query($id: ID!) { ecosystem(id: $id) {
        activity(last: 1, filter: {types: [INTERACTED]}) { edges { cursor node { id } } } } }"""
    [edge] = (await sample.signed_out.ask(newest, id=sample.id))["activity"]["edges"]
    fact = await sample.signed_out.ask(document, id=edge["node"]["id"])
    assert (fact["type"], fact["cursor"]) == ("INTERACTED", edge["cursor"])
    assert fact["interaction"]["id"] != fact["id"]
