"""Opens connections to the stores: for the application while it runs, for a command until it is done."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from app.embedded.store_urls import StoreUrls, resolve_store_urls
from app.settings import Settings
from db import migrations
from db.drivers import Neo4jDriver
from db.graph.neo4j import open_driver
from db.graph.routed import RoutedGraph
from db.stores import Database, Stores, open_redis


@asynccontextmanager
async def open_stores(store_urls: StoreUrls, settings: Settings) -> AsyncIterator[Stores]:
    """Expects migrated tables. Postgres answers graph queries until Neo4j is connected."""
    database = await Database.open(store_urls.database_url, size=settings.pool_size)
    stores = Stores(database, open_redis(store_urls.redis_url), RoutedGraph.on_postgres(database))
    try:
        yield stores
    finally:
        await stores.close()


@asynccontextmanager
async def open_command_stores(settings: Settings, print_line: Callable[[str], None]) -> AsyncIterator[Stores]:
    """Opens the stores of a running Observatory, or starts stores of its own, and migrates the tables."""
    async with resolve_store_urls(settings, print_line, join=True) as addresses:
        await asyncio.to_thread(migrations.upgrade, addresses.database_url)
        async with open_stores(addresses, settings) as stores:
            yield stores


async def connect_neo4j(store_urls: StoreUrls, stores: Stores) -> Neo4jDriver | None:
    """Waits until Neo4j is up and lets it answer graph queries first. Returns None where Neo4j is off."""
    address = await store_urls.neo4j
    if address is None:
        return None
    driver = open_driver(address.uri, address.user, address.password)
    stores.graph.connect(driver)
    return driver
