"""Serves any Strawberry schema over HTTP, WebSockets (graphql-transport-ws) and server-sent events (graphql-sse).

    endpoint = GraphQLEndpoint(schema, make_context=make_context, authenticate=authenticate)

The endpoint is an ASGI application. `make_context(viewer, caller)` returns a new `OperationContext` for each operation and each
event of a subscription. `authenticate(token)` returns the viewer of a session, or None. Call `await endpoint.drain()` before
the server stops; `server.DrainingServer` does it.
"""

from graphql_server.auth.credentials import Caller
from graphql_server.endpoint import GraphQLEndpoint
from graphql_server.timeouts import Timeouts

__all__ = ["Caller", "GraphQLEndpoint", "Timeouts"]
