"""Plays in TEI: read by the definitions that drama corpora publish their figures with."""

from itertools import pairwise
from pathlib import Path

import pytest

from interchange.errors import Unreadable
from tests.interchange import expected
from tests.interchange.checks import check_measures_of_play, check_play, exchanges, speeches
from tests.interchange.checks import read_play as read


@pytest.mark.parametrize("name", expected.PLAYS)
def test_every_kind_of_tei_is_read_as_counted_by_hand(name: str) -> None:
    known, play = expected.of_play(name), read(expected.play(name), name)

    check_play(play, known)
    assert [speaker.description for speaker in play.speakers] == [c["description"] for c in known["characters"]]
    assert [segment.title for segment in play.segments] == [segment["title"] for segment in known["segments"]]
    assert [segment.is_scene for segment in play.segments] == [s.get("isScene", True) for s in known["segments"]]
    assert [speech.text for speech in speeches(play)] == known["texts"]
    assert (play.provenance.licence, play.provenance.source) == (known["licence"], known["source"])
    assert list(play.provenance.notes) == known["notes"]


@pytest.mark.parametrize("name", expected.PLAYS)
def test_the_co_presence_of_a_play_measures_as_networkx_measures_it(name: str) -> None:
    check_measures_of_play(read(expected.play(name), name), expected.of_play(name)["network"])


HEADER = "<teiHeader><fileDesc><titleStmt><title>A play</title></titleStmt></fileDesc></teiHeader>"


def tei_of(body: str, front: str = "") -> str:
    return f'<TEI xmlns="http://www.tei-c.org/ns/1.0">{HEADER}<text><front>{front}</front><body>{body}</body></text></TEI>'


A, B, C = (f'<sp who="#{id_}"><p>Good day.</p></sp>' for id_ in "abc")


def test_without_divisions_the_body_is_the_only_segment() -> None:
    assert [segment.speakers for segment in read(tei_of(A + B)).segments] == [("a", "b")]


def test_scenes_of_a_second_level_count_and_what_speaks_outside_of_them() -> None:
    body = f'<div1>{C}</div1><div1><div2 type="scene">{A}{B}</div2><div2 type="chorus">{C}</div2></div1>'

    play = read(tei_of(body))

    assert [segment.speakers for segment in play.segments] == [("c",), ("a", "b"), ("c",)]
    assert any("1 of its 4 speeches is outside any scene" in note for note in play.provenance.notes)


def test_a_speech_outside_of_any_scene_is_kept_alone_and_makes_nobody_present() -> None:
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


def test_what_is_played_within_a_speech_belongs_to_the_play() -> None:
    body = f'<div>{A}<sp who="#b"><floatingText><body><div>{C}</div></body></floatingText></sp></div>'

    assert [segment.speakers for segment in read(tei_of(body)).segments] == [("a", "b", "c"), ("c",)]


def test_a_segment_inside_another_counts_twice_but_its_speeches_once() -> None:
    play = read(tei_of(f"<div>{A}<div>{B}{C}</div></div>"))

    assert [segment.speakers for segment in play.segments] == [("a", "b", "c"), ("b", "c")]
    assert [len(segment.speeches) for segment in play.segments] == [1, 2]
    assert [segment.nested_counts for segment in play.segments] == [{"b": 1, "c": 1}, {}]


def test_a_scene_where_nobody_speaks_is_a_segment() -> None:
    play = read(tei_of(f'<div type="act"><div type="scene"><stage>Thunder.</stage></div><div type="scene">{A}</div></div>'))

    assert [segment.speakers for segment in play.segments] == [(), ("a",)]


def test_what_stands_before_or_behind_the_play_is_left_out_and_said() -> None:
    play = read(tei_of(f"<div>{A}</div>", front=f"<div>{B}</div>"))

    assert [speaker.id for speaker in play.speakers] == ["a"]
    assert any("1 speech in its front or back matter" in note for note in play.provenance.notes)


def test_ids_are_split_on_white_space_and_lone_characters_dropped() -> None:
    play = read(tei_of('<sp who="  #a #b\n#a # "><p>Hail!</p></sp>'))

    assert speeches(play)[0].speakers == ("a", "b")


def test_who_refers_to_nothing_speaks_by_name() -> None:
    play = read(tei_of('<sp who="LE  NARRATEUR"><p>Un.</p></sp><sp who="HARPAGON"><p>Deux.</p></sp>'))

    assert [(speaker.id, speaker.name) for speaker in play.speakers] == [("LE NARRATEUR",) * 2, ("HARPAGON",) * 2]
    assert "has names in place of references" in play.provenance.notes[0]


def test_words_are_counted_in_each_block_without_stage_and_note() -> None:
    play = read(
        tei_of('<sp who="#a"><speaker>Ann</speaker><p>One, two<stage>aside</stage> — three<note>4</note>!</p><l>don’t</l></sp>')
    )

    assert speeches(play)[0].words == 5
    assert speeches(play)[0].text == "One, two — three!\ndon’t"


def test_a_heading_has_those_around_it_in_front() -> None:
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
def test_the_year_is_that_of_the_first_public_or_of_the_pen_where_it_took_long(events: str, year: int | None) -> None:
    text = tei_of(A).replace("<text>", f"<standOff><listEvent>{events}</listEvent></standOff><text>")

    assert read(text).provenance.year == year


def test_where_no_events_are_listed_the_dates_of_an_edition_count() -> None:
    edition = '<bibl><date type="print" when="1861"/><date type="premiere" when="1883-09-21"/><date>2021</date></bibl>'

    assert read(tei_of(A).replace("</fileDesc>", f"<sourceDesc>{edition}</sourceDesc></fileDesc>")).provenance.year == 1861


