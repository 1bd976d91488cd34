"""Real clients from npm, as their users run them: the public audit, and a feed followed through a restart of the server."""

import asyncio
import hashlib
import shutil
import subprocess
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import cache
from pathlib import Path
from typing import Any

import orjson
import pytest

from app.embedded import folders
from app.embedded.frontend_build import with_node
from tests.graphql_server.serving import Served, serving
from tests.graphql_server.toy import World

CLIENTS = Path(__file__).parents[1] / "clients"
PACKAGE_FILES = ("package.json", "package-lock.json")
PATIENCE_SECONDS = 30


@pytest.fixture(scope="module", autouse=True)
def installed() -> None:
    install()


def install() -> None:
    """Links the packages of the committed lock, which are installed once for each content of it, by one of several workers."""
    digest = hashlib.blake2b(b"".join((CLIENTS / name).read_bytes() for name in PACKAGE_FILES), digest_size=10)
    packages = folders.cache_folder() / f"test-clients-{digest.hexdigest()}"
    lock = folders.FileLock(folders.cache_folder() / "test-clients.lock")
    try:
        lock.acquire()
        if not packages.exists():
            _install(packages)
        _link(packages / "node_modules")
    finally:
        lock.release()


def _install(packages: Path) -> None:
    with tempfile.TemporaryDirectory(dir=packages.parent, prefix=".test-clients-") as draft:
        folder = Path(draft, "packages")
        folder.mkdir()
        for name in PACKAGE_FILES:
            shutil.copy(CLIENTS / name, folder)
        command = [program("npm"), "ci", "--no-audit", "--no-fund", "--silent"]
        subprocess.run(command, cwd=folder, env=environment(), check=True, timeout=300)
        folder.rename(packages)


def _link(modules: Path) -> None:
    link = CLIENTS / "node_modules"
    if link.is_dir() and not link.is_symlink():
        shutil.rmtree(link)  # Of a time when packages were installed beside the scripts.
    if not link.exists() or link.resolve() != modules.resolve():
        link.unlink(missing_ok=True)
        link.symlink_to(modules)


@cache
def environment() -> dict[str, str]:
    """PATH begins with the Node of the wheel where the machine has none that is new enough."""
    return with_node()


def program(name: str) -> str:
    found = shutil.which(name, path=environment()["PATH"])
    assert found is not None, f"{name} is not on PATH"
    return found


@asynccontextmanager
async def node(script: str, *arguments: str) -> AsyncIterator[Any]:
    """A running script; what it gives are the lines that it prints, as JSON."""
    process = await asyncio.create_subprocess_exec(
        *(program("node"), str(CLIENTS / script), *arguments),
        env=environment(),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    assert process.stdout is not None

    async def line() -> Any:
        assert process.stdout is not None
        assert process.stderr is not None
        async with asyncio.timeout(PATIENCE_SECONDS):
            text = await process.stdout.readline()
            assert text, (await process.stderr.read()).decode()
        return orjson.loads(text)

    try:
        yield line
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()


async def test_the_public_audit_of_graphql_over_http_is_passed_whole(served: Served) -> None:
    async with node("audit.mjs", served.url) as line:
        assert await line() == {"audits": 61, "failed": []}


@pytest.mark.parametrize("client", ["graphql-ws", "graphql-sse", "graphql-sse-single", "urql", "urql-fetch", "apollo", "relay"])
async def test_a_client_queries_and_subscribes_across_a_restart_without_loss(world: World, client: str) -> None:
    heard = []
    world.feed.add("one")
    async with serving(world) as served:
        port = served.port
        # The script outlives this server.
        script = node("follow.mjs", served.url, client)
        line = await script.__aenter__()
        try:
            assert await line() == {"query": {"hello": f"Hello, {client}"}}
            heard.append(await line())
            world.feed.add("two")
            heard.append(await line())
        except BaseException:
            await script.__aexit__(None, None, None)
            raise
    try:
        world.feed.add("while away")
        async with serving(world, port=port):
            heard.append(await line())
            world.feed.add("three")
            heard.append(await line())
    finally:
        await script.__aexit__(None, None, None)
    assert heard == [{"said": text} for text in ("one", "two", "while away", "three")]
