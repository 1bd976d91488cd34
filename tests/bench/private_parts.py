"""What the private parts of uvicorn and websockets, and `send_nowait`, gain: `make bench-private`.

Each variant serves the toy schema in a process of its own; SOCKETS clients subscribe to one feed, then EVENTS events are sent.
Printed are the server's memory for an idle socket, and its CPU time for one event to all sockets, each also as a ratio.

- ours: the protocols of `graphql_server/uvicorn_protocols.py`, and `send_nowait`
- public WebSocket: uvicorn's own WebSocket protocol, as under any other ASGI server, with `send_nowait`
- task per send: the same, but each send is a task in place of `send_nowait`
"""

import asyncio
import os
import statistics
import sys
from asyncio.subprocess import PIPE, Process
from pathlib import Path
from typing import Any

import orjson
from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Subprotocol

VARIANTS = ("ours", "public WebSocket", "task per send")
SOCKETS = 1_000
EVENTS = 20
PASSES = 3
QUERY = "subscription { said { __typename } }"
TICKS = os.sysconf("SC_CLK_TCK")


async def serve(variant: str) -> None:
    """Serves until stdin closes. Each line of stdin is one event."""
    from graphql_server.sse import streams
    from graphql_server.websocket import connection
    from tests.graphql_server.serving import serving
    from tests.graphql_server.toy import World

    def send_in_task(send: Any, *, after: Any = ()) -> "asyncio.Task[None]":
        return asyncio.create_task(send)

    if variant == VARIANTS[2]:
        connection.send_nowait = send_in_task  # type: ignore[assignment]
        streams.send_nowait = send_in_task  # type: ignore[assignment]
    world = World()
    reader = asyncio.StreamReader()
    await asyncio.get_running_loop().connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), sys.stdin)
    async with serving(world, is_plain=variant != VARIANTS[0]) as served:
        print(served.port, flush=True)
        while line := await reader.readline():
            world.feed.add(line.decode().strip())


class Server:
    """The process of one variant."""

    def __init__(self, process: Process, port: int) -> None:
        self.process, self.port = process, port

    @classmethod
    async def start(cls, variant: str) -> "Server":
        command = (sys.executable, "-m", "tests.bench.private_parts", variant)
        process = await asyncio.create_subprocess_exec(*command, stdin=PIPE, stdout=PIPE)
        assert process.stdout is not None
        return cls(process, int(await process.stdout.readline()))

    def kilobytes(self) -> int:
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        return int(next(line for line in status.splitlines() if line.startswith("VmRSS")).split()[1])

    def cpu_seconds(self) -> float:
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / TICKS

    def add_event(self, text: str) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(f"{text}\n".encode())

    async def stop(self) -> None:
        assert self.process.stdin is not None
        self.process.stdin.close()
        await self.process.wait()


async def _subscribe(port: int) -> ClientConnection:
    protocol = Subprotocol("graphql-transport-ws")
    client = await connect(f"ws://127.0.0.1:{port}/graphql", subprotocols=[protocol], compression=None, ping_interval=None)
    await client.send(orjson.dumps({"type": "connection_init"}).decode())
    await client.recv()
    await client.send(orjson.dumps({"id": "1", "type": "subscribe", "payload": {"query": QUERY}}).decode())
    await client.recv()
    return client


async def measure(variant: str) -> tuple[float, float]:
    """Returns kB for an idle socket and ms of CPU for an event."""
    server = await Server.start(variant)
    try:
        clients = [await _subscribe(server.port) for _ in range(10)]
        before = server.kilobytes()
        clients += [await _subscribe(server.port) for _ in range(SOCKETS)]
        memory = (server.kilobytes() - before) / SOCKETS
        started = server.cpu_seconds()
        for number in range(EVENTS):
            server.add_event(str(number))
            await asyncio.gather(*(client.recv() for client in clients))
        milliseconds = (server.cpu_seconds() - started) / EVENTS * 1_000
        await asyncio.gather(*(client.close() for client in clients))
        return memory, milliseconds
    finally:
        await server.stop()


async def main() -> None:
    results: dict[str, list[tuple[float, float]]] = {variant: [] for variant in VARIANTS}
    for _ in range(PASSES):
        for variant in VARIANTS:
            results[variant].append(await measure(variant))
    ours = [statistics.median(column) for column in zip(*results["ours"], strict=True)]
    print(f"{SOCKETS:,} sockets, {EVENTS} events, median of {PASSES}\n")
    print("| variant | kB for an idle socket | ratio | CPU ms for an event | ratio |\n| --- | --- | --- | --- | --- |")
    for variant, rows in results.items():
        memory, milliseconds = (statistics.median(column) for column in zip(*rows, strict=True))
        print(f"| {variant} | {memory:.1f} | {memory / ours[0]:.2f} | {milliseconds:.1f} | {milliseconds / ours[1]:.2f} |")


if __name__ == "__main__":
    asyncio.run(serve(sys.argv[1]) if len(sys.argv) > 1 else main())
