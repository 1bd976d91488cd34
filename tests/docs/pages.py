"""Pages of documentation: their fenced blocks, and a comparison with the expected answers, in which `…` is any value."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
BASE = "http://127.0.0.1:8000"
ANYTHING = "…"
_BLOCK = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class Block:
    """`expected` is the text of the next block if that is an answer, else None."""

    language: str
    text: str
    expected: str | None = None


def blocks(page: str) -> Iterator[Block]:
    """The blocks of code of a page, in order; a block of JSON or plain text is the answer to the one before it."""
    found = [Block(language, text) for language, text in _BLOCK.findall((ROOT / page).read_text())]
    for block, following in zip(found, [*found[1:], Block("end", "")], strict=True):
        if block.language not in ("json", ""):
            yield Block(block.language, block.text, following.text if following.language in ("json", "") else None)


def assert_answer(expected: str, output: str) -> None:
    """Compares text as it is, and JSON by value: several answers in a row, as a terminal prints them."""
    if not expected.startswith(("{", "[")):
        assert re.fullmatch(re.escape(expected.strip()).replace(ANYTHING, ".*"), output.strip()), output
        return
    answers, patterns = list(_parse_values(output)), list(_parse_values(expected))
    assert len(answers) == len(patterns), output
    for answer, pattern in zip(answers, patterns, strict=True):
        assert _mask(answer, pattern) == pattern


def _parse_values(text: str) -> Iterator[Any]:
    decoder, end = json.JSONDecoder(), 0
    while end < len(text := text.strip()):
        value, end = decoder.raw_decode(text, end)
        text, end = text[end:], 0
        yield value


def _mask(answer: Any, pattern: Any) -> Any:
    """The answer, with `…` in each place where the pattern has it and the answer is not null."""
    if pattern == ANYTHING:
        return ANYTHING if answer is not None else None
    if isinstance(answer, dict) and isinstance(pattern, dict):
        return {name: _mask(value, pattern.get(name)) for name, value in answer.items()}
    if isinstance(answer, list) and isinstance(pattern, list) and len(answer) == len(pattern):
        return [_mask(each, its) for each, its in zip(answer, pattern, strict=True)]
    return answer
