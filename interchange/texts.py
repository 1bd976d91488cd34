"""Texts of files as names and titles: one line, of characters that can be kept and seen, not too long."""

import unicodedata

_INVISIBLE_CATEGORIES = frozenset({"Cc", "Cs"})
"""Control characters and halves of surrogate pairs: Postgres takes neither NUL nor the latter."""


def clean_line(text: str, length_max: int) -> str:
    """White space collapsed; what cannot be seen counts as such."""
    return " ".join("".join(" " if unicodedata.category(c) in _INVISIBLE_CATEGORIES else c for c in text).split())[
        :length_max
    ].rstrip()


def pluralize(count: int, singular: str, plural: str) -> str:
    """A sentence about so many; none about nothing."""
    return f"{count:,} {singular if count == 1 else plural}" if count else ""
