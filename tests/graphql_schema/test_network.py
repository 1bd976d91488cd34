"""network, measures, path, neighbours and commonNeighbours."""

import asyncio
from itertools import pairwise
from typing import Any

import networkx
import pytest

from interchange.sample import SAMPLE_ID
from resolvers import measures
from tests.documents import CREATE_CHARACTER, DELETE_CHARACTER
from tests.world import FRIENDS, World

NETWORK = """
query($id: ID!, $characters: Int! = 5000, $relationships: Int! = 20000) {
  ecosystem(id: $id) { head network(characters: $characters, relationships: $relationships) {
    asOf characters { characterId name x y energy isActive } relationships { relationshipId from to bond trust contact stage }
  } }
}
"""
MEASURES = """
query($id: ID!, $of: NetworkKind! = RELATIONSHIPS) {
  ecosystem(id: $id) {
    head
    measures(of: $of) { asOf size numEdges density averageDegree maxDegree averageClustering averagePathLength diameter
      numConnectedComponents }
    characters(first: 100) { edges { node { id name measures(of: $of) {
      asOf degree weightedDegree closeness betweenness eigenvector numOfSpeechActs numOfWords } } } }
  }
}
"""
PATH = """
query($id: ID!, $from: ID!, $to: ID!, $by: PathCost! = FEWEST) {
  ecosystem(id: $id) { head path(from: $from, to: $to, by: $by) {
    asOf cost characters { name } relationships { bond from { name } to { name } } } }
}
"""
NEIGHBOURS = """
query($id: ID!, $depth: Int! = 1) {
  character(id: $id) { neighbours(depth: $depth, first: 100) { asOf edges { distance node { name } } } }
}
"""
COMMON = """
query($id: ID!, $other: ID!) {
  character(id: $id) { commonNeighbours(characterId: $other, first: 100) { totalCount edges { node { name } } } }
}
"""


async def drawn(world: World, **asked: int) -> dict[str, Any]:
    network: dict[str, Any] = (await world.signed_out.ask(NETWORK, id=world.id, **asked))["network"]
    return network


async def graph(world: World) -> Any:
    """The relationships, undirected, by name."""
    network = await drawn(world)
    names, ties = network["characters"]["name"], network["relationships"]
    found: Any = networkx.Graph()
    found.add_nodes_from(names)
    found.add_edges_from((names[a], names[b]) for a, b in zip(ties["from"], ties["to"], strict=True))
    return found


async def test_its_columns_have_equal_length_and_every_character_has_a_position(sample: World) -> None:
    asked = await sample.signed_out.ask(NETWORK, id=sample.id)
    people, ties = asked["network"]["characters"], asked["network"]["relationships"]
    assert {len(column) for column in people.values()} == {77}
    assert len({len(column) for column in ties.values()}) == 1
    assert asked["network"]["asOf"] == asked["head"]
    assert all(-1 <= at <= 1 for at in people["x"] + people["y"])
    assert len(set(zip(people["x"], people["y"], strict=True))) == 77
    assert people["name"][0] == "Valjean"
    strengths = [abs(bond) for bond in ties["bond"]]
    assert strengths == pytest.approx(sorted(strengths, reverse=True), abs=1e-12)


async def test_its_values_equal_those_of_the_relationships(sample: World) -> None:
    ties = (await drawn(sample, relationships=60))["relationships"]
    document = (
        "query($ids: [ID!]!) { nodes(ids: $ids) { ... on Relationship { bond trust contact stage from { id } to { id } } } }"
    )
    people = (await drawn(sample))["characters"]["characterId"]
    for nth, one in enumerate(await sample.signed_out.ask(document, ids=ties["relationshipId"])):
        shown = (ties["bond"][nth], ties["trust"][nth], ties["contact"][nth])
        assert shown == pytest.approx((one["bond"], one["trust"], one["contact"]), abs=1e-9)
        assert ties["stage"][nth] == one["stage"]
        assert (people[ties["from"][nth]], people[ties["to"][nth]]) == (one["from"]["id"], one["to"]["id"])


async def test_its_maxima_keep_the_most_connected_characters_and_strongest_relationships(sample: World) -> None:
    small = await drawn(sample, characters=10, relationships=5)
    whole = await drawn(sample)
    assert small["characters"]["name"] == whole["characters"]["name"][:10]
    assert len(small["relationships"]["bond"]) == 5
    assert max(small["relationships"]["from"] + small["relationships"]["to"]) < 10
    assert (await drawn(sample, relationships=0))["relationships"]["bond"] == []


@pytest.mark.parametrize(
    "asked",
    [
        {"characters": 0},
        {"characters": -1},
        {"characters": 10_001},
        {"characters": 10**9},
        {"relationships": -1},
        {"relationships": 10**9},
    ],
)
async def test_a_maximum_out_of_bounds_is_refused(sample: World, asked: dict[str, int]) -> None:
    assert (await sample.signed_out.expect_error(NETWORK, id=sample.id, **asked)).code == "INVALID"


