"""The Makefile: its help lists every target, and what each needs is stated where it is missing."""

import os
import re
import subprocess

from tests.docs.pages import ROOT

MAKEFILE = (ROOT / "Makefile").read_text()
TARGETS = sorted(set(re.findall(r"^([a-z][a-z-]*):", MAKEFILE, re.MULTILINE)))


def make(*arguments: str, **settings: str) -> "subprocess.CompletedProcess[str]":
    shell = {name: value for name, value in os.environ.items() if name not in {"MAKELEVEL", "MAKEFLAGS", "MFLAGS"}}
    command = ["make", "-o", ".venv/test.stamp", "-o", ".venv/runtime.stamp", *arguments]
    return subprocess.run(command, cwd=ROOT, env=shell | settings, capture_output=True, text=True, check=False)


def test_make_alone_prints_every_target_with_its_description() -> None:
    lines = make().stdout.splitlines()
    described = {line.split()[0]: line.split(maxsplit=1)[1] for line in lines[1:]}

    assert sorted(described) == TARGETS
    assert len(TARGETS) > 10
    assert all(len(text) > 10 for text in described.values())


def test_every_target_is_declared_phony() -> None:
    phony = re.search(r"^\.PHONY: (.*)$", MAKEFILE, re.MULTILINE)
    assert phony is not None
    assert sorted(phony[1].split()) == TARGETS


def test_references_without_a_folder_end_with_one_sentence() -> None:
    for data in ((), ("DATA=/nowhere",)):
        done = make("references", *data)

        assert done.returncode != 0
        sentence, *rest = done.stderr.splitlines()
        assert sentence == "Name the folder with the plays and their references: make references DATA=FOLDER"
        assert all(line.startswith("make: ***") for line in rest)


def test_no_test_runs_where_chromium_is_missing() -> None:
    done = make("test", "PYTEST=--version", CHROMIUM="/nowhere/chromium")

    assert done.returncode != 0
    assert done.stderr.startswith("CHROMIUM names /nowhere/chromium, which is no program")
    assert "pytest" not in done.stdout
