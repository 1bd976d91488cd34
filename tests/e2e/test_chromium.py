"""How the tests of the page find Chromium, and what they report where there is none."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.docs.pages import ROOT
from tests.e2e import chromium
from tests.e2e.chromium import NoChromium


def program(folder: Path, name: str, script: str = "exit 0") -> Path:
    path = folder / name
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)
    return path


def test_the_program_that_the_environment_names_is_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    named = program(tmp_path, "my-browser")
    monkeypatch.setenv("CHROMIUM", str(named))

    assert chromium.ensure() == str(named)


def test_a_named_program_that_cannot_be_run_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHROMIUM", str(tmp_path / "missing"))

    with pytest.raises(NoChromium, match=r"CHROMIUM names .*missing, which is no program"):
        chromium.ensure()


@pytest.mark.parametrize("name", chromium.NAMES)
def test_the_program_on_path_is_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    found = program(tmp_path, name)
    monkeypatch.delenv("CHROMIUM", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))

    assert chromium.ensure() == str(found)


def test_debians_package_is_installed_where_root_may(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program(tmp_path, "env", 'shift; exec "$@"')
    log = tmp_path / "log"
    makes = f'echo "#!/bin/sh" > {tmp_path}/chromium; /bin/chmod +x {tmp_path}/chromium'
    script = f'echo "$@" >> {log}; [ "$1" = install ] || exit 0; {makes}'
    program(tmp_path, "apt-get", script)
    monkeypatch.delenv("CHROMIUM", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(chromium.os, "geteuid", lambda: 0)

    assert chromium.ensure() == str(tmp_path / "chromium")
    assert log.read_text().splitlines() == ["update -qq", "install -y -qq --no-install-recommends chromium"]


@pytest.mark.parametrize("user", [0, 1000])
def test_one_sentence_reports_what_to_do_where_nothing_can_be_installed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, user: int
) -> None:
    monkeypatch.delenv("CHROMIUM", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(chromium.os, "geteuid", lambda: user)

    with pytest.raises(NoChromium, match=r"^The tests of the page need Chromium: install it .* in CHROMIUM\.$"):
        chromium.ensure()


def test_the_command_ends_with_that_sentence_alone() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.e2e.chromium"],
        cwd=ROOT,
        env={"PATH": "/nowhere", "CHROMIUM": "/nowhere/chromium"},
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 1
    assert done.stderr.splitlines() == [
        "CHROMIUM names /nowhere/chromium, which is no program that this user can run; name another, or unset it."
    ]
