"""The tone of English text."""

import pytest

from interchange import sentiment


def test_kind_words_are_positive_and_hateful_words_negative() -> None:
    kind, hateful = (
        sentiment.measure_tone("I love thee, sweet friend!", "en"),
        sentiment.measure_tone("I hate thee, vile murderer!", "en"),
    )

    assert kind is not None
    assert hateful is not None
    assert kind > 0.6
    assert hateful < -0.6


def test_neutral_words_are_slightly_positive() -> None:
    assert sentiment.measure_tone("The door is of wood.", "en") == 0.05


def test_the_tone_stays_in_its_bounds() -> None:
    assert sentiment.measure_tone("love " * 2_000, "en") == 1.0
    assert (sentiment.measure_tone("hate " * 2_000, "en") or 0.0) >= -1.0


@pytest.mark.parametrize("language", ["en", "en-GB", "EN_us", "eng"])
def test_english_is_recognised_by_each_of_its_tags(language: str) -> None:
    assert sentiment.measure_tone("Love!", language) is not None


@pytest.mark.parametrize("language", ["", "de", "enm", "und", "grc"])
def test_other_languages_have_no_tone(language: str) -> None:
    assert sentiment.measure_tone("Love!", language) is None
