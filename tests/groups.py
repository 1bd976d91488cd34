"""How tests are distributed over the workers of `pytest -n`: in groups, each of which one worker runs, the longest first.

A file is a group. Files that share what takes long to start are one group. The workers take the groups in the order of the
tests, so a long group at the end would leave the others without work.
"""

import os
from typing import Any

import pytest

SHARED = {
    "tests/e2e/": "browser",
    "tests/load/": "load",
    "tests/db/test_graph_": "graph",
    "tests/db/test_drift.py": "graph",
    "tests/app/test_embedded.py": "graph",
    "tests/app/test_graph_commands.py": "graph",
    "tests/app/test_health.py": "graph",
    "tests/app/test_leader.py": "graph",
    "tests/app/test_local_stack.py": "graph",
    "tests/app/test_metrics.py": "graph",
    "tests/app/test_projector.py": "graph",
    "tests/resolvers/test_paths.py": "graph",
}
"""Beginnings of paths, and the group of all files there: `graph` and `browser` start one Neo4j each, `browser` one server."""
LONG = (
    "browser",
    "graph",
    "load",
    "tests/resolvers/test_faults.py",
    "tests/docs/test_development.py",
    "tests/app/test_closed_home.py",
    "tests/graphql_server/test_clients.py",
)
"""The longest groups, in the order in which they start."""
WORKERS_MAX = 8
"""Each worker may hold 20 of the 200 connections of Postgres."""


def group_of(test: str) -> str:
    """The group of a test, by its node ID."""
    file = test.partition("::")[0]
    return next((group for beginning, group in SHARED.items() if file.startswith(beginning)), file)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """One more than there are processors, since tests often wait for a store or a process."""
    return min(len(os.sched_getaffinity(0)) + 1, WORKERS_MAX)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    from xdist.scheduler import LoadScopeScheduling

    class GroupScheduling(LoadScopeScheduling):
        def _split_scope(self, nodeid: str) -> str:
            return group_of(nodeid)

    # Else xdist would begin with the groups that have the most tests.
    config.option.loadscopereorder = False
    return GroupScheduling(config, log)


def sort_longest_first(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Sorts the tests of a worker; a session of one process keeps the order of the files."""
    if hasattr(config, "workerinput"):
        places = {group: place for place, group in enumerate(LONG)}
        items.sort(key=lambda item: places.get(group_of(item.nodeid), len(LONG)))
