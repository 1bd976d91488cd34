"""Words are separated by punctuation, separators and control characters."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain import word_count


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 0),
        (" \t\n", 0),
        ("...!?", 0),
        ("O", 1),
        ("To be, or not to be: that is the question.", 10),
        ("What's in a name?", 5),
        ("Wie? Weiß ich's denn?", 5),
        ("one\u00a0two\u2003three\u2028four", 4),
        ("to-morrow, and to\u2014morrow", 5),
        ("a\0b", 2),
        ("Ἀντιγόνη, ὦ κοινὸν αὐτάδελφον", 4),
        ("Любовь Андреевна!", 2),
        ("e\u0301te\u0301", 1),
        ("5 + 7 = 12 €", 6),
        ("🎭🎭 🎭", 2),
    ],
)
def test_words_are_counted_in_every_script(text: str, count: int) -> None:
    assert word_count.count_words(text) == count


@given(st.text(), st.text())
def test_the_count_of_two_texts_is_the_sum_of_their_counts(one: str, other: str) -> None:
    assert word_count.count_words(f"{one}\n{other}") == word_count.count_words(one) + word_count.count_words(other)


def test_all_but_symbols_marks_letters_and_digits_are_separators() -> None:
    assert "a-b\t5\u00a0+e\u0301\0Ж".translate(word_count.SeparatorTable()) == "a b 5 +e\u0301 Ж"
    assert word_count.SeparatorTable()[ord("x")] == ord("x")
