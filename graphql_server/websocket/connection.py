"""Sockets: graphql-transport-ws to the letter. A bad operation ends that operation; a bad message ends the socket."""

import asyncio
from collections.abc import Iterable
from contextlib import suppress
from typing import Any

from graphql import GraphQLError

from graphql_server.auth.authenticator import Authenticator, ForeignOrigin, TooManyConnections, Unauthenticated
from graphql_server.auth.credentials import Caller, Credentials, Headers, parse_bearer_token, read_credentials
from graphql_server.documents import Operation, RequestError
from graphql_server.execution import OperationRunner
from graphql_server.http.responses import encode_json
from graphql_server.limits import LimitExceeded
from graphql_server.requests import GraphQLRequest
from graphql_server.send_nowait import send_nowait
from graphql_server.subscriptions.events import EncodedEvent
from graphql_server.subscriptions.registry import SubscriptionRegistry
from graphql_server.subscriptions.subscriber import Subscriber
from graphql_server.uvicorn_protocols import (
    DEFLATE_BYTES_MIN,
    PROTOCOL_EXTENSION,
    STORED_BLOCK_BYTES_MAX,
    deflate,
    encode_deflated_frame,
    encode_text_frame,
)
from graphql_server.websocket import messages
from graphql_server.websocket.messages import ClientMessage, CloseConnection

CLOSE_TIMEOUT_SECONDS = 1.0


