"""Pages of documentation: their fenced blocks, and answers compared with those that they promise; `…` stands for anything."""

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
    """`promised` is the block that follows it, where that is an answer."""

    language: str
    text: str
    promised: str | None = None


def blocks(page: str) -> Iterator[Block]:
    found = [Block(language, text) for language, text in _BLOCK.findall((ROOT / page).read_text())]
    for block, following in zip(found, [*found[1:], Block("end", "")], strict=True):
        if block.language not in ("json", ""):
            yield Block(block.language, block.text, following.text if following.language in ("json", "") else None)


def assert_kept(promised: str, said: str) -> None:
    """Text is compared as it stands, JSON by its values: some answers one after another, as a terminal shows them."""
    if not promised.startswith(("{", "[")):
        assert re.fullmatch(re.escape(promised.strip()).replace(ANYTHING, ".*"), said.strip()), said
        return
    answers, wanted = list(_values(said)), list(_values(promised))
    assert len(answers) == len(wanted), said
    for answer, wish in zip(answers, wanted, strict=True):
        assert _like(answer, wish) == wish


def _values(text: str) -> Iterator[Any]:
    decoder, at = json.JSONDecoder(), 0
    while at < len(text := text.strip()):
        value, at = decoder.raw_decode(text, at)
        text, at = text[at:], 0
        yield value


def _like(answer: Any, wish: Any) -> Any:
    """The answer, with `…` wherever that is what is wished for."""
    if wish == ANYTHING:
        return ANYTHING if answer is not None else None
    if isinstance(answer, dict) and isinstance(wish, dict):
        return {name: _like(value, wish.get(name)) for name, value in answer.items()}
    if isinstance(answer, list) and isinstance(wish, list) and len(answer) == len(wish):
        return [_like(each, its) for each, its in zip(answer, wish, strict=True)]
    return answer
