"""Networks of each format are read as meetings that form the graph of the file."""

import json

import networkx
import pytest

from interchange import formats, social_graphs
from interchange.errors import UnknownFormat, Unreadable
from interchange.networks import ImportedNetwork
from tests.interchange import expected
from tests.interchange.checks import check_measures, check_network, met
from tests.interchange.checks import read_network as read


@pytest.mark.parametrize("name", expected.NETWORKS)
def test_each_network_file_is_read_as_expected(name: str) -> None:
    known, network = expected.of_network(name), read(expected.network(name), name)

    check_network(network, known)
    assert {speaker.id: speaker.name for speaker in network.speakers} == known["names"]
    described = {speaker.id: speaker.description for speaker in network.speakers if speaker.description}
    assert described == known["descriptions"]
    assert (network.title, network.provenance.format) == (known["title"], known["format"])
    assert (list(network.provenance.authors), list(network.provenance.notes)) == (known["authors"], known["notes"])
    assert kinds(network) == known["kinds"]


def kinds(network: ImportedNetwork) -> dict[str, list[str]]:
    """Returns the kinds of meetings by the two ids, in code point order."""
    kinds_of: dict[str, set[str]] = {}
    for meeting in network.meetings:
        if meeting.kind:
            kinds_of.setdefault(" ".join(sorted(meeting.speakers)), set()).add(meeting.kind)
    return {pair: sorted(names) for pair, names in kinds_of.items()}


@pytest.mark.parametrize("name", expected.NETWORKS)
def test_the_measures_of_a_network_equal_those_of_networkx(name: str) -> None:
    network = read(expected.network(name), name)

    check_measures([speaker.id for speaker in network.speakers], met(network), expected.of_network(name))


@pytest.mark.parametrize("name", sorted(social_graphs.GRAPHS))
def test_a_load_graph_networkx_is_imported_completely(name: str) -> None:
    _, load_graph, _ = social_graphs.GRAPHS[name]
    graph, network = load_graph(), social_graphs.read_social_graph(name)
    known = expected.measured(map(str, graph), [(str(a), str(b), n) for a, b, n in graph.edges.data("weight", default=1)])

    check_measures([speaker.id for speaker in network.speakers], met(network), known)


def test_a_line_with_an_ampersand_continues_the_chapter() -> None:
    network = read(
        '* File "x.dat" from the Stanford GraphBase\n* X, by Y\nAA Ann\nBB Bob\nCC Cy\n1:AA,BB;AA\n&:BB,CC\n2:AA,CC\n', "x.dat"
    )

    assert [(meeting.title, meeting.day, meeting.speakers) for meeting in network.meetings] == [
        ("1", 0, ("AA", "BB")),
        ("1", 0, ("AA",)),
        ("1", 0, ("BB", "CC")),
        ("2", 1, ("AA", "CC")),
    ]
    assert (network.title, network.provenance.authors) == ("X", ("Y",))


TRIANGLE = [("ann", "bob", 3.0, "debate"), ("bob", "cy", 1.0, "chat"), ("ann", "cy", 2.0, "chat")]


def as_graph() -> "networkx.Graph[str]":
    graph: networkx.Graph[str] = networkx.Graph()
    for one, other, weight, kind in TRIANGLE:
        graph.add_edge(one, other, weight=weight, kind=kind)
    return graph


def as_graphml() -> str:
    return "\n".join(networkx.generate_graphml(as_graph()))


def as_gexf(version: str) -> str:
    return "\n".join(networkx.generate_gexf(as_graph(), version=version))


def as_node_links() -> str:
    return json.dumps(networkx.node_link_data(as_graph(), edges="links"))


AS_CSV = "source,target,weight,kind\nann,bob,3,debate\nbob,cy,1,chat\nann,cy,2,chat\n"


