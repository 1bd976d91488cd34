"""Revoked sessions: a sign-out in another process ends the session's sockets and event streams in this process."""

from functools import partial

from db import sessions
from db.stores import Stores
from graphql_server import GraphQLEndpoint


async def end_revoked_sessions(stores: Stores, graphql: GraphQLEndpoint) -> None:
    """Runs until it is cancelled. The periodic check of sessions finds those that it misses while Redis is unavailable."""
    async for session_key in stores.sessions.ended_elsewhere():
        graphql.end_sessions(partial(_has_session_key, session_key))


def _has_session_key(session_key: str, token: str) -> bool:
    return sessions.session_key(token) == session_key
