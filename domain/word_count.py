"""Words: how much was said. A word is what stands between punctuation, separators and control characters (XML Schema's \\W)."""

import unicodedata

_SEPARATOR_CATEGORIES = "PZC"
"""First letters of the Unicode categories that no word has; symbols and combining marks belong to words."""


def count_words(text: str) -> int:
    return len(text.translate(_spaces).split())


class SeparatorTable(dict[int, int]):
    """Turns what separates words into spaces; looks each character up once."""

    def __missing__(self, code: int) -> int:
        self[code] = ord(" ") if unicodedata.category(chr(code))[0] in _SEPARATOR_CATEGORIES else code
        return self[code]


_spaces = SeparatorTable()
