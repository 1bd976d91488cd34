"""`/metrics` in Prometheus' format: counts of this process, without data of any ecosystem or viewer."""

import asyncio
import logging
from collections.abc import Iterator
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import Response
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily
from prometheus_client.platform_collector import PlatformCollector
from prometheus_client.process_collector import ProcessCollector
from prometheus_client.registry import Collector

from db.database import Unavailable
from db.drivers import NEO4J_ERRORS
from db.projection import batches
from db.projection.neo4j import Projection
from db.stores import Stores
from domain.activity import Cursor
from graphql_server import GraphQLEndpoint
from graphql_server.execution import CompletedOperation

PATH = "/metrics"
LAG_TIMEOUT_SECONDS = 2.0
"""How long a scrape waits for Neo4j; after it the lag is NaN."""
DURATION_BUCKETS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)

log = logging.getLogger(__name__)
router = APIRouter()


@router.get(PATH)
async def metrics(request: Request) -> Response:
    state = request.app.state
    driver = state.neo4j.result() if state.neo4j.done() else None
    return Response(await state.metrics.render(driver), media_type=CONTENT_TYPE_LATEST)


class Metrics:
    """Counts operations and statements of one process, and reads the counters of its parts at each scrape."""

    def __init__(self, stores: Stores, graphql: GraphQLEndpoint) -> None:
        self.stores = stores
        self.registry = CollectorRegistry()
        self.documents = Counter(
            "observatory_documents", "Queries and mutations run, by the code of their first error.", ["kind", "code"],
            registry=self.registry,
        )  # fmt: skip
        self.seconds = Histogram(
            "observatory_document_seconds",
            "Duration of queries and mutations.",
            ["kind"],
            registry=self.registry,
            buckets=DURATION_BUCKETS,
        )
        self.statements = Counter("observatory_statements", "Statements sent to Postgres.", registry=self.registry)
        self.lag = Gauge(
            "observatory_projection_lag_facts", "Facts that are not yet projected into Neo4j; NaN while Neo4j is unavailable.",
            registry=self.registry,
        )  # fmt: skip
        self.registry.register(_ProcessCounters(stores, graphql))
        ProcessCollector(registry=self.registry)
        PlatformCollector(registry=self.registry)
        graphql.runner.completion_listeners.append(self._record_operation)
        stores.database.query_listeners.append(lambda _query: self.statements.inc())

    async def render(self, driver: Any) -> bytes:
        """`driver` is None while Neo4j is not connected."""
        self.lag.set(float("nan") if driver is None else await self._measure_lag(driver))
        return generate_latest(self.registry)

    def _record_operation(self, completed_operation: CompletedOperation) -> None:
        kind = "query" if completed_operation.operation.is_query else "mutation"
        self.documents.labels(kind, completed_operation.codes[0] if completed_operation.codes else "").inc()
        self.seconds.labels(kind).observe(completed_operation.seconds)

    async def _measure_lag(self, driver: Any) -> float:
        try:
            async with asyncio.timeout(LAG_TIMEOUT_SECONDS):
                marks = await Projection(driver).marks()
                async with self.stores.database.transaction(readonly=True) as connection:
                    heads = await batches.heads(connection, None)
        except (*NEO4J_ERRORS, Unavailable, TimeoutError) as error:
            log.info("The projection's lag is unknown: %r", error)
            return float("nan")
        return float(sum(_facts_behind(head, marks.get(id_)) for id_, head in heads.items()))


def _facts_behind(head: Cursor, mark: Cursor | None) -> int:
    return head.position - (mark.position if mark is not None and mark.epoch == head.epoch else 0)


class _ProcessCounters(Collector):
    """Counters that other parts of the process keep."""

    def __init__(self, stores: Stores, graphql: GraphQLEndpoint) -> None:
        self.stores, self.graphql = stores, graphql

    def collect(self) -> Iterator[CounterMetricFamily | GaugeMetricFamily]:
        cache, documents, registry = self.stores.count_cache, self.graphql.documents, self.graphql.subscriptions
        counts = CounterMetricFamily(
            "observatory_cache_rows", "Counts over an ecosystem, by whether they were in the cache.", labels=["kind", "result"]
        )
        counts.add_metric(["ecosystem", "hit"], cache.hits)
        counts.add_metric(["ecosystem", "miss"], cache.misses)
        yield counts
        parsed = CounterMetricFamily(
            "observatory_parsed_documents",
            "Requested documents, by whether they were in the cache of parsed documents.",
            labels=["result"],
        )
        parsed.add_metric(["hit"], documents.hits)
        parsed.add_metric(["miss"], documents.misses)
        yield parsed
        fallbacks = CounterMetricFamily(
            "observatory_graph_fallbacks", "Graph queries that Postgres answered in place of Neo4j.", labels=["reason"]
        )
        for reason, count in self.stores.graph.backends.fallbacks.items():
            fallbacks.add_metric([reason], count)
        yield fallbacks
        shared = {*registry.live.values(), *registry.catching_up.values()}
        yield GaugeMetricFamily(
            "observatory_followers", "Open subscriptions.", sum(len(subscription.subscribers) for subscription in shared)
        )
        yield GaugeMetricFamily(
            "observatory_follow_runs", "Shared subscriptions: each is executed once for all its subscribers.", len(shared)
        )
        yield CounterMetricFamily(
            "observatory_events_executed",
            "Executed events, each counted once for all its subscribers.",
            registry.executed_events,
        )
