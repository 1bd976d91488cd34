"""Reads the header of a TEI file: title, authors, year, language, licence and source."""

import re
from collections.abc import Iterator

from interchange import xml
from interchange.xml import Element, local_name

SOURCE_LENGTH_MAX = 500
YEARS_BEFORE_PRINT = 10
"""A play gets the year in which it was written if it was published more than this many years later."""
_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def read_title(root: Element) -> str:
    """Returns the first title, as corpora do: further ones are subtitles, translations, or titles of the printed book."""
    statement = xml.find_first(root, "titleStmt")
    titles = () if statement is None else xml.iter_children(statement, "title")
    return next((text for title in titles if (text := xml.collapse_whitespace(xml.collect_text(title, ("note",))))), "")


def read_authors(root: Element) -> Iterator[str]:
    """Yields each author by the first name, which is in the language of the play."""
    statement = xml.find_first(root, "titleStmt")
    for author in () if statement is None else xml.iter_children(statement, "author"):
        name_element = next((name for kind in ("persName", "name") for name in xml.iter_children(author, kind)), author)
        if name := xml.collapse_whitespace(xml.collect_text(name_element, ("idno", "note"))):
            yield name


def read_year(root: Element) -> int | None:
    """Returns the earlier year of premiere and print, or that of writing if it is much earlier or the only one.

    Corpora list these as events, older files as dates of an edition.
    """
    years = _read_years(root, "event") or _read_years(root, "date")
    published = min((years[kind] for kind in ("premiere", "print") if kind in years), default=None)
    written = years.get("written")
    if published is None or (written is not None and published - written > YEARS_BEFORE_PRINT):
        return written
    return published


def _read_years(root: Element, name: str) -> dict[str, int]:
    """Returns the years by type: premiere, print, written."""
    return {
        element.get("type", ""): year for element in xml.iter_elements(root, name) if (year := _parse_year(element)) is not None
    }


def _parse_year(element: Element) -> int | None:
    date = element.get("when") or element.get("notAfter") or element.get("notBefore") or ""
    year = re.match(r"-?\d{4}", date)
    return int(year[0]) if year else None


def read_language(root: Element) -> str:
    """Returns the language, or `und` (undetermined) if the file has none."""
    text, language = xml.find_first(root, "text"), xml.find_first(root, "language")
    candidates = (
        root.get(_XML_LANG),
        None if text is None else text.get(_XML_LANG),
        None if language is None else language.get("ident"),
    )
    return next(filter(None, candidates), "und")


def read_licence(root: Element) -> str:
    """Returns the licence in the words of the file, with its URL if it has one."""
    statement = xml.find_first(root, "publicationStmt")
    licence = None if statement is None else xml.find_first(statement, "licence")
    if licence is None:
        licence = None if statement is None else xml.find_first(statement, "availability")
    if licence is None:
        return ""
    return " ".join(filter(None, (xml.collapse_whitespace(xml.collect_text(licence, ())), licence.get("target"))))


def read_source(root: Element) -> str:
    """Returns the source of the text: the digital source if it is named, else the first source."""
    description = xml.find_first(root, "sourceDesc")
    if description is None:
        return ""
    sources = [bibl for bibl in description.iter() if local_name(bibl) == "bibl"]
    digital = [bibl for bibl in sources if bibl.get("type") == "digitalSource"]
    source = next(iter(digital or sources), description)
    identification = " ".join(
        xml.collapse_whitespace(xml.collect_text(child, ()))
        for child in source
        if local_name(child) in ("name", "title", "idno", "ref")
    )
    return xml.collapse_whitespace(identification or xml.collect_text(source, ()))[:SOURCE_LENGTH_MAX]
