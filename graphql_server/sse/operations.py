"""Operations of an event stream (graphql-sse)."""

import asyncio
from typing import Protocol

import orjson
from graphql import GraphQLError

from graphql_server.auth.credentials import Caller
from graphql_server.errors import RequestError, internal_error
from graphql_server.execution import OperationRunner
from graphql_server.http.responses import encode_json
from graphql_server.operation import Operation
from graphql_server.requests import GraphQLRequest
from graphql_server.sse.events import encode_event
from graphql_server.subscriptions.events import EncodedEvent
from graphql_server.subscriptions.registry import SubscriptionRegistry
from graphql_server.subscriptions.subscriber import Subscriber


class Stream(Protocol):
    """What an operation needs of its event stream."""

    caller: Caller
    closed: asyncio.Event
    is_single_connection: bool
    operations: "dict[str, EventStreamOperation]"
    runner: OperationRunner
    subscriptions: SubscriptionRegistry

    def send_chunk(self, chunk: bytes) -> "asyncio.Future[None] | None": ...


class EventStreamOperation:
    """One operation of an event stream, and the sink of its subscriber: `next` events with results, then `complete`."""

    def __init__(
        self, stream: Stream, operation_id: str, operation: Operation, request: GraphQLRequest, cursor: str | None
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
        """Errors are sent as one more `next` event, as graphql-sse defines."""
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
