"""`python -m tests.bench.live`: a thousand sockets on one subscription, compared with Node's `ws` and with Mercurius.

The server has one core, the clients and the stores have the other. A round is one change. Measured are the times from the
request, from the response and from the first socket to the last socket, and the CPU time of the server, which does not depend
on other load of the machine. Our server commits a transaction for each change. Prints a table in Markdown.
"""

import argparse
import asyncio
import contextlib
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import orjson

from app.embedded.instance_config import free_port
from app.embedded.launcher import Launcher
from tests.app.local_stacks import READY_MESSAGE, running
from tests.bench.live_world import create_live_world

CLIENTS = Path(__file__).parents[1] / "clients"
SERVER_CORE, OTHER_CORE = 0, 1
STEP_SECONDS_MAX = 120
TICKS_A_SECOND = os.sysconf("SC_CLK_TCK")
SERVERS = ("bare", "observatory", "mercurius")
TIES = "relationships(first: 5) { edges { node { affinity bond to { id name } } } }"
FIELDS = {
    "plain": "id type position worldSeconds createdAt",
    "nested": "id type ... on Interacted { interaction { id kind accepted "
    f"initiator {{ id name {TIES} }} responder {{ id name {TIES} }} }} }}",
}
SUBSCRIPTION = """subscription($id: ID!) { activity(ecosystemId: $id%s) {
  __typename ... on CaughtUp { cursor } ... on ActivityAppended { cursor activity { %s } } } }"""


@dataclass
class Figures:
    """Samples of one server and one selection over all passes, in milliseconds; `idle_socket` is in kilobytes."""

    last: list[float] = field(default_factory=list)
    answered: list[float] = field(default_factory=list)
    spread: list[float] = field(default_factory=list)
    processor: list[float] = field(default_factory=list)
    idle_socket: list[float] = field(default_factory=list)
    opening: list[float] = field(default_factory=list)


@dataclass(frozen=True)
class Subject:
    """A running server, and the operations that its clients send."""

    process: int
    url: str
    subscribe: dict[str, Any]
    change: dict[str, Any]
    headers: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Bench:
    sockets: int
    rounds: int
    passes: int
    figures: dict[tuple[str, str], Figures] = field(default_factory=dict)

    async def run(self) -> None:
        os.sched_setaffinity(0, {OTHER_CORE})
        with tempfile.TemporaryDirectory(prefix="observatory-") as name:
            os.chmod(name, 0o755)
            async with Launcher(Path(name) / "stores", report=lambda line: None, is_durable=False) as launcher:
                stores = {"DATABASE_URL": await launcher.postgres(), "REDIS_URL": await launcher.redis(), "NEO4J_URI": "off"}
                for _ in range(self.passes):
                    for selection in FIELDS:
                        await self._measure_servers(selection, Path(name) / "run", stores)

    async def _measure_servers(self, selection: str, folder: Path, stores: dict[str, str]) -> None:
        """Measures our server first, because the others broadcast its last event."""
        async with _run_observatory(selection, folder, stores) as subject:
            example = await self._measure("observatory", selection, subject)
        environment = os.environ | stores | {"PAYLOAD": orjson.dumps(example).decode()}
        for script in ("bare", "mercurius"):
            async with _run_node(script, selection, environment) as subject:
                await self._measure(script, selection, subject)

    async def _measure(self, server: str, selection: str, subject: Subject) -> Any:
        """Adds samples to `figures`. Returns the last event."""
        figures = self.figures.setdefault((server, selection), Figures())
        async with _open_clients(subject, self.sockets, self.rounds) as step:
            await step(None)
            memory, ticks = _resident_kilobytes(subject.process), _ticks(subject.process)
            await step("open")
            figures.opening.append((_ticks(subject.process) - ticks) / TICKS_A_SECOND * 1_000 / self.sockets)
            figures.idle_socket.append((_resident_kilobytes(subject.process) - memory) / self.sockets)
            ticks = _ticks(subject.process)
            result = await step("change")
            figures.processor.append((_ticks(subject.process) - ticks) / TICKS_A_SECOND * 1_000 / len(result["samples"]))
        figures.last += [sample["last"] for sample in result["samples"]]
        figures.answered += [sample["answered"] for sample in result["samples"]]
        figures.spread += [sample["spread"] for sample in result["samples"]]
        return result["example"]

    def table(self) -> str:
        head = (
            "server, fields",
            "request to last socket p50, ms",
            "response to last socket p50",
            "p95",
            "p99",
            "first to last p50",
            "least",
            "server's CPU a change, ms",
            "an idle socket, kB",
            "CPU to open a socket, ms",
        )
        rows = [self._row(server, selection) for selection in FIELDS for server in SERVERS]
        lines = [" | ".join(row) for row in (head, ["---"] * len(head), *rows)]
        return "\n".join(f"| {line} |" for line in lines)

    def _row(self, server: str, selection: str) -> list[str]:
        figures = self.figures[server, selection]
        answered = statistics.quantiles(figures.answered, n=100, method="inclusive")
        numbers = (
            statistics.median(figures.last),
            statistics.median(figures.answered),
            answered[94],
            answered[98],
            statistics.median(figures.spread),
            min(figures.spread),
            statistics.fmean(figures.processor),
            statistics.fmean(figures.idle_socket),
            statistics.fmean(figures.opening),
        )
        return [f"{server}, {selection}", *(f"{number:.1f}" for number in numbers)]