@pytest.mark.parametrize(
    "text",
    [as_graphml(), as_gexf("1.2draft"), as_gexf("1.3"), as_node_links(), AS_CSV, AS_CSV.replace(",", ";"), "\ufeff" + AS_CSV],
    ids=["graphml", "gexf 1.2", "gexf 1.3", "json", "csv", "csv with semicolons", "csv with a byte order mark"],
)
def test_each_format_yields_the_same_network(text: str) -> None:
    network = read(text)

    assert met(network) == {("ann", "bob"): 3, ("bob", "cy"): 1, ("ann", "cy"): 2}
    assert {meeting.kind for meeting in network.meetings if set(meeting.speakers) == {"ann", "bob"}} == {"debate"}


def test_all_edges_end_on_the_same_day_and_stronger_ones_begin_earlier() -> None:
    days: dict[tuple[str, ...], list[int]] = {}
    for meeting in read(AS_CSV).meetings:
        days.setdefault(meeting.speakers, []).append(meeting.day)

    assert days == {("ann", "bob"): [0, 1, 2], ("bob", "cy"): [2], ("ann", "cy"): [1, 2]}


def test_weights_that_are_not_counts_are_scaled_with_a_note() -> None:
    network = read("source,target,weight\na,b,0.5\nb,c,0.05\n")

    assert met(network) == {("a", "b"): 10, ("b", "c"): 1}
    assert "Weights were scaled" in network.provenance.notes[0]


def test_loops_and_edges_of_weight_0_are_left_out_with_a_note() -> None:
    network = read("source,target,weight\na,a,2\na,b,1\nb,c,0\n")

    assert met(network) == {("a", "b"): 1}
    assert network.provenance.notes == ("1 edge from a node to itself is left out. 1 edge of weight 0 is left out.",)


def test_edges_in_both_directions_and_repeated_edges_add_up() -> None:
    assert met(read("source,target\na,b\nb,a\na,b\n")) == {("a", "b"): 3}


@pytest.mark.parametrize(
    ("text", "line", "explanation"),
    [
        ("source,target,weight\na,b,1\nb,c,-2\n", 3, "has the weight -2"),
        ("source,target,weight\na,b,nan\n", 2, "has the weight nan"),
        ("source,target,weight\na,b,1e308\nb,a,1e308\n", 2, "has the weight 1e+308"),
        ("source,target,weight\na,b,often\n", 2, "often is not a weight"),
        ("source,target\na,\n", 2, "needs a source and a target"),
        ("source,target\n", None, "No two nodes are joined"),
        ("source,target\na,a\n", None, "No two nodes are joined"),
        ('{"nodes": [{"name": "A"}, {"name": "A"}], "links": []}', None, "occurs twice"),
        ('{"nodes": [{"name": "A"}, {}], "links": []}', None, "Node 2 has neither an id nor a name"),
        ('{"nodes": [{"name": "A"}], "links": [{"source": 0, "target": 7}]}', None, "leads to 7"),
        ('{"nodes": [{"name": "A"}], "links": [{"source": 0}]}', None, "Link 1 lacks a source or a target"),
        (
            '{"nodes": [{"name": "A"}, {"name": "B"}], "links": [{"source": 0, "target": 1, "value": "x"}]}',
            None,
            "which is not a number",
        ),
        ('{"nodes":\n [', 2, "not well-formed JSON"),
        ("[" * 100_000, None, "nested too deeply"),
        (as_graphml().replace(">3.0<", ">x<"), None, "x is not a weight"),
        ("<graphml>\n<graph>\n<node id='a'/>\n<edge source='a' target='b'/></graph></graphml>", 4, "leads to b"),
        ("<gexf>\n<node id='a' label='X'/>\n<node id='b' label='X'/></gexf>", 3, "occurs twice"),
        ("<gexf>\n<node id='' label=''/></gexf>", 2, "has no name"),
        ('* File "x.dat" from the Stanford GraphBase\n* X\nAA Ann\nAA Bob\n', 4, "occurs twice"),
        ('* File "x.dat" from the Stanford GraphBase\n* X\nAA Ann\n1:AA,BB\n', 4, "BB is not one of its characters"),
        ('* File "x.dat" from the Stanford GraphBase\n* X\nAA Ann\n1:AA\n', None, "No two characters meet"),
        ('* File "x.dat" from the Stanford GraphBase\n* X\nAA Ann\nBB Bob\n&:AA,BB\n', 5, "before the first chapter"),
    ],
)
def test_an_invalid_network_is_refused_with_its_line(text: str, line: int | None, explanation: str) -> None:
    with pytest.raises(Unreadable) as refused:
        read(text, "some.file")

    assert explanation in refused.value.explanation
    assert refused.value.file == "some.file"
    if line is not None:
        assert refused.value.line == line


