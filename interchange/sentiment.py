"""The tone of English text by VADER (Hutto, Gilbert 2014). It is a word list; expect errors in old or ironic text."""

from functools import cache

from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

TONE_OFFSET = 0.05
"""Neutral talk counts as slightly positive."""
CHARACTERS_MAX = 20_000
"""Characters of a speech that are analysed; the analyser's time grows with the square of the length."""


def measure_tone(text: str, language: str) -> float | None:
    """Returns a tone in [-1,1], or None for a language other than English."""
    if not is_supported(language):
        return None
    compound: float = _analyser().polarity_scores(text[:CHARACTERS_MAX])["compound"]
    return max(-1.0, min(1.0, compound + TONE_OFFSET))


def is_supported(language: str) -> bool:
    """Returns whether the language, a BCP 47 tag or a code of three letters, is English."""
    return language.casefold().replace("_", "-").split("-")[0] in ("en", "eng")


@cache
def _analyser() -> SentimentIntensityAnalyzer:
    """Returns the analyser, which reads its lexicon once."""
    return SentimentIntensityAnalyzer()
