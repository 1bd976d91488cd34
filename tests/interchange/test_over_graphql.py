"""What the API says of the plays and networks of the shared data, asked by somebody signed out, against the references."""

from collections import Counter
from collections.abc import AsyncIterator, Iterator
from itertools import combinations, pairwise
from pathlib import Path
from typing import Any

import pytest

from db.stores import Stores
from domain import keys
from domain.clock import WallClock
from domain.keys import EcosystemKey
from graphql_server.subscriptions.registry import Follows
from interchange.imports import Wish, bring_in
from interchange.source_file import Incoming
from resolvers.context import Context
from tests.interchange import references
from tests.visitors import Visitor

PAGE = "first: 100, after: $after"
CHARACTERS = f"""query($id: ID!, $after: String) {{ ecosystem(id: $id) {{ characters({PAGE}, orderBy: NEWEST) {{
    pageInfo {{ hasNextPage endCursor }} edges {{ node {{ id name description
        coPresence: measures(of: CO_PRESENCE) {{ ...all numOfSpeechActs numOfWords }}
        exchanges: measures(of: EXCHANGES) {{ degree weightedDegree }}
        relationships: measures {{ ...all }} }} }} }} }} }}
    fragment all on CharacterMeasures {{ degree weightedDegree closeness betweenness eigenvector }}"""
SEGMENTS = f"""query($id: ID!, $after: String) {{ ecosystem(id: $id) {{ conversations({PAGE}) {{
    pageInfo {{ hasNextPage endCursor }} edges {{ node {{ id title isOpen
        participants(first: 100) {{ edges {{ node {{ id }} }} }} messages(first: 1) {{ totalCount }} }} }} }} }} }}"""
SPEECHES = f"""query($id: ID!, $after: String) {{ conversation(id: $id) {{ messages({PAGE}) {{
    pageInfo {{ hasNextPage endCursor }} edges {{ node {{ number text speakers {{ id }} }} }} }} }} }}"""
WHOLE = """query($id: ID!) { ecosystem(id: $id) { name description clock { rate } ruleSet { name }
    coPresence: measures(of: CO_PRESENCE) { ...all } exchanges: measures(of: EXCHANGES) { ...all }
    relationships: measures { ...all } summary { characters conversations messages interactions } } }
    fragment all on NetworkMeasures { size numEdges density averageDegree maxDegree averageClustering averagePathLength
        diameter numConnectedComponents }"""

Speaker = dict[str, Any]


class Reader:
    """Reads one world to its end, page by page."""

    def __init__(self, visitor: Visitor, id_: str) -> None:
        self._visitor, self._id = visitor, id_

    async def whole(self) -> Any:
        return await self._visitor.ask(WHOLE, id=self._id)

    async def characters(self) -> list[Speaker]:
        """In the order of their numbers."""
        return [node async for node in self._pages(CHARACTERS, "characters", self._id)][::-1]

    async def segments(self) -> list[dict[str, Any]]:
        return [node async for node in self._pages(SEGMENTS, "conversations", self._id)]

    async def speeches(self, conversation: str) -> list[tuple[str, ...]]:
        """Who speaks, speech by speech."""
        said = [node async for node in self._pages(SPEECHES, "messages", conversation)]
        assert [speech["number"] for speech in said] == list(range(1, len(said) + 1))
        return [tuple(speaker["id"] for speaker in speech["speakers"]) for speech in said]

    async def _pages(self, document: str, field: str, id_: str) -> AsyncIterator[Any]:
        after = None
        while True:
            page = (await self._visitor.ask(document, id=id_, after=after))[field]
            for edge in page["edges"]:
                yield edge["node"]
            if not page["pageInfo"]["hasNextPage"]:
                return
            after = page["pageInfo"]["endCursor"]


async def imported(stores: Stores, wall: WallClock, incoming: Incoming) -> Reader:
    outcome = await bring_in(stores, wall, incoming, Wish(None, is_public=True))
    visitor = Visitor(lambda: Context(stores, wall, None, "127.0.0.1", None), Follows())
    return Reader(visitor, keys.written(EcosystemKey(outcome.ecosystem_id)))


def check_whole(found: dict[str, Any], known: dict[str, Any]) -> None:
    for count in ("size", "numEdges", "maxDegree", "diameter", "numConnectedComponents"):
        assert found[count] == known[count], count
    for measure in ("density", "averageDegree", "averageClustering", "averagePathLength"):
        assert found[measure] == pytest.approx(known[measure], rel=1e-9), measure


def check_each(found: dict[str, Any], known: dict[str, Any]) -> None:
    assert (found["degree"], found["weightedDegree"]) == (known["degree"], known["weightedDegree"])
    assert found["closeness"] == pytest.approx(known["closeness"], rel=1e-9)
    assert found["betweenness"] == pytest.approx(known["betweenness"], rel=1e-9)
    assert found["eigenvector"] == pytest.approx(known["eigenvector"], rel=1e-5)


