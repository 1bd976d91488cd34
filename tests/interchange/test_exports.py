"""Exports: networks in the formats of other programs, and archives."""

import csv
import json
from io import BytesIO, StringIO
from typing import Any
from uuid import UUID, uuid4

import networkx
import pytest

from db.stores import Stores
from domain.clock import WallClock
from domain.refusals import NotFound
from interchange import formats, sample
from interchange.exports import FORMATS, export_world
from interchange.imports import ImportOptions, import_file
from interchange.networks import ImportedNetwork
from interchange.source_file import SourceFile
from tests.interchange import stored
from tests.interchange.test_tei import A, B, C, tei_of

TALK = tei_of(f"<div>{A}{B}{A}</div><div>{C}{B}</div>")


async def export(stores: Stores, wall: WallClock, id_: UUID, format_: str) -> bytes:
    return b"".join([part async for part in export_world(stores, wall, id_, format_)])


@pytest.fixture
async def world_id(stores: Stores, wall: WallClock) -> UUID:
    outcome = await import_file(stores, wall, SourceFile("talk.xml", TALK.encode()), ImportOptions(None))
    return outcome.ecosystem_id


async def test_json_contains_current_relationships_and_exchanges_with_their_times(
    stores: Stores, wall: WallClock, world_id: UUID
) -> None:
    network = json.loads(await export(stores, wall, world_id, "json"))

    assert [(node["id"], node["name"]) for node in network["nodes"]] == [(1, "a"), (2, "b"), (3, "c")]
    relationships = {(link["source"], link["target"]): link for link in network["links"] if link["kind"] == "relationship"}
    assert {ends: link["weight"] for ends, link in relationships.items()} == {(1, 2): 2, (2, 1): 2, (2, 3): 1, (3, 2): 1}
    assert relationships[2, 1]["affinity"] > relationships[1, 2]["affinity"] * 0.5 > 0
    assert network["graph"]["worldSeconds"] == (await stored.world(stores, world_id))["clock_world_seconds"]
    exchanges = [
        (link["source"], link["target"], link["weight"], link["times"])
        for link in network["links"]
        if link["kind"] == "exchange"
    ]
    speech = 1 + 0.4 * 2
    assert exchanges == [
        (1, 2, 1, pytest.approx([speech])),
        (2, 1, 1, pytest.approx([2 * speech])),
        (3, 2, 1, pytest.approx([4 * speech + 86_400])),
    ]


async def test_networkx_reads_the_dynamic_gexf(stores: Stores, wall: WallClock, world_id: UUID) -> None:
    content = await export(stores, wall, world_id, "gexf")

    graph: Any = networkx.read_gexf(BytesIO(content))
    assert graph.graph["mode"] == "dynamic"
    assert {data["label"] for _, data in graph.nodes(data=True)} == {"a", "b", "c"}
    kinds = [data["kind"] for *_, data in graph.edges(data=True)]
    assert (kinds.count("relationship"), kinds.count("exchange")) == (4, 3)
    assert b"<spell start=" in content


async def test_networkx_reads_the_graphml(stores: Stores, wall: WallClock, world_id: UUID) -> None:
    graph: Any = networkx.read_graphml(BytesIO(await export(stores, wall, world_id, "graphml")))

    assert graph.edges["3", "2", "exchange"]["weight"] == 1
    assert graph.edges["1", "2", "relationship"]["stage"] == "stranger"


async def test_csv_has_one_line_for_each_edge(stores: Stores, wall: WallClock, world_id: UUID) -> None:
    lines = list(csv.DictReader(StringIO((await export(stores, wall, world_id, "csv")).decode())))

    assert [(line["source"], line["target"], line["kind"], line["weight"]) for line in lines] == [
        ("a", "b", "relationship", "2"),
        ("b", "a", "relationship", "2"),
        ("b", "c", "relationship", "1"),
        ("c", "b", "relationship", "1"),
        ("a", "b", "exchange", "1"),
        ("b", "a", "exchange", "1"),
        ("c", "b", "exchange", "1"),
    ]


@pytest.mark.parametrize("format_", ["gexf", "graphml", "csv", "json"])
async def test_each_exported_network_can_be_imported(stores: Stores, wall: WallClock, world_id: UUID, format_: str) -> None:
    network = formats.read_world(await export(stores, wall, world_id, format_), f"talk.{format_}")

    assert isinstance(network, ImportedNetwork)
    assert {speaker.name for speaker in network.speakers} == {"a", "b", "c"}


async def test_characters_with_the_same_name_are_exported_with_their_numbers(stores: Stores, wall: WallClock) -> None:
    people = "".join(f'<person xml:id="{id_}"><persName>Stimme</persName></person>' for id_ in "ab")
    header = f"<profileDesc><particDesc><listPerson>{people}</listPerson></particDesc></profileDesc></teiHeader>"
    play = tei_of(A + B).replace("</teiHeader>", header)
    outcome = await import_file(stores, wall, SourceFile("play.xml", play.encode()), ImportOptions(None))

    network = json.loads(await export(stores, wall, outcome.ecosystem_id, "json"))

    assert [node["name"] for node in network["nodes"]] == ["Stimme (1)", "Stimme (2)"]


async def test_characters_that_xml_does_not_allow_are_replaced(stores: Stores, wall: WallClock) -> None:
    network = "source,target\nAnn\uffff,<Bob> & 👩‍👧\n"
    outcome = await import_file(stores, wall, SourceFile("odd.csv", network.encode()), ImportOptions(None))

    for format_, read in (("gexf", networkx.read_gexf), ("graphml", networkx.read_graphml)):
        graph: Any = read(BytesIO(await export(stores, wall, outcome.ecosystem_id, format_)))
        assert sorted(node["label"] for _, node in graph.nodes(data=True)) == ["<Bob> & 👩‍👧", "Ann\ufffd"]


async def test_the_format_archive_exports_the_archive(stores: Stores, wall: WallClock) -> None:
    id_ = await sample.build_sample_world(stores, wall)

    assert await export(stores, wall, id_, "archive") == await stored.archive(stores, id_)


@pytest.mark.parametrize("format_", FORMATS)
async def test_an_export_of_a_missing_world_raises_not_found(stores: Stores, wall: WallClock, format_: str) -> None:
    with pytest.raises(NotFound):
        await export(stores, wall, uuid4(), format_)
