"""HTTP: queries and mutations to the letter of GraphQL over HTTP, with the status codes that its public audit asks for."""

import asyncio
from contextlib import nullcontext
from typing import Any, Protocol
from urllib.parse import parse_qs

from db.database import Unavailable
from graphql_server.auth.authenticator import ForeignOrigin, Gate, TooManySockets, Unauthenticated
from graphql_server.auth.credentials import Caller, Headers, cookie_header, cross_origin_headers, ended_cookie_header
from graphql_server.documents import Operation, RequestError
from graphql_server.errors import internal
from graphql_server.execution import Executions
from graphql_server.http.encodings import encodings
from graphql_server.http.negotiation import JSON, Accepted, accepted
from graphql_server.http.responses import RawHeaders, Refused, Response, encoded, of_errors
from graphql_server.limits import LimitExceeded
from graphql_server.requests import Malformed, Request, decoded, request, request_of_url

METHODS = b"GET, HEAD, POST, PUT, DELETE, OPTIONS"
ASKED_HEADERS = b"authorization, content-type, last-event-id, x-graphql-event-stream-token"
DROPPED_BODIES = 20
WATCH_AFTER_SECONDS = 0.05
"""A quick answer is not worth watching whether the client is still there."""


class Streams(Protocol):
    """What comes as server-sent events; None says that a stream was the answer."""

    async def of_one(self, exchange: "Exchange", asked: Request) -> Response | None: ...

    async def of_many(self, exchange: "Exchange", token: str) -> Response | None: ...

    async def reserve(self, exchange: "Exchange") -> Response: ...

    async def accept(self, exchange: "Exchange", token: str, operation: Operation, asked: Request) -> Response: ...

    async def stop(self, exchange: "Exchange", token: str) -> Response: ...


