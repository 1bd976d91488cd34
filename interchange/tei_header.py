"""The header of a TEI file: what a play is called, whose it is, from when, and what may be done with it."""

import re
from collections.abc import Iterator

from interchange import xml
from interchange.xml import Element, local_name

SOURCE_LENGTH_MAX = 500
YEARS_BEFORE_PRINT = 10
"""A play counts for the year in which it was written where it took longer than this to reach the public."""
_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def title(root: Element) -> str:
    """The first one, as corpora count it: those behind it are subtitles, or in other languages, or of the printed book."""
    statement = xml.first(root, "titleStmt")
    titles = () if statement is None else xml.children(statement, "title")
    return next((text for title in titles if (text := xml.plain(xml.text(title, ("note",))))), "")


def authors(root: Element) -> Iterator[str]:
    """Each by the first of their names, which is the one in the language of the play."""
    statement = xml.first(root, "titleStmt")
    for author in () if statement is None else xml.children(statement, "author"):
        named = next((name for kind in ("persName", "name") for name in xml.children(author, kind)), author)
        if name := xml.plain(xml.text(named, ("idno", "note"))):
            yield name


def year(root: Element) -> int | None:
    """Of the premiere or the print, whichever came first; of the writing where that was much earlier, or is all we know.

    Corpora list these as events; older files as dates of an edition.
    """
    years = _years(root, "event") or _years(root, "date")
    published = min((years[known] for known in ("premiere", "print") if known in years), default=None)
    written = years.get("written")
    if published is None or (written is not None and published - written > YEARS_BEFORE_PRINT):
        return written
    return published


def _years(root: Element, name: str) -> dict[str, int]:
    """By what happened then: a premiere, a print, a writing."""
    return {dated.get("type", ""): year for dated in xml.every(root, name) if (year := _year_of(dated)) is not None}


def _year_of(dated: Element) -> int | None:
    date = dated.get("when") or dated.get("notAfter") or dated.get("notBefore") or ""
    found = re.match(r"-?\d{4}", date)
    return int(found[0]) if found else None


def language(root: Element) -> str:
    """`und`, undetermined, where the file does not say."""
    text, used = xml.first(root, "text"), xml.first(root, "language")
    said = (root.get(_XML_LANG), None if text is None else text.get(_XML_LANG), None if used is None else used.get("ident"))
    return next(filter(None, said), "und")


def licence(root: Element) -> str:
    """What may be done with the text, in the words of the file, with the address where it gives one."""
    statement = xml.first(root, "publicationStmt")
    licence = None if statement is None else xml.first(statement, "licence")
    if licence is None:
        licence = None if statement is None else xml.first(statement, "availability")
    if licence is None:
        return ""
    return " ".join(filter(None, (xml.plain(xml.text(licence, ())), licence.get("target"))))


def source(root: Element) -> str:
    """Where the text was taken from: the digital source where it is named, else whatever stands first."""
    described = xml.first(root, "sourceDesc")
    if described is None:
        return ""
    sources = [bibl for bibl in described.iter() if local_name(bibl) == "bibl"]
    digital = [bibl for bibl in sources if bibl.get("type") == "digitalSource"]
    source = next(iter(digital or sources), described)
    own = " ".join(xml.plain(xml.text(child, ())) for child in source if local_name(child) in ("name", "title", "idno", "ref"))
    return xml.plain(own or xml.text(source, ()))[:SOURCE_LENGTH_MAX]
