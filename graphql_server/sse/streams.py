"""Streams: GraphQL over server-sent events. LF framing, comments to keep it alive, and ids from which a client resumes."""

import asyncio
from contextlib import suppress
from typing import Any

import orjson
from graphql import GraphQLError

from graphql_server.auth.authenticator import Gate, Unauthenticated
from graphql_server.auth.credentials import Caller, cross_origin_headers
from graphql_server.documents import Operation, RequestError
from graphql_server.errors import internal, shown
from graphql_server.execution import Executions
from graphql_server.http.exchange import Exchange
from graphql_server.http.responses import encoded
from graphql_server.requests import Request
from graphql_server.send_nowait import push
from graphql_server.subscriptions.registry import Follows
from graphql_server.subscriptions.subscriber import Entry, Follower
from graphql_server.timeouts import Timings
from graphql_server.uvicorn_protocols import EXTENSION

HEADERS = [
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"cache-control", b"no-cache, no-transform"),
    (b"x-accel-buffering", b"no"),
]
COMMENT = b":\n\n"
LAST_WORD_SECONDS = 0.5
"""That a reader is given to take what was said before the server stops."""


class Stream:
    """One response that stays open. `is_single` carries many operations, each event with its operation's id."""

    def __init__(self, executions: Executions, follows: Follows, caller: Caller, *, is_single: bool = False) -> None:
        self.executions = executions
        self.follows = follows
        self.caller = caller
        self.is_single = is_single
        self.running: dict[str, Streamed] = {}
        self.untaken: set[asyncio.Future[None]] = set()
        self.send: Any = None
        self.ended = asyncio.Event()

    async def hold(self, exchange: Exchange, timings: Timings) -> None:
        """From the head of the response until the client goes, the session ends or all is said."""
        receive, gate = exchange.receive, exchange.gate
        self.send = exchange.send
        await _begin(exchange)
        self.say(COMMENT)
        for streamed in list(self.running.values()):
            streamed.begin()
        gone = asyncio.create_task(_gone(receive))
        over = asyncio.create_task(self.ended.wait())
        late: set[asyncio.Future[None]] = set()
        try:
            while not (await asyncio.wait((gone, over), timeout=timings.ping, return_when=asyncio.FIRST_COMPLETED))[0]:
                if not late.isdisjoint(self.untaken):
                    return
                late = set(self.untaken)
                if not await self._session_lives(gate):
                    self.end_session()
                elif not late:
                    self.say(COMMENT)
            if self.untaken:
                await asyncio.wait(self.untaken, timeout=LAST_WORD_SECONDS if gate.is_draining else timings.pong)
        finally:
            gone.cancel()
            over.cancel()
            self.ended.set()
            for streamed in list(self.running.values()):
                streamed.stop()
            await self._end(exchange)

    def say(self, chunk: bytes) -> "asyncio.Future[None] | None":
        if self.ended.is_set():
            return None
        try:
            untaken = push(self.send({"type": "http.response.body", "body": chunk, "more_body": True}), behind=self.untaken)
        except OSError:
            self.ended.set()
            return None
        if untaken is not None:
            self.untaken.add(untaken)
            untaken.add_done_callback(self.untaken.discard)
        return untaken

    def add(self, identity: str, operation: Operation, asked: Request, cursor: str | None = None) -> None:
        """Begins when the response has."""
        self.running[identity] = streamed = Streamed(self, identity, operation, asked, cursor)
        if self.send is not None:
            streamed.begin()

    async def _end(self, exchange: Exchange) -> None:
        """Whoever does not take what was said is cut off."""
        wire = exchange.scope.get("extensions", {}).get(EXTENSION)
        if self.untaken and wire is not None:
            wire.abort()
            await asyncio.wait(self.untaken)
        elif not self.untaken:
            with suppress(OSError):
                await exchange.send({"type": "http.response.body", "body": b""})

    def end_session(self) -> None:
        """Each operation is told, and the stream ends."""
        for streamed in list(self.running.values()):
            streamed.end(Unauthenticated().errors)
            streamed.stop()
        self.ended.set()

    @property
    def is_idle(self) -> bool:
        """Whether only subscriptions run, which can be taken up again elsewhere."""
        return all(streamed.operation.is_subscription for streamed in self.running.values())

    async def _session_lives(self, gate: Gate) -> bool:
        """A store that does not answer says nothing about the session."""
        try:
            return self.caller.token is None or await gate.authenticate(self.caller.token) is not None
        except Exception as error:
            shown([internal(error)])
            return True


