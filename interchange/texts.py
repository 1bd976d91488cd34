"""Texts of files as names and titles: one line, of characters that can be kept and seen, not too long."""

import unicodedata

_UNSEEN = frozenset({"Cc", "Cs"})
"""Control characters and halves of surrogate pairs: Postgres takes neither NUL nor the latter."""


def line(text: str, longest: int) -> str:
    """White space collapsed; what cannot be seen counts as such."""
    return " ".join("".join(" " if unicodedata.category(c) in _UNSEEN else c for c in text).split())[:longest].rstrip()


def counted(count: int, one: str, more: str) -> str:
    """A sentence about so many; none about nothing."""
    return f"{count:,} {one if count == 1 else more}" if count else ""
