"""Fixtures of the graph stores, for the tests in this folder."""

from tests.graph_stores import database, driver, projector, redis

__all__ = ["database", "driver", "projector", "redis"]
