"""The contract: no change of the schema breaks what a released or committed one promised."""

import os
import subprocess
import warnings
from pathlib import Path

import pytest
from graphql import build_schema

from graphql_schema.schema import schema
from tests.contract import FILE, broken, promised
from tests.docs.pages import ROOT

SCHEMA = "type Query { hello(name: String): String! bye: String }\n"


def test_nothing_that_the_last_release_or_main_promises_is_broken() -> None:
    promises = promised(ROOT)
    if FILE in promises:
        warnings.warn(f"There is no git history here: the schema was compared with the committed {FILE} alone.", stacklevel=1)

    assert {commit: broken(text, schema._schema) for commit, text in promises.items()} == {commit: [] for commit in promises}


@pytest.mark.parametrize(
    ("changed", "named"),
    [
        ("type Query { hello(name: String): String! }", "bye"),
        ("type Query { hello(name: String): String bye: String }", "hello"),
        ("type Query { hello(name: String!): String! bye: String }", "name"),
        ("type Query { hello(name: String, age: String!): String! bye: String }", "age"),
    ],
)
def test_a_breaking_change_is_reported(changed: str, named: str) -> None:
    (described,) = broken(SCHEMA, build_schema(changed))

    assert named in described


@pytest.mark.parametrize(
    "changed", [SCHEMA, "type Query { hello(name: String, age: String): String! bye: String more: String }"]
)
def test_an_addition_is_no_breaking_change(changed: str) -> None:
    assert broken(SCHEMA, build_schema(changed)) == []


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A repository on main with two commits of a schema that differ in a comment."""
    root = tmp_path / "checkout"
    root.mkdir()
    git(root, "init", "-q", "-b", "main")
    commit(root, "# one\n" + SCHEMA)
    commit(root, "# two\n" + SCHEMA)
    return root


def git(root: Path, *arguments: str) -> None:
    identity = {f"GIT_{role}_{what}": "tests@example.org" for role in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    environment = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")} | identity
    subprocess.run(["git", "-C", str(root), *arguments], env=environment, check=True, capture_output=True)


def commit(root: Path, text: str) -> None:
    (root / FILE).write_text(text)
    git(root, "add", FILE)
    git(root, "commit", "-q", "-m", "schema")


def first_lines(root: Path) -> list[str]:
    return [text.split("\n")[0] for text in promised(root).values()]


def test_the_last_tag_is_the_promise_where_there_is_one(checkout: Path) -> None:
    git(checkout, "tag", "v1")
    commit(checkout, "# three\n" + SCHEMA)

    assert list(promised(checkout)) == ["v1"]
    assert first_lines(checkout) == ["# two"]


def test_on_main_the_last_commit_and_its_parent_are_the_promise(checkout: Path) -> None:
    (checkout / FILE).write_text("# not committed yet\n" + SCHEMA)

    assert first_lines(checkout) == ["# two", "# one"]


def test_on_a_branch_the_commit_on_main_where_it_began_is_the_promise(checkout: Path) -> None:
    git(checkout, "checkout", "-q", "-b", "branch")
    commit(checkout, "# three\n" + SCHEMA)
    git(checkout, "checkout", "-q", "main")
    commit(checkout, "# four\n" + SCHEMA)
    git(checkout, "checkout", "-q", "branch")

    assert first_lines(checkout) == ["# two"]


def test_a_clone_of_one_commit_has_that_commit(checkout: Path, tmp_path: Path) -> None:
    git(tmp_path, "clone", "-q", "--depth", "1", f"file://{checkout}", "clone")

    assert first_lines(tmp_path / "clone") == ["# two"]


def test_without_history_the_committed_file_is_the_promise(checkout: Path) -> None:
    folder = checkout / "unpacked"
    folder.mkdir()
    (folder / FILE).write_text("# alone\n" + SCHEMA)

    assert promised(folder) == {FILE: "# alone\n" + SCHEMA}
