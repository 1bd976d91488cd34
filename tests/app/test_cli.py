"""The command line: its commands and its error messages."""

import subprocess
from pathlib import Path

import asyncpg
from typer.testing import CliRunner, Result

from app import cli
from app.command_error import CommandError
from tests.app.local_stacks import OBSERVATORY, READY_MESSAGE, environment, running


def observatory(*arguments: str, **settings: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([*OBSERVATORY, *arguments], capture_output=True, text=True, env=environment(**settings), timeout=300)


def invoke(*arguments: str, **settings: str) -> Result:
    """Runs the command in this process, since starting one takes seconds."""
    return CliRunner().invoke(cli.app, arguments, env=settings)


def test_help_lists_the_commands() -> None:
    result = invoke("--help")
    assert result.exit_code == 0
    for command in ("run", "link", "migrate", "clean", "graph"):
        assert f" {command} " in result.output


async def test_migrate_creates_the_tables_of_an_empty_database(postgres_url: str, redis_url: str) -> None:
    connection = await asyncpg.connect(postgres_url)
    await connection.execute("DROP DATABASE IF EXISTS observatory_empty")
    await connection.execute("CREATE DATABASE observatory_empty")
    empty = postgres_url.rpartition("/")[0] + "/observatory_empty"
    result = observatory("migrate", DATABASE_URL=empty, REDIS_URL=redis_url, NEO4J_URI="off")
    assert (result.returncode, result.stdout) == (0, "The tables are up to date.\n")
    migrated = await asyncpg.connect(empty)
    assert await migrated.fetchval("SELECT count(*) FROM ecosystems") == 0
    await migrated.close()
    await connection.execute("DROP DATABASE observatory_empty")
    await connection.close()


async def test_link_works_during_a_run_and_clean_is_refused_until_the_run_ends(
    data_folder: Path, database_url: str, redis_url: str
) -> None:
    """The run starts Redis alone, so that it has a lock and an address to find."""
    settings = {"OBSERVATORY_DATA": str(data_folder), "DATABASE_URL": database_url, "NEO4J_URI": "off"}
    async with running(data_folder, DATABASE_URL=database_url, NEO4J_URI="off") as run:
        await run.wait_for_output(READY_MESSAGE)
        link = observatory("link", OBSERVATORY_PORT=run.base.rpartition(":")[2], **settings)
        assert await run.get_status(link.stdout.strip()) == 303
        refused = invoke("clean", **settings)
        assert str(refused.exception) == f"A server runs with the data in {data_folder}; stop it first."
        await run.stop()
    assert invoke("clean", **settings).exit_code == 0
    assert not data_folder.exists()
    assert invoke("clean", **settings).output == f"{data_folder} does not exist.\n"


def test_clean_refuses_a_folder_that_is_not_a_data_folder(tmp_path: Path) -> None:
    (tmp_path / "diary").write_text("dear")
    refused = invoke("clean", OBSERVATORY_DATA=str(tmp_path))
    assert isinstance(refused.exception, CommandError)
    assert (tmp_path / "diary").read_text() == "dear"


def test_fewer_than_1_and_more_than_64_workers_are_refused() -> None:
    for number in ("0", "65"):
        assert invoke("run", "--workers", number).exit_code == 2


def test_the_error_of_a_wrong_setting_names_it_and_has_no_traceback() -> None:
    refused = observatory("run", OBSERVATORY_PORT="eight thousand")
    assert refused.returncode == 1
    assert refused.stderr == "observatory: OBSERVATORY_PORT is not understood. It accepts 0 to 65535; 0 takes a free one.\n"
