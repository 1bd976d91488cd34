"""The toy world of the transports' tests, here for crowds."""

from tests.app.graphql.conftest import served, world

__all__ = ["served", "world"]
