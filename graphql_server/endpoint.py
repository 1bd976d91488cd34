"""The ASGI application that serves a schema over HTTP, WebSocket and server-sent events at one address."""

import asyncio
from collections.abc import Callable, Collection, Hashable
from typing import Any

from strawberry import Schema

from graphql_server.auth.authenticator import Authenticator
from graphql_server.auth.credentials import Authenticate
from graphql_server.auth.session_cookie import SessionCookie
from graphql_server.context import MakeContext
from graphql_server.documents import DocumentCache
from graphql_server.errors import DescribeError, ErrorFormatter
from graphql_server.execution import OperationRunner
from graphql_server.http.exchange import Exchange
from graphql_server.limits import Limits
from graphql_server.sse.single_connection import EventStreamManager
from graphql_server.subscriptions.registry import SubscriptionRegistry
from graphql_server.timeouts import Timeouts
from graphql_server.websocket.connections import ConnectionManager


class GraphQLEndpoint:
    """`graphiql` is an ASGI application for browsers that open the address itself. `describe_error`: see `errors`."""

    def __init__(
        self,
        schema: Schema,
        *,
        make_context: MakeContext,
        authenticate: Authenticate,
        describe_error: DescribeError = lambda error: None,
        limits: Limits | None = None,
        origins: Collection[str] = (),
        cookie: SessionCookie | None = None,
        identify: Callable[[Any], Hashable] = lambda viewer: getattr(viewer, "user_id", None),
        graphiql: Any = None,
        timeouts: Timeouts | None = None,
    ) -> None:
        limits, timeouts = limits or Limits(), timeouts or Timeouts()
        self.documents = DocumentCache(schema, limits)
        self.authenticator = Authenticator(
            authenticate, origins=origins, cookie=cookie or SessionCookie(), identify=identify, limits=limits
        )
        error_formatter = ErrorFormatter(describe_error)
        self.runner = OperationRunner(self.documents, make_context, limits, error_formatter)
        self.subscriptions = SubscriptionRegistry(error_formatter)
        self.connections = ConnectionManager(self.authenticator, self.runner, self.subscriptions, timeouts)
        self.event_streams = EventStreamManager(self.authenticator, self.runner, self.subscriptions, timeouts)
        self.runner.sign_out_listeners.append(lambda token: self.end_sessions(lambda other: other == token))
        self.graphiql = graphiql

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] == "http":
            await self._serve_http(scope, receive, send)
        elif scope["type"] == "websocket":
            await self.connections.serve(scope, receive, send)

    def end_sessions(self, has_ended: Callable[[str], bool]) -> None:
        """Closes the connections and event streams for whose token `has_ended` is true."""
        self.connections.end_sessions(has_ended)
        self.event_streams.end_sessions(has_ended)

    async def drain(self) -> None:
        """Called before the server stops. Accepts no more connections, and closes the open ones within `timeouts.drain`."""
        self.authenticator.is_draining = True
        await asyncio.gather(self.event_streams.drain(), self.connections.drain())

    async def _serve_http(self, scope: Any, receive: Any, send: Any) -> None:
        exchange = Exchange(self.authenticator, self.runner, scope, receive, send)
        if exchange.method == "OPTIONS":
            await exchange.preflight_response().send(send)
        elif self.graphiql is not None and exchange.wants_graphiql:
            await self.graphiql(scope, receive, send)
        else:
            await exchange.handle(self.event_streams)
