"""Sockets: graphql-transport-ws to the letter. A bad operation ends that operation; a bad message ends the socket."""

import asyncio
from contextlib import suppress
from typing import Any

from graphql import GraphQLError

from db.database import Unavailable
from graphql_server.auth.authenticator import ForeignOrigin, Gate, TooManySockets, Unauthenticated
from graphql_server.auth.credentials import Caller, Credentials, Headers, bearer, credentials
from graphql_server.documents import Operation, RequestError
from graphql_server.errors import internal, shown
from graphql_server.execution import Executions
from graphql_server.http.responses import encoded
from graphql_server.limits import LimitExceeded
from graphql_server.requests import Request
from graphql_server.send_nowait import push
from graphql_server.subscriptions.registry import Follows
from graphql_server.subscriptions.subscriber import Entry, Follower
from graphql_server.uvicorn_protocols import DEFLATED_BYTES_MIN, EXTENSION, PREFIX_BYTES_MAX, deflated, deflated_frame, frame
from graphql_server.websocket import messages
from graphql_server.websocket.messages import Closing, Message

LAST_WORD_SECONDS = 1.0


class Socket:
    """One client's socket. Its instants are seconds of the loop's clock; `caller` is known once it is acknowledged."""

    __slots__ = (
        "caller", "checked_at", "credentials", "deflates", "executions", "follows", "gate", "headers", "heard_at", "is_closing",
        "pinged_at", "receive", "running", "scope", "send", "since", "task", "untaken", "wire",
    )  # fmt: skip

    def __init__(self, gate: Gate, executions: Executions, follows: Follows, scope: Any, receive: Any, send: Any) -> None:
        self.gate = gate
        self.executions = executions
        self.follows = follows
        self.scope = scope
        self.headers: Headers = dict(scope["headers"])
        self.receive = receive
        self.send = send
        self.wire: Any = scope.get("extensions", {}).get(EXTENSION)
        self.caller: Caller | None = None
        self.credentials = Credentials()
        self.running: dict[str, Single | Subscribed] = {}
        self.untaken: set[asyncio.Future[None]] = set()
        self.since = self.heard_at = self.checked_at = asyncio.get_running_loop().time()
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
        self.deflates = self.wire is not None and self.wire.deflates
        try:
            await self._init_and_listen()
        except Closing as closing:
            await self.close(closing.code, closing.reason)
        except asyncio.CancelledError:
            if not self.is_closing or self.task is None or self.task.uncancel():
                raise
        except Unavailable:
            await self.close(messages.TRY_AGAIN_LATER, "Try again later: a store does not answer")
        except Exception as error:
            [told] = shown([internal(error)])
            await self.close(messages.FAILED, f"Something went wrong inside: {told['extensions']['id']}")
        finally:
            self.is_closing = True
            for running in list(self.running.values()):
                running.stop()

    async def close(self, code: int, reason: str) -> bool:
        """False where the client did not take the last word; it is cut off then."""
        if self.is_closing:
            return True
        self.is_closing = True
        try:
            async with asyncio.timeout(LAST_WORD_SECONDS):
                if self.untaken:
                    await asyncio.wait(self.untaken)
                with suppress(OSError):
                    await self.send({"type": "websocket.close", "code": code, "reason": reason})
                return True
        except TimeoutError:
            if self.wire is not None:
                self.wire.abort()
            return False

    async def cut(self, code: int, reason: str) -> None:
        """Closes it from outside."""
        if not await self.close(code, reason) and self.task is not None:
            self.task.cancel()

    @property
    def is_idle(self) -> bool:
        """Whether only subscriptions run, which can be taken up again elsewhere."""
        return not any(isinstance(running, Single) for running in self.running.values())

    def say(self, text: bytes) -> "asyncio.Future[None] | None":
        """At once where the client takes it; else the future is done when it has."""
        if self.wire is not None:
            return self.write(frame(text))
        if self.is_closing:
            return None
        try:
            untaken = push(self.send({"type": "websocket.send", "text": text.decode()}), behind=self.untaken)
        except OSError:
            self.is_closing = True
            return None
        return self._await(untaken) if untaken is not None else None

    def write(self, ready: bytes) -> "asyncio.Future[None] | None":
        """The same, of a frame for the wire. It does not overtake what has to wait."""
        if self.is_closing or (not self.untaken and self.wire.write(ready)):
            return None
        return self._await(asyncio.create_task(self.wire.write_later(ready)))

    def _await(self, untaken: "asyncio.Future[None]") -> "asyncio.Future[None]":
        self.untaken.add(untaken)
        untaken.add_done_callback(self._taken)
        return untaken

    def _taken(self, sent: "asyncio.Future[None]") -> None:
        self.untaken.discard(sent)
        if not sent.cancelled() and sent.exception() is not None:
            self.is_closing = True

    async def _init_and_listen(self) -> None:
        """Nothing but pings may come before the init; a socket counts for its viewer from then on."""
        first = await self._next()
        while first is not None and first.type in ("ping", "pong", "complete"):
            self._beat(first)
            first = await self._next()
        if first is None:
            return
        if first.type == "subscribe":
            raise Closing(messages.UNAUTHORIZED, "Unauthorized")
        caller = await self._authenticated(first)
        try:
            with self.gate.inside(caller):
                self.caller = caller
                self._settle()
                self.say(messages.ACK)
                await self._listen()
        except TooManySockets as error:
            raise Closing(messages.TOO_MANY_SOCKETS, f"Too many sockets: {error}") from None

    def _settle(self) -> None:
        """A socket may live long: it keeps nothing of how it began."""
        self.headers = {}
        if self.wire is not None:
            self.wire.settle()

    async def _listen(self) -> None:
        while (message := await self._next()) is not None:
            self._hear(message)
            del message  # It may be long until the next one.

    def _hear(self, message: Message) -> None:
        match message.type:
            case "subscribe":
                self._subscribe(message.id, message.payload)
            case "complete":
                if running := self.running.pop(message.id, None):
                    running.stop()
            case "connection_init":
                raise Closing(messages.TOO_MANY_INITS, "Too many initialisation requests")
            case _:
                self._beat(message)

    async def _next(self) -> Message | None:
        """None when the client has gone. Whoever does not take what was said is not listened to either."""
        if self.untaken:
            await asyncio.wait(self.untaken)
        event = await self.receive()
        if event["type"] == "websocket.disconnect":
            return None
        self.heard_at, self.pinged_at = asyncio.get_running_loop().time(), None
        text = event.get("text")
        if len(text or event.get("bytes") or "") > self.executions.limits.body_bytes:
            raise Closing(messages.TOO_BIG, "Message too big")
        return messages.message(text)

    def _beat(self, message: Message) -> None:
        if message.type == "ping":
            self.say(messages.pong(message.payload))

    async def _authenticated(self, init: Message) -> Caller:
        """The token of the init goes before that of the handshake."""
        token = bearer((init.payload or {}).get("authorization") or (init.payload or {}).get("Authorization"))
        self.credentials = Credentials(token) if token else credentials(self.headers)
        try:
            return await self.gate.caller(self.scope, self.headers, "websocket", self.credentials)
        except (Unauthenticated, ForeignOrigin) as error:
            raise Closing(messages.FORBIDDEN, f"Forbidden: {error}") from None

    def _subscribe(self, identity: str, asked: Request) -> None:
        if identity in self.running:
            raise Closing(messages.SUBSCRIBER_EXISTS, f"Subscriber for {identity} already exists")
        if len(self.running) >= (maximum := self.executions.limits.operations):
            self.say(messages.error_of(identity, [LimitExceeded("operations", maximum)]))
            return
        try:
            operation = asked.operation(self.executions.documents)
        except RequestError as error:
            self.say(messages.error_of(identity, error.errors))
            return
        kind = Subscribed if operation.is_subscription else Single
        self.running[identity] = running = kind(self, identity)
        running.start(operation, asked)


