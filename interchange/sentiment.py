"""The tone of words: what VADER hears in English (Hutto, Gilbert 2014). A reading of words, not of hearts."""

from functools import cache

from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

TONE_OFFSET = 0.05
"""Plain talk between two is a little more than nothing."""
CHARACTERS_MAX = 20_000
"""So much of a speech is listened to: the analyser's work grows with the square of its length."""


def measure_tone(text: str, language: str) -> float | None:
    """In [-1,1]; None for what is not English."""
    if not is_supported(language):
        return None
    compound: float = _analyser().polarity_scores(text[:CHARACTERS_MAX])["compound"]
    return max(-1.0, min(1.0, compound + TONE_OFFSET))


def is_supported(language: str) -> bool:
    """`language` is a tag of BCP 47, or one of three letters."""
    return language.casefold().replace("_", "-").split("-")[0] in ("en", "eng")


@cache
def _analyser() -> SentimentIntensityAnalyzer:
    """Reads its lexicon once."""
    return SentimentIntensityAnalyzer()
