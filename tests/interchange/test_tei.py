"""Plays in TEI are read by the definitions that drama corpora publish their figures with."""

from itertools import pairwise
from pathlib import Path

import pytest

from interchange.errors import Unreadable
from tests.interchange import expected
from tests.interchange.checks import check_measures_of_play, check_play, exchanges, speeches
from tests.interchange.checks import read_play as read


@pytest.mark.parametrize("name", expected.PLAYS)
def test_each_kind_of_tei_is_read_as_counted_by_hand(name: str) -> None:
    known, play = expected.of_play(name), read(expected.play(name), name)

    check_play(play, known)
    assert [speaker.description for speaker in play.speakers] == [c["description"] for c in known["characters"]]
    assert [segment.title for segment in play.segments] == [segment["title"] for segment in known["segments"]]
    assert [segment.is_scene for segment in play.segments] == [s.get("isScene", True) for s in known["segments"]]
    assert [speech.text for speech in speeches(play)] == known["texts"]
    assert (play.provenance.licence, play.provenance.source) == (known["licence"], known["source"])
    assert list(play.provenance.notes) == known["notes"]


@pytest.mark.parametrize("name", expected.PLAYS)
def test_the_co_presence_measures_of_a_play_equal_those_of_networkx(name: str) -> None:
    check_measures_of_play(read(expected.play(name), name), expected.of_play(name)["network"])


HEADER = "<teiHeader><fileDesc><titleStmt><title>A play</title></titleStmt></fileDesc></teiHeader>"


def tei_of(body: str, front: str = "") -> str:
    return f'<TEI xmlns="http://www.tei-c.org/ns/1.0">{HEADER}<text><front>{front}</front><body>{body}</body></text></TEI>'


A, B, C = (f'<sp who="#{id_}"><p>Good day.</p></sp>' for id_ in "abc")


def test_without_divisions_the_body_is_the_only_segment() -> None:
    assert [segment.speakers for segment in read(tei_of(A + B)).segments] == [("a", "b")]


def test_scenes_in_div2_and_undivided_acts_are_segments() -> None:
    body = f'<div1>{C}</div1><div1><div2 type="scene">{A}{B}</div2><div2 type="chorus">{C}</div2></div1>'

    play = read(tei_of(body))

    assert [segment.speakers for segment in play.segments] == [("c",), ("a", "b"), ("c",)]
    assert any("1 of its 4 speeches is outside any scene" in note for note in play.provenance.notes)


def test_a_speech_outside_any_scene_is_a_segment_without_co_presence() -> None:
    body = f'<div1><div2 type="scene">{A}{B}</div2><div2 type="chorus">{C}{A}<sp who="#b #c"><p>Hail!</p></sp></div2></div1>'

    play = read(tei_of(body))

    assert [(segment.speakers, segment.is_scene) for segment in play.segments] == [
        (("a", "b"), True),
        (("c",), False),
        (("a",), False),
        (("b", "c"), False),
    ]
    assert exchanges(play) == {("a", "b"): 1}
    assert play.segments[3].presence_adjustments == {"b": -1, "c": -1}


def test_a_floating_text_in_a_speech_belongs_to_the_play() -> None:
    body = f'<div>{A}<sp who="#b"><floatingText><body><div>{C}</div></body></floatingText></sp></div>'

    assert [segment.speakers for segment in read(tei_of(body)).segments] == [("a", "b", "c"), ("c",)]


def test_the_speakers_of_a_nested_segment_count_twice_and_its_speeches_once() -> None:
    play = read(tei_of(f"<div>{A}<div>{B}{C}</div></div>"))

    assert [segment.speakers for segment in play.segments] == [("a", "b", "c"), ("b", "c")]
    assert [len(segment.speeches) for segment in play.segments] == [1, 2]
    assert [segment.nested_counts for segment in play.segments] == [{"b": 1, "c": 1}, {}]


def test_a_scene_without_speeches_is_a_segment() -> None:
    play = read(tei_of(f'<div type="act"><div type="scene"><stage>Thunder.</stage></div><div type="scene">{A}</div></div>'))

    assert [segment.speakers for segment in play.segments] == [(), ("a",)]


def test_speeches_in_front_matter_are_left_out_with_a_note() -> None:
    play = read(tei_of(f"<div>{A}</div>", front=f"<div>{B}</div>"))

    assert [speaker.id for speaker in play.speakers] == ["a"]
    assert any("1 speech in its front or back matter" in note for note in play.provenance.notes)


def test_ids_are_split_on_white_space_and_single_characters_dropped() -> None:
    play = read(tei_of('<sp who="  #a #b\n#a # "><p>Hail!</p></sp>'))

    assert speeches(play)[0].speakers == ("a", "b")