class Exchange:
    """One HTTP request and its response."""

    def __init__(self, gate: Gate, executions: Executions, scope: Any, receive: Any, send: Any) -> None:
        self.gate = gate
        self.executions = executions
        self.scope = scope
        self.receive = receive
        self.send = send
        self.method: str = scope["method"]
        self.headers: Headers = dict(scope["headers"])
        self.accepted: Accepted = accepted(self._text(b"accept"))
        self.is_secure = scope.get("scheme") == "https"

    @property
    def wants_page(self) -> bool:
        """A browser that opens the address itself, and asks nothing yet."""
        return self.method in ("GET", "HEAD") and self.accepted.prefers_page and not self.asks_by_url

    @property
    def asks_by_url(self) -> bool:
        return b"query=" in self.scope["query_string"]

    async def answer(self, streams: Streams) -> None:
        """`streams` takes over where the client wants server-sent events."""
        try:
            response = await self._response(streams)
        except ClientGone:
            return
        except Refused as refused:
            response = of_errors(refused.status, [refused.error], self.accepted.json or JSON, refused.headers)
        except RequestError as error:
            response = self._of_request_error(error)
        except Exception as error:
            response = self._of_failure(error)
        if response is not None:
            await self._send(response)

    async def _response(self, streams: Streams) -> Response | None:
        """None when a stream was the answer."""
        if self.method not in METHODS.decode().split(", "):
            raise Refused(405, "METHOD_NOT_ALLOWED", "This address knows no such method.", (b"allow", METHODS))
        token = stream_token(self)
        if self.method == "PUT":
            return await streams.reserve(self)
        if self.method == "DELETE":
            return await streams.stop(self, token or "")
        if token is not None and self.method == "HEAD":
            raise Refused(405, "METHOD_NOT_ALLOWED", "A stream has no head of its own.", (b"allow", b"GET, POST, PUT, DELETE"))
        if token is not None and self.method == "GET" and not self.asks_by_url:
            return await streams.of_many(self, token)
        if self.accepted.json is None and not self.accepted.allows_stream:
            raise self._not_acceptable()
        payload = request_of_url(self.scope["query_string"]) if self.method in ("GET", "HEAD") else await self._payload()
        if isinstance(payload, list):
            if self.accepted.json is None:
                raise self._not_acceptable()
            return await self._batch(payload)
        if self.accepted.prefers_stream and token is None:
            return await streams.of_one(self, payload)
        operation = payload.operation(self.executions.documents)
        if token is not None:
            self._may_change(operation)
            return await streams.accept(self, token, operation, payload)
        if operation.is_subscription and self.accepted.allows_stream:
            return await streams.of_one(self, payload)
        self.may_run(operation)
        caller = await self._caller()
        response, context = await self._run(operation, payload, caller)
        return Response(200, encoded(response), self.accepted.json or JSON, self._session_headers(caller, context))

    async def _payload(self) -> Request | list[Any]:
        self._must_be_json()
        payload = decoded(await self.body())
        return payload if isinstance(payload, list) else request(payload)

    async def _batch(self, payloads: list[Any]) -> Response:
        """In order, one after another, as if they had come alone; the answers come in one list."""
        if not payloads:
            raise Malformed("A batch holds at least one request.")
        if len(payloads) > (maximum := self.executions.limits.batch):
            raise RequestError(LimitExceeded("batch", maximum))
        caller = await self._caller()
        answers, contexts = [], []
        for payload in payloads:
            asked = request(payload)
            operation = asked.operation(self.executions.documents)
            self.may_run(operation)
            response, context = await self._run(operation, asked, caller)
            answers.append(response)
            contexts.append(context)
        headers = self._session_headers(caller, *contexts)
        return Response(200, encoded(answers), self.accepted.json or JSON, headers)

    async def _caller(self) -> Caller:
        return await self.gate.caller(self.scope, self.headers, "http")

    async def _run(self, operation: Operation, asked: Request, caller: Caller) -> tuple[dict[str, Any], Any]:
        """A change that has begun is carried out, whether or not its client is still there."""
        with Watch(self.receive) if operation.is_query else nullcontext():
            return await self.executions.run(operation, asked, caller)

    def may_run(self, operation: Operation) -> None:
        """Raises Refused where the method or the accepted types do not fit the operation."""
        self._may_change(operation)
        if operation.is_subscription and not self.accepted.allows_stream:
            message = "Subscriptions come over a WebSocket (graphql-transport-ws) or as text/event-stream."
            raise Refused(406, "NOT_ACCEPTABLE", message)

    def _not_acceptable(self) -> Refused:
        message = "We answer with application/graphql-response+json or application/json."
        return Refused(406, "NOT_ACCEPTABLE", message)

    def _may_change(self, operation: Operation) -> None:
        if self.method in ("GET", "HEAD") and not (operation.is_query or operation.is_subscription):
            raise Refused(405, "METHOD_NOT_ALLOWED", "Mutations run over POST only.", (b"allow", b"POST"))

    def _must_be_json(self) -> None:
        """Also what keeps other origins' forms out: no form can send this type without asking first."""
        name, _, parameters = (self._text(b"content-type") or "").lower().partition(";")
        charset = parameters.partition("charset=")[2].strip(' "')
        if name.strip() != JSON or charset not in ("", "utf-8", "utf8"):
            raise Refused(415, "UNSUPPORTED_MEDIA_TYPE", "Send application/json in UTF-8.", (b"accept", JSON.encode()))

    async def body(self) -> bytes:
        """Of one that is too large some more is read and dropped, so that its client hears the answer."""
        maximum = self.executions.limits.body_bytes
        chunks: list[bytes] = []
        length, more = 0, True
        while more and length <= maximum * DROPPED_BODIES:
            message = await self.receive()
            if message["type"] == "http.disconnect":
                raise ClientGone
            chunk = message.get("body", b"")
            length += len(chunk)
            if length <= maximum:
                chunks.append(chunk)
            more = message.get("more_body", False)
        if length > maximum:
            raise _too_large(maximum)
        return b"".join(chunks)

    def _session_headers(self, caller: Caller, *contexts: Any) -> RawHeaders:
        """What was done last to the session decides; else a cookie that was used lives on."""
        for context in reversed(contexts):
            if (session := getattr(context, "new_session", None)) is not None:
                token, expires_at = session
                return [cookie_header(token, is_secure=self.is_secure, expires_at=expires_at)]
            if getattr(context, "ended_session", False):
                return [ended_cookie_header(is_secure=self.is_secure)]
        if caller.by_cookie and caller.token:
            return [cookie_header(caller.token, is_secure=self.is_secure)]
        return []

    def _of_request_error(self, error: RequestError) -> Response:
        """Older clients, who ask for application/json, get 200 for a well-formed request that cannot be run."""
        media = self.accepted.json or JSON
        if isinstance(error, Unauthenticated):
            return of_errors(401, error.errors, media, [(b"www-authenticate", b"Bearer")])
        if isinstance(error, ForeignOrigin):
            return of_errors(403, error.errors, media)
        if isinstance(error, TooManySockets):
            return of_errors(429, error.errors, media)
        status = 200 if media == JSON and not isinstance(error, Malformed) else 400
        return of_errors(status, error.errors, media)

    def _of_failure(self, error: Exception) -> Response:
        """What failed before anything was executed."""
        status = 503 if isinstance(error, Unavailable) else 500
        return of_errors(status, [internal(error)], self.accepted.json or JSON)

    def preflight(self) -> Response:
        """OPTIONS: what may be asked here, and, to pages of the named origins, that they may ask it."""
        allowed = cross_origin_headers(self.headers, self.gate.origins)
        asks = [(b"access-control-allow-methods", METHODS), (b"access-control-allow-headers", ASKED_HEADERS)] if allowed else []
        return Response(204, headers=[(b"allow", METHODS), *allowed, *asks, (b"vary", b"Origin")])

    async def _send(self, response: Response) -> None:
        response.headers += cross_origin_headers(self.headers, self.gate.origins)
        response.headers.append((b"vary", b"Accept, Accept-Encoding, Origin, Cookie, Authorization"))
        if "gzip" in encodings(self._text(b"accept-encoding")):
            await response.compress()
        if self.gate.is_draining:
            response.headers.append((b"connection", b"close"))
        await response.send(self.send, is_head=self.method == "HEAD")

    def _text(self, name: bytes) -> str | None:
        value = self.headers.get(name)
        return None if value is None else value.decode("latin-1")


