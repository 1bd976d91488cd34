"""The benchmark uses the cache and writes interactions. No speed is asserted."""

from tests.bench.answers import COUNTS, QUERIES, WRITERS, open_bench, report

SECONDS = 0.01


async def test_the_table_has_every_query_and_count_and_both_kinds_of_writes(database_url: str, redis_url: str) -> None:
    async with open_bench(database_url, redis_url) as bench:
        table = await report(bench, SECONDS)
        hits = bench.stores.count_cache.hits
        facts = await bench.stores.database.fetchval(
            "SELECT count(*) FROM interactions WHERE kind = 'chat' AND initiator_name = 'Bench'"
        )

    assert all(label in table for label in (*QUERIES, *COUNTS))
    assert f"| {WRITERS} worlds |" in table
    assert hits > 0
    assert facts >= 2 * WRITERS
