"""One HTTP request and its response, by the GraphQL over HTTP specification."""

from collections.abc import Iterable
from contextlib import nullcontext
from typing import Any, Protocol
from urllib.parse import parse_qs

from graphql import GraphQLError

from graphql_server.auth.authenticator import Authenticator, ForeignOrigin, TooManyConnections, Unauthenticated
from graphql_server.auth.credentials import Caller, Headers, cors_headers
from graphql_server.context import OperationContext
from graphql_server.errors import RequestError, internal_error
from graphql_server.execution import OperationRunner
from graphql_server.http.body import check_content_type, read_body
from graphql_server.http.disconnect import ClientDisconnected, DisconnectWatch
from graphql_server.http.negotiation import JSON, AcceptedTypes, parse_accept, parse_accept_encoding
from graphql_server.http.responses import HttpError, RawHeaders, Response, encode_json, error_response
from graphql_server.limits import LimitExceeded
from graphql_server.operation import Operation
from graphql_server.requests import GraphQLRequest, MalformedRequest, decode_json, parse_query_string, parse_request

ALLOWED_METHODS = b"GET, HEAD, POST, PUT, DELETE, OPTIONS"
ALLOWED_HEADERS = b"authorization, content-type, last-event-id, x-graphql-event-stream-token, x-request-id"
REQUEST_ERROR_STATUSES = {Unauthenticated: 401, ForeignOrigin: 403, TooManyConnections: 429}
VARY = b"Accept, Accept-Encoding, Origin, Cookie, Authorization"


class EventStreamHandler(Protocol):
    """Server-sent events. None means that the response was a stream, and is complete."""

    async def serve_operation(self, exchange: "Exchange", request: GraphQLRequest) -> Response | None: ...

    async def serve_reserved(self, exchange: "Exchange", token: str) -> Response | None: ...

    async def reserve(self, exchange: "Exchange") -> Response: ...

    async def add_operation(
        self, exchange: "Exchange", token: str, operation: Operation, request: GraphQLRequest
    ) -> Response: ...

    async def stop_operation(self, exchange: "Exchange", token: str) -> Response: ...


