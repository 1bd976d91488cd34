"""The API returns imported plays and networks to a signed-out viewer."""

import pytest

from db.stores import Stores
from domain.clock import WallClock
from interchange.source_file import SourceFile
from tests.interchange import expected, over_graphql
from tests.interchange.over_graphql import imported


@pytest.mark.parametrize("name", expected.PLAYS)
async def test_the_api_returns_a_play_as_counted_by_hand(name: str, stores: Stores, wall: WallClock) -> None:
    reader = await imported(stores, wall, SourceFile(f"{name}.xml", expected.play(name)))

    await over_graphql.check_play(reader, expected.of_play(name))


async def test_a_speech_outside_any_scene_adds_no_co_presence(stores: Stores, wall: WallClock) -> None:
    a, b, c = (f'<sp who="#{id_}"><p>Good day.</p></sp>' for id_ in "abc")
    chorus = '<div2 type="chorus"><sp who="#a #c"><p>Hail to all!</p></sp>' + c + b + "</div2>"
    text = f'<TEI><text><body><div1><div2 type="scene">{a}{b}</div2>{chorus}</div1></body></text></TEI>'

    reader = await imported(stores, wall, SourceFile("play.xml", text.encode()))

    whole, people = await reader.whole(), await reader.characters()
    assert (whole["coPresence"]["size"], whole["coPresence"]["numEdges"], whole["exchanges"]["numEdges"]) == (2, 1, 1)
    assert whole["summary"]["messages"] == 5
    assert [character["coPresence"] and character["coPresence"]["numOfWords"] for character in people] == [5, 4, None]


@pytest.mark.parametrize("name", expected.NETWORKS)
async def test_the_api_returns_a_network_as_expected(name: str, stores: Stores, wall: WallClock) -> None:
    reader = await imported(stores, wall, SourceFile(name, expected.network(name)))

    await over_graphql.check_network(reader, expected.of_network(name))
