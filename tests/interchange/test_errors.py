"""Refusals: text from files and servers becomes one line that a terminal and JSON can print."""

import orjson

from interchange import errors
from interchange.errors import UnknownFormat, Unreadable


def test_control_characters_and_surrogates_are_removed() -> None:
    refused = Unreadable("An edge leads to \ud800x\x1b[2J,\nwhich is no node.", "a\x1b]0;b\x07.json", 1)

    assert str(refused) == "a ]0;b .json, line 1: An edge leads to x [2J, which is no node."
    assert orjson.dumps([refused.explanation, refused.file])


def test_long_explanations_are_shortened() -> None:
    assert len(UnknownFormat("x" * 10_000, "y" * 10_000).explanation) == errors.EXPLANATION_LENGTH_MAX
