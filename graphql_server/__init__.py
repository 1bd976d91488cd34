"""GraphQL over HTTP, WebSockets (graphql-transport-ws) and server-sent events, as one plain ASGI application.

    endpoint = GraphQLEndpoint(schema, make_context=make_context, authenticate=authenticate)

`make_context(viewer, caller)` gives a fresh context for every operation and for every event of a subscription;
`authenticate(token)` gives the viewer of a token, or None. After a mutation the context may say
`new_session = (token, expires_at)` or `ended_session = True`: then the answer sets or ends the session's cookie. A context
that has `async share_key(field_names, given)` lets subscriptions for which it is equal share one execution of each
event; None shares with nobody. One that has `begin_event()` is told when it is for an event. Before the server stops,
`await endpoint.drain()`; `server.Server` does so.
"""

from graphql_server.auth.credentials import Caller
from graphql_server.endpoint import GraphQLEndpoint
from graphql_server.timeouts import Timeouts

__all__ = ["Caller", "GraphQLEndpoint", "Timeouts"]
