"""Plain words: words that make a sentence a riddle are counted in code, documentation and the page; the count only falls."""

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
AVOIDED = re.compile(
    r"\b(whoever|whomever|whom|nobody|somebody|everybody|anew|told|tells?|lets? them|goes by|gone by|stands? here"
    r"|heard|hears?|of their own|let go|made to|wished|in vain)\b",
    re.IGNORECASE,
)
ALLOWED = re.compile(
    r"`nobody`|user nobody|\"nobody\"|\.tell\(\)|\"somebody\"|\"heard\"|\bheard\b(?= AS|,| <>|, spoke)|AS heard"
    r"|provided that.*made to"
)
"""The user of root's servers, the position in a file, stored values, an SQL alias and a licence that is quoted."""

MAXIMA = {"code": 0, "documentation": 0, "page": 0, "tests": 159}
"""Counts of today. A change that lowers one lowers the number here; none raises it."""

_SUFFIXES = {".py", ".ts", ".tsx", ".css", ".html", ".md", ".graphql", ".toml", ".yml", ".json", ""}
_LEFT_OUT = ("web/src/gql/", "tests/data/", "tests/references/", "package-lock.json", "tests/test_plain_words.py", "LICENSE")


def part_of(name: str) -> str:
    if name.startswith("tests/"):
        return "tests"
    if name.startswith("web/"):
        return "page"
    return "documentation" if name.endswith(".md") else "code"


def avoided_words(text: str) -> list[str]:
    return [match.group().lower() for match in AVOIDED.finditer(ALLOWED.sub("", text))]


def _found() -> dict[str, list[str]]:
    names = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.splitlines()
    found: dict[str, list[str]] = {part: [] for part in MAXIMA}
    for name in names:
        path = ROOT / name
        if path.suffix in _SUFFIXES and path.is_file() and not any(part in name for part in _LEFT_OUT):
            for number, line in enumerate(path.read_text(errors="replace").splitlines(), 1):
                found[part_of(name)] += [f"{name}:{number} {word}" for word in avoided_words(line)]
    return found


FOUND = _found()


@pytest.mark.parametrize("part", MAXIMA)
def test_no_avoided_word_is_added(part: str) -> None:
    assert len(FOUND[part]) <= MAXIMA[part], "\n".join(FOUND[part])


def test_avoided_words_are_found_in_any_case_and_as_whole_words_only() -> None:
    assert avoided_words("Whoever is told this, hearing nobody's word; root runs as `nobody`, retold.") == [
        "whoever",
        "told",
        "nobody",
    ]
