"""Protocols for uvicorn: WebSocket frames that are sent without ASGI, little memory for idle connections, and `abort`.

They are optional: under another ASGI server the connections send the same messages through `send`.
"""

import asyncio
import socket
from typing import Any

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.extensions.permessage_deflate import PerMessageDeflate, ServerPerMessageDeflateFactory
from websockets.frames import Frame
from websockets.http11 import Request

from graphql_server.websocket.frames import WINDOW_BITS

PROTOCOL_EXTENSION = "graphql_server.protocol"
"""The key of the protocol in the extensions of the ASGI scope."""
PIPELINED_REQUESTS_MAX = 100
"""Pipelined requests allowed per connection."""
PARSE_BYTES_MAX = 4_096
"""Received bytes that are parsed at a time."""
TCP_USER_TIMEOUT_SECONDS = 60.0
"""How long the kernel keeps a connection whose client does not acknowledge what was sent. Linux only."""


class HttpProtocol(HttpToolsProtocol):
    """For uvicorn's `http=`. Event streams use its `abort`."""

    def on_message_begin(self) -> None:
        super().on_message_begin()
        self.scope["extensions"] = {PROTOCOL_EXTENSION: self}  # type: ignore[dict-item]
        if len(self.pipeline) >= PIPELINED_REQUESTS_MAX:
            self.abort()

    def connection_made(self, transport: Any) -> None:
        """Sets TCP_USER_TIMEOUT, so that a peer that acknowledges nothing is dropped. WebSockets begin here too."""
        super().connection_made(transport)
        connection = transport.get_extra_info("socket")
        if connection.family in (socket.AF_INET, socket.AF_INET6) and hasattr(socket, "TCP_USER_TIMEOUT"):
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, round(TCP_USER_TIMEOUT_SECONDS * 1_000))

    def abort(self) -> None:
        """Drops the connection. A close would wait, without a limit, until the client has read what was sent."""
        self.transport.abort()


class WebSocketProtocol(WebSocketsSansIOProtocol):
    """For uvicorn's `ws=`. The connection of graphql-transport-ws uses all public methods below `release_handshake`."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.queue = ReceiveQueue()  # type: ignore[assignment]
        self.writable = LightEvent()  # type: ignore[assignment]
        # Without context takeover one compressed text serves all connections, and no connection keeps a window in memory.
        self.conn.available_extensions = [
            ServerPerMessageDeflateFactory(
                server_no_context_takeover=True,
                client_no_context_takeover=True,
                server_max_window_bits=WINDOW_BITS,
                client_max_window_bits=WINDOW_BITS,
            )
        ]

    def handle_connect(self, event: Request) -> None:
        super().handle_connect(event)
        if hasattr(self, "scope"):
            extensions: Any = self.scope["extensions"]
            extensions[PROTOCOL_EXTENSION] = self

    def release_handshake(self) -> None:
        """Frees the memory of the handshake. The headers are cleared since the parser of httptools keeps the request."""
        self.request.headers.clear()
        del self.request, self.response
        self.scope["headers"] = []

    unparsed = b""
    """Received bytes that are not parsed yet."""

    def data_received(self, data: bytes) -> None:
        """Parses one message at a time, after earlier ones are handled: a message can decompress to 1,000 times its size."""
        self.unparsed += data
        self._parse()

    def _parse(self) -> None:
        while self.unparsed and (self.queue.empty() or self.close_sent) and self.conn.parser_exc is None:
            data, self.unparsed = self.unparsed[:PARSE_BYTES_MAX], self.unparsed[PARSE_BYTES_MAX:]
            super().data_received(data)
        if self.conn.parser_exc is not None:
            self.unparsed = b""

    async def receive(self) -> Any:
        message = await self.queue.get()
        self._parse()
        if self.read_paused and self.queue.empty():
            self.read_paused = False
            self.transport.resume_reading()
        return message

    def handle_text(self, event: Frame) -> None:
        """Frees the text of the frame, since the parser keeps its last frame until the next one."""
        super().handle_text(event)
        event.data = b""

    pending_pong = b""
    """The newest pong that waits for a slow client. It answers earlier pings too (RFC 6455, 5.5.3)."""

    def handle_ping(self) -> None:
        """Keeps one pong at most for a client that sends pings and does not read."""
        pongs = self.conn.data_to_send()
        if self.writable.is_set():
            self.transport.write(b"".join(pongs))
        elif pongs:
            self.pending_pong = pongs[-1]

    def resume_writing(self) -> None:
        if pong := self.pending_pong:
            del self.pending_pong
            self.transport.write(pong)
        super().resume_writing()

    @property
    def deflates(self) -> bool:
        extensions = self.conn.extensions
        return any(isinstance(each, PerMessageDeflate) and each.local_max_window_bits >= WINDOW_BITS for each in extensions)

    def write(self, frame: bytes) -> bool:
        """False where the client is slow and the caller has to wait. Drops the frame where the connection is closed."""
        if not self.writable.is_set():
            return False
        if not (self.close_sent or self.transport.is_closing()):
            self.transport.write(frame)
        return True

    async def write_later(self, frame: bytes) -> None:
        await self.writable.wait()
        self.write(frame)

    def abort(self) -> None:
        """Drops the connection without sending a close frame."""
        self.transport.abort()


class ReceiveQueue:
    """A queue with one reader. It uses less memory than asyncio.Queue, whose deque allocates a block even when empty."""

    __slots__ = ("items", "waiter")

    def __init__(self) -> None:
        self.items: list[Any] = []
        self.waiter: asyncio.Future[None] | None = None

    def empty(self) -> bool:
        return not self.items

    def put_nowait(self, item: Any) -> None:
        self.items.append(item)
        if self.waiter is not None and not self.waiter.done():
            self.waiter.set_result(None)

    async def get(self) -> Any:
        while not self.items:
            self.waiter = asyncio.get_running_loop().create_future()
            await self.waiter
        return self.items.pop(0)


class LightEvent:
    """An event that uses less memory than asyncio.Event: a list of waiters instead of a deque."""

    __slots__ = ("flag", "waiters")

    def __init__(self) -> None:
        self.flag = True
        self.waiters: list[asyncio.Future[None]] = []

    def is_set(self) -> bool:
        return self.flag

    def clear(self) -> None:
        self.flag = False

    def set(self) -> None:
        self.flag = True
        waiters, self.waiters = self.waiters, []
        for waiter in waiters:
            if not waiter.done():
                waiter.set_result(None)

    async def wait(self) -> None:
        while not self.flag:
            waiter = asyncio.get_running_loop().create_future()
            self.waiters.append(waiter)
            await waiter
