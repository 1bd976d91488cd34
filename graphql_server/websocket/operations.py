"""Operations of a graphql-transport-ws connection. Each has the id of its subscribe message."""

import asyncio
from collections.abc import Iterable
from typing import Protocol

from graphql import GraphQLError

from graphql_server.auth.credentials import Caller
from graphql_server.errors import RequestError, internal_error
from graphql_server.execution import OperationRunner
from graphql_server.http.responses import encode_json
from graphql_server.operation import Operation
from graphql_server.requests import GraphQLRequest
from graphql_server.subscriptions.events import EncodedEvent
from graphql_server.subscriptions.registry import SubscriptionRegistry
from graphql_server.subscriptions.subscriber import Subscriber
from graphql_server.websocket import messages
from graphql_server.websocket.frames import DEFLATE_BYTES_MIN, STORED_BLOCK_BYTES_MAX, deflate, encode_deflated_frame


class OperationConnection(Protocol):
    """What an operation needs of its connection."""

    caller: Caller | None
    deflates: bool
    runner: OperationRunner
    subscriptions: SubscriptionRegistry

    def send_text(self, text: bytes) -> "asyncio.Future[None] | None": ...

    def send_frame(self, encoded_frame: bytes) -> "asyncio.Future[None] | None": ...

    def send_error(self, operation_id: str, errors: Iterable[GraphQLError]) -> None: ...

    def finish_operation(self, operation_id: str, operation: "ConnectionOperation") -> bool:
        """Frees the id. False where the operation does not run any more: the client has completed it."""


class SingleResultOperation:
    """A query or a mutation: one `next`, then `complete`; or one `error`."""

    __slots__ = ("connection", "operation", "operation_id", "task")

    def __init__(self, connection: OperationConnection, operation_id: str) -> None:
        self.connection = connection
        self.operation_id = operation_id

    def start(self, operation: Operation, request: GraphQLRequest) -> None:
        self.operation = operation
        self.task = asyncio.create_task(self._run(operation, request))

    def stop(self) -> None:
        """Cancels a query; a mutation runs to its end. Nothing more is sent."""
        self.connection.runner.cancel_or_detach(self.operation, self.task)

    async def _run(self, operation: Operation, request: GraphQLRequest) -> None:
        assert self.connection.caller is not None
        try:
            response, _ = await self.connection.runner.run(operation, request, self.connection.caller)
            payload = encode_json(response)
        except RequestError as error:
            self._send_error(error.errors)
        except Exception as error:
            self._send_error((internal_error(error),))
        else:
            self._send_result(payload)

    def _send_result(self, payload: bytes) -> None:
        if self.connection.finish_operation(self.operation_id, self):
            self.connection.send_text(messages.encode_next_prefix(self.operation_id) + payload + b"}")
            self.connection.send_text(messages.encode_complete(self.operation_id))

    def _send_error(self, errors: tuple[GraphQLError, ...]) -> None:
        if self.connection.finish_operation(self.operation_id, self):
            self.connection.send_error(self.operation_id, errors)


class SubscriptionOperation:
    """A subscription, as the sink of its subscriber: one `next` for each event, then `complete` or `error`."""

    __slots__ = ("connection", "next_prefix", "operation_id", "subscriber")

    def __init__(self, connection: OperationConnection, operation_id: str) -> None:
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
        """A long event is compressed once for all connections that accept compressed frames."""
        connection, payload = self.connection, event.payload
        if not connection.deflates or len(payload) < DEFLATE_BYTES_MIN or len(self.next_prefix) > STORED_BLOCK_BYTES_MAX:
            return connection.send_text(self.next_prefix + payload + b"}")
        if event.deflated is None:
            event.deflated = deflate(payload + b"}")
        return connection.send_frame(encode_deflated_frame(self.next_prefix, event.deflated))

    def complete(self, errors: tuple[GraphQLError, ...]) -> None:
        if not self.connection.finish_operation(self.operation_id, self):
            return
        if errors:
            self.connection.send_error(self.operation_id, errors)
        else:
            self.connection.send_text(messages.encode_complete(self.operation_id))


ConnectionOperation = SingleResultOperation | SubscriptionOperation
