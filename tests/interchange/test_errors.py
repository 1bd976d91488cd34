"""Refusals: what a file or a server has its say in reaches a terminal and a program as one line of plain text."""

import orjson

from interchange import errors
from interchange.errors import UnknownFormat, Unreadable


def test_what_cannot_be_seen_or_sent_is_left_out() -> None:
    refused = Unreadable("An edge leads to \ud800x\x1b[2J,\nwhich is no node.", "a\x1b]0;b\x07.json", 1)

    assert str(refused) == "a ]0;b .json, line 1: An edge leads to x [2J, which is no node."
    assert orjson.dumps([refused.explanation, refused.file])


def test_what_has_no_end_is_cut() -> None:
    assert len(UnknownFormat("x" * 10_000, "y" * 10_000).explanation) == errors.EXPLANATION_LENGTH_MAX