class Single:
    """A query or a mutation: at most one `next`, then `complete`."""

    __slots__ = ("identity", "operation", "socket", "task")

    def __init__(self, socket: Socket, identity: str) -> None:
        self.socket = socket
        self.identity = identity

    def start(self, operation: Operation, asked: Request) -> None:
        self.operation = operation
        self.task = asyncio.create_task(self._run(operation, asked))

    def stop(self) -> None:
        self.socket.executions.abandon(self.operation, self.task)

    async def _run(self, operation: Operation, asked: Request) -> None:
        socket = self.socket
        assert socket.caller is not None
        try:
            response, _ = await socket.executions.run(operation, asked, socket.caller)
            said = [messages.next_prefix(self.identity) + encoded(response) + b"}", messages.complete_of(self.identity)]
        except RequestError as error:
            said = [messages.error_of(self.identity, error.errors)]
        except Exception as error:
            said = [messages.error_of(self.identity, [internal(error)])]
        if socket.running.get(self.identity) is self:
            del socket.running[self.identity]
            for text in said:
                socket.say(text)


class Subscribed:
    """A subscription: the sink of a follower."""

    __slots__ = ("follower", "identity", "prefix", "socket")

    def __init__(self, socket: Socket, identity: str) -> None:
        self.socket = socket
        self.identity = identity
        self.prefix = messages.next_prefix(identity)

    def start(self, operation: Operation, asked: Request) -> None:
        caller, make_context = self.socket.caller, self.socket.executions.make_context
        assert caller is not None
        self.follower = Follower(operation, asked.variables or {}, lambda: make_context(caller.viewer, caller), self)
        self.socket.follows.begin_soon(self.follower)

    def stop(self) -> None:
        self.socket.follows.leave(self.follower)

    def deliver(self, entry: Entry) -> "asyncio.Future[None] | None":
        """Compressed where that pays, and then once for all sockets."""
        socket, payload = self.socket, entry.payload
        if not socket.deflates or len(payload) < DEFLATED_BYTES_MIN or len(self.prefix) > PREFIX_BYTES_MAX:
            return socket.say(self.prefix + payload + b"}")
        if entry.deflated is None:
            entry.deflated = deflated(payload + b"}")
        return socket.write(deflated_frame(self.prefix, entry.deflated))

    def end(self, errors: tuple[GraphQLError, ...]) -> None:
        if self.socket.running.get(self.identity) is self:
            del self.socket.running[self.identity]
            self.socket.say(messages.error_of(self.identity, errors) if errors else messages.complete_of(self.identity))
