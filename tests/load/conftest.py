"""Fixtures of the transport tests, for the load tests."""

from tests.graphql_server.conftest import served, world

__all__ = ["served", "world"]