def exchanges_of(segments: list[list[tuple[str, ...]]]) -> Iterator[tuple[str, str]]:
    for speeches in segments:
        for before, after in pairwise(speeches):
            yield from ((a, b) for a in before for b in after if a != b)


@pytest.mark.parametrize("name", references.PLAYS)
async def test_a_play_is_what_the_reference_says(name: str, stores: Stores, wall: WallClock) -> None:
    known = references.of_play(name)
    reader = await imported(stores, wall, Incoming(f"{name}.xml", references.play(name)))
    whole, people, segments = await reader.whole(), await reader.characters(), await reader.segments()
    said = [await reader.speeches(segment["id"]) for segment in segments]
    ids = {character["id"]: known["characters"][n]["id"] for n, character in enumerate(people)}
    present = Counter(
        pair
        for segment in segments
        for pair in combinations(sorted(ids[edge["node"]["id"]] for edge in segment["participants"]["edges"]), 2)
    )
    exchanged = Counter((ids[a], ids[b]) for a, b in exchanges_of(said))

    assert (whole["name"], whole["ruleSet"]["name"], whole["clock"]["rate"]) == (known["title"], "script", 0.0)
    assert [character["name"] for character in people] == [character["name"] for character in known["characters"]]
    assert [[ids[edge["node"]["id"]] for edge in segment["participants"]["edges"]] for segment in segments] == [
        segment["speakers"] for segment in known["segments"]
    ]
    assert [len(speeches) for speeches in said] == [segment["numSpeeches"] for segment in known["segments"]]
    assert sum(map(len, said)) == whole["summary"]["messages"] == known["numOfSpeeches"]
    assert sorted([a, b, n] for (a, b), n in present.items()) == sorted(known["coPresenceEdges"])
    assert sorted([a, b, n] for (a, b), n in exchanged.items()) == sorted(known["exchangeEdgesDirected"])
    check_whole(whole["coPresence"], known["network"])
    assert whole["exchanges"]["numEdges"] == len(known["exchangeEdgesDirected"])
    for character, speaker in zip(people, known["characters"], strict=True):
        check_each(character["coPresence"], known["network"]["nodes"][speaker["id"]])
        assert character["coPresence"]["numOfSpeechActs"] == speaker["numOfSpeechActs"]
        assert character["coPresence"]["numOfWords"] == speaker["numOfWords"]
        exchanged_by = sum(n for pair, n in exchanged.items() if speaker["id"] in pair)
        assert character["exchanges"]["weightedDegree"] == exchanged_by


async def test_who_speaks_outside_of_any_scene_is_present_with_nobody(stores: Stores, wall: WallClock) -> None:
    a, b, c = (f'<sp who="#{id_}"><p>Good day.</p></sp>' for id_ in "abc")
    chorus = '<div2 type="chorus"><sp who="#a #c"><p>Hail to all!</p></sp>' + c + b + "</div2>"
    text = f'<TEI><text><body><div1><div2 type="scene">{a}{b}</div2>{chorus}</div1></body></text></TEI>'

    reader = await imported(stores, wall, Incoming("play.xml", text.encode()))

    whole, people = await reader.whole(), await reader.characters()
    assert (whole["coPresence"]["size"], whole["coPresence"]["numEdges"], whole["exchanges"]["numEdges"]) == (2, 1, 1)
    assert whole["summary"]["messages"] == 5
    assert [character["coPresence"] and character["coPresence"]["numOfWords"] for character in people] == [5, 4, None]


@pytest.mark.parametrize("name", references.NETWORKS)
async def test_a_network_is_what_the_reference_says(name: str, stores: Stores, wall: WallClock) -> None:
    known = references.of_networks()[name]
    reader = await imported(stores, wall, incoming_of(name))
    whole, people, meetings = await reader.whole(), await reader.characters(), await reader.segments()
    ids = {character["id"]: id_in_file(character, known["nodes"]) for character in people}
    met = Counter(
        pair
        for meeting in meetings
        for pair in combinations(sorted(ids[edge["node"]["id"]] for edge in meeting["participants"]["edges"]), 2)
    )

    assert sorted([a, b, n] for (a, b), n in met.items()) == sorted([*sorted(edge[:2]), edge[2]] for edge in known["edges"])
    check_whole(whole["coPresence"], known)
    check_whole(whole["relationships"], known)
    for character in people:
        node = known["nodes"][ids[character["id"]]]
        check_each(character["coPresence"], node)
        # A relationship is there or is not, however often two have met.
        check_each(character["relationships"], node | {"weightedDegree": node["degree"]})


def incoming_of(name: str) -> Incoming:
    folder, _, graph = name.partition("/")
    if folder == "networkx":
        return Incoming(graph.removesuffix("_graph").replace("_", "-"), b"")
    return Incoming(Path(name).name, (references.DATA / "networks" / name).read_bytes())


def id_in_file(character: Speaker, nodes: dict[str, Any]) -> str:
    """Books of the GraphBase name people by codes, which stand at the end of their descriptions."""
    if character["name"] in nodes:
        return str(character["name"])
    return str(character["description"].removesuffix(" in the file").split(", ")[-1])
