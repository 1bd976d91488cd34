"""The endpoint: one plain ASGI application for all transports, mounted where clients find `/graphql`."""

import asyncio
from collections.abc import Callable, Collection, Hashable
from typing import Any

from strawberry import Schema

from graphql_server.auth.authenticator import Gate
from graphql_server.auth.credentials import Authenticate
from graphql_server.documents import Documents
from graphql_server.execution import Executions, MakeContext
from graphql_server.http.exchange import Exchange
from graphql_server.limits import Limits
from graphql_server.sse.single_connection import Streams
from graphql_server.subscriptions.registry import Follows
from graphql_server.timeouts import Timings
from graphql_server.websocket.connections import Company


class GraphQLEndpoint:
    """`page` is shown to browsers that open the address itself: an ASGI application, GraphiQL."""

    def __init__(
        self,
        schema: Schema,
        *,
        make_context: MakeContext,
        authenticate: Authenticate,
        limits: Limits | None = None,
        origins: Collection[str] = (),
        identify: Callable[[Any], Hashable] = lambda viewer: getattr(viewer, "user_id", None),
        page: Any = None,
        timings: Timings | None = None,
    ) -> None:
        limits, timings = limits or Limits(), timings or Timings()
        self.documents = Documents(schema, limits)
        self.gate = Gate(authenticate, origins=origins, identify=identify, limits=limits)
        self.executions = Executions(self.documents, make_context, limits)
        self.follows = Follows()
        self.company = Company(self.gate, self.executions, self.follows, timings)
        self.streams = Streams(self.gate, self.executions, self.follows, timings)
        self.executions.at_sign_out.append(lambda token: self.end_sessions(lambda shown: shown == token))
        self.page = page

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] == "http":
            await self._http(scope, receive, send)
        elif scope["type"] == "websocket":
            await self.company.serve(scope, receive, send)

    def end_sessions(self, has_ended: Callable[[str], bool]) -> None:
        """Ends the sockets and the event streams of those tokens of which this is true."""
        self.company.end_sessions(has_ended)
        self.streams.end_sessions(has_ended)

    async def drain(self) -> None:
        """Before the server stops: no new sockets, the open ones told to come back, within `timings.drain`."""
        self.gate.is_draining = True
        await asyncio.gather(self.streams.drain(), self.company.drain())

    async def _http(self, scope: Any, receive: Any, send: Any) -> None:
        exchange = Exchange(self.gate, self.executions, scope, receive, send)
        if exchange.method == "OPTIONS":
            await exchange.preflight().send(send)
        elif self.page is not None and exchange.wants_page:
            await self.page(scope, receive, send)
        else:
            await exchange.answer(self.streams)