@asynccontextmanager
async def _run_observatory(selection: str, folder: Path, stores: dict[str, str]) -> AsyncIterator[Subject]:
    async with AsyncExitStack() as stack:
        with _pin_to_core(SERVER_CORE):
            run = await stack.enter_async_context(running(folder, **stores))
        await run.wait_for_output(READY_MESSAGE)
        url = f"{run.base}/graphql"
        world = await create_live_world(url)
        query = SUBSCRIPTION % (", filter: {types: [INTERACTED]}", FIELDS[selection])
        subscribe = {"query": query, "variables": {"id": world.id}}
        yield Subject(run.process.pid, url, subscribe, world.change, {"authorization": f"Bearer {world.token}"})


@asynccontextmanager
async def _run_node(script: str, selection: str, environment: dict[str, str]) -> AsyncIterator[Subject]:
    """Runs a script of tests/clients, which has its own, shorter schema."""
    port = free_port()
    with _pin_to_core(SERVER_CORE):
        process = await asyncio.create_subprocess_exec("node", str(CLIENTS / f"{script}.mjs"), str(port), env=environment)
    try:
        await _until_open(port)
        query = SUBSCRIPTION % ("", _without_connections(FIELDS[selection]))
        change = {"query": "mutation($round: String) { change(round: $round) }"}
        yield Subject(process.pid, f"http://127.0.0.1:{port}/graphql", {"query": query, "variables": {"id": "1"}}, change)
    finally:
        process.kill()
        await process.wait()


@asynccontextmanager
async def _open_clients(subject: Subject, sockets: int, rounds: int) -> AsyncIterator[Any]:
    """Starts all clients in one process. Yields a function that starts the next step and waits for its result."""
    operations = {"url": subject.url, "subscribe": subject.subscribe, "change": subject.change, "headers": subject.headers}
    specification = orjson.dumps(operations | {"sockets": sockets, "rounds": rounds}).decode()
    process = await asyncio.create_subprocess_exec(
        "node", str(CLIENTS / "watch.mjs"), specification, stdin=subprocess.PIPE, stdout=subprocess.PIPE, limit=2**24
    )

    async def step(command: str | None) -> Any:
        assert process.stdin is not None
        assert process.stdout is not None
        if command is not None:
            process.stdin.write(b"\n")
        async with asyncio.timeout(STEP_SECONDS_MAX):
            return orjson.loads(await process.stdout.readline())

    try:
        yield step
    finally:
        if process.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                process.kill()
        await process.wait()


@contextmanager
def _pin_to_core(core: int) -> Iterator[None]:
    """Processes that start inside the block stay on that core."""
    os.sched_setaffinity(0, {core})
    try:
        yield
    finally:
        os.sched_setaffinity(0, {OTHER_CORE})


async def _until_open(port: int) -> None:
    async with asyncio.timeout(STEP_SECONDS_MAX):
        while True:
            try:
                _, writer = await asyncio.open_connection("127.0.0.1", port)
            except OSError:
                await asyncio.sleep(0.05)
            else:
                return writer.close()


def _without_connections(fields: str) -> str:
    """Returns the fields for a schema without connections and without types of activity."""
    fields = fields.replace(TIES, "relationships { affinity bond to { id name } }")
    return fields if fields == FIELDS["plain"] else fields.replace("... on Interacted { ", "").removesuffix(" }")


def _resident_kilobytes(process: int) -> int:
    status = Path(f"/proc/{process}/status").read_text()
    return int(next(line.split()[1] for line in status.splitlines() if line.startswith("VmRSS")))


def _ticks(process: int) -> int:
    """Returns the CPU time in ticks, user and kernel mode together."""
    fields = Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()
    return int(fields[11]) + int(fields[12])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sockets", type=int, default=1_000)
    parser.add_argument("--rounds", type=int, default=30)
    parser.add_argument("--passes", type=int, default=2)
    bench = Bench(**vars(parser.parse_args()))
    if not (CLIENTS / "node_modules" / "mercurius").exists():
        subprocess.run(["npm", "ci", "--no-audit", "--no-fund", "--silent"], cwd=CLIENTS, check=True, timeout=300)
    asyncio.run(bench.run())
    sys.stdout.write(f"{bench.table()}\n")


if __name__ == "__main__":
    main()
