"""The wire: uvicorn's WebSocket protocol, with a short way for ready frames, and little memory for a socket that only listens.

Without it, under another ASGI server, sockets say the same through `send`. Both protocols can cut off whoever does not read.
"""

import asyncio
import socket
import zlib
from typing import Any

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.extensions.permessage_deflate import PerMessageDeflate, ServerPerMessageDeflateFactory
from websockets.frames import Frame
from websockets.http11 import Request

PROTOCOL_EXTENSION = "observatory.wire"
DEFLATE_BYTES_MIN = 1_024
"""A shorter message is not worth compressing."""
STORED_BLOCK_BYTES_MAX = 65_535
"""So long a block can be that is stored as it is."""
WINDOW_BITS = 12
PIPELINED_REQUESTS_MAX = 100
"""Requests that a client may send ahead over one connection; each answer lets more of them in than it takes away."""
PARSE_BYTES_MAX = 4_096
"""At once, of what has come in."""
TCP_USER_TIMEOUT_SECONDS = 60.0
"""After which the kernel, where it can, drops a connection whose client takes nothing of what waits for it."""


class HttpProtocol(HttpToolsProtocol):
    """For uvicorn's `http=`. A stream of events finds it in its scope's extensions."""

    def on_message_begin(self) -> None:
        super().on_message_begin()
        self.scope["extensions"] = {PROTOCOL_EXTENSION: self}  # type: ignore[dict-item]
        if len(self.pipeline) >= PIPELINED_REQUESTS_MAX:
            self.abort()

    def connection_made(self, transport: Any) -> None:
        """Of a socket too, which begins as a request. Whoever has been told all, or has said goodbye, may not stay unread."""
        super().connection_made(transport)
        connection = transport.get_extra_info("socket")
        if connection.family in (socket.AF_INET, socket.AF_INET6) and hasattr(socket, "TCP_USER_TIMEOUT"):
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, round(TCP_USER_TIMEOUT_SECONDS * 1_000))

    def abort(self) -> None:
        """Closing would wait for ever until what was said is read."""
        self.transport.abort()


class WebSocketProtocol(WebSocketsSansIOProtocol):
    """For uvicorn's `ws=`. A socket finds it in its scope's extensions."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.queue = ReceiveQueue()  # type: ignore[assignment]
        self.writable = LightEvent()  # type: ignore[assignment]
        # Each message stands alone, so that one compressed text serves all sockets and none keeps a window.
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

    def settle(self) -> None:
        """The handshake is over, and what it needed can go, also where a parser still holds it."""
        self.request.headers.clear()
        del self.request, self.response
        self.scope["headers"] = []

    unparsed = b""
    """Has come, and is for later."""

    def data_received(self, data: bytes) -> None:
        """A compressed message may be a thousand times as long, once it is read: none is before those ahead of it are heard."""
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
        """The parser holds its last frame, for as long as nothing more is said."""
        super().handle_text(event)
        event.data = b""

    pending_pong = b""
    """The newest that the client has not taken yet; RFC 6455, 5.5.3, lets it stand for those before it."""

    def handle_ping(self) -> None:
        """Whoever asks without reading the answers does not make them pile up."""
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
        """False where the reader has to be waited for first. A frame for somebody who has gone is dropped."""
        if not self.writable.is_set():
            return False
        if not (self.close_sent or self.transport.is_closing()):
            self.transport.write(frame)
        return True

    async def write_later(self, frame: bytes) -> None:
        await self.writable.wait()
        self.write(frame)

    def abort(self) -> None:
        """Whoever does not read does not hear the last word either."""
        self.transport.abort()


class ReceiveQueue:
    """A queue with one reader. asyncio's own keeps four blocks of a deque, even empty."""

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
    """An event whose waiters are only kept where there are any."""

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


def encode_text_frame(text: bytes) -> bytes:
    """A text frame."""
    return _frame_header(0x81, len(text)) + text


def deflate(text: bytes) -> bytes:
    """Compressed alone, ready to stand at the end of a frame's body."""
    compressor = zlib.compressobj(6, zlib.DEFLATED, -WINDOW_BITS, 5)
    return (compressor.compress(text) + compressor.flush(zlib.Z_SYNC_FLUSH))[:-4]


def encode_deflated_frame(prefix: bytes, deflated_text: bytes) -> bytes:
    """A compressed text frame of `prefix`, which is stored as it is, and what `deflated` made of the rest."""
    length = len(prefix)
    stored = b"\x00" + length.to_bytes(2, "little") + (length ^ 0xFFFF).to_bytes(2, "little") + prefix
    return _frame_header(0xC1, len(stored) + len(deflated_text)) + stored + deflated_text


def _frame_header(first: int, length: int) -> bytes:
    if length < 126:
        return bytes((first, length))
    if length < 65_536:
        return bytes((first, 126)) + length.to_bytes(2, "big")
    return bytes((first, 127)) + length.to_bytes(8, "big")
