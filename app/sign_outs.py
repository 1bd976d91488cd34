"""Sign-outs: who signs out in another process leaves no socket behind in this one."""

from app.graphql import GraphQLEndpoint
from db.sessions import key_of
from db.stores import Stores


async def hear(stores: Stores, graphql: GraphQLEndpoint) -> None:
    """For ever. What it misses while Redis is away, each socket's own look at its session finds."""
    async for ended in stores.sessions.ended():
        _end(graphql, ended)


def _end(graphql: GraphQLEndpoint, ended: str) -> None:
    graphql.company.end_sessions(lambda token: key_of(token) == ended)
