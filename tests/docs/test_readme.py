"""README.md: its commands, files, links, settings, rooms and libraries are those of the repository."""

import ast
import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from app.settings import Settings, table
from tests.docs.pages import ROOT

README = (ROOT / "README.md").read_text()
FENCED = re.compile(r"^```\w*\n(.*?)^```$", re.MULTILINE | re.DOTALL)
TARGETS = sorted(set(re.findall(r"make ([a-z-]+)", "\n".join([*FENCED.findall(README), *re.findall(r"`([^`\n]+)`", README)]))))
STAMPS = ("-o", ".venv/runtime.stamp", "-o", ".venv/test.stamp")
"""Taken as they are, so that no test installs anything."""
MODULES = {"graphql-core": "graphql", "vadersentiment": "vaderSentiment"}
"""Libraries that are imported by another name."""
DRIVERS = {"asyncpg", "neo4j", "redis"}
"""In the row of `db/` only; `app/` starts and watches the stores with them, `interchange/` catches their errors."""
ROOMS = (
    "app",
    "graphql_server",
    "graphql_schema",
    "interchange",
    "resolvers",
    "db",
    "domain",
    "web",
    "tests",
    "docs",
    "ops",
    ".ci",
)


def make(*arguments: str, **settings: str) -> subprocess.CompletedProcess[str]:
    """As from a shell, also where these tests run under a make of their own."""
    shell = {name: value for name, value in os.environ.items() if name not in {"MAKELEVEL", "MAKEFLAGS", "MFLAGS"}}
    return subprocess.run(
        ["make", *STAMPS, *arguments], cwd=ROOT, env=shell | settings, capture_output=True, text=True, check=False
    )


@pytest.mark.parametrize("target", TARGETS)
def test_make_knows_every_target_that_is_named(target: str) -> None:
    planned = make("--dry-run", target)

    assert planned.returncode == 0, planned.stderr
    assert ".venv/bin/" in planned.stdout


def test_what_cleans_says_what_it_removed(tmp_path: Path) -> None:
    done = make("clean", OBSERVATORY_DATA=str(tmp_path / "nothing"))

    assert done.stdout == f"{tmp_path / 'nothing'} is not there.\n", done.stderr


def test_the_help_lists_every_command_that_is_named() -> None:
    told = subprocess.run(
        [sys.executable, "-c", "from app.cli import main; main()", "--help"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout

    for command in ("run", "link", "migrate", "export", "graph", "import", "clean"):
        assert f" {command} " in told


def test_every_file_and_link_that_is_named_is_there() -> None:
    named = {*re.findall(r"`([\w.]+/[\w/.]*)`", README), *re.findall(r"\]\(([\w./]+)\)", README)}

    missing = {name for name in named if name.split("/")[0] in (*ROOMS, name) and not (ROOT / name).exists()}

    assert missing == set()
    assert len(named) > 20


def test_every_setting_is_in_its_table() -> None:
    assert table() in README
    assert {str(field.validation_alias) for field in Settings.model_fields.values()} <= set(
        re.findall(r"`([A-Z0-9_]+)`", README)
    )


def rooms() -> dict[str, set[str]]:
    """Each Python room of the table, in its order, and the names that its outside libraries are imported by."""
    rows = re.findall(r"^\| `(\w+)/` \| [^|]+ \| ([^|`]+) \|$", README, re.MULTILINE)
    return {room: {MODULES.get(name, name.replace("-", "_")) for name in libraries.split(", ")} for room, libraries in rows}


def test_the_rooms_are_those_that_the_linter_keeps_apart_in_this_order() -> None:
    linted = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]
    layers = next(contract["layers"] for contract in linted["contracts"] if contract["type"] == "layers")
    floor = {room: number for number, layer in enumerate(layers) for room in layer.split(" | ")}

    assert set(rooms()) == set(linted["root_packages"])
    assert [floor[room] for room in rooms()] == sorted(floor.values())


@pytest.mark.parametrize("room", rooms())
def test_a_room_imports_the_outside_libraries_of_its_row(room: str) -> None:
    imported = {name for path in (ROOT / room).rglob("*.py") for name in _modules(ast.parse(path.read_text()))}
    outside = imported - sys.stdlib_module_names - set(rooms())

    assert outside - (set() if room == "db" else DRIVERS) == rooms()[room]


def _modules(tree: ast.AST) -> set[str]:
    """The top-level names of all imports."""
    plain = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    from_ = {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.level == 0}
    return {name.partition(".")[0] for name in plain | from_}