class WebSocketConnection:
    """One client's socket. Its instants are seconds of the loop's clock; `caller` is known once it is acknowledged."""

    __slots__ = (
        "authenticator",
        "caller",
        "credentials",
        "deflates",
        "headers",
        "is_closing",
        "opened_at",
        "operations",
        "pending_sends",
        "pinged_at",
        "protocol",
        "receive",
        "received_at",
        "runner",
        "scope",
        "send",
        "session_checked_at",
        "subscriptions",
        "task",
    )  # fmt: skip

    def __init__(
        self,
        authenticator: Authenticator,
        runner: OperationRunner,
        subscriptions: SubscriptionRegistry,
        scope: Any,
        receive: Any,
        send: Any,
    ) -> None:
        self.authenticator = authenticator
        self.runner = runner
        self.subscriptions = subscriptions
        self.scope = scope
        self.headers: Headers = dict(scope["headers"])
        self.receive = receive
        self.send = send
        self.protocol: Any = scope.get("extensions", {}).get(PROTOCOL_EXTENSION)
        self.caller: Caller | None = None
        self.credentials = Credentials()
        self.operations: dict[str, SingleResultOperation | SubscriptionOperation] = {}
        self.pending_sends: set[asyncio.Future[None]] = set()
        self.opened_at = self.received_at = self.session_checked_at = asyncio.get_running_loop().time()
        self.pinged_at: float | None = None
        self.is_closing = self.deflates = False
        self.task = asyncio.current_task()

    async def run(self) -> None:
        """From the handshake to the end."""
        if messages.SUBPROTOCOL not in self.scope.get("subprotocols", ()):
            await self.send({"type": "websocket.accept"})
            await self.close(messages.SUBPROTOCOL_NOT_ACCEPTABLE, "Subprotocol not acceptable")
            return
        await self.send({"type": "websocket.accept", "subprotocol": messages.SUBPROTOCOL})
        self.deflates = self.protocol is not None and self.protocol.deflates
        try:
            await self._initialise_and_receive()
        except CloseConnection as closing:
            await self.close(closing.code, closing.reason)
        except asyncio.CancelledError:
            if not self.is_closing or self.task is None or self.task.uncancel():
                raise
        except Exception as error:
            await self._close_after(error)
        finally:
            self.is_closing = True
            for running in list(self.operations.values()):
                running.stop()

    async def _close_after(self, error: Exception) -> None:
        formatter = self.runner.error_formatter
        if formatter.is_outage(error):
            await self.close(messages.TRY_AGAIN_LATER, "Try again later: a store does not answer")
        else:
            [formatted] = formatter.format_exception(error)
            await self.close(messages.INTERNAL_ERROR, f"Something went wrong on the server: {formatted['extensions']['id']}")

    async def close(self, code: int, reason: str) -> bool:
        """False where the client did not take the last word; it is cut off then."""
        if self.is_closing:
            return True
        self.is_closing = True
        try:
            async with asyncio.timeout(CLOSE_TIMEOUT_SECONDS):
                if self.pending_sends:
                    await asyncio.wait(self.pending_sends)
                with suppress(OSError):
                    await self.send({"type": "websocket.close", "code": code, "reason": reason})
                return True
        except TimeoutError:
            if self.protocol is not None:
                self.protocol.abort()
            return False

    async def close_or_cancel(self, code: int, reason: str) -> None:
        """Closes it from outside."""
        if not await self.close(code, reason) and self.task is not None:
            self.task.cancel()

    @property
    def is_idle(self) -> bool:
        """Whether only subscriptions run, which can be taken up again elsewhere."""
        return not any(isinstance(running, SingleResultOperation) for running in self.operations.values())

    def send_text(self, text: bytes) -> "asyncio.Future[None] | None":
        """At once where the client takes it; else the future is done when it has."""
        if self.protocol is not None:
            return self.send_frame(encode_text_frame(text))
        if self.is_closing:
            return None
        try:
            untaken = send_nowait(self.send({"type": "websocket.send", "text": text.decode()}), after=self.pending_sends)
        except OSError:
            self.is_closing = True
            return None
        return self._track_send(untaken) if untaken is not None else None

    def send_error(self, operation_id: str, errors: Iterable[GraphQLError]) -> None:
        self.send_text(messages.encode_error(operation_id, self.runner.error_formatter.format(errors)))

    def send_frame(self, encoded_frame: bytes) -> "asyncio.Future[None] | None":
        """The same, of a frame for the wire. It does not overtake what has to wait."""
        if self.is_closing or (not self.pending_sends and self.protocol.write(encoded_frame)):
            return None
        return self._track_send(asyncio.create_task(self.protocol.write_later(encoded_frame)))

    def _track_send(self, pending_send: "asyncio.Future[None]") -> "asyncio.Future[None]":
        self.pending_sends.add(pending_send)
        pending_send.add_done_callback(self._on_sent)
        return pending_send

    def _on_sent(self, sent: "asyncio.Future[None]") -> None:
        self.pending_sends.discard(sent)
        if not sent.cancelled() and sent.exception() is not None:
            self.is_closing = True

    async def _initialise_and_receive(self) -> None:
        """Nothing but pings may come before the init; a socket counts for its viewer from then on."""
        first = await self._receive_message()
        while first is not None and first.type in ("ping", "pong", "complete"):
            self._reply_to_ping(first)
            first = await self._receive_message()
        if first is None:
            return
        if first.type == "subscribe":
            raise CloseConnection(messages.UNAUTHORIZED, "Unauthorized")
        caller = await self._authenticate(first)
        try:
            with self.authenticator.connection_slot(caller):
                self.caller = caller
                self._release_handshake()
                self.send_text(messages.CONNECTION_ACK)
                await self._receive_messages()
        except TooManyConnections as error:
            raise CloseConnection(messages.TOO_MANY_CONNECTIONS, f"Too many sockets: {error}") from None

    def _release_handshake(self) -> None:
        """A socket may live long: it keeps nothing of how it began."""
        self.headers = {}
        if self.protocol is not None:
            self.protocol.settle()

    async def _receive_messages(self) -> None:
        while (message := await self._receive_message()) is not None:
            self._handle_message(message)
            del message  # It may be long until the next one.

    def _handle_message(self, message: ClientMessage) -> None:
        match message.type:
            case "subscribe":
                self._subscribe(message.id, message.payload)
            case "complete":
                if running := self.operations.pop(message.id, None):
                    running.stop()
            case "connection_init":
                raise CloseConnection(messages.TOO_MANY_INITIALISATION_REQUESTS, "Too many initialisation requests")
            case _:
                self._reply_to_ping(message)

    async def _receive_message(self) -> ClientMessage | None:
        """None when the client has gone. Whoever does not take what was said is not listened to either."""
        if self.pending_sends:
            await asyncio.wait(self.pending_sends)
        event = await self.receive()
        if event["type"] == "websocket.disconnect":
            return None
        self.received_at, self.pinged_at = asyncio.get_running_loop().time(), None
        text = event.get("text")
        if len(text or event.get("bytes") or "") > self.runner.limits.body_bytes:
            raise CloseConnection(messages.MESSAGE_TOO_BIG, "Message too big")
        return messages.parse_message(text)

    def _reply_to_ping(self, message: ClientMessage) -> None:
        if message.type == "ping":
            self.send_text(messages.encode_pong(message.payload))

    async def _authenticate(self, init: ClientMessage) -> Caller:
        """The token of the init goes before that of the handshake."""
        token = parse_bearer_token((init.payload or {}).get("authorization") or (init.payload or {}).get("Authorization"))
        self.credentials = Credentials(token) if token else read_credentials(self.headers)
        try:
            return await self.authenticator.authenticate_caller(self.scope, self.headers, "websocket", self.credentials)
        except (Unauthenticated, ForeignOrigin) as error:
            raise CloseConnection(messages.FORBIDDEN, f"Forbidden: {error}") from None

    def _subscribe(self, operation_id: str, request: GraphQLRequest) -> None:
        if operation_id in self.operations:
            raise CloseConnection(messages.SUBSCRIBER_ALREADY_EXISTS, f"Subscriber for {operation_id} already exists")
        if len(self.operations) >= (maximum := self.runner.limits.operations):
            self.send_error(operation_id, [LimitExceeded("operations", maximum)])
            return
        try:
            operation = request.get_operation(self.runner.documents)
        except RequestError as error:
            self.send_error(operation_id, error.errors)
            return
        kind = SubscriptionOperation if operation.is_subscription else SingleResultOperation
        self.operations[operation_id] = running = kind(self, operation_id)
        running.start(operation, request)