def test_who_without_references_is_a_name() -> None:
    play = read(tei_of('<sp who="LE  NARRATEUR"><p>Un.</p></sp><sp who="HARPAGON"><p>Deux.</p></sp>'))

    assert [(speaker.id, speaker.name) for speaker in play.speakers] == [("LE NARRATEUR",) * 2, ("HARPAGON",) * 2]
    assert "has names in place of references" in play.provenance.notes[0]


def test_words_are_counted_in_each_block_without_stage_and_note() -> None:
    play = read(
        tei_of('<sp who="#a"><speaker>Ann</speaker><p>One, two<stage>aside</stage> — three<note>4</note>!</p><l>don’t</l></sp>')
    )

    assert speeches(play)[0].words == 5
    assert speeches(play)[0].text == "One, two — three!\ndon’t"


def test_a_heading_begins_with_the_headings_of_the_outer_divisions() -> None:
    play = read(tei_of(f"<div><head>Act I</head><div><head>Scene <note>x</note>1</head>{A}</div><div>{B}</div></div>"))

    assert [segment.title for segment in play.segments] == ["Act I | Scene 1", "Act I"]


@pytest.mark.parametrize(
    ("events", "year"),
    [
        ('<event type="print" when="1779"/><event type="premiere" when="1783-04-14"/>', 1779),
        ('<event type="print" when="1875"/><event type="written" notBefore="1836" notAfter="1837"/>', 1837),
        ('<event type="print" when="1636"/><event type="written" when="1635"/>', 1636),
        ('<event type="premiere" notBefore="-0442" notAfter="-0440"/>', -440),
        ('<event type="written" notBefore="1911"/>', 1911),
        ('<event type="written" when="late"/>', None),
        ("", None),
    ],
)
def test_the_year_is_that_of_publication_or_of_writing_if_much_earlier(events: str, year: int | None) -> None:
    text = tei_of(A).replace("<text>", f"<standOff><listEvent>{events}</listEvent></standOff><text>")

    assert read(text).provenance.year == year


def test_dates_of_an_edition_are_used_without_events() -> None:
    edition = '<bibl><date type="print" when="1861"/><date type="premiere" when="1883-09-21"/><date>2021</date></bibl>'

    assert read(tei_of(A).replace("</fileDesc>", f"<sourceDesc>{edition}</sourceDesc></fileDesc>")).provenance.year == 1861


def test_a_play_without_speeches_is_refused_with_its_line() -> None:
    with pytest.raises(Unreadable) as refused:
        read(tei_of("<div><p>Once upon a time.</p></div>"))

    assert refused.value.line == 1
    assert "It has no speeches" in str(refused.value)


def test_speeches_without_who_and_without_names_are_refused() -> None:
    with pytest.raises(Unreadable, match="neither @who nor a <speaker>"):
        read(tei_of("<sp><p>Hail!</p></sp>"))


def corpus_of(*plays: str) -> str:
    return (
        f'<teiCorpus xmlns="http://www.tei-c.org/ns/1.0">\n{HEADER.replace("A play", "All plays")}{"".join(plays)}</teiCorpus>'
    )


def test_a_file_with_several_plays_is_refused_with_a_line() -> None:
    with pytest.raises(Unreadable, match="It holds 2 plays") as refused:
        read(corpus_of(tei_of(A), "\n" + tei_of(B)))

    assert refused.value.line == 3


def test_a_corpus_of_one_play_has_the_title_of_the_play() -> None:
    play = read(corpus_of(tei_of(A)))

    assert (play.title, [speaker.id for speaker in play.speakers]) == ("A play", ["a"])


def test_the_first_title_and_the_first_name_of_each_author_are_used() -> None:
    statement = (
        '<title xml:lang="tat">Бер пьеса</title><title type="main">A play</title><title type="sub">In one act</title>'
        "<author><persName>Aphra Behn</persName><persName>A. Johnson</persName></author>"
        '<author><name>Plautus</name><name xml:lang="ita">Plauto</name></author><author>Anonymous <idno>Q1</idno></author>'
    )

    play = read(tei_of(A).replace("<title>A play</title>", statement))

    assert (play.title, play.provenance.authors) == ("Бер пьеса", ("Aphra Behn", "Plautus", "Anonymous"))


def with_people(text: str, people: str) -> str:
    described = f"<profileDesc><particDesc><listPerson>{people}</listPerson></particDesc></profileDesc>"
    return text.replace("</teiHeader>", f"{described}</teiHeader>")


