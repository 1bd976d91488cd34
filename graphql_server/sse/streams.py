"""GraphQL over server-sent events: the response that carries the results of one or of many operations."""

import asyncio
from contextlib import suppress
from typing import Any

from graphql import GraphQLError

from graphql_server.auth.authenticator import Authenticator, Unauthenticated
from graphql_server.auth.credentials import Caller, cors_headers
from graphql_server.execution import OperationRunner
from graphql_server.http.disconnect import wait_for_disconnect
from graphql_server.http.exchange import Exchange
from graphql_server.http.responses import encode_json
from graphql_server.operation import Operation
from graphql_server.requests import GraphQLRequest
from graphql_server.send_nowait import send_nowait
from graphql_server.sse.events import encode_event
from graphql_server.sse.operations import EventStreamOperation
from graphql_server.subscriptions.registry import SubscriptionRegistry
from graphql_server.timeouts import Timeouts
from graphql_server.uvicorn_protocols import PROTOCOL_EXTENSION

EVENT_STREAM_HEADERS = [
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"cache-control", b"no-cache, no-transform"),
    (b"x-accel-buffering", b"no"),
]
KEEP_ALIVE_COMMENT = b":\n\n"
DRAIN_FLUSH_SECONDS = 0.5
"""How long pending sends are awaited when the server stops."""


class EventStream:
    """A response that stays open. In single connection mode each event has its operation's id; else there is one operation."""

    def __init__(
        self,
        runner: OperationRunner,
        subscriptions: SubscriptionRegistry,
        caller: Caller,
        *,
        is_single_connection: bool = False,
    ) -> None:
        self.runner = runner
        self.subscriptions = subscriptions
        self.caller = caller
        self.is_single_connection = is_single_connection
        self.operations: dict[str, EventStreamOperation] = {}
        self.pending_sends: set[asyncio.Future[None]] = set()
        self.send: Any = None
        self.closed = asyncio.Event()

    async def serve(self, exchange: Exchange, timeouts: Timeouts) -> None:
        """Returns when the client disconnects, the session ends, all operations are complete, or the client is too slow."""
        self.send = exchange.send
        await _start_response(exchange)
        self.send_chunk(KEEP_ALIVE_COMMENT)
        for operation in list(self.operations.values()):
            operation.start()
        disconnect = asyncio.create_task(wait_for_disconnect(exchange.receive))
        try:
            if await self._wait_for_end(disconnect, exchange.authenticator, timeouts) and self.pending_sends:
                is_draining = exchange.authenticator.is_draining
                await asyncio.wait(self.pending_sends, timeout=DRAIN_FLUSH_SECONDS if is_draining else timeouts.pong)
        finally:
            disconnect.cancel()
            self.closed.set()
            for operation in list(self.operations.values()):
                operation.stop()
            await self._finish_response(exchange)

    async def _wait_for_end(self, disconnect: "asyncio.Task[None]", authenticator: Authenticator, timeouts: Timeouts) -> bool:
        """Sends comments and checks the session until the stream ends. False where a send takes longer than a ping interval."""
        closed = asyncio.create_task(self.closed.wait())
        late_sends: set[asyncio.Future[None]] = set()
        ends = (disconnect, closed)
        try:
            while not (await asyncio.wait(ends, timeout=timeouts.ping_interval, return_when=asyncio.FIRST_COMPLETED))[0]:
                if not late_sends.isdisjoint(self.pending_sends):
                    return False
                late_sends = set(self.pending_sends)
                if not await self._is_session_valid(authenticator):
                    self.end_session()
                elif not late_sends:
                    self.send_chunk(KEEP_ALIVE_COMMENT)
            return True
        finally:
            closed.cancel()

    def send_chunk(self, chunk: bytes) -> "asyncio.Future[None] | None":
        if self.closed.is_set():
            return None
        try:
            pending_send = send_nowait(
                self.send({"type": "http.response.body", "body": chunk, "more_body": True}), after=self.pending_sends
            )
        except OSError:
            self.closed.set()
            return None
        if pending_send is not None:
            self.pending_sends.add(pending_send)
            pending_send.add_done_callback(self.pending_sends.discard)
        return pending_send

    def add_operation(
        self, operation_id: str, operation: Operation, request: GraphQLRequest, cursor: str | None = None
    ) -> None:
        """Starts the operation; where the response has not started yet, when it does. `cursor` is that of `last-event-id`."""
        self.operations[operation_id] = added = EventStreamOperation(self, operation_id, operation, request, cursor)
        if self.send is not None:
            added.start()

    async def _finish_response(self, exchange: Exchange) -> None:
        """Aborts the connection if sends are still pending, else ends the response."""
        protocol = exchange.scope.get("extensions", {}).get(PROTOCOL_EXTENSION)
        if self.pending_sends and protocol is not None:
            protocol.abort()
            await asyncio.wait(self.pending_sends)
        elif not self.pending_sends:
            with suppress(OSError):
                await exchange.send({"type": "http.response.body", "body": b""})

    def end_session(self) -> None:
        """Completes each operation with an error, then ends the stream."""
        for operation in list(self.operations.values()):
            operation.complete(Unauthenticated().errors)
            operation.stop()
        self.closed.set()

    @property
    def is_idle(self) -> bool:
        """Whether it runs only subscriptions, which the client can resume on another stream."""
        return all(each.operation.is_subscription for each in self.operations.values())

    async def _is_session_valid(self, authenticator: Authenticator) -> bool:
        """True also where a store is unavailable."""
        try:
            return self.caller.token is None or await authenticator.authenticate(self.caller.token) is not None
        except Exception as error:
            self.runner.error_formatter.format_exception(error)
            return True


async def send_errors(exchange: Exchange, errors: tuple[GraphQLError, ...]) -> None:
    """Sends request errors as an event, for a client that accepts only event streams."""
    await _start_response(exchange)
    said = encode_event("next", encode_json({"errors": exchange.runner.error_formatter.format(errors)})) + encode_event(
        "complete", b""
    )
    await exchange.send({"type": "http.response.body", "body": said})


async def send_head(exchange: Exchange) -> None:
    """The response to HEAD: the headers of an event stream. No operation starts."""
    await _start_response(exchange)
    await exchange.send({"type": "http.response.body", "body": b""})


async def _start_response(exchange: Exchange) -> None:
    headers = [*EVENT_STREAM_HEADERS, *cors_headers(exchange.headers, exchange.authenticator.origins)]
    await exchange.send({"type": "http.response.start", "status": 200, "headers": headers})