def _too_large(maximum: int) -> Refused:
    refused = Refused(413, "LIMIT_EXCEEDED", "", (b"connection", b"close"))
    refused.error = LimitExceeded("body_bytes", maximum)
    return refused


def stream_token(exchange: Exchange) -> str | None:
    """Names a reserved stream of events, which the request is for."""
    if token := exchange.headers.get(b"x-graphql-event-stream-token"):
        return token.decode("latin-1")
    if b"token=" not in exchange.scope["query_string"]:
        return None
    tokens = parse_qs(exchange.scope["query_string"].decode("latin-1")).get("token")
    return tokens[0] if tokens else None


class ClientGone(Exception):
    """Nobody is left to answer."""


class Watch:
    """Stops what runs in the block, with ClientGone, when the client goes away meanwhile."""

    def __init__(self, receive: Any) -> None:
        self.receive = receive
        self.is_gone = False
        self.running: asyncio.Task[Any] | None = None
        self.watching: asyncio.Task[None] | None = None

    def __enter__(self) -> None:
        self.running = asyncio.current_task()
        self.timer = asyncio.get_running_loop().call_later(WATCH_AFTER_SECONDS, self._begin)

    def __exit__(self, kind: object, *_: object) -> None:
        self.timer.cancel()
        if self.watching is not None:
            self.watching.cancel()
        if self.is_gone and kind is asyncio.CancelledError and self.running is not None and self.running.uncancel() == 0:
            raise ClientGone

    def _begin(self) -> None:
        self.watching = asyncio.create_task(self._watch())

    async def _watch(self) -> None:
        while (await self.receive())["type"] != "http.disconnect":
            continue
        self.is_gone = True
        if self.running is not None:
            self.running.cancel()
