"""Each index is used by a query on a large database; `pytest -s` prints the table."""

from collections.abc import AsyncIterator
from typing import Any

import pytest

from db.database import Database
from db.pages import PageWindow
from tests.databases import database_copy
from tests.db import crowd
from tests.db.index_queries import INDEXED_QUERIES, LISTINGS, WHOLE_WORLDS, IndexedQuery, Listing
from tests.db.plans import PLANS, costs

INDEXES_MIN = 15
PAGES_MORE_MAX = 100
"""Two pages of the same size may differ so much in cost, because their rows are clustered or scattered."""
WHOLE_PAGES_MAX = 30_000
"""Relationships and interactions have fewer pages; single lookups read 3,000,000."""
UNUSED = """
SELECT indexrelname FROM pg_stat_user_indexes WHERE schemaname = 'public' AND idx_scan = 0 AND indexrelname <> 'alembic_version_pkc'
"""


@pytest.fixture(scope="module")
async def crowd_database(postgres_url: str, template: str) -> AsyncIterator[Database]:
    async with database_copy(postgres_url, template) as url:
        await crowd.build(url)
        database = await Database.open(url, size=2)
        yield database
        await database.close()


@pytest.fixture
async def connection(crowd_database: Database) -> AsyncIterator[Any]:
    async with crowd_database.pool.acquire() as connection:
        yield connection


@pytest.mark.parametrize("query", INDEXED_QUERIES, ids=lambda query: f"{query.index}: {query.words}")
async def test_a_query_uses_its_index_and_reads_little_else(connection: Any, query: IndexedQuery) -> None:
    for plan, cost in zip(PLANS, await costs(connection, query.ask), strict=True):
        print(
            f"\n| {query.index} | {query.words} | {plan.split('_')[1]} | {cost.rows:,} | {cost.pages:,} | "
            f"{cost.milliseconds:.1f} |",
            end="",
        )
        assert query.index in cost.indexes, plan
        assert cost.rows <= query.rows_max, plan
        assert cost.pages <= query.pages_max, plan


@pytest.mark.parametrize("listing", LISTINGS, ids=lambda listing: listing.words)
async def test_a_late_page_costs_as_much_as_the_first(connection: Any, listing: Listing) -> None:
    first = await costs(connection, lambda reader: listing.page(reader, PageWindow(20)))
    far = await costs(connection, lambda reader: listing.page(reader, PageWindow(20, after=listing.far)))
    last = await costs(connection, lambda reader: listing.page(reader, PageWindow(20, backward=True)))

    for plan, *each in zip(PLANS, first, far, last, strict=True):
        print(f"\n| {listing.words} | {plan.split('_')[1]} | {' | '.join(str(cost.pages) for cost in each)} |", end="")
        assert max(cost.pages for cost in each[1:]) <= each[0].pages + PAGES_MORE_MAX, plan


@pytest.mark.parametrize("words", WHOLE_WORLDS)
async def test_a_query_for_a_whole_ecosystem_reads_it_about_once(connection: Any, words: str) -> None:
    for plan, cost in zip(PLANS, await costs(connection, WHOLE_WORLDS[words]), strict=True):
        print(f"\n| {words} | {plan.split('_')[1]} | {cost.rows:,} | {cost.pages:,} | {cost.milliseconds:.0f} |", end="")
        assert cost.pages <= WHOLE_PAGES_MAX, plan


async def test_every_index_is_used_by_a_query(connection: Any) -> None:
    for query in INDEXED_QUERIES:
        await costs(connection, query.ask)
    await connection.execute("SELECT pg_stat_force_next_flush()")
    await connection.execute("SELECT pg_stat_clear_snapshot()")

    unused = {row["indexrelname"] for row in await connection.fetch(UNUSED)}

    assert unused == set()
    assert len({query.index for query in INDEXED_QUERIES if not query.index.endswith("_pkey")}) >= INDEXES_MIN
