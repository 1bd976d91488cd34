"""Sign-outs: who signs out in another process leaves no socket and no event stream behind in this one."""

from functools import partial

from db import sessions
from db.stores import Stores
from graphql_server import GraphQLEndpoint


async def end_revoked_sessions(stores: Stores, graphql: GraphQLEndpoint) -> None:
    """For ever. What it misses while Redis is away, the next look at its session finds."""
    async for ended in stores.sessions.ended_elsewhere():
        graphql.end_sessions(partial(_has_session_key, ended))


def _has_session_key(session_key: str, token: str) -> bool:
    return sessions.session_key(token) == session_key
