"""A server of the small schema on a real port, and a client that sends raw messages."""

import asyncio
import contextlib
import socket
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import httpx
import orjson
import uvicorn
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed
from websockets.typing import Subprotocol

from graphql_server import GraphQLEndpoint, Timeouts
from graphql_server.limits import Limits
from graphql_server.server import DrainingServer
from tests.graphql_server.toy import World, describe_error, schema

PATIENCE_SECONDS = 10
"""A test that waits longer than this fails."""


class QuietServer(DrainingServer):
    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


@dataclass
class Served:
    world: World
    endpoint: GraphQLEndpoint
    server: QuietServer
    port: int
    http: httpx.AsyncClient

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/graphql"

    async def post(self, query: Any, headers: dict[str, str] | None = None, **members: Any) -> httpx.Response:
        """Posts a query that accepts application/graphql-response+json."""
        headers = {"accept": "application/graphql-response+json", **(headers or {})}
        return await self.http.post(self.url, json={"query": query, **members}, headers=headers)

    @asynccontextmanager
    async def socket(
        self, *, init: Any = None, acknowledged: bool = True, headers: dict[str, str] | None = None, **options: Any
    ) -> AsyncIterator["Raw"]:
        """A connection, acknowledged unless `acknowledged` is false."""
        options = {"subprotocols": [Subprotocol("graphql-transport-ws")], "compression": None, **options}
        url = f"ws://127.0.0.1:{self.port}/graphql"
        async with connect(url, additional_headers=headers, ping_interval=None, max_size=None, **options) as connection:
            raw = Raw(connection)
            if acknowledged:
                await raw.say({"type": "connection_init"} if init is None else {"type": "connection_init", "payload": init})
                assert await raw.hear() == {"type": "connection_ack"}
            yield raw


class Raw:
    """Sends and receives messages."""

    def __init__(self, connection: ClientConnection) -> None:
        self.connection = connection

    async def say(self, message: Any) -> None:
        await self.connection.send(message if isinstance(message, str | bytes) else orjson.dumps(message).decode())

    async def hear(self) -> Any:
        async with asyncio.timeout(PATIENCE_SECONDS):
            return orjson.loads(await self.connection.recv())

    async def subscribe(self, query: Any, identity: str = "1", **members: Any) -> None:
        await self.say({"id": identity, "type": "subscribe", "payload": {"query": query, **members}})

    async def closed(self) -> tuple[int, str]:
        """The code and the reason of the close, after all other messages."""
        async with asyncio.timeout(PATIENCE_SECONDS):
            with contextlib.suppress(ConnectionClosed):
                while True:
                    await self.connection.recv()
            await self.connection.wait_closed()
        return self.connection.close_code or 0, self.connection.close_reason or ""

    async def is_alive(self) -> bool:
        """Whether the connection answers a ping, with no other message before the pong."""
        await self.say({"type": "ping", "payload": {"alive": True}})
        return bool(await self.hear() == {"type": "pong", "payload": {"alive": True}})


def narrow(port: int) -> socket.socket:
    """A connection with a small receive buffer."""
    connection = socket.socket()
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    connection.connect(("127.0.0.1", port))
    connection.setblocking(False)
    return connection


@asynccontextmanager
async def serving(
    world: World,
    *,
    limits: Limits | None = None,
    timings: Timeouts | None = None,
    port: int = 0,
    is_plain: bool = False,
    **options: Any,
) -> AsyncIterator[Served]:
    """`is_plain`: on uvicorn's own WebSockets, as on any other ASGI server."""
    endpoint = GraphQLEndpoint(
        schema,
        make_context=world.make_context,
        authenticate=world.authenticate,
        describe_error=describe_error,
        limits=limits,
        timeouts=timings,
        **options,
    )
    config = uvicorn.Config(endpoint, lifespan="off", log_level="warning", timeout_graceful_shutdown=5)
    server = QuietServer(config, endpoint)
    if is_plain:
        config.ws = "auto"
    with socket.create_server(("127.0.0.1", port)) as listener:
        running = asyncio.create_task(server.serve(sockets=[listener]))
        await until(lambda: server.started)
        try:
            async with httpx.AsyncClient(timeout=PATIENCE_SECONDS) as http:
                yield Served(world, endpoint, server, listener.getsockname()[1], http)
        finally:
            server.should_exit = True
            await running


async def until(condition: Any) -> None:
    """Waits for a condition, bounded."""
    async with asyncio.timeout(PATIENCE_SECONDS):
        while not condition():
            await asyncio.sleep(0.002)
