"""Exports: what programs that draw and measure networks are given."""

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
from tests.interchange import kept
from tests.interchange.test_tei import A, B, C, tei_of

TALK = tei_of(f"<div>{A}{B}{A}</div><div>{C}{B}</div>")


async def exported(stores: Stores, wall: WallClock, id_: UUID, format_: str) -> bytes:
    return b"".join([part async for part in export_world(stores, wall, id_, format_)])


@pytest.fixture
async def talk(stores: Stores, wall: WallClock) -> UUID:
    outcome = await import_file(stores, wall, SourceFile("talk.xml", TALK.encode()), ImportOptions(None))
    return outcome.ecosystem_id


async def test_json_has_relationships_as_they_are_now_and_exchanges_with_their_times(
    stores: Stores, wall: WallClock, talk: UUID
) -> None:
    found = json.loads(await exported(stores, wall, talk, "json"))

    assert [(node["id"], node["name"]) for node in found["nodes"]] == [(1, "a"), (2, "b"), (3, "c")]
    felt = {(link["source"], link["target"]): link for link in found["links"] if link["kind"] == "relationship"}
    assert {ends: link["weight"] for ends, link in felt.items()} == {(1, 2): 2, (2, 1): 2, (2, 3): 1, (3, 2): 1}
    assert felt[2, 1]["affinity"] > felt[1, 2]["affinity"] * 0.5 > 0
    assert found["graph"]["worldSeconds"] == (await kept.world(stores, talk))["clock_world_seconds"]
    exchanged = [
        (link["source"], link["target"], link["weight"], link["times"]) for link in found["links"] if link["kind"] == "exchange"
    ]
    speech = 1 + 0.4 * 2
    assert exchanged == [
        (1, 2, 1, pytest.approx([speech])),
        (2, 1, 1, pytest.approx([2 * speech])),
        (3, 2, 1, pytest.approx([4 * speech + 86_400])),
    ]


async def test_gexf_is_dynamic_and_read_by_networkx(stores: Stores, wall: WallClock, talk: UUID) -> None:
    content = await exported(stores, wall, talk, "gexf")

    graph: Any = networkx.read_gexf(BytesIO(content))
    assert graph.graph["mode"] == "dynamic"
    assert {data["label"] for _, data in graph.nodes(data=True)} == {"a", "b", "c"}
    kinds = [data["kind"] for *_, data in graph.edges(data=True)]
    assert (kinds.count("relationship"), kinds.count("exchange")) == (4, 3)
    assert b"<spell start=" in content


async def test_graphml_is_read_by_networkx(stores: Stores, wall: WallClock, talk: UUID) -> None:
    graph: Any = networkx.read_graphml(BytesIO(await exported(stores, wall, talk, "graphml")))

    assert graph.edges["3", "2", "exchange"]["weight"] == 1
    assert graph.edges["1", "2", "relationship"]["stage"] == "stranger"


async def test_csv_has_a_line_for_each_tie(stores: Stores, wall: WallClock, talk: UUID) -> None:
    lines = list(csv.DictReader(StringIO((await exported(stores, wall, talk, "csv")).decode())))

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
async def test_every_network_that_is_exported_can_be_imported(
    stores: Stores, wall: WallClock, talk: UUID, format_: str
) -> None:
    network = formats.read_world(await exported(stores, wall, talk, format_), f"talk.{format_}")

    assert isinstance(network, ImportedNetwork)
    assert {speaker.name for speaker in network.speakers} == {"a", "b", "c"}


async def test_whoever_shares_a_name_is_told_apart_by_number(stores: Stores, wall: WallClock) -> None:
    people = "".join(f'<person xml:id="{id_}"><persName>Stimme</persName></person>' for id_ in "ab")
    header = f"<profileDesc><particDesc><listPerson>{people}</listPerson></particDesc></profileDesc></teiHeader>"
    play = tei_of(A + B).replace("</teiHeader>", header)
    outcome = await import_file(stores, wall, SourceFile("play.xml", play.encode()), ImportOptions(None))

    found = json.loads(await exported(stores, wall, outcome.ecosystem_id, "json"))

    assert [node["name"] for node in found["nodes"]] == ["Stimme (1)", "Stimme (2)"]


async def test_what_xml_cannot_hold_is_shown_as_such(stores: Stores, wall: WallClock) -> None:
    network = "source,target\nAnn\uffff,<Bob> & 👩‍👧\n"
    outcome = await import_file(stores, wall, SourceFile("odd.csv", network.encode()), ImportOptions(None))

    for format_, read in (("gexf", networkx.read_gexf), ("graphml", networkx.read_graphml)):
        graph: Any = read(BytesIO(await exported(stores, wall, outcome.ecosystem_id, format_)))
        assert sorted(node["label"] for _, node in graph.nodes(data=True)) == ["<Bob> & 👩‍👧", "Ann\ufffd"]


async def test_an_archive_is_exported_as_it_is_restored(stores: Stores, wall: WallClock) -> None:
    id_ = await sample.build_sample_world(stores, wall)

    assert await exported(stores, wall, id_, "archive") == await kept.archive(stores, id_)


@pytest.mark.parametrize("format_", FORMATS)
async def test_of_no_world_there_is_no_export(stores: Stores, wall: WallClock, format_: str) -> None:
    with pytest.raises(NotFound):
        await exported(stores, wall, uuid4(), format_)
