"""Compares plays and networks that were read with their expected figures, for the files of the tests and for real ones."""

from collections import Counter
from collections.abc import Iterator
from itertools import combinations, pairwise
from typing import Any

import pytest

from domain.networks import CharacterMeasures, NetworkMeasures, measure
from domain.networks import Network as Graph
from interchange import formats, tei, xml
from interchange.networks import ImportedNetwork
from interchange.plays import Play, Speech

Known = dict[str, Any]


def read_play(content: bytes | str, file: str = "play.xml") -> Play:
    return tei.read_tei(xml.parse(content.encode() if isinstance(content, str) else content, file), file)


def read_network(content: str | bytes, file: str = "network.csv") -> ImportedNetwork:
    network = formats.read_world(content.encode() if isinstance(content, str) else content, file)
    assert isinstance(network, ImportedNetwork)
    return network


def speeches(play: Play) -> list[Speech]:
    return [speech for segment in play.segments for speech in segment.speeches]


def co_presence(play: Play) -> Counter[tuple[str, str]]:
    scenes = (segment for segment in play.segments if segment.is_scene)
    return Counter(pair for scene in scenes for pair in combinations(sorted(scene.speakers), 2))


def exchanges(play: Play) -> Counter[tuple[str, str]]:
    return Counter(exchanged([[speech.speakers for speech in segment.speeches] for segment in play.segments]))


def exchanged(segments: list[list[tuple[str, ...]]]) -> Iterator[tuple[str, str]]:
    """Yields (speaker before, speaker) for each speech that follows another one in its segment."""
    for speakers in segments:
        for before, after in pairwise(speakers):
            yield from ((a, b) for a in before for b in after if a != b)


def met(network: ImportedNetwork) -> Counter[tuple[str, str]]:
    return Counter(pair for meeting in network.meetings for pair in combinations(sorted(meeting.speakers), 2))


def undirected(edges: list[Any]) -> list[Any]:
    return sorted([*sorted(edge[:2]), edge[2]] for edge in edges)


def listed(counted: Counter[tuple[str, str]]) -> list[Any]:
    return sorted([a, b, n] for (a, b), n in counted.items())


def check_play(play: Play, known: Known) -> None:
    all_speeches = speeches(play)
    alone = Counter(speech.speakers[0] for speech in all_speeches if len(speech.speakers) == 1)
    words: Counter[str] = Counter()
    for speech in all_speeches:
        words.update(dict.fromkeys(speech.speakers, speech.words))

    origin = play.provenance
    assert (play.title, list(origin.authors), origin.year) == (known["title"], known["authors"], known["yearNormalized"])
    assert origin.language == known["lang"]
    assert [(speaker.id, speaker.name) for speaker in play.speakers] == [(c["id"], c["name"]) for c in known["characters"]]
    assert [list(segment.speakers) for segment in play.segments] == [segment["speakers"] for segment in known["segments"]]
    assert [len(segment.speeches) for segment in play.segments] == [segment["numSpeeches"] for segment in known["segments"]]
    for counted, key in ((alone, "numOfSpeechActs"), (words, "numOfWords")):
        assert {c["id"]: counted[c["id"]] for c in known["characters"]} == {c["id"]: c[key] for c in known["characters"]}
    assert sum(speech.words for speech in all_speeches) == known["wordCountSpeech"]
    assert sum(len(speech.text) for speech in all_speeches) == known["charCountSpeech"]
    assert listed(co_presence(play)) == undirected(known["coPresenceEdges"])
    assert listed(exchanges(play)) == sorted(known["exchangeEdgesDirected"])


def check_measures_of_play(play: Play, known: Known) -> None:
    """Checks the co-presence network, whose nodes are the characters that speak in a scene."""
    present = {id_ for segment in play.segments if segment.is_scene for id_ in segment.speakers}
    check_measures([speaker.id for speaker in play.speakers if speaker.id in present], co_presence(play), known)


def check_measures(ids: list[str], edges: Counter[tuple[str, str]], known: Known) -> None:
    numbers = {id_: number for number, id_ in enumerate(ids)}
    ends = [(numbers[a], numbers[b]) for a, b in edges]
    whole, each = measure(Graph(list(numbers.values()), ends, [float(weight) for weight in edges.values()]))
    _check_whole(whole, known)
    assert numbers.keys() == known["nodes"].keys()
    for id_, node in known["nodes"].items():
        _check_each(each[numbers[id_]], node)


def _check_whole(whole: NetworkMeasures, known: Known) -> None:
    assert (whole.size, whole.num_edges, whole.max_degree) == (known["size"], known["numEdges"], known["maxDegree"])
    assert (whole.diameter, whole.num_connected_components) == (known["diameter"], known["numConnectedComponents"])
    assert whole.density == pytest.approx(known["density"], rel=1e-9)
    assert whole.average_degree == pytest.approx(known["averageDegree"], rel=1e-9)
    assert whole.average_clustering == pytest.approx(known["averageClustering"], rel=1e-9)
    assert whole.average_path_length == pytest.approx(known["averagePathLength"], rel=1e-9)


def _check_each(measures: CharacterMeasures, known: Known) -> None:
    assert (measures.degree, measures.weighted_degree) == (known["degree"], known["weightedDegree"])
    assert measures.closeness == pytest.approx(known["closeness"], rel=1e-9)
    assert measures.betweenness == pytest.approx(known["betweenness"], rel=1e-9)
    assert measures.eigenvector == pytest.approx(known["eigenvector"], rel=1e-5)


def check_network(network: ImportedNetwork, known: Known) -> None:
    assert listed(met(network)) == undirected(known["edges"])
    assert {speaker.id for speaker in network.speakers} == set(known["nodes"])
