"""Reservations: the single connection mode, where requests come one by one and all answers through one stream of events."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from secrets import token_urlsafe
from urllib.parse import parse_qs

from graphql_server.auth.authenticator import Authenticator
from graphql_server.auth.credentials import Caller
from graphql_server.documents import Operation, RequestError
from graphql_server.execution import OperationRunner
from graphql_server.http.exchange import Exchange
from graphql_server.http.responses import HttpError, Response
from graphql_server.limits import LimitExceeded
from graphql_server.requests import GraphQLRequest, MalformedRequest
from graphql_server.sse.streams import EventStream, send_errors, send_head
from graphql_server.subscriptions.registry import SubscriptionRegistry
from graphql_server.timeouts import Timeouts
from graphql_server.websocket.connections import DRAIN_POLL_SECONDS


class EventStreamManager:
    """All event streams of this process: those of one operation, and the reserved ones of many."""

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
        """Ends the streams of those tokens of which this is true; a sign-out over one of them is answered first."""
        for stream in self.open_streams:
            if stream.caller.token is not None and has_ended(stream.caller.token):
                asyncio.get_running_loop().call_soon(stream.end_session)

    async def drain(self) -> None:
        """Each ends once its queries have, all of them within the time for it."""
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
        """It counts as a stream from now on."""
        caller = await self._authenticate_unless_draining(exchange)
        self.authenticator.acquire_slot(caller)
        token = token_urlsafe(24)
        self.reservations[token] = EventStream(self.runner, self.subscriptions, caller, is_single_connection=True)
        asyncio.get_running_loop().call_later(self.timeouts.reservation, self._expire_reservation, token)
        return Response(201, token.encode(), "text/plain")

    async def serve_reserved(self, exchange: Exchange, token: str) -> Response | None:
        """The client comes for the stream that it has reserved."""
        stream = await self._find_reserved(exchange, token)
        if stream in self.open_streams:
            raise HttpError(409, "STREAM_ALREADY_OPEN", "This event stream is open already.")
        try:
            await self._serve(stream, exchange)
        finally:
            self._remove_reservation(token)
        return None

    async def add_operation(self, exchange: Exchange, token: str, operation: Operation, request: GraphQLRequest) -> Response:
        """An operation whose answers go to a reserved stream."""
        stream = await self._find_reserved(exchange, token)
        identity = (request.extensions or {}).get("operationId")
        if not isinstance(identity, str) or not identity:
            raise MalformedRequest("'extensions.operationId' is to be a string.")
        if identity in stream.operations:
            raise HttpError(409, "OPERATION_EXISTS", f"An operation '{identity}' is running already.")
        # What has been stopped may still wait for the client to take it.
        if max(len(stream.operations), len(stream.pending_sends)) >= (maximum := self.runner.limits.operations):
            raise RequestError(LimitExceeded("operations", maximum))
        stream.add_operation(identity, operation, request)
        return Response(202)

    async def stop_operation(self, exchange: Exchange, token: str) -> Response:
        stream = await self._find_reserved(exchange, token)
        identity = parse_qs(exchange.scope["query_string"].decode("latin-1")).get("operationId", [""])[0]
        if not identity:
            raise MalformedRequest("'operationId' says which operation to stop.")
        if streamed := stream.operations.get(identity):
            streamed.stop()
        return Response(200)

    async def _find_reserved(self, exchange: Exchange, token: str) -> EventStream:
        """A token is of use to those only who could have reserved it."""
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
            raise HttpError(503, "UNAVAILABLE", "This server is about to stop; come back.", (b"retry-after", b"1"))
        return await self._authenticate(exchange)

    async def _authenticate(self, exchange: Exchange) -> Caller:
        return await self.authenticator.authenticate_caller(exchange.scope, exchange.headers, "sse")

    def _expire_reservation(self, token: str) -> None:
        if self.reservations.get(token) not in self.open_streams:
            self._remove_reservation(token)

    def _remove_reservation(self, token: str) -> None:
        if (stream := self.reservations.pop(token, None)) is not None:
            self.authenticator.release_slot(stream.caller)
