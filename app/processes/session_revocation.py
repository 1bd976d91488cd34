"""Sign-outs: who signs out in another process leaves no socket and no event stream behind in this one."""

from functools import partial

from db.sessions import key_of
from db.stores import Stores
from graphql_server import GraphQLEndpoint


async def hear(stores: Stores, graphql: GraphQLEndpoint) -> None:
    """For ever. What it misses while Redis is away, the next look at its session finds."""
    async for ended in stores.sessions.ended():
        graphql.end_sessions(partial(_is_of, ended))


def _is_of(ended: str, token: str) -> bool:
    return key_of(token) == ended
