"""README.md: its commands, files, links, settings, rooms and libraries are those of the repository."""

import ast
import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from app.settings import Settings, markdown_table
from tests.docs.pages import ROOT

README = (ROOT / "README.md").read_text()
FENCED = re.compile(r"^```\w*\n(.*?)^```$", re.MULTILINE | re.DOTALL)
TARGETS = sorted(set(re.findall(r"make ([a-z-]+)", "\n".join([*FENCED.findall(README), *re.findall(r"`([^`\n]+)`", README)]))))
STAMPS = ("-o", ".venv/runtime.stamp", "-o", ".venv/test.stamp")
"""Make takes these as done, so that no test installs packages."""
MODULES = {"graphql-core": "graphql", "vadersentiment": "vaderSentiment"}
"""Modules whose name differs from the name of the library."""
LINTER = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]
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
    """Runs make as from a shell, also if another make runs these tests."""
    shell = {name: value for name, value in os.environ.items() if name not in {"MAKELEVEL", "MAKEFLAGS", "MFLAGS"}}
    return subprocess.run(
        ["make", *STAMPS, *arguments], cwd=ROOT, env=shell | settings, capture_output=True, text=True, check=False
    )


@pytest.mark.parametrize("target", TARGETS)
def test_make_has_each_target_of_the_page(target: str) -> None:
    planned = make("--dry-run", target)

    assert planned.returncode == 0, planned.stderr
    assert ".venv/bin/" in planned.stdout


def test_clean_reports_a_missing_folder(tmp_path: Path) -> None:
    finished = make("clean", OBSERVATORY_DATA=str(tmp_path / "nothing"))

    assert finished.stdout == f"{tmp_path / 'nothing'} does not exist.\n", finished.stderr


def test_help_lists_each_command_of_the_page() -> None:
    output = subprocess.run(
        [sys.executable, "-c", "from app.cli import main; main()", "--help"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout

    for command in ("run", "link", "migrate", "export", "graph", "import", "clean"):
        assert f" {command} " in output


def test_each_file_and_link_of_the_page_exists() -> None:
    named = {*re.findall(r"`([\w.]+/[\w/.]*)`", README), *re.findall(r"\]\(([\w./]+)\)", README)}

    missing = {name for name in named if name.split("/")[0] in (*ROOMS, name) and not (ROOT / name).exists()}

    assert missing == set()
    assert len(named) > 20


def test_each_setting_is_in_the_table() -> None:
    assert markdown_table() in README
    assert {str(field.validation_alias) for field in Settings.model_fields.values()} <= set(
        re.findall(r"`([A-Z0-9_]+)`", README)
    )


def rooms() -> dict[str, set[str]]:
    """The Python rooms in the order of the table, each with the module names of its outside libraries."""
    rows = re.findall(r"^\| `(\w+)/` \| [^|]+ \| ([^|`]+) \|$", README, re.MULTILINE)
    return {room: {MODULES.get(name, name.replace("-", "_")) for name in libraries.split(", ")} for room, libraries in rows}


def test_the_table_has_the_rooms_and_the_order_of_the_linter() -> None:
    layers = next(contract["layers"] for contract in LINTER["contracts"] if contract["type"] == "layers")
    level = {room: number for number, layer in enumerate(layers) for room in layer.split(" | ")}

    assert set(rooms()) == set(LINTER["root_packages"])
    assert [level[room] for room in rooms()] == sorted(level.values())


@pytest.mark.parametrize("room", rooms())
def test_a_room_imports_exactly_the_outside_libraries_in_its_row(room: str) -> None:
    imported = {name for path in (ROOT / room).rglob("*.py") for name in _modules(ast.parse(path.read_text()))}
    outside = imported - sys.stdlib_module_names - set(rooms())

    assert outside - _exceptions(room) == rooms()[room]


def _exceptions(room: str) -> set[str]:
    """Libraries that the linter's contracts allow to single modules of this room."""
    allowed = [line.split(" -> ") for contract in LINTER["contracts"] for line in contract.get("ignore_imports", ())]
    return {library for module, library in allowed if module.startswith(f"{room}.")}


def _modules(tree: ast.AST) -> set[str]:
    """The top-level names of all imports."""
    plain = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    from_ = {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.level == 0}
    return {name.partition(".")[0] for name in plain | from_}
