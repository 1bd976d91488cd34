"""The embedded servers: ready when they are, back when they were killed, gone when we are."""

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

BACK_SECONDS_MAX = 180
STARTED_BY_ANOTHER = """
import asyncio, sys
from pathlib import Path
from app.embedded.launcher import Launcher

async def main():
    async with Launcher(Path(sys.argv[1]), report=print) as launcher:
        print(await launcher.postgres(), await launcher.redis(), flush=True)
        await asyncio.Event().wait()

asyncio.run(main())
"""


async def until(done: Callable[[], Awaitable[bool]]) -> None:
    async with asyncio.timeout(BACK_SECONDS_MAX):
        while not await done():
            await asyncio.sleep(0.05)


async def remembers(url: str) -> bool:
    try:
        connection = await asyncpg.connect(url)
        try:
            return bool(await connection.fetchval("SELECT count(*) = 1 FROM remembered"))
        finally:
            await connection.close()
    except (OSError, asyncpg.PostgresError):
        return False


async def remember(url: str) -> None:
    connection = await asyncpg.connect(url)
    await connection.execute("CREATE TABLE remembered AS SELECT 1 AS one")
    await connection.close()


async def answers(url: str) -> bool:
    async with Redis.from_url(url) as redis:
        try:
            return bool(await redis.ping())
        except (RedisError, OSError):
            return False


def started_by_another(data_folder: Path) -> subprocess.Popen[str]:
    return subprocess.Popen([sys.executable, "-c", STARTED_BY_ANOTHER, data_folder], stdout=subprocess.PIPE, text=True)


async def test_killed_servers_come_back_at_their_addresses_with_what_was_committed(data_folder: Path) -> None:
    said: list[str] = []
    async with Launcher(data_folder, report=said.append) as launcher:
        postgres, redis = await launcher.postgres(), await launcher.redis()
        await remember(postgres)
        for kept in launcher.supervised:
            kept.process.popen.send_signal(signal.SIGKILL)
        await until(lambda: remembers(postgres))
        await until(lambda: answers(redis))
    assert any("Postgres ended with code -9" in line for line in said)
    assert any("Redis ended with code -9" in line for line in said)


async def test_servers_die_with_whoever_started_them_and_the_next_start_finds_what_was_committed(data_folder: Path) -> None:
    with started_by_another(data_folder) as other:
        assert other.stdout is not None
        postgres, redis = (await asyncio.to_thread(other.stdout.readline)).split()
        await remember(postgres)
        with pytest.raises(DataFolderInUse):
            await Launcher(data_folder, report=print).__aenter__()
        other.kill()
    async with Launcher(data_folder, report=print) as launcher:
        assert not await answers(redis)
        assert await remembers(await launcher.postgres())
        assert await answers(await launcher.redis())


async def test_a_killed_neo4j_comes_back_too(launcher: Launcher, neo4j: Neo4jConnectionInfo) -> None:
    (kept,) = [kept for kept in launcher.supervised if kept.process.program.name == "Neo4j"]

    async def counts(query: str) -> int:
        async with AsyncGraphDatabase.driver(neo4j.uri, auth=(neo4j.user, neo4j.password)) as driver:
            return int((await driver.execute_query(query)).records[0][0])

    await counts("CREATE (node:Remembered) RETURN 1")
    killed = kept.process
    killed.popen.send_signal(signal.SIGKILL)
    await until(lambda: asyncio.sleep(0, kept.process is not killed))
    assert await counts("MATCH (node:Remembered) RETURN count(node)") == 1


async def test_a_server_that_cannot_start_says_why(data_folder: Path) -> None:
    async with Launcher(data_folder, report=print) as launcher:
        await launcher.postgres()
    (data_folder / "postgres" / "PG_VERSION").write_text("9.1\n")
    async with Launcher(data_folder, report=print) as launcher:
        with pytest.raises(CommandError, match="incompatible with server"):
            await launcher.postgres()


async def test_what_passwords_protect_is_closed_to_others(data_folder: Path) -> None:
    async with Launcher(data_folder, report=print) as launcher:
        url = await launcher.redis()
        async with Redis.from_url(url.replace("redis://:", "redis://:x")) as stranger:
            with pytest.raises(RedisError, match=r"WRONGPASS|invalid username-password"):
                await stranger.ping()
    assert stat.S_IMODE((data_folder / "redis.password").stat().st_mode) == 0o600


async def test_a_log_that_has_grown_too_long_is_begun_anew(data_folder: Path) -> None:
    log = folders.make_traversable(data_folder) / "true.log"
    log.write_bytes(b"x" * 10_000_001)
    await run_to_end(Program("A word", ["echo", "hello"], log))
    assert log.read_text() == "hello\n"


async def test_a_program_that_fails_is_told_with_its_last_words(data_folder: Path) -> None:
    log = folders.make_traversable(data_folder) / "false.log"
    with pytest.raises(CommandError, match=r"The liar ended with code 1.*\n  nothing to say"):
        await run_to_end(Program("The liar", ["sh", "-c", "echo nothing to say; exit 1"], log))


async def test_one_that_does_not_listen_is_killed(data_folder: Path) -> None:
    log = folders.make_traversable(data_folder) / "deaf.log"
    child = Subprocess(Program("The deaf", ["sh", "-c", "trap '' TERM; echo up; sleep 60 & wait; wait"], log))
    await until(lambda: asyncio.sleep(0, "up" in log.read_text()))
    await child.stop(seconds_max=0.1)
    assert child.popen.returncode == -signal.SIGKILL


async def test_root_may_not_put_data_where_nobody_may_go(tmp_path: Path) -> None:
    os.chmod(tmp_path, 0o700)
    if folders.server_uid() is None:
        assert folders.default_data_folder(tmp_path / "data") == tmp_path / "data"
        return
    assert folders.default_data_folder(tmp_path / "data").is_relative_to("/var/lib")
    with pytest.raises(CommandError, match="OBSERVATORY_DATA"):
        await Launcher(tmp_path / "data", report=print).__aenter__()


def test_a_free_port_is_below_those_lent_to_outgoing_connections() -> None:
    lowest, _ = map(int, Path("/proc/sys/net/ipv4/ip_local_port_range").read_text().split())
    assert 1024 < free_port() < max(lowest, 32_001)