async def test_positions_do_not_change_when_characters_are_created_and_deleted(world: World) -> None:
    before = (await drawn(world))["characters"]
    at = dict(zip(before["characterId"], zip(before["x"], before["y"], strict=True), strict=True))
    made = await world.as_owner.ask(CREATE_CHARACTER, input={"ecosystemId": world.id, "name": "Azelma"})
    [valjean, javert] = world.people("Valjean", "Javert")
    meeting = {"initiatorId": made["character"]["id"], "responderId": valjean.id, "kind": "GREETING"}
    await world.as_owner.ask(
        "mutation($input: InteractInput!) { interact(input: $input) { ... on InteractPayload { cursor } } }", input=meeting
    )
    await world.as_owner.ask(DELETE_CHARACTER, input={"id": javert.id})

    after = (await drawn(world))["characters"]
    now = dict(zip(after["characterId"], zip(after["x"], after["y"], strict=True), strict=True))
    assert set(now) == set(at) - {javert.id} | {made["character"]["id"]}
    assert {id_: place for id_, place in now.items() if id_ in at} == {id_: at[id_] for id_ in at if id_ != javert.id}
    assert (await drawn(world))["characters"] == after


async def test_measures_of_relationships_equal_those_of_networkx(sample: World) -> None:
    asked = await sample.signed_out.ask(MEASURES, id=sample.id)
    known, whole = await graph(sample), asked["measures"]
    assert (whole["size"], whole["numEdges"], whole["asOf"]) == (77, known.number_of_edges(), asked["head"])
    assert whole["density"] == pytest.approx(networkx.density(known))
    assert whole["averageClustering"] == pytest.approx(networkx.average_clustering(known))
    assert whole["averagePathLength"] == pytest.approx(networkx.average_shortest_path_length(known))
    assert (whole["diameter"], whole["numConnectedComponents"]) == (networkx.diameter(known), 1)
    assert whole["maxDegree"] == max(degree for _, degree in known.degree)
    betweenness, closeness = networkx.betweenness_centrality(known), networkx.closeness_centrality(known)
    for edge in asked["characters"]["edges"]:
        name, one = edge["node"]["name"], edge["node"]["measures"]
        assert (one["degree"], one["asOf"]) == (known.degree[name], asked["head"])
        assert one["betweenness"] == pytest.approx(betweenness[name])
        assert one["closeness"] == pytest.approx(closeness[name])


async def test_measures_of_conversations_contain_the_speakers_only(sample: World) -> None:
    together = await sample.signed_out.ask(MEASURES, id=sample.id, of="CO_PRESENCE")
    assert (together["measures"]["size"], together["measures"]["numEdges"]) == (5, 10)
    exchanges = await sample.signed_out.ask(MEASURES, id=sample.id, of="EXCHANGES")
    assert (exchanges["measures"]["size"], exchanges["measures"]["numEdges"]) == (5, 5)
    measured = {edge["node"]["name"]: edge["node"]["measures"] for edge in exchanges["characters"]["edges"]}
    assert {name for name, one in measured.items() if one} == set(FRIENDS[:5])
    assert (measured["Enjolras"]["numOfSpeechActs"], measured["Enjolras"]["numOfWords"]) == (3, 9)


async def test_measures_are_never_computed_twice_for_one_position(world: World) -> None:
    await world.signed_out.ask(MEASURES, id=world.id)
    with world.count_statements() as statements:
        again = await world.signed_out.ask(MEASURES, id=world.id)
    assert not [statement for statement in statements if "INSERT INTO network_measures" in statement]
    valjean, javert = world.people("Valjean", "Javert")
    await world.interact(valjean, javert)
    fresh = await world.signed_out.ask(MEASURES, id=world.id)
    assert fresh["measures"]["asOf"] == fresh["head"] != again["measures"]["asOf"]


async def test_concurrent_requests_compute_measures_once(world: World) -> None:
    with world.count_statements() as statements:
        answers = await asyncio.gather(*(world.signed_out.ask(MEASURES, id=world.id, of="EXCHANGES") for _ in range(6)))
    assert len([statement for statement in statements if "INSERT INTO network_measures" in statement]) == 1
    assert all(answer["measures"] == answers[0]["measures"] for answer in answers)
    assert answers[0]["measures"]["asOf"] == answers[0]["head"]


async def test_concurrent_requests_to_two_processes_compute_measures_once(world: World) -> None:
    heard: list[str] = []
    async with world.open_in_other_process() as other:
        for stores in (world.stores, other):
            stores.database.query_listeners.append(heard.append)
        measuring = [measures.start_background(stores, SAMPLE_ID, "relationships") for stores in (world.stores, other)]
        await asyncio.gather(*measuring)
        world.stores.database.query_listeners.remove(heard.append)
    assert len([statement for statement in heard if "INSERT INTO network_measures" in statement]) == 1


