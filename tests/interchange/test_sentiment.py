"""The tone of words."""

import pytest

from interchange import sentiment


def test_kind_words_are_heard_as_kind_and_hateful_ones_as_hateful() -> None:
    kind, hateful = (
        sentiment.measure_tone("I love thee, sweet friend!", "en"),
        sentiment.measure_tone("I hate thee, vile murderer!", "en"),
    )

    assert kind is not None
    assert hateful is not None
    assert kind > 0.6
    assert hateful < -0.6


def test_words_that_say_nothing_lean_to_the_kind_side() -> None:
    assert sentiment.measure_tone("The door is of wood.", "en") == 0.05


def test_it_never_leaves_its_bounds() -> None:
    assert sentiment.measure_tone("love " * 2_000, "en") == 1.0
    assert (sentiment.measure_tone("hate " * 2_000, "en") or 0.0) >= -1.0


@pytest.mark.parametrize("language", ["en", "en-GB", "EN_us", "eng"])
def test_english_is_heard_however_it_is_called(language: str) -> None:
    assert sentiment.measure_tone("Love!", language) is not None


@pytest.mark.parametrize("language", ["", "de", "enm", "und", "grc"])
def test_nothing_else_is_heard(language: str) -> None:
    assert sentiment.measure_tone("Love!", language) is None
