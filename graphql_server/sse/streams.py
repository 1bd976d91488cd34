"""Streams: GraphQL over server-sent events. LF framing, comments to keep it alive, and ids from which a client resumes."""

import asyncio
from contextlib import suppress
from typing import Any

import orjson
from graphql import GraphQLError

from graphql_server.auth.authenticator import Authenticator, Unauthenticated
from graphql_server.auth.credentials import Caller, cors_headers
from graphql_server.documents import Operation, RequestError
from graphql_server.errors import internal_error
from graphql_server.execution import OperationRunner
from graphql_server.http.disconnect import wait_for_disconnect
from graphql_server.http.exchange import Exchange
from graphql_server.http.responses import encode_json
from graphql_server.requests import GraphQLRequest
from graphql_server.send_nowait import send_nowait
from graphql_server.subscriptions.events import EncodedEvent
from graphql_server.subscriptions.registry import SubscriptionRegistry
from graphql_server.subscriptions.subscriber import Subscriber
from graphql_server.timeouts import Timeouts
from graphql_server.uvicorn_protocols import PROTOCOL_EXTENSION

EVENT_STREAM_HEADERS = [
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"cache-control", b"no-cache, no-transform"),
    (b"x-accel-buffering", b"no"),
]
KEEP_ALIVE_COMMENT = b":\n\n"
DRAIN_FLUSH_SECONDS = 0.5
"""That a reader is given to take what was said before the server stops."""


class EventStream:
    """One response that stays open. `is_single` carries many operations, each event with its operation's id."""

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
        """From the head of the response until the client goes, the session ends or all is said."""
        receive, gate = exchange.receive, exchange.authenticator
        self.send = exchange.send
        await _start_response(exchange)
        self.send_chunk(KEEP_ALIVE_COMMENT)
        for streamed in list(self.operations.values()):
            streamed.start()
        gone = asyncio.create_task(wait_for_disconnect(receive))
        over = asyncio.create_task(self.closed.wait())
        late: set[asyncio.Future[None]] = set()
        try:
            while not (await asyncio.wait((gone, over), timeout=timeouts.ping_interval, return_when=asyncio.FIRST_COMPLETED))[
                0
            ]:
                if not late.isdisjoint(self.pending_sends):
                    return
                late = set(self.pending_sends)
                if not await self._is_session_valid(gate):
                    self.end_session()
                elif not late:
                    self.send_chunk(KEEP_ALIVE_COMMENT)
            if self.pending_sends:
                await asyncio.wait(self.pending_sends, timeout=DRAIN_FLUSH_SECONDS if gate.is_draining else timeouts.pong)
        finally:
            gone.cancel()
            over.cancel()
            self.closed.set()
            for streamed in list(self.operations.values()):
                streamed.stop()
            await self._finish_response(exchange)

    def send_chunk(self, chunk: bytes) -> "asyncio.Future[None] | None":
        if self.closed.is_set():
            return None
        try:
            untaken = send_nowait(
                self.send({"type": "http.response.body", "body": chunk, "more_body": True}), after=self.pending_sends
            )
        except OSError:
            self.closed.set()
            return None
        if untaken is not None:
            self.pending_sends.add(untaken)
            untaken.add_done_callback(self.pending_sends.discard)
        return untaken

    def add_operation(
        self, operation_id: str, operation: Operation, request: GraphQLRequest, cursor: str | None = None
    ) -> None:
        """Begins when the response has."""
        self.operations[operation_id] = streamed = EventStreamOperation(self, operation_id, operation, request, cursor)
        if self.send is not None:
            streamed.start()

    async def _finish_response(self, exchange: Exchange) -> None:
        """Whoever does not take what was said is cut off."""
        wire = exchange.scope.get("extensions", {}).get(PROTOCOL_EXTENSION)
        if self.pending_sends and wire is not None:
            wire.abort()
            await asyncio.wait(self.pending_sends)
        elif not self.pending_sends:
            with suppress(OSError):
                await exchange.send({"type": "http.response.body", "body": b""})

    def end_session(self) -> None:
        """Each operation is told, and the stream ends."""
        for streamed in list(self.operations.values()):
            streamed.complete(Unauthenticated().errors)
            streamed.stop()
        self.closed.set()

    @property
    def is_idle(self) -> bool:
        """Whether only subscriptions run, which can be taken up again elsewhere."""
        return all(streamed.operation.is_subscription for streamed in self.operations.values())

    async def _is_session_valid(self, authenticator: Authenticator) -> bool:
        """A store that does not answer says nothing about the session."""
        try:
            return self.caller.token is None or await authenticator.authenticate(self.caller.token) is not None
        except Exception as error:
            self.runner.error_formatter.format_exception(error)
            return True