class Streamed:
    """One operation of a stream, and the sink of its follower."""

    def __init__(self, stream: Stream, identity: str, operation: Operation, asked: Request, cursor: str | None) -> None:
        self.stream = stream
        self.identity = identity
        self.operation = operation
        self.asked = asked
        self.cursor = cursor
        self.follower: Follower | None = None
        self.task: asyncio.Task[None] | None = None

    def begin(self) -> None:
        caller, make_context = self.stream.caller, self.stream.executions.make_context
        if not self.operation.is_subscription:
            self.task = asyncio.create_task(self._run())
            return
        variables = self.asked.variables or {}
        self.follower = Follower(self.operation, variables, lambda: make_context(caller.viewer, caller), self, self.cursor)
        self.stream.follows.begin_soon(self.follower)

    def stop(self) -> None:
        self.stream.running.pop(self.identity, None)
        if self.task is not None:
            self.stream.executions.abandon(self.operation, self.task)
        if self.follower is not None:
            self.stream.follows.leave(self.follower)

    def deliver(self, entry: Entry) -> "asyncio.Future[None] | None":
        return self.stream.say(event("next", self._addressed(entry.payload), entry.cursor))

    def end(self, errors: tuple[GraphQLError, ...]) -> None:
        if errors:
            self.deliver(Entry(encoded({"errors": shown(errors)})))
        self.stream.running.pop(self.identity, None)
        self.stream.say(event("complete", b'{"id":' + orjson.dumps(self.identity) + b"}" if self.stream.is_single else b""))
        if not self.stream.is_single:
            self.stream.ended.set()

    def _addressed(self, payload: bytes) -> bytes:
        if not self.stream.is_single:
            return payload
        return b'{"id":' + orjson.dumps(self.identity) + b',"payload":' + payload + b"}"

    async def _run(self) -> None:
        try:
            response, _ = await self.stream.executions.run(self.operation, self.asked, self.stream.caller)
            self.deliver(Entry(encoded(response)))
            self.end(())
        except RequestError as error:
            self.end(error.errors)
        except Exception as error:
            self.end((internal(error),))


def event(name: str, data: bytes, cursor: str | None = None) -> bytes:
    """An empty `data` is said too: without one an EventSource stays silent."""
    identity = b"id: " + cursor.encode() + b"\n" if cursor else b""
    return b"event: " + name.encode() + b"\n" + identity + b"data: " + data + b"\n\n"


async def refuse(exchange: Exchange, errors: tuple[GraphQLError, ...]) -> None:
    """What validation says comes as events too, where the client accepts nothing else."""
    await _begin(exchange)
    said = event("next", encoded({"errors": shown(errors)})) + event("complete", b"")
    await exchange.send({"type": "http.response.body", "body": said})


async def head(exchange: Exchange) -> None:
    """What a stream would begin with: nothing is followed for whoever asks for no more."""
    await _begin(exchange)
    await exchange.send({"type": "http.response.body", "body": b""})


async def _begin(exchange: Exchange) -> None:
    headers = [*HEADERS, *cross_origin_headers(exchange.headers, exchange.gate.origins)]
    await exchange.send({"type": "http.response.start", "status": 200, "headers": headers})


async def _gone(receive: Any) -> None:
    while (await receive())["type"] != "http.disconnect":
        continue
