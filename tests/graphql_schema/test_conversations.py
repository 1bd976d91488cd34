"""Lists of conversations, their participants and messages, and the effects of a message."""

from typing import Any

from tests.world import FRIENDS, World

LIST = """
query($id: ID!, $filter: ConversationFilter) {
  node(id: $id) {
    ... on Ecosystem { ofAll: conversations(first: 100, filter: $filter) { edges { node { title } } } }
    ... on Character { ofOne: conversations(first: 100, filter: $filter) { edges { node { title } } } }
  }
}
"""
SHOWN = """
query($id: ID!) {
  conversation(id: $id) {
    title isOpen openedWorldSeconds closedWorldSeconds createdAt ecosystem { id }
    participants(first: 100) { totalCount edges { node { name } } }
    messages(first: 100) {
      totalCount
      edges { node { number text speakerNames speakers { name } conversation { id } worldSeconds createdAt
        interactions(first: 5) { edges { node { kind initiatorName responderName } } } } }
    }
  }
}
"""
TITLES = ["Café Musain", "Corinthe", "The barricade", "The last night", "The morning"]


async def titles(world: World, id_: str, visitor: str = "signed_out", **wanted: Any) -> list[str]:
    [page] = (await getattr(world, visitor).ask(LIST, id=id_, filter=wanted)).values()
    return [edge["node"]["title"] for edge in page["edges"]]


async def test_the_oldest_conversation_comes_first(sample: World) -> None:
    assert await titles(sample, sample.id) == TITLES


async def test_a_filter_selects_open_or_closed_conversations(sample: World) -> None:
    assert await titles(sample, sample.id, isOpen=False) == ["Corinthe"]
    assert await titles(sample, sample.id, isOpen=True) == [title for title in TITLES if title != "Corinthe"]


async def test_a_character_lists_the_conversations_in_which_it_takes_part(sample: World) -> None:
    enjolras, courfeyrac, valjean = sample.people("Enjolras", "Courfeyrac", "Valjean")
    assert await titles(sample, enjolras.id) == TITLES[:1]
    assert await titles(sample, courfeyrac.id) == TITLES[:3]
    assert await titles(sample, courfeyrac.id, characterIds=[enjolras.id]) == TITLES[:1]
    assert await titles(sample, courfeyrac.id, isOpen=False) == ["Corinthe"]
    assert await titles(sample, valjean.id) == []


async def test_a_filter_selects_conversations_with_any_of_the_characters(sample: World) -> None:
    enjolras, joly, valjean = (person.id for person in sample.people("Enjolras", "Joly", "Valjean"))
    assert await titles(sample, sample.id, characterIds=[enjolras, valjean]) == TITLES[:1]
    assert await titles(sample, sample.id, characterIds=[joly]) == TITLES
    for nobody in ([], ["?"], [sample.id], [sample.data.secrets["Ney"]]):
        assert await titles(sample, sample.id, "as_owner", characterIds=nobody) == []


async def test_each_message_after_the_first_is_a_chat_with_the_previous_speaker(sample: World) -> None:
    shown = await sample.signed_out.ask(SHOWN, id=sample.data.musain_id)
    assert [edge["node"]["name"] for edge in shown["participants"]["edges"]] == list(FRIENDS)
    assert shown["participants"]["totalCount"] == 6
    messages = [edge["node"] for edge in shown["messages"]["edges"]]
    assert [message["number"] for message in messages] == list(range(1, 13))
    assert shown["messages"]["totalCount"] == 12
    speakers = [FRIENDS[nth % 5] for nth in range(12)]
    assert [message["speakerNames"] for message in messages] == [[name] for name in speakers]
    assert messages[0]["interactions"]["edges"] == []
    for before, message in zip(speakers, messages[1:], strict=False):
        [act] = [edge["node"] for edge in message["interactions"]["edges"]]
        assert act == {"kind": "CHAT", "initiatorName": message["speakers"][0]["name"], "responderName": before}
        assert message["conversation"] == {"id": sample.data.musain_id}
    assert (shown["title"], shown["isOpen"], shown["closedWorldSeconds"]) == ("Café Musain", True, None)
    assert shown["ecosystem"] == {"id": sample.id}
