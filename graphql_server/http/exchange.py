"""HTTP: queries and mutations to the letter of GraphQL over HTTP, with the status codes that its public audit asks for."""

import asyncio
from collections.abc import Iterable
from contextlib import nullcontext
from typing import Any, Protocol
from urllib.parse import parse_qs

from graphql import GraphQLError

from graphql_server.auth.authenticator import Authenticator, ForeignOrigin, TooManyConnections, Unauthenticated
from graphql_server.auth.credentials import Caller, Headers, cors_headers, expired_cookie_header, session_cookie_header
from graphql_server.context import OperationContext
from graphql_server.documents import Operation, RequestError
from graphql_server.errors import internal_error
from graphql_server.execution import OperationRunner
from graphql_server.http.encodings import parse_accept_encoding
from graphql_server.http.negotiation import JSON, AcceptedTypes, parse_accept
from graphql_server.http.responses import HttpError, RawHeaders, Response, encode_json, error_response
from graphql_server.limits import LimitExceeded
from graphql_server.requests import GraphQLRequest, MalformedRequest, decode_json, parse_query_string, parse_request

ALLOWED_METHODS = b"GET, HEAD, POST, PUT, DELETE, OPTIONS"
ALLOWED_HEADERS = b"authorization, content-type, last-event-id, x-graphql-event-stream-token"
DISCARDED_BODIES_MAX = 20
DISCONNECT_WATCH_DELAY_SECONDS = 0.05
"""A quick answer is not worth watching whether the client is still there."""


class EventStreamHandler(Protocol):
    """What comes as server-sent events; None says that a stream was the answer."""

    async def serve_operation(self, exchange: "Exchange", request: GraphQLRequest) -> Response | None: ...

    async def serve_reserved(self, exchange: "Exchange", token: str) -> Response | None: ...

    async def reserve(self, exchange: "Exchange") -> Response: ...

    async def add_operation(
        self, exchange: "Exchange", token: str, operation: Operation, request: GraphQLRequest
    ) -> Response: ...

    async def stop_operation(self, exchange: "Exchange", token: str) -> Response: ...


