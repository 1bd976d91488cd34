"""The toy world of the transports' tests, here for crowds."""

from tests.graphql_server.conftest import served, world

__all__ = ["served", "world"]
