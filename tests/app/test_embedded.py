"""The embedded servers: they become ready, start again after a crash, and end with the process that started them."""

import asyncio
import os
import signal
import stat
import subprocess
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path

import asyncpg
import pytest
from neo4j import AsyncGraphDatabase
from redis.asyncio import Redis
from redis.exceptions import RedisError

from app.command_error import CommandError
from app.embedded import folders
from app.embedded.instance_config import free_port
from app.embedded.launcher import DataFolderInUse, Launcher
from app.embedded.neo4j import Neo4jConnectionInfo
from app.embedded.subprocesses import Program, Subprocess, run_to_end

RESTART_SECONDS_MAX = 180
LAUNCHER_PROGRAM = """
import asyncio, sys
from pathlib import Path
from app.embedded.launcher import Launcher

async def main():
    async with Launcher(Path(sys.argv[1]), report=print) as launcher:
        print(await launcher.postgres(), await launcher.redis(), flush=True)
        await asyncio.Event().wait()

asyncio.run(main())
"""


async def until(is_true: Callable[[], Awaitable[bool]]) -> None:
    async with asyncio.timeout(RESTART_SECONDS_MAX):
        while not await is_true():
            await asyncio.sleep(0.05)


async def has_row(url: str) -> bool:
    try:
        connection = await asyncpg.connect(url)
        try:
            return bool(await connection.fetchval("SELECT count(*) = 1 FROM committed"))
        finally:
            await connection.close()
    except (OSError, asyncpg.PostgresError):
        return False


async def insert_row(url: str) -> None:
    connection = await asyncpg.connect(url)
    await connection.execute("CREATE TABLE committed AS SELECT 1 AS one")
    await connection.close()


async def is_up(url: str) -> bool:
    async with Redis.from_url(url) as redis:
        try:
            return bool(await redis.ping())
        except (RedisError, OSError):
            return False


def start_launcher(data_folder: Path) -> subprocess.Popen[str]:
    return subprocess.Popen([sys.executable, "-c", LAUNCHER_PROGRAM, data_folder], stdout=subprocess.PIPE, text=True)


async def test_killed_servers_start_again_on_their_ports_with_all_commits(data_folder: Path) -> None:
    lines: list[str] = []
    async with Launcher(data_folder, report=lines.append) as launcher:
        postgres, redis = await launcher.postgres(), await launcher.redis()
        await insert_row(postgres)
        for server in launcher.supervised:
            server.process.popen.send_signal(signal.SIGKILL)
        await until(lambda: has_row(postgres))
        await until(lambda: is_up(redis))
    assert any("Postgres ended with code -9" in line for line in lines)
    assert any("Redis ended with code -9" in line for line in lines)


async def test_servers_end_with_their_parent_and_the_next_start_finds_all_commits(data_folder: Path) -> None:
    with start_launcher(data_folder) as other:
        assert other.stdout is not None
        postgres, redis = (await asyncio.to_thread(other.stdout.readline)).split()
        await insert_row(postgres)
        with pytest.raises(DataFolderInUse):
            await Launcher(data_folder, report=print).__aenter__()
        other.kill()
    async with Launcher(data_folder, report=print) as launcher:
        assert not await is_up(redis)
        assert await has_row(await launcher.postgres())
        assert await is_up(await launcher.redis())


async def test_a_killed_neo4j_starts_again_with_all_commits(launcher: Launcher, neo4j: Neo4jConnectionInfo) -> None:
    (server,) = [server for server in launcher.supervised if server.process.program.name == "Neo4j"]

    async def counts(query: str) -> int:
        async with AsyncGraphDatabase.driver(neo4j.uri, auth=(neo4j.user, neo4j.password)) as driver:
            return int((await driver.execute_query(query)).records[0][0])

    await counts("CREATE (node:Remembered) RETURN 1")
    killed = server.process
    killed.popen.send_signal(signal.SIGKILL)
    await until(lambda: asyncio.sleep(0, server.process is not killed))
    assert await counts("MATCH (node:Remembered) RETURN count(node)") == 1


async def test_the_error_of_a_server_that_cannot_start_has_its_log(data_folder: Path) -> None:
    async with Launcher(data_folder, report=print) as launcher:
        await launcher.postgres()
    (data_folder / "postgres" / "PG_VERSION").write_text("9.1\n")
    async with Launcher(data_folder, report=print) as launcher:
        with pytest.raises(CommandError, match="incompatible with server"):
            await launcher.postgres()


async def test_a_wrong_password_is_refused_and_only_the_owner_reads_the_right_one(data_folder: Path) -> None:
    async with Launcher(data_folder, report=print) as launcher:
        url = await launcher.redis()
        async with Redis.from_url(url.replace("redis://:", "redis://:x")) as client:
            with pytest.raises(RedisError, match=r"WRONGPASS|invalid username-password"):
                await client.ping()
    assert stat.S_IMODE((data_folder / "redis.password").stat().st_mode) == 0o600


async def test_a_log_that_is_too_long_is_emptied(data_folder: Path) -> None:
    log = folders.make_traversable(data_folder) / "true.log"
    log.write_bytes(b"x" * 10_000_001)
    await run_to_end(Program("Echo", ["echo", "hello"], log))
    assert log.read_text() == "hello\n"


async def test_the_error_of_a_failed_program_has_the_end_of_its_log(data_folder: Path) -> None:
    log = folders.make_traversable(data_folder) / "false.log"
    with pytest.raises(CommandError, match=r"Failing ended with code 1.*\n  the reason"):
        await run_to_end(Program("Failing", ["sh", "-c", "echo the reason; exit 1"], log))


async def test_a_program_that_ignores_its_stop_signal_is_killed(data_folder: Path) -> None:
    log = folders.make_traversable(data_folder) / "stubborn.log"
    child = Subprocess(Program("Stubborn", ["sh", "-c", "trap '' TERM; echo up; sleep 60 & wait; wait"], log))
    await until(lambda: asyncio.sleep(0, "up" in log.read_text()))
    await child.stop(seconds_max=0.1)
    assert child.popen.returncode == -signal.SIGKILL


async def test_servers_of_root_refuse_a_folder_that_their_user_cannot_enter(tmp_path: Path) -> None:
    os.chmod(tmp_path, 0o700)
    if folders.server_uid() is None:
        assert folders.default_data_folder(tmp_path / "data") == tmp_path / "data"
        return
    assert folders.default_data_folder(tmp_path / "data").is_relative_to("/var/lib")
    with pytest.raises(CommandError, match="OBSERVATORY_DATA"):
        await Launcher(tmp_path / "data", report=print).__aenter__()


def test_a_free_port_is_below_the_ephemeral_ports() -> None:
    lowest, _ = map(int, Path("/proc/sys/net/ipv4/ip_local_port_range").read_text().split())
    assert 1024 < free_port() < max(lowest, 32_001)