class Exchange:
    def __init__(self, authenticator: Authenticator, runner: OperationRunner, scope: Any, receive: Any, send: Any) -> None:
        self.authenticator = authenticator
        self.runner = runner
        self.scope = scope
        self.receive = receive
        self.send = send
        self.method: str = scope["method"]
        self.headers: Headers = dict(scope["headers"])
        self.accepted_types: AcceptedTypes = parse_accept(self._header(b"accept"))
        self.media_type = self.accepted_types.json_type or JSON
        self.is_secure = scope.get("scheme") == "https"

    @property
    def wants_graphiql(self) -> bool:
        """Whether a browser opens the address itself, without a query."""
        return self._is_read and self.accepted_types.prefers_html and not self.has_query_in_url

    @property
    def has_query_in_url(self) -> bool:
        return b"query=" in self.scope["query_string"]

    @property
    def _is_read(self) -> bool:
        return self.method in ("GET", "HEAD")

    async def handle(self, event_streams: EventStreamHandler) -> None:
        """Sends the response. `event_streams` sends it where the client requests server-sent events."""
        try:
            response = await self._dispatch(event_streams)
        except ClientDisconnected:
            return
        except HttpError as error:
            response = self._error_response(error.status, [error.error], error.headers)
        except RequestError as error:
            response = self._request_error_response(error)
        except Exception as error:
            status = 503 if self.runner.error_formatter.is_outage(error) else 500
            response = self._error_response(status, [internal_error(error)])
        if response is not None:
            await self._send_response(response)

    def preflight_response(self) -> Response:
        """The response to OPTIONS: the methods, and, for pages of the allowed origins, what they may send."""
        allowed = cors_headers(self.headers, self.authenticator.origins)
        if allowed:
            allowed.append((b"access-control-allow-methods", ALLOWED_METHODS))
            allowed.append((b"access-control-allow-headers", ALLOWED_HEADERS))
        return Response(204, headers=[(b"allow", ALLOWED_METHODS), *allowed, (b"vary", b"Origin")])

    def check_operation(self, operation: Operation) -> None:
        """Raises HttpError where the method or the accepted types do not fit the operation."""
        self._check_method(operation)
        if operation.is_subscription and not self.accepted_types.accepts_stream:
            message = "Subscriptions need a WebSocket (graphql-transport-ws), or text/event-stream in `accept`."
            raise HttpError(406, "NOT_ACCEPTABLE", message)

    async def _dispatch(self, event_streams: EventStreamHandler) -> Response | None:
        """None when the response was a stream."""
        token = read_stream_token(self)
        match self.method:
            case "PUT":
                return await event_streams.reserve(self)
            case "DELETE":
                return await event_streams.stop_operation(self, token or "")
            case "HEAD" if token is not None:
                raise _method_not_allowed("An event stream does not answer HEAD.", b"GET, POST, PUT, DELETE")
            case "GET" if token is not None and not self.has_query_in_url:
                return await event_streams.serve_reserved(self, token)
            case "GET" | "HEAD" | "POST":
                return await self._execute(event_streams, token)
            case _:
                raise _method_not_allowed("This address does not answer this method.", ALLOWED_METHODS)

    async def _execute(self, event_streams: EventStreamHandler, token: str | None) -> Response | None:
        """Runs the operations of the request. `token` is that of the reserved stream which the results are sent through."""
        if self.accepted_types.json_type is None and not self.accepted_types.accepts_stream:
            raise _not_acceptable()
        payload = await self._read_payload()
        if isinstance(payload, list):
            return await self._run_batch(payload)
        if token is None and self.accepted_types.prefers_stream:
            return await event_streams.serve_operation(self, payload)
        operation = payload.get_operation(self.runner.documents)
        if token is not None:
            self._check_method(operation)
            return await event_streams.add_operation(self, token, operation, payload)
        if operation.is_subscription and self.accepted_types.accepts_stream:
            return await event_streams.serve_operation(self, payload)
        return await self._run_single(operation, payload)

    async def _read_payload(self) -> GraphQLRequest | list[Any]:
        """One request, or the requests of a batch, which are not parsed yet."""
        if self._is_read:
            return parse_query_string(self.scope["query_string"])
        check_content_type(self._header(b"content-type"))
        payload = decode_json(await read_body(self.receive, self.runner.limits.body_bytes))
        return payload if isinstance(payload, list) else parse_request(payload)

    async def _run_single(self, operation: Operation, request: GraphQLRequest) -> Response:
        self.check_operation(operation)
        caller = await self._authenticate()
        response, context = await self._run_operation(operation, request, caller)
        return Response(200, encode_json(response), self.media_type, self._session_headers(caller, [context]))

    async def _run_batch(self, payloads: list[Any]) -> Response:
        """Runs the requests one after another. The response is the list of their response maps, in the same order."""
        if self.accepted_types.json_type is None:
            raise _not_acceptable()
        if not payloads:
            raise MalformedRequest("A batch holds at least one request.")
        if len(payloads) > (maximum := self.runner.limits.batch):
            raise RequestError(LimitExceeded("batch", maximum))
        caller = await self._authenticate()
        responses, contexts = [], []
        for payload in payloads:
            request = parse_request(payload)
            operation = request.get_operation(self.runner.documents)
            self.check_operation(operation)
            response, context = await self._run_operation(operation, request, caller)
            responses.append(response)
            contexts.append(context)
        return Response(200, encode_json(responses), self.media_type, self._session_headers(caller, contexts))

    async def _authenticate(self) -> Caller:
        return await self.authenticator.authenticate_caller(self.scope, self.headers, "http")

    async def _run_operation(
        self, operation: Operation, request: GraphQLRequest, caller: Caller
    ) -> tuple[dict[str, Any], OperationContext]:
        """A query is cancelled when its client disconnects; a mutation runs to its end."""
        with DisconnectWatch(self.receive) if operation.is_query else nullcontext():
            return await self.runner.run(operation, request, caller)

    def _check_method(self, operation: Operation) -> None:
        if self._is_read and not (operation.is_query or operation.is_subscription):
            raise _method_not_allowed("Mutations run over POST only.", b"POST")

    def _session_headers(self, caller: Caller, contexts: list[OperationContext]) -> RawHeaders:
        """The last operation that has opened or ended a session decides. Otherwise a cookie that was used is prolonged."""
        cookie = self.authenticator.cookie
        for context in reversed(contexts):
            if context.new_session is not None:
                token, expires_at = context.new_session
                return [cookie.header(token, is_secure=self.is_secure, expires_at=expires_at)]
            if context.ended_session:
                return [cookie.expired_header(is_secure=self.is_secure)]
        if caller.is_from_cookie and caller.token:
            return [cookie.header(caller.token, is_secure=self.is_secure)]
        return []

    def _request_error_response(self, error: RequestError) -> Response:
        """With application/json a well-formed request that cannot run has status 200, as older clients expect."""
        if (status := REQUEST_ERROR_STATUSES.get(type(error))) is not None:
            headers = [(b"www-authenticate", b"Bearer")] if status == 401 else []
            return self._error_response(status, error.errors, headers)
        is_legacy = self.media_type == JSON and not isinstance(error, MalformedRequest)
        return self._error_response(200 if is_legacy else 400, error.errors)

    def _error_response(self, status: int, errors: Iterable[GraphQLError], headers: RawHeaders | None = None) -> Response:
        return error_response(status, self.runner.error_formatter.format(errors), self.media_type, headers)

    async def _send_response(self, response: Response) -> None:
        response.headers += cors_headers(self.headers, self.authenticator.origins)
        response.headers.append((b"vary", VARY))
        if "gzip" in parse_accept_encoding(self._header(b"accept-encoding")):
            await response.compress()
        if self.authenticator.is_draining:
            response.headers.append((b"connection", b"close"))
        await response.send(self.send, is_head=self.method == "HEAD")

    def _header(self, name: bytes) -> str | None:
        value = self.headers.get(name)
        return None if value is None else value.decode("latin-1")


def read_stream_token(exchange: Exchange) -> str | None:
    """The token of the reserved event stream that the request is for, from its header or its URL."""
    if token := exchange.headers.get(b"x-graphql-event-stream-token"):
        return token.decode("latin-1")
    if b"token=" not in exchange.scope["query_string"]:
        return None
    tokens = parse_qs(exchange.scope["query_string"].decode("latin-1")).get("token")
    return tokens[0] if tokens else None


def _not_acceptable() -> HttpError:
    message = "The response types are application/graphql-response+json and application/json."
    return HttpError(406, "NOT_ACCEPTABLE", message)


def _method_not_allowed(message: str, allowed: bytes) -> HttpError:
    return HttpError(405, "METHOD_NOT_ALLOWED", message, (b"allow", allowed))
