"""All event streams of this process, in both modes of graphql-sse.

Distinct connections mode: each operation has a stream of its own. Single connection mode: a client reserves a stream with PUT,
opens it with GET, and sends its operations with POST; their results are sent through the stream.
"""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from secrets import token_urlsafe
from urllib.parse import parse_qs

from graphql_server.auth.authenticator import Authenticator
from graphql_server.auth.credentials import Caller
from graphql_server.errors import RequestError
from graphql_server.execution import OperationRunner
from graphql_server.http.exchange import Exchange
from graphql_server.http.responses import HttpError, Response
from graphql_server.limits import LimitExceeded
from graphql_server.operation import Operation
from graphql_server.requests import GraphQLRequest, MalformedRequest
from graphql_server.sse.streams import EventStream, send_errors, send_head
from graphql_server.subscriptions.registry import SubscriptionRegistry
from graphql_server.timeouts import Timeouts
from graphql_server.websocket.connections import DRAIN_POLL_SECONDS


class EventStreamManager:
    """`reservations` has the reserved streams by their tokens, `open_streams` the streams whose response has started."""

    def __init__(
        self, authenticator: Authenticator, runner: OperationRunner, subscriptions: SubscriptionRegistry, timeouts: Timeouts
    ) -> None:
        self.authenticator = authenticator
        self.runner = runner
        self.subscriptions = subscriptions
        self.timeouts = timeouts
        self.reservations: dict[str, EventStream] = {}
        self.open_streams: set[EventStream] = set()

    def end_sessions(self, has_ended: Callable[[str], bool]) -> None:
        """Ends the streams for whose token `has_ended` is true, after the response to a sign-out over one of them is sent."""
        for stream in self.open_streams:
            if stream.caller.token is not None and has_ended(stream.caller.token):
                asyncio.get_running_loop().call_soon(stream.end_session)

    async def drain(self) -> None:
        """Ends each stream when its queries and mutations have ended, and all of them within `timeouts.drain`."""
        with suppress(TimeoutError):
            async with asyncio.timeout(self.timeouts.drain - 2 * DRAIN_POLL_SECONDS):
                while running := [stream for stream in self.open_streams if not stream.closed.is_set()]:
                    for stream in running:
                        if stream.is_idle:
                            stream.closed.set()
                    await asyncio.sleep(DRAIN_POLL_SECONDS)
        for stream in self.open_streams:
            stream.closed.set()

    async def serve_operation(self, exchange: Exchange, request: GraphQLRequest) -> Response | None:
        """Distinct connections mode: the response is the stream of one operation."""
        caller = await self._authenticate_unless_draining(exchange)
        try:
            operation = request.get_operation(self.runner.documents)
            exchange.check_operation(operation)
        except RequestError as error:
            await send_errors(exchange, error.errors)
            return None
        if exchange.method == "HEAD":
            await send_head(exchange)
            return None
        stream = EventStream(self.runner, self.subscriptions, caller)
        last = exchange.headers.get(b"last-event-id")
        stream.add_operation("", operation, request, last.decode("latin-1") if last else None)
        with self.authenticator.connection_slot(caller):
            await self._serve(stream, exchange)
        return None

    async def reserve(self, exchange: Exchange) -> Response:
        """The response has the token of a new reservation. It counts as a connection of its viewer from now on."""
        caller = await self._authenticate_unless_draining(exchange)
        self.authenticator.acquire_slot(caller)
        token = token_urlsafe(24)
        self.reservations[token] = EventStream(self.runner, self.subscriptions, caller, is_single_connection=True)
        asyncio.get_running_loop().call_later(self.timeouts.reservation, self._expire_reservation, token)
        return Response(201, token.encode(), "text/plain")

    async def serve_reserved(self, exchange: Exchange, token: str) -> Response | None:
        """Single connection mode: opens a reserved stream. Returns when the stream has ended."""
        stream = await self._find_reserved(exchange, token)
        if stream in self.open_streams:
            raise HttpError(409, "STREAM_ALREADY_OPEN", "This event stream is open already.")
        try:
            await self._serve(stream, exchange)
        finally:
            self._remove_reservation(token)
        return None

    async def add_operation(self, exchange: Exchange, token: str, operation: Operation, request: GraphQLRequest) -> Response:
        """Single connection mode: starts an operation, whose results are sent through the reserved stream."""
        stream = await self._find_reserved(exchange, token)
        operation_id = (request.extensions or {}).get("operationId")
        if not isinstance(operation_id, str) or not operation_id:
            raise MalformedRequest("'extensions.operationId' must be a string that is not empty.")
        if operation_id in stream.operations:
            raise HttpError(409, "OPERATION_EXISTS", f"An operation '{operation_id}' runs already.")
        # Results of stopped operations can still wait for a slow client.
        if max(len(stream.operations), len(stream.pending_sends)) >= (maximum := self.runner.limits.operations):
            raise RequestError(LimitExceeded("operations", maximum))
        stream.add_operation(operation_id, operation, request)
        return Response(202)

    async def stop_operation(self, exchange: Exchange, token: str) -> Response:
        """Single connection mode: the `operationId` of the URL names the operation. An unknown one changes nothing."""
        stream = await self._find_reserved(exchange, token)
        operation_id = parse_qs(exchange.scope["query_string"].decode("latin-1")).get("operationId", [""])[0]
        if not operation_id:
            raise MalformedRequest("'operationId' must name the operation to stop.")
        if operation := stream.operations.get(operation_id):
            operation.stop()
        return Response(200)

    async def _find_reserved(self, exchange: Exchange, token: str) -> EventStream:
        """Raises HttpError unless the caller is the viewer who has reserved the stream."""
        caller = await self._authenticate(exchange)
        stream = self.reservations.get(token)
        if stream is None or self.authenticator.identify(stream.caller.viewer) != self.authenticator.identify(caller.viewer):
            raise HttpError(404, "STREAM_NOT_FOUND", "No event stream is reserved by this token.")
        return stream

    async def _serve(self, stream: EventStream, exchange: Exchange) -> None:
        self.open_streams.add(stream)
        try:
            await stream.serve(exchange, self.timeouts)
        finally:
            self.open_streams.discard(stream)

    async def _authenticate_unless_draining(self, exchange: Exchange) -> Caller:
        if self.authenticator.is_draining:
            raise HttpError(503, "UNAVAILABLE", "This server stops; try again.", (b"retry-after", b"1"))
        return await self._authenticate(exchange)

    async def _authenticate(self, exchange: Exchange) -> Caller:
        return await self.authenticator.authenticate_caller(exchange.scope, exchange.headers, "sse")

    def _expire_reservation(self, token: str) -> None:
        if self.reservations.get(token) not in self.open_streams:
            self._remove_reservation(token)

    def _remove_reservation(self, token: str) -> None:
        if (stream := self.reservations.pop(token, None)) is not None:
            self.authenticator.release_slot(stream.caller)
