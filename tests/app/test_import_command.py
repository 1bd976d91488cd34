"""`observatory import` and `observatory export`: output, exit codes and stored rows."""

import asyncio
import json
import os
import signal
import subprocess
from dataclasses import dataclass
from pathlib import Path

import asyncpg
import pytest
from typer.testing import CliRunner

from app import cli
from app.command_error import CommandError
from tests.app.local_stacks import OBSERVATORY, environment
from tests.app.test_uploads import PLAY
from tests.interchange import expected


@dataclass(frozen=True, slots=True)
class Result:
    returncode: int
    stdout: str
    stderr: str


class Shell:
    """Runs commands on the database of the test: `run` in this process, which saves a second, and `start` in a new process."""

    def __init__(self, database_url: str, redis_url: str) -> None:
        self.database_url = database_url
        self.settings = {"DATABASE_URL": database_url, "REDIS_URL": redis_url, "NEO4J_URI": "off"}

    async def run(self, *arguments: str | Path) -> Result:
        done = await asyncio.to_thread(CliRunner().invoke, cli.app, list(map(str, arguments)), env=self.settings)
        if isinstance(done.exception, CommandError):
            return Result(1, done.stdout, f"{done.stderr}observatory: {done.exception}\n")
        if done.exception is not None and not isinstance(done.exception, SystemExit):
            raise done.exception
        return Result(done.exit_code, done.stdout, done.stderr)

    def start(self, *arguments: str | Path, stdout: int | None = None) -> subprocess.Popen[str]:
        command = [*OBSERVATORY, *map(str, arguments)]
        env = environment(**self.settings)
        return subprocess.Popen(command, stdout=stdout, stderr=subprocess.PIPE, text=True, env=env, preexec_fn=_enable_ctrl_c)

    async def fetch_value(self, query: str) -> object:
        connection = await asyncpg.connect(self.database_url)
        try:
            return await connection.fetchval(query)
        finally:
            await connection.close()


