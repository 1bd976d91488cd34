"""Compares what the API returns of a play or network to a signed-out viewer with the expected figures."""

from collections import Counter
from collections.abc import AsyncIterator
from itertools import combinations
from typing import Any

import pytest

from db.stores import Stores
from domain import keys
from domain.clock import WallClock
from domain.keys import EcosystemKey
from graphql_server.subscriptions.registry import SubscriptionRegistry
from interchange.imports import ImportOptions, import_file
from interchange.source_file import SourceFile
from resolvers.context import Context
from tests.interchange.checks import Known, exchanged, listed, undirected
from tests.visitors import ERRORS, ApiClient

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
    """Reads all pages of one ecosystem."""

    def __init__(self, visitor: ApiClient, id_: str) -> None:
        self._visitor, self._id = visitor, id_

    async def whole(self) -> Any:
        return await self._visitor.ask(WHOLE, id=self._id)

    async def characters(self) -> list[Speaker]:
        """Returns the characters in the order of their numbers."""
        return [node async for node in self._pages(CHARACTERS, "characters", self._id)][::-1]

    async def segments(self) -> list[dict[str, Any]]:
        return [node async for node in self._pages(SEGMENTS, "conversations", self._id)]

    async def speeches(self, conversation: str) -> list[tuple[str, ...]]:
        """Who speaks, speech by speech."""
        nodes = [node async for node in self._pages(SPEECHES, "messages", conversation)]
        assert [speech["number"] for speech in nodes] == list(range(1, len(nodes) + 1))
        return [tuple(speaker["id"] for speaker in speech["speakers"]) for speech in nodes]

    async def _pages(self, document: str, field: str, id_: str) -> AsyncIterator[Any]:
        after = None
        while True:
            page = (await self._visitor.ask(document, id=id_, after=after))[field]
            for edge in page["edges"]:
                yield edge["node"]
            if not page["pageInfo"]["hasNextPage"]:
                return
            after = page["pageInfo"]["endCursor"]


async def imported(stores: Stores, wall: WallClock, incoming: SourceFile) -> Reader:
    outcome = await import_file(stores, wall, incoming, ImportOptions(None, is_public=True))
    visitor = ApiClient(lambda: Context(stores, wall, None, "127.0.0.1", None), SubscriptionRegistry(ERRORS))
    return Reader(visitor, keys.encode_id(EcosystemKey(outcome.ecosystem_id)))


def check_whole(actual: dict[str, Any], known: dict[str, Any]) -> None:
    for count in ("size", "numEdges", "maxDegree", "diameter", "numConnectedComponents"):
        assert actual[count] == known[count], count
    for measure in ("density", "averageDegree", "averageClustering", "averagePathLength"):
        assert actual[measure] == pytest.approx(known[measure], rel=1e-9), measure


def check_each(actual: dict[str, Any], known: dict[str, Any]) -> None:
    assert (actual["degree"], actual["weightedDegree"]) == (known["degree"], known["weightedDegree"])
    assert actual["closeness"] == pytest.approx(known["closeness"], rel=1e-9)
    assert actual["betweenness"] == pytest.approx(known["betweenness"], rel=1e-9)
    assert actual["eigenvector"] == pytest.approx(known["eigenvector"], rel=1e-5)


async def check_play(reader: Reader, known: Known) -> None:
    whole, people, segments = await reader.whole(), await reader.characters(), await reader.segments()
    speeches = [await reader.speeches(segment["id"]) for segment in segments]
    ids = {character["id"]: known["characters"][n]["id"] for n, character in enumerate(people)}
    present = Counter(
        pair
        for segment, counted in zip(segments, known["segments"], strict=True)
        if counted.get("isScene", True)
        for pair in combinations(sorted(ids[edge["node"]["id"]] for edge in segment["participants"]["edges"]), 2)
    )
    followed = Counter((ids[a], ids[b]) for a, b in exchanged(speeches))

    assert (whole["name"], whole["ruleSet"]["name"], whole["clock"]["rate"]) == (known["title"], "script", 0.0)
    assert [character["name"] for character in people] == [character["name"] for character in known["characters"]]
    assert [[ids[edge["node"]["id"]] for edge in segment["participants"]["edges"]] for segment in segments] == [
        segment["speakers"] for segment in known["segments"]
    ]
    assert list(map(len, speeches)) == [segment["numSpeeches"] for segment in known["segments"]]
    assert sum(map(len, speeches)) == whole["summary"]["messages"] == known["numOfSpeeches"]
    assert listed(present) == undirected(known["coPresenceEdges"])
    assert listed(followed) == sorted(known["exchangeEdgesDirected"])
    check_whole(whole["coPresence"], known["network"])
    assert whole["exchanges"]["numEdges"] == len(known["exchangeEdgesDirected"])
    for character, speaker in zip(people, known["characters"], strict=True):
        exchanges = character["exchanges"]
        exchanged_by = sum(n for pair, n in followed.items() if speaker["id"] in pair)
        assert (exchanges["weightedDegree"] if exchanges else 0) == exchanged_by
        if speaker["id"] not in known["network"]["nodes"]:
            assert character["coPresence"] is None
            continue
        check_each(character["coPresence"], known["network"]["nodes"][speaker["id"]])
        assert character["coPresence"]["numOfSpeechActs"] == speaker["numOfSpeechActs"]
        assert character["coPresence"]["numOfWords"] == speaker["numOfWords"]


async def check_network(reader: Reader, known: Known) -> None:
    whole, people, meetings = await reader.whole(), await reader.characters(), await reader.segments()
    ids = {character["id"]: id_in_file(character, known) for character in people}
    met = Counter(
        pair
        for meeting in meetings
        for pair in combinations(sorted(ids[edge["node"]["id"]] for edge in meeting["participants"]["edges"]), 2)
    )

    assert listed(met) == undirected(known["edges"])
    check_whole(whole["coPresence"], known)
    check_whole(whole["relationships"], known)
    for character in people:
        node = known["nodes"][ids[character["id"]]]
        check_each(character["coPresence"], node)
        # Relationships have no weight: their weighted degree is the degree.
        check_each(character["relationships"], node | {"weightedDegree": node["degree"]})


def id_in_file(character: Speaker, known: Known) -> str:
    """Returns the id by the name, or, for a book of the GraphBase, the code at the end of the description."""
    for id_, name in known.get("names", {}).items():
        if name == character["name"]:
            return str(id_)
    if character["name"] in known["nodes"]:
        return str(character["name"])
    return str(character["description"].removesuffix(" in the file").split(", ")[-1])
