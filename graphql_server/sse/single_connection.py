"""Reservations: the single connection mode, where requests come one by one and all answers through one stream of events."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from secrets import token_urlsafe
from urllib.parse import parse_qs

from graphql_server.auth.authenticator import Gate
from graphql_server.auth.credentials import Caller
from graphql_server.documents import Operation, RequestError
from graphql_server.execution import Executions
from graphql_server.http.exchange import Exchange
from graphql_server.http.responses import Refused, Response
from graphql_server.limits import LimitExceeded
from graphql_server.requests import Malformed, Request
from graphql_server.sse.streams import Stream, head, refuse
from graphql_server.subscriptions.registry import Follows
from graphql_server.timeouts import Timings
from graphql_server.websocket.connections import DRAIN_PAUSE_SECONDS


class Streams:
    """All event streams of this process: those of one operation, and the reserved ones of many."""

    def __init__(self, gate: Gate, executions: Executions, follows: Follows, timings: Timings) -> None:
        self.gate = gate
        self.executions = executions
        self.follows = follows
        self.timings = timings
        self.reserved: dict[str, Stream] = {}
        self.held: set[Stream] = set()

    def end_sessions(self, has_ended: Callable[[str], bool]) -> None:
        """Ends the streams of those tokens of which this is true; a sign-out over one of them is answered first."""
        for stream in self.held:
            if stream.caller.token is not None and has_ended(stream.caller.token):
                asyncio.get_running_loop().call_soon(stream.end_session)

    async def drain(self) -> None:
        """Each ends once its queries have, all of them within the time for it."""
        with suppress(TimeoutError):
            async with asyncio.timeout(self.timings.drain - 2 * DRAIN_PAUSE_SECONDS):
                while running := [stream for stream in self.held if not stream.ended.is_set()]:
                    for stream in running:
                        if stream.is_idle:
                            stream.ended.set()
                    await asyncio.sleep(DRAIN_PAUSE_SECONDS)
        for stream in self.held:
            stream.ended.set()

    async def of_one(self, exchange: Exchange, asked: Request) -> Response | None:
        """Distinct connections mode: the response is the stream of one operation."""
        caller = await self._newcomer(exchange)
        try:
            operation = asked.operation(self.executions.documents)
            exchange.may_run(operation)
        except RequestError as error:
            await refuse(exchange, error.errors)
            return None
        if exchange.method == "HEAD":
            await head(exchange)
            return None
        stream = Stream(self.executions, self.follows, caller)
        last = exchange.headers.get(b"last-event-id")
        stream.add("", operation, asked, last.decode("latin-1") if last else None)
        with self.gate.inside(caller):
            await self._hold(stream, exchange)
        return None

    async def reserve(self, exchange: Exchange) -> Response:
        """It counts as a stream from now on."""
        caller = await self._newcomer(exchange)
        self.gate.enter(caller)
        token = token_urlsafe(24)
        self.reserved[token] = Stream(self.executions, self.follows, caller, is_single=True)
        asyncio.get_running_loop().call_later(self.timings.reservation, self._forget_unused, token)
        return Response(201, token.encode(), "text/plain")

    async def of_many(self, exchange: Exchange, token: str) -> Response | None:
        """The client comes for the stream that it has reserved."""
        stream = await self._of(exchange, token)
        if stream in self.held:
            raise Refused(409, "STREAM_ALREADY_OPEN", "This event stream is open already.")
        try:
            await self._hold(stream, exchange)
        finally:
            self._forget(token)
        return None

    async def accept(self, exchange: Exchange, token: str, operation: Operation, asked: Request) -> Response:
        """An operation whose answers go to a reserved stream."""
        stream = await self._of(exchange, token)
        identity = (asked.extensions or {}).get("operationId")
        if not isinstance(identity, str) or not identity:
            raise Malformed("'extensions.operationId' is to be a string.")
        if identity in stream.running:
            raise Refused(409, "OPERATION_EXISTS", f"An operation '{identity}' is running already.")
        # What has been stopped may still wait for the client to take it.
        if max(len(stream.running), len(stream.untaken)) >= (maximum := self.executions.limits.operations):
            raise RequestError(LimitExceeded("operations", maximum))
        stream.add(identity, operation, asked)
        return Response(202)

    async def stop(self, exchange: Exchange, token: str) -> Response:
        stream = await self._of(exchange, token)
        identity = parse_qs(exchange.scope["query_string"].decode("latin-1")).get("operationId", [""])[0]
        if not identity:
            raise Malformed("'operationId' says which operation to stop.")
        if streamed := stream.running.get(identity):
            streamed.stop()
        return Response(200)

    async def _of(self, exchange: Exchange, token: str) -> Stream:
        """A token is of use to those only who could have reserved it."""
        caller = await self._caller(exchange)
        stream = self.reserved.get(token)
        if stream is None or self.gate.identify(stream.caller.viewer) != self.gate.identify(caller.viewer):
            raise Refused(404, "STREAM_NOT_FOUND", "No event stream is reserved by this token.")
        return stream

    async def _hold(self, stream: Stream, exchange: Exchange) -> None:
        self.held.add(stream)
        try:
            await stream.hold(exchange, self.timings)
        finally:
            self.held.discard(stream)

    async def _newcomer(self, exchange: Exchange) -> Caller:
        if self.gate.is_draining:
            raise Refused(503, "UNAVAILABLE", "This server is about to stop; come back.", (b"retry-after", b"1"))
        return await self._caller(exchange)

    async def _caller(self, exchange: Exchange) -> Caller:
        return await self.gate.caller(exchange.scope, exchange.headers, "sse")

    def _forget_unused(self, token: str) -> None:
        if self.reserved.get(token) not in self.held:
            self._forget(token)

    def _forget(self, token: str) -> None:
        if (stream := self.reserved.pop(token, None)) is not None:
            self.gate.leave(stream.caller)