class Exchange:
    """One HTTP request and its response."""

    def __init__(self, authenticator: Authenticator, runner: OperationRunner, scope: Any, receive: Any, send: Any) -> None:
        self.authenticator = authenticator
        self.runner = runner
        self.scope = scope
        self.receive = receive
        self.send = send
        self.method: str = scope["method"]
        self.headers: Headers = dict(scope["headers"])
        self.accepted_types: AcceptedTypes = parse_accept(self._header(b"accept"))
        self.is_secure = scope.get("scheme") == "https"

    @property
    def wants_graphiql(self) -> bool:
        """A browser that opens the address itself, and asks nothing yet."""
        return self.method in ("GET", "HEAD") and self.accepted_types.prefers_html and not self.has_query_in_url

    @property
    def has_query_in_url(self) -> bool:
        return b"query=" in self.scope["query_string"]

    async def handle(self, event_streams: EventStreamHandler) -> None:
        """`streams` takes over where the client wants server-sent events."""
        try:
            response = await self._dispatch(event_streams)
        except ClientDisconnected:
            return
        except HttpError as refused:
            response = self._error_response(refused.status, [refused.error], refused.headers)
        except RequestError as error:
            response = self._request_error_response(error)
        except Exception as error:
            response = self._failure_response(error)
        if response is not None:
            await self._send_response(response)

    async def _dispatch(self, event_streams: EventStreamHandler) -> Response | None:
        """None when a stream was the answer."""
        if self.method not in ALLOWED_METHODS.decode().split(", "):
            raise HttpError(405, "METHOD_NOT_ALLOWED", "This address knows no such method.", (b"allow", ALLOWED_METHODS))
        token = read_stream_token(self)
        if self.method == "PUT":
            return await event_streams.reserve(self)
        if self.method == "DELETE":
            return await event_streams.stop_operation(self, token or "")
        if token is not None and self.method == "HEAD":
            raise HttpError(
                405, "METHOD_NOT_ALLOWED", "A stream has no head of its own.", (b"allow", b"GET, POST, PUT, DELETE")
            )
        if token is not None and self.method == "GET" and not self.has_query_in_url:
            return await event_streams.serve_reserved(self, token)
        if self.accepted_types.json_type is None and not self.accepted_types.accepts_stream:
            raise self._not_acceptable_error()
        payload = (
            parse_query_string(self.scope["query_string"]) if self.method in ("GET", "HEAD") else await self._read_payload()
        )
        if isinstance(payload, list):
            if self.accepted_types.json_type is None:
                raise self._not_acceptable_error()
            return await self._run_batch(payload)
        if self.accepted_types.prefers_stream and token is None:
            return await event_streams.serve_operation(self, payload)
        operation = payload.get_operation(self.runner.documents)
        if token is not None:
            self._check_method(operation)
            return await event_streams.add_operation(self, token, operation, payload)
        if operation.is_subscription and self.accepted_types.accepts_stream:
            return await event_streams.serve_operation(self, payload)
        self.check_operation(operation)
        caller = await self._authenticate()
        response, context = await self._run_operation(operation, payload, caller)
        return Response(
            200, encode_json(response), self.accepted_types.json_type or JSON, self._session_headers(caller, context)
        )

    async def _read_payload(self) -> GraphQLRequest | list[Any]:
        self._check_content_type()
        payload = decode_json(await self.read_body())
        return payload if isinstance(payload, list) else parse_request(payload)

    async def _run_batch(self, payloads: list[Any]) -> Response:
        """In order, one after another, as if they had come alone; the answers come in one list."""
        if not payloads:
            raise MalformedRequest("A batch holds at least one request.")
        if len(payloads) > (maximum := self.runner.limits.batch):
            raise RequestError(LimitExceeded("batch", maximum))
        caller = await self._authenticate()
        answers, contexts = [], []
        for payload in payloads:
            asked = parse_request(payload)
            operation = asked.get_operation(self.runner.documents)
            self.check_operation(operation)
            response, context = await self._run_operation(operation, asked, caller)
            answers.append(response)
            contexts.append(context)
        headers = self._session_headers(caller, *contexts)
        return Response(200, encode_json(answers), self.accepted_types.json_type or JSON, headers)

    async def _authenticate(self) -> Caller:
        return await self.authenticator.authenticate_caller(self.scope, self.headers, "http")

    async def _run_operation(
        self, operation: Operation, request: GraphQLRequest, caller: Caller
    ) -> tuple[dict[str, Any], OperationContext]:
        """A change that has begun is carried out, whether or not its client is still there."""
        with DisconnectWatch(self.receive) if operation.is_query else nullcontext():
            return await self.runner.run(operation, request, caller)

    def check_operation(self, operation: Operation) -> None:
        """Raises Refused where the method or the accepted types do not fit the operation."""
        self._check_method(operation)
        if operation.is_subscription and not self.accepted_types.accepts_stream:
            message = "Subscriptions come over a WebSocket (graphql-transport-ws) or as text/event-stream."
            raise HttpError(406, "NOT_ACCEPTABLE", message)

    def _not_acceptable_error(self) -> HttpError:
        message = "We answer with application/graphql-response+json or application/json."
        return HttpError(406, "NOT_ACCEPTABLE", message)

    def _check_method(self, operation: Operation) -> None:
        if self.method in ("GET", "HEAD") and not (operation.is_query or operation.is_subscription):
            raise HttpError(405, "METHOD_NOT_ALLOWED", "Mutations run over POST only.", (b"allow", b"POST"))

    def _check_content_type(self) -> None:
        """Also what keeps other origins' forms out: no form can send this type without asking first."""
        name, _, parameters = (self._header(b"content-type") or "").lower().partition(";")
        charset = parameters.partition("charset=")[2].strip(' "')
        if name.strip() != JSON or charset not in ("", "utf-8", "utf8"):
            raise HttpError(415, "UNSUPPORTED_MEDIA_TYPE", "Send application/json in UTF-8.", (b"accept", JSON.encode()))

    async def read_body(self) -> bytes:
        """Of one that is too large some more is read and dropped, so that its client hears the answer."""
        maximum = self.runner.limits.body_bytes
        chunks: list[bytes] = []
        length, more = 0, True
        while more and length <= maximum * DISCARDED_BODIES_MAX:
            message = await self.receive()
            if message["type"] == "http.disconnect":
                raise ClientDisconnected
            chunk = message.get("body", b"")
            length += len(chunk)
            if length <= maximum:
                chunks.append(chunk)
            more = message.get("more_body", False)
        if length > maximum:
            raise _body_too_large(maximum)
        return b"".join(chunks)

    def _session_headers(self, caller: Caller, *contexts: OperationContext) -> RawHeaders:
        """What was done last to the session decides; else a cookie that was used lives on."""
        for context in reversed(contexts):
            if context.new_session is not None:
                token, expires_at = context.new_session
                return [session_cookie_header(token, is_secure=self.is_secure, expires_at=expires_at)]
            if context.ended_session:
                return [expired_cookie_header(is_secure=self.is_secure)]
        if caller.is_from_cookie and caller.token:
            return [session_cookie_header(caller.token, is_secure=self.is_secure)]
        return []

    def _request_error_response(self, error: RequestError) -> Response:
        """Older clients, who ask for application/json, get 200 for a well-formed request that cannot be run."""
        if isinstance(error, Unauthenticated):
            return self._error_response(401, error.errors, [(b"www-authenticate", b"Bearer")])
        if isinstance(error, ForeignOrigin):
            return self._error_response(403, error.errors)
        if isinstance(error, TooManyConnections):
            return self._error_response(429, error.errors)
        is_accepted = self.accepted_types.json_type in (JSON, None) and not isinstance(error, MalformedRequest)
        return self._error_response(200 if is_accepted else 400, error.errors)

    def _failure_response(self, error: Exception) -> Response:
        """What failed before anything was executed."""
        status = 503 if self.runner.error_formatter.is_outage(error) else 500
        return self._error_response(status, [internal_error(error)])

    def _error_response(self, status: int, errors: Iterable[GraphQLError], headers: RawHeaders | None = None) -> Response:
        formatted = self.runner.error_formatter.format(errors)
        return error_response(status, formatted, self.accepted_types.json_type or JSON, headers)

    def preflight_response(self) -> Response:
        """OPTIONS: what may be asked here, and, to pages of the named origins, that they may ask it."""
        allowed = cors_headers(self.headers, self.authenticator.origins)
        asks = (
            [(b"access-control-allow-methods", ALLOWED_METHODS), (b"access-control-allow-headers", ALLOWED_HEADERS)]
            if allowed
            else []
        )
        return Response(204, headers=[(b"allow", ALLOWED_METHODS), *allowed, *asks, (b"vary", b"Origin")])

    async def _send_response(self, response: Response) -> None:
        response.headers += cors_headers(self.headers, self.authenticator.origins)
        response.headers.append((b"vary", b"Accept, Accept-Encoding, Origin, Cookie, Authorization"))
        if "gzip" in parse_accept_encoding(self._header(b"accept-encoding")):
            await response.compress()
        if self.authenticator.is_draining:
            response.headers.append((b"connection", b"close"))
        await response.send(self.send, is_head=self.method == "HEAD")

    def _header(self, name: bytes) -> str | None:
        value = self.headers.get(name)
        return None if value is None else value.decode("latin-1")


