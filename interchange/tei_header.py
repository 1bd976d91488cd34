"""The header of a TEI file: what a play is called, whose it is, from when, and what may be done with it."""

import re
from collections.abc import Iterator

from interchange import xml
from interchange.xml import Element, local_name

SOURCE_LENGTH_MAX = 500
YEARS_BEFORE_PRINT = 10
"""A play counts for the year in which it was written where it took longer than this to reach the public."""
_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def read_title(root: Element) -> str:
    """The first one, as corpora count it: those behind it are subtitles, or in other languages, or of the printed book."""
    statement = xml.find_first(root, "titleStmt")
    titles = () if statement is None else xml.iter_children(statement, "title")
    return next((text for title in titles if (text := xml.collapse_whitespace(xml.collect_text(title, ("note",))))), "")


def read_authors(root: Element) -> Iterator[str]:
    """Each by the first of their names, which is the one in the language of the play."""
    statement = xml.find_first(root, "titleStmt")
    for author in () if statement is None else xml.iter_children(statement, "author"):
        named = next((name for kind in ("persName", "name") for name in xml.iter_children(author, kind)), author)
        if name := xml.collapse_whitespace(xml.collect_text(named, ("idno", "note"))):
            yield name


def read_year(root: Element) -> int | None:
    """Of the premiere or the print, whichever came first; of the writing where that was much earlier, or is all we know.

    Corpora list these as events; older files as dates of an edition.
    """
    years = _read_years(root, "event") or _read_years(root, "date")
    published = min((years[known] for known in ("premiere", "print") if known in years), default=None)
    written = years.get("written")
    if published is None or (written is not None and published - written > YEARS_BEFORE_PRINT):
        return written
    return published


def _read_years(root: Element, name: str) -> dict[str, int]:
    """By what happened then: a premiere, a print, a writing."""
    return {dated.get("type", ""): year for dated in xml.iter_elements(root, name) if (year := _parse_year(dated)) is not None}


def _parse_year(element: Element) -> int | None:
    date = element.get("when") or element.get("notAfter") or element.get("notBefore") or ""
    found = re.match(r"-?\d{4}", date)
    return int(found[0]) if found else None


def read_language(root: Element) -> str:
    """`und`, undetermined, where the file does not say."""
    text, used = xml.find_first(root, "text"), xml.find_first(root, "language")
    said = (root.get(_XML_LANG), None if text is None else text.get(_XML_LANG), None if used is None else used.get("ident"))
    return next(filter(None, said), "und")


def read_licence(root: Element) -> str:
    """What may be done with the text, in the words of the file, with the address where it gives one."""
    statement = xml.find_first(root, "publicationStmt")
    licence = None if statement is None else xml.find_first(statement, "licence")
    if licence is None:
        licence = None if statement is None else xml.find_first(statement, "availability")
    if licence is None:
        return ""
    return " ".join(filter(None, (xml.collapse_whitespace(xml.collect_text(licence, ())), licence.get("target"))))


def read_source(root: Element) -> str:
    """Where the text was taken from: the digital source where it is named, else whatever stands first."""
    described = xml.find_first(root, "sourceDesc")
    if described is None:
        return ""
    sources = [bibl for bibl in described.iter() if local_name(bibl) == "bibl"]
    digital = [bibl for bibl in sources if bibl.get("type") == "digitalSource"]
    source = next(iter(digital or sources), described)
    own = " ".join(
        xml.collapse_whitespace(xml.collect_text(child, ()))
        for child in source
        if local_name(child) in ("name", "title", "idno", "ref")
    )
    return xml.collapse_whitespace(own or xml.collect_text(source, ()))[:SOURCE_LENGTH_MAX]
