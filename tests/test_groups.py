"""Groups: what the workers of `pytest -n` share, and in which order they take the tests."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests import groups
from tests.docs.pages import ROOT
from tests.groups import LONG, SHARED, group_of

FILES = sorted(str(path.relative_to(ROOT)) for path in (ROOT / "tests").rglob("test_*.py"))


def test_a_file_is_a_group() -> None:
    assert group_of("tests/domain/test_clock.py::test_it[a::b]") == "tests/domain/test_clock.py"


@pytest.mark.parametrize("beginning", SHARED)
def test_files_that_share_what_is_started_are_one_group(beginning: str) -> None:
    files = [file for file in FILES if file.startswith(beginning)]

    assert {group_of(f"{file}::test_it") for file in files} == {SHARED[beginning]}


def test_only_files_of_two_groups_start_neo4j() -> None:
    """A process that starts Neo4j for one test takes ten seconds and 300 MB."""
    fixture = re.compile(r"\b(?:neo4j: Neo4jConnectionInfo|driver: AsyncDriver|projector: Projector)[,)]")
    users = [file for file in FILES if fixture.search((ROOT / file).read_text()) and ROOT / file != Path(__file__)]

    assert len(users) > 5
    assert {group_of(file) for file in users} == {"graph"}


def test_each_long_group_has_tests() -> None:
    assert set(LONG) <= {group_of(file) for file in FILES}


def test_there_is_one_worker_more_than_processors_and_never_more_than_postgres_has_connections_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for processors, workers in ((1, 2), (2, 3), (64, groups.WORKERS_MAX)):
        monkeypatch.setattr(os, "sched_getaffinity", lambda _, count=processors: set(range(count)))
        assert groups.pytest_xdist_auto_num_workers() == workers


@pytest.mark.parametrize("name", ["REDIS_URL", "NEO4J_URI"])
def test_workers_refuse_a_named_store_that_they_cannot_share(name: str) -> None:
    command = [sys.executable, "-m", "pytest", "-n", "2", "-p", "no:cacheprovider", "tests/test_groups.py"]
    environment = {key: value for key, value in os.environ.items() if not key.startswith("PYTEST_")}
    done = subprocess.run(command, cwd=ROOT, env=environment | {name: "a://b"}, capture_output=True, text=True, check=False)

    assert done.returncode == pytest.ExitCode.USAGE_ERROR
    assert f"{name} names one store, and each worker needs its own. Unset it, or run with -n 0." in done.stderr