def _body_too_large(maximum: int) -> HttpError:
    refused = HttpError(413, "LIMIT_EXCEEDED", "", (b"connection", b"close"))
    refused.error = LimitExceeded("body_bytes", maximum)
    return refused


def read_stream_token(exchange: Exchange) -> str | None:
    """Names a reserved stream of events, which the request is for."""
    if token := exchange.headers.get(b"x-graphql-event-stream-token"):
        return token.decode("latin-1")
    if b"token=" not in exchange.scope["query_string"]:
        return None
    tokens = parse_qs(exchange.scope["query_string"].decode("latin-1")).get("token")
    return tokens[0] if tokens else None


class ClientDisconnected(Exception):
    """Nobody is left to answer."""


class DisconnectWatch:
    """Stops what runs in the block, with ClientGone, when the client goes away meanwhile."""

    def __init__(self, receive: Any) -> None:
        self.receive = receive
        self.is_disconnected = False
        self.watched_task: asyncio.Task[Any] | None = None
        self.watch_task: asyncio.Task[None] | None = None

    def __enter__(self) -> None:
        self.watched_task = asyncio.current_task()
        self.timer = asyncio.get_running_loop().call_later(DISCONNECT_WATCH_DELAY_SECONDS, self._start)

    def __exit__(self, kind: object, *_: object) -> None:
        self.timer.cancel()
        if self.watch_task is not None:
            self.watch_task.cancel()
        if (
            self.is_disconnected
            and kind is asyncio.CancelledError
            and self.watched_task is not None
            and self.watched_task.uncancel() == 0
        ):
            raise ClientDisconnected

    def _start(self) -> None:
        self.watch_task = asyncio.create_task(self._wait_for_disconnect())

    async def _wait_for_disconnect(self) -> None:
        while (await self.receive())["type"] != "http.disconnect":
            continue
        self.is_disconnected = True
        if self.watched_task is not None:
            self.watched_task.cancel()
