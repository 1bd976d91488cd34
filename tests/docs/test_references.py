"""Every reference leads to something in this repository: links, paths in backticks, rules (R1), the index of decisions."""

import json
import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.docs.pages import ROOT

NOT_OURS = {"node_modules", "dist", "mutants", "htmlcov", "__pycache__"}
"""Folders of tools; so are all whose names begin with a dot, but for .github."""
FENCED = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\]\(([^)\s]+)\)")
PATH = re.compile(r"`((?:[\w.-]+/)+(?:[\w.*-]+\.[a-z]+)?)`")
"""A folder with its last slash, or a file with its extension; `text/html` is neither."""
RULES_CITED = re.compile(r"\(([^()\n]*\bR\d[^()\n]*)\)|mechanics\.md (R\d+)")
"""Text in brackets that names a rule, or a rule after the name of its page."""
GUIDE = re.compile(r"\bdocs/[\w/-]+\.md\b")


def files(*suffixes: str) -> Iterator[Path]:
    for folder, folders, names in os.walk(ROOT):
        folders[:] = [name for name in folders if name not in NOT_OURS and (not name.startswith(".") or name == ".github")]
        yield from (Path(folder, name) for name in names if name.endswith(suffixes))


PAGES = sorted(files(".md"))
SOURCES = sorted(files(".py", ".ts", ".tsx"))


def broken_links(page: Path) -> set[str]:
    links = (link for link in LINK.findall(FENCED.sub("", page.read_text())) if not re.match(r"\w+:", link))
    return {link for link in links if not _resolves(page, link)}


def missing_paths(page: Path) -> set[str]:
    """A path counts from the root of the repository or from the folder of the page; `*` and NAME stand for any name."""
    named = {path for path in PATH.findall(FENCED.sub("", page.read_text())) if not re.search(r"/(NAME|FILE)\.", path)}
    return {path for path in named if not any(any(base.glob(path.rstrip("/"))) for base in (ROOT, page.parent))}


def unknown_rules(text: str, headings: set[str]) -> set[str]:
    return {rule for cited in RULES_CITED.findall(text) for rule in _rules(" ".join(cited))} - headings


def _resolves(page: Path, link: str) -> bool:
    path, _, anchor = link.partition("#")
    target = (page.parent / path).resolve() if path else page
    return target.exists() and (not anchor or anchor in _anchors(target))


def _anchors(page: Path) -> set[str]:
    """As GitHub makes them of headings."""
    headings = re.findall(r"^#+ (.*)$", FENCED.sub("", page.read_text()), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def _rules(cited: str) -> Iterator[str]:
    """`R1, R3-R5` are four."""
    for first, last in re.findall(r"\bR(\d+)(?:-R(\d+))?\b", cited):
        yield from (f"R{number}" for number in range(int(first), int(last or first) + 1))


def _headings() -> set[str]:
    return set(re.findall(r"^## (R\d+)\. ", (ROOT / "docs/mechanics.md").read_text(), re.MULTILINE))


def unknown_commands(text: str) -> set[str]:
    """Commands in fenced blocks and in backticks whose target, script, file or module is not there."""
    code = "\n".join([*FENCED.findall(text), *re.findall(r"`([^`\n]+)`", FENCED.sub("", text))])
    return {
        f"{tool} {name}" for tool, (pattern, known) in COMMANDS.items() for name in re.findall(pattern, code) if not known(name)
    }


def _is_target(name: str) -> bool:
    return re.search(rf"^{re.escape(name)}:", (ROOT / "Makefile").read_text(), re.MULTILINE) is not None


def _is_script(name: str) -> bool:
    return name == "ci" or name in json.loads((ROOT / "web/package.json").read_text())["scripts"]


def _is_module(name: str) -> bool:
    return (ROOT / name.replace(".", "/")).with_suffix(".py").exists()


COMMANDS: dict[str, tuple[str, Callable[[str], bool]]] = {
    "make": (r"(?m)^make ([.\w/-]+)", _is_target),
    "npm": (r"npm --prefix web (?:run )?([\w-]+)", _is_script),
    "pytest": (r"pytest (?:-\w )*(tests/[\w/.]+)", lambda name: (ROOT / name).exists()),
    "python": (r"python -m (tests\.[\w.]+)", _is_module),
}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_and_paths_of_a_page_resolve(page: Path) -> None:
    assert broken_links(page) == set()
    assert missing_paths(page) == set()
    assert unknown_commands(page.read_text()) == set()


def test_rules_that_code_cites_have_a_heading() -> None:
    text = "\n".join(path.read_text() for path in SOURCES if path != Path(__file__))

    assert unknown_rules(text, _headings()) == set()
    assert unknown_rules(text, set()) >= {"R1", "R2", "R3", "R4", "R5", "R6", "R8", "R10"}


def test_guides_that_code_names_exist() -> None:
    named = {guide for path in SOURCES for guide in GUIDE.findall(path.read_text())}

    assert {guide for guide in named if not (ROOT / guide).exists()} == set()


def test_each_decision_is_in_the_index_once() -> None:
    folder = ROOT / "docs/decisions"
    files = sorted(path.name for path in folder.glob("[0-9]*.md"))
    index = re.findall(r"^\| \[(\d{4})\]\((\1-[\w-]+\.md)\) \| (.+) \|$", (folder / "README.md").read_text(), re.MULTILINE)

    assert [name for _, name, _ in index] == files
    assert len({name[:4] for name in files}) == len(files)
    for number, name, title in index:
        assert (folder / name).read_text().startswith(f"# {number}. {title}\n")


def test_each_decision_has_context_decision_and_price() -> None:
    for path in (ROOT / "docs/decisions").glob("[0-9]*.md"):
        bold = re.findall(r"^\*\*(\w+)\.\*\* \S", path.read_text(), re.MULTILINE)
        assert bold[:3] == ["Context", "Decision", "Price"], path.name


def test_a_broken_reference_is_reported(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text(
        "# A b\n[a](#a-b) [c](#c) [d](missing.md) [e](https://e.example) `domain/mood.py` `domain/no.py` `text/html`\n"
    )

    assert broken_links(page) == {"#c", "missing.md"}
    assert missing_paths(page) == {"domain/no.py"}
    assert unknown_commands("`make no`, `make check`\n```\nnpm --prefix web run no\npytest -x tests/no.py\n```\n") == {
        "make no", "npm no", "pytest tests/no.py",
    }  # fmt: skip
    assert unknown_rules("about (R2, R3-R5) and mechanics.md R12, (Mehrabian; R6)", {"R2", "R3", "R6"}) == {"R4", "R5", "R12"}