@pytest.mark.parametrize(
    "content",
    [
        b"Dear diary,\n",
        b"<html><body/></html>",
        b'{"a": 1}',
        b"\x89PNG\0\0\0\xff\xfe",
        b"[1, 2]",
        '* File "x.dat", The Stanford GraphBase\n* Titl\0e, by Ada\nAA Ann\nBB Bob\n1:AA,BB\n'.encode("utf-16"),
    ],
    ids=str,
)
def test_an_unknown_format_is_refused_as_such(content: bytes) -> None:
    with pytest.raises(UnknownFormat, match="Supported are plays in TEI"):
        formats.read_world(content, "file")


NODES = '<node id="a"/><node id="b"/><node id="c"/>'


def test_a_default_weight_of_graphml_is_used() -> None:
    key = '<key id="w" for="edge" attr.name="weight"><default>2</default></key>'
    edges = '<edge source="a" target="b"/><edge source="b" target="c"><data key="w">5</data></edge>'

    assert met(read(f"<graphml>{key}<graph>{NODES}{edges}</graph></graphml>")) == {("a", "b"): 2, ("b", "c"): 5}


def test_a_label_of_yed_is_the_name() -> None:
    y = 'xmlns:y="http://www.yworks.com/xml/graphml"'
    nodes = "".join(
        f'<node id="{id_}"><data key="d6"><y:ShapeNode><y:NodeLabel>{name}<y:Model/></y:NodeLabel></y:ShapeNode></data></node>'
        for id_, name in (("n0", "Romeo"), ("n1", "Juliet"))
    )

    network = read(f'<graphml {y}><key id="d6" for="node"/><graph>{nodes}<edge source="n0" target="n1"/></graph></graphml>')

    assert [speaker.name for speaker in network.speakers] == ["Romeo", "Juliet"]


def test_attributes_of_nodes_and_edges_have_separate_ids_in_gexf() -> None:
    declared = (
        '<attributes class="node"><attribute id="0" title="description"/></attributes>'
        '<attributes class="edge"><attribute id="0" title="kind"><default>conflict</default></attribute></attributes>'
    )
    ann = '<node id="a" label="Ann"><attvalues><attvalue for="0" value="A girl"/></attvalues></node>'
    edges = '<edge source="a" target="b"><attvalues><attvalue for="0" value="debate"/></attvalues></edge>'

    network = read(f'<gexf>{declared}{ann}<node id="b"/><node id="c"/>{edges}<edge source="b" target="c"/></gexf>')

    assert [(speaker.name, speaker.description) for speaker in network.speakers] == [("Ann", "A girl"), ("b", ""), ("c", "")]
    assert {meeting.speakers: meeting.kind for meeting in network.meetings} == {("a", "b"): "debate", ("b", "c"): "conflict"}


def test_an_integer_end_is_an_index_if_nodes_have_only_names() -> None:
    assert met(read('{"nodes": [{"name": "1"}, {"name": "0"}, {"name": "C"}], "links": [{"source": 0, "target": 2}]}')) == {
        ("1", "C"): 1
    }


@pytest.mark.parametrize(
    "content",
    [
        '"Source","Target","Weight"\n"Ann, jr",b,2\n',
        '"notes; etc",source,target,weight\n"x, y","Ann, jr",b,2\n',
        "source\ttarget\tweight\rAnn, jr\tb\t2\r",
        "source;target;weight\r\nAnn, jr;b;2\r\n".encode("utf-16"),
    ],
)
def test_a_spreadsheet_is_read_with_any_delimiter_line_end_and_encoding(content: str | bytes) -> None:
    assert met(read(content)) == {("Ann, jr", "b"): 2}


