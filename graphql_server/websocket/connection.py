"""One connection of graphql-transport-ws. An invalid operation ends the operation; an invalid message closes the connection."""

import asyncio
from collections.abc import Iterable
from contextlib import suppress
from typing import Any

from graphql import GraphQLError

from graphql_server.auth.authenticator import Authenticator, ForeignOrigin, TooManyConnections, Unauthenticated
from graphql_server.auth.credentials import Caller, Credentials, Headers, parse_bearer_token, read_credentials
from graphql_server.errors import RequestError
from graphql_server.execution import OperationRunner
from graphql_server.limits import LimitExceeded
from graphql_server.requests import GraphQLRequest
from graphql_server.send_nowait import send_nowait
from graphql_server.subscriptions.registry import SubscriptionRegistry
from graphql_server.uvicorn_protocols import PROTOCOL_EXTENSION
from graphql_server.websocket import messages
from graphql_server.websocket.frames import encode_text_frame
from graphql_server.websocket.messages import ClientMessage, CloseConnection
from graphql_server.websocket.operations import ConnectionOperation, SingleResultOperation, SubscriptionOperation

CLOSE_TIMEOUT_SECONDS = 1.0


class WebSocketConnection:
    """Its times are seconds of the event loop's clock. `caller` is None until the connection is acknowledged.

    `protocol` is the WebSocketProtocol of `uvicorn_protocols`; None under another server.
    """

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
        self.operations: dict[str, ConnectionOperation] = {}
        self.pending_sends: set[asyncio.Future[None]] = set()
        self.opened_at = self.received_at = self.session_checked_at = asyncio.get_running_loop().time()
        self.pinged_at: float | None = None
        self.is_closing = self.deflates = False
        self.task = asyncio.current_task()

    async def run(self) -> None:
        """Serves the connection, from the handshake until it is closed."""
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
            await self._close_on_error(error)
        finally:
            self.is_closing = True
            for operation in list(self.operations.values()):
                operation.stop()

    async def _close_on_error(self, error: Exception) -> None:
        formatter = self.runner.error_formatter
        if formatter.is_outage(error):
            await self.close(messages.TRY_AGAIN_LATER, "Try again later: a store does not answer")
        else:
            [formatted] = formatter.format_exception(error)
            await self.close(messages.INTERNAL_ERROR, f"Something went wrong on the server: {formatted['extensions']['id']}")

    async def close(self, code: int, reason: str) -> bool:
        """Sends what is pending, then a close frame. False where the client is too slow: its connection is dropped."""
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
        """Closes the connection from another task. Cancels its own task where the client is too slow."""
        if not await self.close(code, reason) and self.task is not None:
            self.task.cancel()

    @property
    def is_idle(self) -> bool:
        """Whether it runs only subscriptions, which the client can resume on another connection."""
        return not any(isinstance(operation, SingleResultOperation) for operation in self.operations.values())

    def send_text(self, text: bytes) -> "asyncio.Future[None] | None":
        """None when the text is sent. For a slow client a future, which ends when the text is sent."""
        if self.protocol is not None:
            return self.send_frame(encode_text_frame(text))
        if self.is_closing:
            return None
        try:
            pending_send = send_nowait(self.send({"type": "websocket.send", "text": text.decode()}), after=self.pending_sends)
        except OSError:
            self.is_closing = True
            return None
        return self._track_send(pending_send) if pending_send is not None else None

    def send_error(self, operation_id: str, errors: Iterable[GraphQLError]) -> None:
        self.send_text(messages.encode_error(operation_id, self.runner.error_formatter.format(errors)))

    def send_frame(self, encoded_frame: bytes) -> "asyncio.Future[None] | None":
        """As `send_text`, for a frame that is encoded already; needs `protocol`. Waits for the sends that are pending."""
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
        """Before ConnectionInit only ping, pong and complete are allowed. After it the connection counts for its viewer."""
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
            raise CloseConnection(messages.TOO_MANY_CONNECTIONS, f"Too many connections: {error}") from None

    def _release_handshake(self) -> None:
        """Frees the headers, since a connection can stay open for long."""
        self.headers = {}
        if self.protocol is not None:
            self.protocol.release_handshake()

    async def _receive_messages(self) -> None:
        while (message := await self._receive_message()) is not None:
            self._handle_message(message)
            del message  # Frees it while the connection waits for the next one.

    def _handle_message(self, message: ClientMessage) -> None:
        match message.type:
            case "subscribe":
                self._subscribe(message.id, message.payload)
            case "complete":
                if operation := self.operations.pop(message.id, None):
                    operation.stop()
            case "connection_init":
                raise CloseConnection(messages.TOO_MANY_INITIALISATION_REQUESTS, "Too many initialisation requests")
            case _:
                self._reply_to_ping(message)

    async def _receive_message(self) -> ClientMessage | None:
        """None after a disconnect. Waits for pending sends before it reads on."""
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

    def finish_operation(self, operation_id: str, operation: ConnectionOperation) -> bool:
        """Frees the id. False where the operation does not run any more: the client has completed it."""
        if self.operations.get(operation_id) is not operation:
            return False
        del self.operations[operation_id]
        return True

    def _reply_to_ping(self, message: ClientMessage) -> None:
        if message.type == "ping":
            self.send_text(messages.encode_pong(message.payload))

    async def _authenticate(self, init: ClientMessage) -> Caller:
        """The token of ConnectionInit has priority over that of the handshake."""
        token = parse_bearer_token((init.payload or {}).get("authorization") or (init.payload or {}).get("Authorization"))
        self.credentials = Credentials(token) if token else read_credentials(self.headers, self.authenticator.cookie)
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
        self.operations[operation_id] = started = kind(self, operation_id)
        started.start(operation, request)