def test_invalid_and_duplicate_ids_are_accepted() -> None:
    people = """<person xml:id="blunt's"><persName>Blunt's man</persName></person>
        <person xml:id="a"><persName>Anna</persName></person><person xml:id="a"><persName>Other</persName></person>"""

    play = read(with_people(tei_of(f"""<sp who="#blunt's"><p>Hail!</p></sp>{A}"""), people))

    assert [speaker.name for speaker in play.speakers] == ["Blunt's man", "Anna"]


def test_an_error_after_duplicate_ids_is_refused_with_its_line() -> None:
    twice = '<person xml:id="a"/>' * 200

    with pytest.raises(Unreadable, match="tag mismatch") as refused:
        read(with_people(tei_of(f"<div>\n<p>{A}</div>"), twice))

    assert refused.value.line == 2


def test_malformed_xml_is_refused_with_the_line_of_the_error() -> None:
    with pytest.raises(Unreadable) as refused:
        read("<TEI>\n<text>\n<body>\n</text></TEI>")

    assert refused.value.line == 4
    assert str(refused.value).startswith("play.xml, line 4: This is not well-formed XML")


ENTITIES = '<?xml version="1.0"?>\n<!DOCTYPE TEI [\n<!ENTITY a "ha">\n<!ENTITY b "&a;&a;&a;&a;">\n]>\n'


@pytest.mark.parametrize(
    "text",
    [
        ENTITIES + tei_of('<sp who="#a"><p>&b;</p></sp>'),
        '<!DOCTYPE TEI [<!ENTITY file SYSTEM "file:///etc/passwd">]>' + tei_of('<sp who="#a"><p>&file;</p></sp>'),
        '<!DOCTYPE TEI [<!ENTITY % more SYSTEM "http://example.org/more.dtd"> %more;]>' + tei_of(A),
    ],
)
def test_declared_entities_are_refused(text: str) -> None:
    with pytest.raises(Unreadable, match="Entities are not expanded"):
        read(text)


def test_xml_beyond_the_limits_of_the_parser_is_refused_as_such() -> None:
    grown = "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">\n' for a, b in pairwise("abcdefgh"))
    bomb = f'<!DOCTYPE TEI [\n<!ENTITY a "ha">\n{grown}]>' + tei_of('<sp who="#a"><p>&h;</p></sp>')

    for text in (bomb, tei_of("<div>" * 300 + A + "</div>" * 300), tei_of(A.replace("Good", "x" * 10_000_001))):
        with pytest.raises(Unreadable, match="entities that grow without end, more than 256 nested elements, or a text"):
            read(text)


def test_included_files_are_not_read_and_a_note_reports_it() -> None:
    include = '<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="/etc/passwd" parse="text"/>'

    play = read(tei_of(f"<div>{A}{include}</div>"))

    assert [speech.text for speech in speeches(play)] == ["Good day."]
    assert "1 part of it is in another file" in play.provenance.notes[0]


def test_a_doctype_without_declarations_is_accepted() -> None:
    text = '<!DOCTYPE TEI SYSTEM "http://example.org/tei.dtd">' + tei_of(A)

    assert [speaker.id for speaker in read(text).speakers] == ["a"]


def test_an_entity_that_another_file_declares_is_refused_with_its_line() -> None:
    text = '<!DOCTYPE TEI SYSTEM "tei2.dtd">' + tei_of('\n<sp who="#a"><p>Un caf&eacute;.</p></sp>')

    with pytest.raises(Unreadable, match="uses the entity &eacute;, which another file declares") as refused:
        read(text)

    assert refused.value.line == 2


@pytest.mark.parametrize("people", ["", '<person xml:id="a"/><person xml:id="a"/>'])
def test_the_file_of_a_doctype_is_not_read(tmp_path: Path, people: str) -> None:
    (tmp_path / "tei.dtd").write_text('<!ATTLIST sp who CDATA "#other">')
    text = f'<!DOCTYPE TEI SYSTEM "{tmp_path / "tei.dtd"}">' + with_people(tei_of(f"{A}<sp><p>Hail!</p></sp>"), people)

    assert [speaker.id for speaker in read(text).speakers] == ["a"]


def test_a_speaker_has_the_name_in_the_list_of_persons_or_the_id() -> None:
    people = (
        '<person xml:id="a" sex="FEMALE"><persName>Anna  K.</persName></person>'
        '<personGrp xml:id="b"><name>All</name></personGrp>'
    )
    play = read(with_people(tei_of(A + B + C), people))

    assert [(speaker.name, speaker.description) for speaker in play.speakers] == [
        ("Anna K.", "female"),
        ("All", "group"),
        ("c", ""),
    ]