class EventStreamOperation:
    """One operation of a stream, and the sink of its follower."""

    def __init__(
        self, stream: EventStream, operation_id: str, operation: Operation, request: GraphQLRequest, cursor: str | None
    ) -> None:
        self.stream = stream
        self.operation_id = operation_id
        self.operation = operation
        self.request = request
        self.cursor = cursor
        self.subscriber: Subscriber | None = None
        self.task: asyncio.Task[None] | None = None

    def start(self) -> None:
        caller, make_context = self.stream.caller, self.stream.runner.make_context
        if not self.operation.is_subscription:
            self.task = asyncio.create_task(self._run())
            return
        variables = self.request.variables or {}
        self.subscriber = Subscriber(self.operation, variables, lambda: make_context(caller.viewer, caller), self, self.cursor)
        self.stream.subscriptions.subscribe(self.subscriber)

    def stop(self) -> None:
        self.stream.operations.pop(self.operation_id, None)
        if self.task is not None:
            self.stream.runner.cancel_or_detach(self.operation, self.task)
        if self.subscriber is not None:
            self.stream.subscriptions.unsubscribe(self.subscriber)

    def next(self, event: EncodedEvent) -> "asyncio.Future[None] | None":
        return self.stream.send_chunk(encode_event("next", self._wrap_payload(event.payload), event.cursor))

    def complete(self, errors: tuple[GraphQLError, ...]) -> None:
        if errors:
            self.next(EncodedEvent(encode_json({"errors": self.stream.runner.error_formatter.format(errors)})))
        self.stream.operations.pop(self.operation_id, None)
        self.stream.send_chunk(
            encode_event(
                "complete", b'{"id":' + orjson.dumps(self.operation_id) + b"}" if self.stream.is_single_connection else b""
            )
        )
        if not self.stream.is_single_connection:
            self.stream.closed.set()

    def _wrap_payload(self, payload: bytes) -> bytes:
        if not self.stream.is_single_connection:
            return payload
        return b'{"id":' + orjson.dumps(self.operation_id) + b',"payload":' + payload + b"}"

    async def _run(self) -> None:
        try:
            response, _ = await self.stream.runner.run(self.operation, self.request, self.stream.caller)
            self.next(EncodedEvent(encode_json(response)))
            self.complete(())
        except RequestError as error:
            self.complete(error.errors)
        except Exception as error:
            self.complete((internal_error(error),))


def encode_event(name: str, data: bytes, cursor: str | None = None) -> bytes:
    """An empty `data` is said too: without one an EventSource stays silent."""
    identity = b"id: " + cursor.encode() + b"\n" if cursor else b""
    return b"event: " + name.encode() + b"\n" + identity + b"data: " + data + b"\n\n"


async def send_errors(exchange: Exchange, errors: tuple[GraphQLError, ...]) -> None:
    """What validation says comes as events too, where the client accepts nothing else."""
    await _start_response(exchange)
    said = encode_event("next", encode_json({"errors": exchange.runner.error_formatter.format(errors)})) + encode_event(
        "complete", b""
    )
    await exchange.send({"type": "http.response.body", "body": said})


async def send_head(exchange: Exchange) -> None:
    """What a stream would begin with: nothing is followed for whoever asks for no more."""
    await _start_response(exchange)
    await exchange.send({"type": "http.response.body", "body": b""})


async def _start_response(exchange: Exchange) -> None:
    headers = [*EVENT_STREAM_HEADERS, *cors_headers(exchange.headers, exchange.authenticator.origins)]
    await exchange.send({"type": "http.response.start", "status": 200, "headers": headers})
