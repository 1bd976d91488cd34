r"""Word count. Words are separated by punctuation, separators and control characters (\W of XML Schema)."""

import unicodedata

_SEPARATOR_CATEGORIES = "PZC"
"""First letters of the Unicode categories that separate words; symbols and combining marks belong to words."""


def count_words(text: str) -> int:
    return len(text.translate(_spaces).split())


class SeparatorTable(dict[int, int]):
    """A table for `str.translate` that maps separators to spaces. It caches the category of each character."""

    def __missing__(self, code: int) -> int:
        self[code] = ord(" ") if unicodedata.category(chr(code))[0] in _SEPARATOR_CATEGORIES else code
        return self[code]


_spaces = SeparatorTable()