async def test_a_path_follows_the_fewest_relationships(sample: World) -> None:
    known = await graph(sample)
    [anzelma, gavroche] = sample.people("Anzelma", "Gavroche")
    asked = await sample.signed_out.ask(PATH, id=sample.id, **{"from": anzelma.id, "to": gavroche.id})
    way = asked["path"]
    names = [one["name"] for one in way["characters"]]
    assert way["cost"] == len(way["relationships"]) == networkx.shortest_path_length(known, "Anzelma", "Gavroche") > 1
    assert [(tie["from"]["name"], tie["to"]["name"]) for tie in way["relationships"]] == list(pairwise(names))
    assert (names[0], names[-1], way["asOf"]) == ("Anzelma", "Gavroche", asked["head"])


async def test_the_strongest_path_has_the_least_sum_of_1_minus_bond(sample: World) -> None:
    ties = (await drawn(sample))["relationships"]
    names = (await drawn(sample))["characters"]["name"]
    known: Any = networkx.DiGraph()
    for a, b, bond in zip(ties["from"], ties["to"], ties["bond"], strict=True):
        known.add_edge(names[a], names[b], weight=1 - abs(bond))
    for one, other in (("Anzelma", "Gavroche"), ("Marius", "Javert"), ("Zephine", "Champtercier")):
        start, end = sample.people(one, other)
        way = (await sample.signed_out.ask(PATH, id=sample.id, by="STRONGEST", **{"from": start.id, "to": end.id}))["path"]
        assert way["cost"] == pytest.approx(networkx.shortest_path_length(known, one, other, weight="weight"), abs=1e-4)
        assert way["cost"] == pytest.approx(sum(1 - abs(tie["bond"]) for tie in way["relationships"]), abs=1e-4)


@pytest.mark.parametrize("by", ["FEWEST", "STRONGEST"])
async def test_a_path_to_itself_has_length_0_and_an_unconnected_character_has_none(world: World, by: str) -> None:
    [valjean] = world.people("Valjean")
    made = await world.as_owner.ask(CREATE_CHARACTER, input={"ecosystemId": world.id, "name": "Hermit"})

    async def path(to: str) -> Any:
        return (await world.as_owner.ask(PATH, id=world.id, by=by, **{"from": valjean.id, "to": to}))["path"]

    own = await path(valjean.id)
    assert (own["cost"], own["characters"], own["relationships"]) == (0, [{"name": "Valjean"}], [])
    assert await path(made["character"]["id"]) is None
    assert await path(world.person_id(999)) is None
    for id_, code in ((world.data.secrets["Ney"], "INVALID"), (world.id, "NOT_FOUND"), ("?", "NOT_FOUND")):
        failure = await world.as_owner.expect_error(PATH, id=world.id, by=by, **{"from": valjean.id, "to": id_})
        assert failure.code == code
    strangers = await world.as_stranger.expect_error(
        PATH, id=world.id, by=by, **{"from": world.data.secrets["Ney"], "to": valjean.id}
    )
    assert strangers.code == "INVALID"


@pytest.mark.parametrize("depth", [1, 2, 3, 6])
async def test_neighbours_come_nearest_first(sample: World, depth: int) -> None:
    known = await graph(sample)
    [anzelma] = sample.people("Anzelma")
    found = (await sample.signed_out.ask(NEIGHBOURS, id=anzelma.id, depth=depth))["neighbours"]
    distances = networkx.single_source_shortest_path_length(known, "Anzelma", cutoff=depth)
    del distances["Anzelma"]
    assert {edge["node"]["name"]: edge["distance"] for edge in found["edges"]} == distances
    assert [edge["distance"] for edge in found["edges"]] == sorted(distances.values())
    assert found["asOf"] == await sample.head()


@pytest.mark.parametrize("depth", [0, -1, 7, 10**9])
async def test_a_depth_out_of_bounds_is_refused(sample: World, depth: int) -> None:
    assert (await sample.signed_out.expect_error(NEIGHBOURS, id=sample.person_id(1), depth=depth)).code == "INVALID"


async def test_common_neighbours_have_a_relationship_with_both(sample: World) -> None:
    known = await graph(sample)
    valjean, javert = sample.people("Valjean", "Javert")
    found = (await sample.signed_out.ask(COMMON, id=valjean.id, other=javert.id))["commonNeighbours"]
    names = [edge["node"]["name"] for edge in found["edges"]]
    assert sorted(names) == sorted(networkx.common_neighbors(known, "Valjean", "Javert"))
    assert found["totalCount"] == len(names) > 5
    for id_, code in ((sample.data.secrets["Ney"], "INVALID"), ("?", "NOT_FOUND")):
        assert (await sample.as_owner.expect_error(COMMON, id=valjean.id, other=id_)).code == code
    nobody = await sample.signed_out.ask(COMMON, id=valjean.id, other=sample.person_id(999))
    assert nobody["commonNeighbours"] == {"totalCount": 0, "edges": []}