class SingleResultOperation:
    """A query or a mutation: at most one `next`, then `complete`."""

    __slots__ = ("connection", "operation", "operation_id", "task")

    def __init__(self, connection: WebSocketConnection, operation_id: str) -> None:
        self.connection = connection
        self.operation_id = operation_id

    def start(self, operation: Operation, request: GraphQLRequest) -> None:
        self.operation = operation
        self.task = asyncio.create_task(self._run(operation, request))

    def stop(self) -> None:
        self.connection.runner.cancel_or_detach(self.operation, self.task)

    async def _run(self, operation: Operation, request: GraphQLRequest) -> None:
        socket = self.connection
        assert socket.caller is not None
        try:
            response, _ = await socket.runner.run(operation, request, socket.caller)
            said = [
                messages.encode_next_prefix(self.operation_id) + encode_json(response) + b"}",
                messages.encode_complete(self.operation_id),
            ]
        except RequestError as error:
            said = [messages.encode_error(self.operation_id, socket.runner.error_formatter.format(error.errors))]
        except Exception as error:
            said = [messages.encode_error(self.operation_id, socket.runner.error_formatter.format_exception(error))]
        if socket.operations.get(self.operation_id) is self:
            del socket.operations[self.operation_id]
            for text in said:
                socket.send_text(text)


class SubscriptionOperation:
    """A subscription: the sink of a follower."""

    __slots__ = ("connection", "next_prefix", "operation_id", "subscriber")

    def __init__(self, connection: WebSocketConnection, operation_id: str) -> None:
        self.connection = connection
        self.operation_id = operation_id
        self.next_prefix = messages.encode_next_prefix(operation_id)

    def start(self, operation: Operation, request: GraphQLRequest) -> None:
        caller, make_context = self.connection.caller, self.connection.runner.make_context
        assert caller is not None
        self.subscriber = Subscriber(operation, request.variables or {}, lambda: make_context(caller.viewer, caller), self)
        self.connection.subscriptions.subscribe(self.subscriber)

    def stop(self) -> None:
        self.connection.subscriptions.unsubscribe(self.subscriber)

    def next(self, event: EncodedEvent) -> "asyncio.Future[None] | None":
        """Compressed where that pays, and then once for all sockets."""
        socket, payload = self.connection, event.payload
        if not socket.deflates or len(payload) < DEFLATE_BYTES_MIN or len(self.next_prefix) > STORED_BLOCK_BYTES_MAX:
            return socket.send_text(self.next_prefix + payload + b"}")
        if event.deflated is None:
            event.deflated = deflate(payload + b"}")
        return socket.send_frame(encode_deflated_frame(self.next_prefix, event.deflated))

    def complete(self, errors: tuple[GraphQLError, ...]) -> None:
        if self.connection.operations.get(self.operation_id) is self:
            del self.connection.operations[self.operation_id]
            if errors:
                self.connection.send_error(self.operation_id, errors)
            else:
                self.connection.send_text(messages.encode_complete(self.operation_id))
