"""Indexes: each has a question that goes along it, at the size that the design speaks of; `pytest -s` prints the table."""

from collections.abc import AsyncIterator
from typing import Any

import pytest

from db.database import Database
from db.pages import PageWindow
from tests.databases import copied
from tests.db import crowd
from tests.db.index_queries import LISTINGS, QUESTIONS, WHOLE_WORLDS, Listing, Question
from tests.db.plans import PLANS, costs

INDEXES_MIN = 15
PAGES_MORE_MAX = 100
"""By how much two pages of the same size may differ: their rows lie together here and scattered there."""
WHOLE_PAGES_MAX = 30_000
"""Its relationships and interactions have fewer; looked up one by one they were 3,000,000."""
UNUSED = """
SELECT indexrelname FROM pg_stat_user_indexes WHERE schemaname = 'public' AND idx_scan = 0 AND indexrelname <> 'alembic_version_pkc'
"""


@pytest.fixture(scope="module")
async def crowd_database(postgres_url: str, template: str) -> AsyncIterator[Database]:
    async with copied(postgres_url, template) as url:
        await crowd.build(url)
        database = await Database.open(url, size=2)
        yield database
        await database.close()


@pytest.fixture
async def connection(crowd_database: Database) -> AsyncIterator[Any]:
    async with crowd_database.pool.acquire() as connection:
        yield connection


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: f"{question.index}: {question.words}")
async def test_a_question_goes_along_its_index_and_touches_little_else(connection: Any, question: Question) -> None:
    for plan, cost in zip(PLANS, await costs(connection, question.ask), strict=True):
        print(
            f"\n| {question.index} | {question.words} | {plan.split('_')[1]} | {cost.rows:,} | {cost.pages:,} | "
            f"{cost.milliseconds:.1f} |",
            end="",
        )
        assert question.index in cost.indexes, plan
        assert cost.rows <= question.rows_max, plan
        assert cost.pages <= question.pages_max, plan


@pytest.mark.parametrize("listing", LISTINGS, ids=lambda listing: listing.words)
async def test_a_page_far_behind_costs_what_the_first_one_costs(connection: Any, listing: Listing) -> None:
    first = await costs(connection, lambda reader: listing.page(reader, PageWindow(20)))
    far = await costs(connection, lambda reader: listing.page(reader, PageWindow(20, after=listing.far)))
    last = await costs(connection, lambda reader: listing.page(reader, PageWindow(20, backward=True)))

    for plan, *each in zip(PLANS, first, far, last, strict=True):
        print(f"\n| {listing.words} | {plan.split('_')[1]} | {' | '.join(str(cost.pages) for cost in each)} |", end="")
        assert max(cost.pages for cost in each[1:]) <= each[0].pages + PAGES_MORE_MAX, plan


@pytest.mark.parametrize("words", WHOLE_WORLDS)
async def test_what_asks_for_a_whole_world_reads_it_about_once(connection: Any, words: str) -> None:
    for plan, cost in zip(PLANS, await costs(connection, WHOLE_WORLDS[words]), strict=True):
        print(f"\n| {words} | {plan.split('_')[1]} | {cost.rows:,} | {cost.pages:,} | {cost.milliseconds:.0f} |", end="")
        assert cost.pages <= WHOLE_PAGES_MAX, plan


async def test_every_index_has_its_question_and_none_is_unused(connection: Any) -> None:
    for question in QUESTIONS:
        await costs(connection, question.ask)
    await connection.execute("SELECT pg_stat_force_next_flush()")
    await connection.execute("SELECT pg_stat_clear_snapshot()")

    unused = {row["indexrelname"] for row in await connection.fetch(UNUSED)}

    assert unused == set()
    assert len({question.index for question in QUESTIONS if not question.index.endswith("_pkey")}) >= INDEXES_MIN
