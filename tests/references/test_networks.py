"""Real networks against measures that were computed elsewhere."""

import pytest

from db.stores import Stores
from domain.clock import WallClock
from interchange import social_graphs
from interchange.networks import ImportedNetwork
from interchange.source_file import SourceFile
from tests.interchange import over_graphql
from tests.interchange.checks import check_measures, check_network, met, read_network
from tests.interchange.over_graphql import imported
from tests.references import published


def network_of(name: str) -> ImportedNetwork:
    file, content = published.network_file(name)
    return read_network(content, file) if content else social_graphs.read_social_graph(file)


@pytest.mark.parametrize("name", published.NETWORKS)
def test_a_network_is_the_graph_of_its_reference(name: str) -> None:
    check_network(network_of(name), published.of_networks()[name])


@pytest.mark.parametrize("name", published.NETWORKS)
def test_the_measures_of_a_network_equal_its_reference(name: str) -> None:
    network = network_of(name)

    check_measures([speaker.id for speaker in network.speakers], met(network), published.of_networks()[name])


@pytest.mark.parametrize("name", published.NETWORKS)
async def test_the_api_returns_the_figures_of_the_reference(name: str, stores: Stores, wall: WallClock) -> None:
    reader = await imported(stores, wall, SourceFile(*published.network_file(name)))

    await over_graphql.check_network(reader, published.of_networks()[name])


def test_graphbase_names_are_read_without_tex() -> None:
    names = {speaker.id: (speaker.name, speaker.description) for speaker in network_of("graphbase/jean.dat").speakers}

    assert names["FT"] == ("Félix Tholomyès", "Parisian student from Toulouse, FT in the file")
    assert names["MY"][0] == "Monsieur Charles François Bienvenu Myriel"