def _enable_ctrl_c() -> None:
    """A shell starts background processes with Ctrl-C ignored, and their children inherit that."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


@pytest.fixture
def shell(database_url: str, redis_url: str) -> Shell:
    return Shell(database_url, redis_url)


@pytest.fixture
def play(tmp_path: Path) -> Path:
    path = tmp_path / "two.xml"
    path.write_text(PLAY)
    return path


async def test_an_import_prints_the_id_of_an_ecosystem_that_the_host_owns(shell: Shell, play: Path) -> None:
    done = await shell.run("import", play)

    assert done.returncode == 0
    assert done.stderr.startswith("two.xml: Two is imported: 8 facts in ")
    [id_] = done.stdout.splitlines()
    assert json.loads((await shell.run("export", id_, "--as", "json")).stdout)["graph"]["name"] == "Two"
    assert (
        await shell.fetch_value("SELECT u.name || ' ' || m.role FROM members m JOIN users u ON u.id = m.user_id")
        == "host owner"
    )


async def test_the_second_import_of_a_file_changes_nothing_and_reports_that(shell: Shell, play: Path) -> None:
    first, again = await shell.run("import", play), await shell.run("import", play)

    assert (again.returncode, again.stdout) == (0, first.stdout)
    assert "has been imported before and the file is the same; nothing is changed" in again.stderr


async def test_json_output_has_a_line_for_each_file(shell: Shell, play: Path) -> None:
    (play.parent / "notes.txt").write_text("Dear diary")
    (play.parent / "broken.xml").write_text("<TEI>\n<oops></TEI>")

    done = await shell.run("import", "--json", play.parent)

    lines = {line["file"]: line for line in map(json.loads, done.stdout.splitlines())}
    assert done.returncode == 1
    assert (lines["two.xml"]["change"], lines["two.xml"]["facts"]) == ("imported", 8)
    assert "The format is not supported" in lines["notes.txt"]["passedOver"]
    assert (lines["broken.xml"]["line"], "Correct it" in lines["broken.xml"]["refusal"]) == (2, True)


async def test_a_refused_file_is_reported_in_one_sentence_with_its_line(shell: Shell, tmp_path: Path) -> None:
    (tmp_path / "ties.csv").write_text("source,target,weight\na,b,-1\n")

    done = await shell.run("import", tmp_path / "ties.csv", "http://127.0.0.1/play.xml", "nothing.xml")

    assert (done.returncode, done.stdout) == (1, "")
    first, second, third = done.stderr.splitlines()
    assert first.startswith("ties.csv, line 2: The edge between a and b has the weight -1. A weight counts meetings")
    assert second.startswith("http://127.0.0.1/play.xml: 127.0.0.1 is a private address")
    assert third.startswith("nothing.xml: There is no such file")


async def test_a_named_file_of_an_unknown_format_is_refused(shell: Shell, tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("Dear diary")

    done = await shell.run("import", tmp_path / "notes.txt")

    assert (done.returncode, "Supported are plays in TEI" in done.stderr) == (1, True)


async def test_owner_must_name_an_account_and_public_sets_the_visibility(shell: Shell, play: Path) -> None:
    refused = await shell.run("import", "--owner", "Missing", play)
    await shell.run("link")
    done = await shell.run("import", "--owner", "HOST", "--public", "--plain", play)

    assert (refused.returncode, "There is no account Missing" in refused.stderr) == (1, True)
    assert done.returncode == 0
    assert await shell.fetch_value("SELECT visibility FROM ecosystems") == "public"


async def test_an_imported_archive_exports_the_same_bytes(shell: Shell, play: Path) -> None:
    first, second = play.parent / "first.jsonl", play.parent / "second.jsonl"

    await shell.run("export", (await shell.run("import", play)).stdout.strip(), "--as", "archive", "--to", first)
    await shell.run("export", (await shell.run("import", first)).stdout.strip(), "--as", "archive", "--to", second)

    assert first.read_bytes() == second.read_bytes() != b""
    assert {path.name for path in play.parent.iterdir()} == {"two.xml", "first.jsonl", "second.jsonl"}


async def test_export_refuses_a_missing_ecosystem_and_a_missing_folder(shell: Shell, play: Path) -> None:
    id_ = (await shell.run("import", play)).stdout.strip()

    nothing = await shell.run("export", "AAAA", "--as", "csv")
    nowhere = await shell.run("export", id_, "--as", "csv", "--to", play.parent / "no" / "file.csv")

    assert (nothing.returncode, "There is no ecosystem AAAA" in nothing.stderr) == (1, True)
    assert (nowhere.returncode, "cannot be written: No such file or directory" in nowhere.stderr) == (1, True)


async def test_ctrl_c_during_an_import_exits_with_130_and_keeps_no_row(shell: Shell, play: Path) -> None:
    waiting = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
    connection = await asyncpg.connect(shell.database_url)
    async with connection.transaction():
        await connection.execute("LOCK TABLE activity IN SHARE MODE")  # the import waits for this lock
        process = shell.start("import", play)
        async with asyncio.timeout(120):
            while not await shell.fetch_value(waiting):
                assert process.poll() is None
                await asyncio.sleep(0.02)
        process.send_signal(signal.SIGINT)
    await connection.close()
    _, stderr = await asyncio.to_thread(process.communicate)

    assert (process.returncode, stderr) == (
        130,
        "Stopped. Finished imports are kept; the unfinished one leaves nothing behind.\n",
    )
    assert await shell.fetch_value("SELECT count(*) FROM ecosystems") == 0


async def test_a_network_is_imported_by_name_and_a_folder_file_by_file(shell: Shell) -> None:
    done = await shell.run("import", "karate-club", expected.DATA / "books")

    assert done.returncode == 0
    assert len(done.stdout.splitlines()) == 3
    assert "README is skipped" in done.stderr


async def test_an_export_ends_without_an_error_when_its_reader_closes_the_pipe(shell: Shell, play: Path) -> None:
    id_ = (await shell.run("import", play)).stdout.strip()
    reader, writer = os.pipe()
    os.close(reader)
    process = shell.start("export", id_, "--as", "archive", stdout=writer)
    os.close(writer)
    _, stderr = await asyncio.to_thread(process.communicate, timeout=60)
    assert (process.returncode, "Traceback" in stderr) == (0, False)
