"""Layers: every test has one, and each is described."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.docs.pages import ROOT
from tests.layers import LAYERS, layer_of


def test_every_test_file_has_a_layer() -> None:
    files = [*(ROOT / "tests").rglob("test_*.py")]

    assert len(files) > 80
    assert {layer_of(path) for path in files} == set(LAYERS.values())


def test_a_file_in_an_unknown_folder_is_refused_with_what_to_do() -> None:
    with pytest.raises(pytest.UsageError, match="tests/elsewhere belongs to no layer; add it"):
        layer_of(ROOT / "tests" / "elsewhere" / "test_it.py")


def test_every_layer_is_a_marker_with_a_description(request: pytest.FixtureRequest) -> None:
    described = dict(line.split(": ", 1) for line in request.config.getini("markers") if ": " in line)

    assert set(LAYERS.values()) <= described.keys()


@pytest.mark.parametrize(("layer", "others"), [("rules", "domain"), ("schema", "test_house.py")])
def test_one_layer_can_be_chosen(layer: str, others: str) -> None:
    command = [sys.executable, "-m", "pytest", "--collect-only", "-p", "no:cacheprovider", "-m", layer]
    folders = ["tests/domain/test_clock.py", "tests/test_house.py"]
    done = subprocess.run([*command, *folders], cwd=ROOT, capture_output=True, text=True, check=True)

    chosen = {Path(line.split("::")[0]).relative_to("tests").parts[0] for line in done.stdout.splitlines() if "::" in line}
    assert chosen == {others}
