"""Cleans texts of files for names and titles, and counts things in sentences."""

import unicodedata

_INVISIBLE_CATEGORIES = frozenset({"Cc", "Cs"})
"""Control characters and unpaired surrogates; Postgres accepts neither NUL nor surrogates."""


def clean_line(text: str, length_max: int) -> str:
    """Returns one line of at most `length_max` characters: white space and invisible characters become single spaces."""
    return " ".join("".join(" " if unicodedata.category(c) in _INVISIBLE_CATEGORIES else c for c in text).split())[
        :length_max
    ].rstrip()


def pluralize(count: int, singular: str, plural: str) -> str:
    """Returns the count with the singular or plural text, or an empty text for 0."""
    return f"{count:,} {singular if count == 1 else plural}" if count else ""
