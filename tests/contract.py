"""The schemas that a change must not break: that of the last release tag, else of the last commit on main."""

import subprocess
from pathlib import Path

from graphql import GraphQLSchema, build_schema
from graphql.utilities import find_breaking_changes

FILE = "schema.graphql"
MAIN = ("origin/main", "main")


def promised(root: Path) -> dict[str, str]:
    """The promised schemas of the checkout at `root` as SDL, by the names of their commits.

    On main they are those of the last commit and of its parent, on a branch that of the commit on main where it began. In a
    folder without history it is the committed file, under its own name.
    """
    found = {commit: text for commit in _commits(root) if (text := _git(root, "show", f"{commit}:{FILE}")) is not None}
    return found or {FILE: (root / FILE).read_text()}


def broken(promise: str, schema: GraphQLSchema) -> list[str]:
    """What a client of the promised schema can no longer do with `schema`, a sentence each."""
    return [change.description for change in find_breaking_changes(build_schema(promise), schema)]


def _commits(root: Path) -> list[str]:
    top = _git(root, "rev-parse", "--show-toplevel")
    if top is None or Path(top.strip()) != root.resolve():
        return []  # An unpacked archive may lie inside of another repository.
    if tag := _git(root, "describe", "--tags", "--abbrev=0"):
        return [tag.strip()]
    head = _git(root, "rev-parse", "HEAD")
    for branch in MAIN:
        base = _git(root, "merge-base", "HEAD", branch)
        if base is not None and base != head:
            return [base.strip()]
    return ["HEAD", "HEAD^"]


def _git(root: Path, *arguments: str) -> str | None:
    """What git prints; None where it fails, or is not installed."""
    command = ["git", "-c", "safe.directory=*", "-C", str(root), *arguments]
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    except OSError:
        return None
    return done.stdout if done.returncode == 0 else None