def test_a_play_where_nobody_speaks_is_refused_with_its_line() -> None:
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


def test_of_several_plays_in_one_file_none_is_read() -> None:
    with pytest.raises(Unreadable, match="It holds 2 plays") as refused:
        read(corpus_of(tei_of(A), "\n" + tei_of(B)))

    assert refused.value.line == 3


def test_a_corpus_of_one_play_goes_by_the_name_of_the_play() -> None:
    play = read(corpus_of(tei_of(A)))

    assert (play.title, [speaker.id for speaker in play.speakers]) == ("A play", ["a"])


def test_the_first_title_counts_and_the_first_name_of_each_author() -> None:
    statement = (
        '<title xml:lang="tat">Бер пьеса</title><title type="main">A play</title><title type="sub">In one act</title>'
        "<author><persName>Aphra Behn</persName><persName>A. Johnson</persName></author>"
        '<author><name>Plautus</name><name xml:lang="ita">Plauto</name></author><author>Nobody <idno>Q1</idno></author>'
    )

    play = read(tei_of(A).replace("<title>A play</title>", statement))

    assert (play.title, play.provenance.authors) == ("Бер пьеса", ("Aphra Behn", "Plautus", "Nobody"))


def with_people(text: str, people: str) -> str:
    described = f"<profileDesc><particDesc><listPerson>{people}</listPerson></particDesc></profileDesc>"
    return text.replace("</teiHeader>", f"{described}</teiHeader>")


def test_ids_that_are_no_names_or_occur_twice_are_no_harm() -> None:
    people = """<person xml:id="blunt's"><persName>Blunt's man</persName></person>
        <person xml:id="a"><persName>Anna</persName></person><person xml:id="a"><persName>Other</persName></person>"""

    play = read(with_people(tei_of(f"""<sp who="#blunt's"><p>Hail!</p></sp>{A}"""), people))

    assert [speaker.name for speaker in play.speakers] == ["Blunt's man", "Anna"]


def test_what_is_broken_beside_such_ids_is_refused_with_its_own_line() -> None:
    twice = '<person xml:id="a"/>' * 200

    with pytest.raises(Unreadable, match="tag mismatch") as refused:
        read(with_people(tei_of(f"<div>\n<p>{A}</div>"), twice))

    assert refused.value.line == 2


def test_broken_xml_is_refused_with_the_line_where_it_breaks() -> None:
    with pytest.raises(Unreadable) as refused:
        read("<TEI>\n<text>\n<body>\n</text></TEI>")

    assert refused.value.line == 4
    assert str(refused.value).startswith("play.xml, line 4: This is not well-formed XML")


BOMB = '<?xml version="1.0"?>\n<!DOCTYPE TEI [\n<!ENTITY a "ha">\n<!ENTITY b "&a;&a;&a;&a;">\n]>\n'


@pytest.mark.parametrize(
    "text",
    [
        BOMB + tei_of('<sp who="#a"><p>&b;</p></sp>'),
        '<!DOCTYPE TEI [<!ENTITY file SYSTEM "file:///etc/passwd">]>' + tei_of('<sp who="#a"><p>&file;</p></sp>'),
        '<!DOCTYPE TEI [<!ENTITY % more SYSTEM "http://example.org/more.dtd"> %more;]>' + tei_of(A),
    ],
)
def test_entities_are_refused_whether_they_grow_or_read_elsewhere(text: str) -> None:
    with pytest.raises(Unreadable, match="Entities are not expanded"):
        read(text)


def test_a_bomb_of_entities_is_refused_as_that_and_so_is_xml_without_end() -> None:
    grown = "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">\n' for a, b in pairwise("abcdefgh"))
    bomb = f'<!DOCTYPE TEI [\n<!ENTITY a "ha">\n{grown}]>' + tei_of('<sp who="#a"><p>&h;</p></sp>')

    for text in (bomb, tei_of("<div>" * 300 + A + "</div>" * 300), tei_of(A.replace("Good", "x" * 10_000_001))):
        with pytest.raises(Unreadable, match="entities that grow without end, more than 256 nested elements, or a text"):
            read(text)


def test_what_stands_in_other_files_is_not_read_and_it_is_said() -> None:
    include = '<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="/etc/passwd" parse="text"/>'

    play = read(tei_of(f"<div>{A}{include}</div>"))

    assert [speech.text for speech in speeches(play)] == ["Good day."]
    assert "1 part of it is in another file" in play.provenance.notes[0]


def test_a_doctype_that_declares_nothing_is_no_harm() -> None:
    text = '<!DOCTYPE TEI SYSTEM "http://example.org/tei.dtd">' + tei_of(A)

    assert [speaker.id for speaker in read(text).speakers] == ["a"]


def test_an_entity_of_another_file_is_refused_with_its_line() -> None:
    text = '<!DOCTYPE TEI SYSTEM "tei2.dtd">' + tei_of('\n<sp who="#a"><p>Un caf&eacute;.</p></sp>')

    with pytest.raises(Unreadable, match="uses the entity &eacute;, which another file declares") as refused:
        read(text)

    assert refused.value.line == 2


@pytest.mark.parametrize("people", ["", '<person xml:id="a"/><person xml:id="a"/>'])
def test_a_file_that_the_doctype_names_is_not_read(tmp_path: Path, people: str) -> None:
    (tmp_path / "tei.dtd").write_text('<!ATTLIST sp who CDATA "#stranger">')
    text = f'<!DOCTYPE TEI SYSTEM "{tmp_path / "tei.dtd"}">' + with_people(tei_of(f"{A}<sp><p>Hail!</p></sp>"), people)

    assert [speaker.id for speaker in read(text).speakers] == ["a"]


def test_a_person_goes_by_the_name_in_the_list_and_a_stranger_by_the_id() -> None:
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
