"""Each test belongs to one layer by the place of its file, so that a part of the suite can be chosen: `pytest -m browser`."""

from pathlib import Path

import pytest

LAYERS = {
    "domain": "rules",
    "test_contract.py": "schema",
    "test_dependencies.py": "schema",
    "test_house.py": "schema",
    "test_plain_words.py": "schema",
    "graphql_schema": "queries",
    "resolvers": "stores",
    "graphql_server": "transports",
    "db": "stores",
    "interchange": "formats",
    "app": "processes",
    "e2e": "browser",
    "load": "load",
    "bench": "bench",
    "docs": "documents",
    "test_makefile.py": "documents",
    "test_groups.py": "documents",
    "test_layers.py": "documents",
    "references": "references",
}
"""The marker of each entry of tests/. pyproject.toml describes the markers."""

_TESTS = Path(__file__).parent


def layer_of(path: Path) -> str:
    """Raises UsageError for a file or folder that LAYERS does not list."""
    entry = path.relative_to(_TESTS).parts[0]
    if entry not in LAYERS:
        raise pytest.UsageError(f"tests/{entry} belongs to no layer; add it to LAYERS in tests/layers.py.")
    return LAYERS[entry]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.is_relative_to(_TESTS):
            item.add_marker(layer_of(item.path))
