"""docs/development.md: its examples are changes that work, and its command prints the committed schema."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.docs.pages import ROOT, blocks

PAGE = "docs/development.md"
COPIED = ("app", "graphql_server", "graphql_schema", "interchange", "resolvers", "db", "domain", "tests", "pyproject.toml")
DIFFS = [block.text for block in blocks(PAGE) if block.language == "diff"]
NEW = "/dev/null"
SECONDS_MAX = 300


def apply(diff: str, root: Path) -> list[str]:
    """Makes the changes below `root`, and returns the paths of the new files."""
    added = []
    for before, path, body in _files(diff):
        places = body.removeprefix("@@\n").split("\n@@\n")
        if before == NEW:
            (root / path).write_text(_side(body.partition("\n")[2], "+"))
            added.append(path)
        for place in places if before != NEW else ():
            _replace(root / path, _side(place, "-"), _side(place, "+"))
    return added


def _files(diff: str) -> Iterator[tuple[str, str, str]]:
    """The path before, the path after, and the places of each file."""
    parts = re.split(r"^--- (\S+)\n\+\+\+ b/(\S+)\n", diff, flags=re.MULTILINE)
    yield from zip(parts[1::3], parts[2::3], parts[3::3], strict=True)


def _side(place: str, sign: str) -> str:
    """The lines with this sign, and those without one."""
    return "".join(f"{line[1:]}\n" for line in place.splitlines() if line[:1] in ("", " ", sign))


def _replace(path: Path, before: str, after: str) -> None:
    text = path.read_text()
    assert text.count(before) == 1, f"{path.name} has {text.count(before)} times:\n{before}"
    path.write_text(text.replace(before, after))


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    for name in COPIED:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__", "node_modules", "e2e"))
        else:
            shutil.copy(source, tmp_path / name)
    return tmp_path


def test_each_example_works_with_the_others(copy: Path, postgres_url: str) -> None:
    """All are applied to one copy of the packages, and their tests are run there on a Redis of its own."""
    tests = [path for diff in DIFFS for path in apply(diff, copy) if path.startswith("tests/")]

    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *tests],
        cwd=copy,
        env={name: value for name, value in os.environ.items() if not name.startswith("PYTEST")}
        | {"DATABASE_URL": postgres_url, "PYTHONPATH": str(copy)},
        capture_output=True,
        text=True,
        check=False,
        timeout=SECONDS_MAX,
    )

    assert done.returncode == 0, done.stdout + done.stderr
    assert len(DIFFS) == len(tests) == 4


@pytest.mark.parametrize("diff", DIFFS, ids=[diff.splitlines()[1].removeprefix("+++ b/") for diff in DIFFS])
def test_an_example_is_formatted_and_has_no_lint(diff: str, copy: Path) -> None:
    apply(diff, copy)
    for tool in (("ruff", "check"), ("ruff", "format", "--check")):
        done = subprocess.run(
            [Path(sys.executable).parent / tool[0], *tool[1:]], cwd=copy, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stdout + done.stderr


def test_the_command_that_prints_the_schema_prints_the_committed_one(tmp_path: Path) -> None:
    (command,) = (block.text for block in blocks(PAGE) if block.language == "bash" and "schema.graphql" in block.text)

    subprocess.run(
        ["bash", "-c", command.replace(".venv/bin/python", sys.executable)],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        check=True,
    )

    assert (tmp_path / "schema.graphql").read_text().strip() == (ROOT / "schema.graphql").read_text().strip()


def test_a_place_that_is_not_in_the_file_is_reported(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text("one = 1\ntwo = 2\n")
    apply("--- a/a.py\n+++ b/a.py\n@@\n one = 1\n-two = 2\n+two = 3\n", tmp_path)

    assert (tmp_path / "a.py").read_text() == "one = 1\ntwo = 3\n"
    with pytest.raises(AssertionError):
        apply("--- a/a.py\n+++ b/a.py\n@@\n-two = 2\n+two = 3\n", tmp_path)
