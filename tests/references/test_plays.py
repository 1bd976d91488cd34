"""Real plays in TEI against the figures that drama corpora publish of them."""

from collections import Counter

import pytest

from db.stores import Stores
from domain.clock import WallClock
from interchange.source_file import SourceFile
from tests.interchange import over_graphql
from tests.interchange.checks import check_measures_of_play, check_play, read_play, speeches
from tests.interchange.over_graphql import imported
from tests.references import published


@pytest.mark.parametrize("name", published.PLAYS)
def test_a_play_is_read_as_in_its_reference(name: str) -> None:
    check_play(read_play(published.play(name), name), published.of_play(name))


@pytest.mark.parametrize("name", published.PLAYS)
def test_the_measures_of_a_play_equal_its_reference(name: str) -> None:
    check_measures_of_play(read_play(published.play(name), name), published.of_play(name)["network"])


@pytest.mark.parametrize("name", published.PLAYS)
async def test_the_api_returns_the_figures_of_the_reference(name: str, stores: Stores, wall: WallClock) -> None:
    reader = await imported(stores, wall, SourceFile(f"{name}.xml", published.play(name)))

    await over_graphql.check_play(reader, published.of_play(name))


def test_the_printed_names_are_the_speakers_of_a_play_without_who() -> None:
    play = read_play(published.EDGE.read_bytes(), "folio.xml")

    assert len(play.speakers) == 79
    assert len(speeches(play)) == 838
    assert Counter(speech.speakers for speech in speeches(play))[("Rom.",)] == 149
    assert "no @who" in play.provenance.notes[0]


def test_every_play_has_a_reference() -> None:
    assert len(published.PLAYS) > 10
    assert len(published.NETWORKS) > 10