def test_a_name_may_contain_unicode_line_separators() -> None:
    assert [speaker.id for speaker in read("source,target\nAnn\x0b\u2028B,c\n").speakers] == ["Ann\x0b\u2028B", "c"]


def test_blank_lines_before_the_header_are_skipped_and_counted() -> None:
    assert met(read("\n\n" + AS_CSV.replace(",", ";"))) == met(read(AS_CSV))
    with pytest.raises(Unreadable) as refused:
        read("\n\nsource,target\na,\n")

    assert refused.value.line == 4


def test_an_end_of_a_link_may_be_a_node_object() -> None:
    network = read('{"nodes": [{"id": "a"}, {"id": "b"}], "links": [{"source": {"id": "a", "x": 1}, "target": {"id": "b"}}]}')

    assert met(network) == {("a", "b"): 1}


def test_the_key_edges_is_read_if_there_is_no_list_of_links() -> None:
    network = read('{"nodes": [{"id": "a"}, {"id": "b"}], "links": null, "edges": [{"source": "a", "target": "b"}]}')

    assert met(network) == {("a", "b"): 1}


def test_attributes_of_gexf_1_0_are_read() -> None:
    network = read(
        '<gexf version="1.0"><graph><attributes class="edge"><attribute id="0" title="weight"/></attributes><nodes>'
        '<node id="a"/><node id="b"/></nodes><edges><edge source="a" target="b"><attvalues><attvalue id="0" value="3"/>'
        "</attvalues></edge></edges></graph></gexf>"
    )

    assert met(network) == {("a", "b"): 3}


def test_hyperedges_are_left_out_with_a_note() -> None:
    hyperedge = '<hyperedge><endpoint node="ann"/><endpoint node="bob"/><endpoint node="cy"/></hyperedge>'

    network = read(as_graphml().replace("</graph>", f"{hyperedge}</graph>"))

    assert met(network) == met(read(as_graphml()))
    assert network.provenance.notes == ("1 hyperedge, which may join more than two nodes, is left out.",)


def test_an_empty_file_is_refused() -> None:
    with pytest.raises(Unreadable, match="The file is empty"):
        formats.read_world(b" \n", "file")


def test_text_that_is_not_utf8_is_refused_with_its_line() -> None:
    with pytest.raises(Unreadable) as refused:
        formats.read_world("source,target\na,b\nä,b\n".encode("latin-1"), "file.csv")

    assert refused.value.line == 3


def test_xml_in_another_encoding_is_read() -> None:
    text = '<?xml version="1.0" encoding="UTF-16"?>' + as_graphml().split("?>")[-1]

    assert met(read(text.encode("utf-16"))) == met(read(as_graphml()))


@pytest.mark.parametrize(
    ("text", "explanation"),
    [
        ('source,target\na,"' + "x" * 200_000 + '"\n', "not well-formed CSV"),
        (
            '{"nodes": [{"name": "A"}, {"name": "B"}], "links": [{"source": 0, "target": 1, "value": 1' + "0" * 400 + "}]}",
            "weight inf",
        ),
        ('{"nodes": [{"name": "\\u0000"}], "links": []}', "has no name"),
        ('{"nodes": [' + "9" * 5_000 + '], "links": []}', "thousands of digits"),
    ],
    ids=["a cell beyond the limit", "a weight beyond any float", "an invisible name", "a number of too many digits"],
)
def test_values_that_break_a_store_or_a_parser_are_refused(text: str, explanation: str) -> None:
    with pytest.raises(Unreadable, match=explanation):
        read(text)


def test_control_characters_and_surrogates_are_removed_from_names() -> None:
    network = read('{"nodes": [{"name": "A\\u0000 \\ud800B"}, {"name": "C"}], "links": [{"source": 0, "target": 1}]}')

    assert [speaker.name for speaker in network.speakers] == ["A B", "C"]


def test_a_network_with_more_edges_than_meetings_has_one_meeting_for_each_edge() -> None:
    edges = "".join(f"a,b{n},{2 if n else 3}\n" for n in range(50_001))

    network = read("source,target,weight\n" + edges)

    assert len(network.meetings) == 50_001
