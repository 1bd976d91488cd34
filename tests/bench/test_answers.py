"""The bench measures what it says that it measures; how fast that is, is for people to read."""

from tests.bench.answers import QUESTIONS, WRITERS, opened, report

SECONDS = 0.01


async def test_the_bench_reports_every_question_and_both_ways_to_write(database_url: str, redis_url: str) -> None:
    async with opened(database_url, redis_url) as bench:
        told = await report(bench, SECONDS)
        cached = sum(bench.stores.cache.hits.values())
        facts = await bench.stores.database.fetchval(
            "SELECT count(*) FROM interactions WHERE kind = 'chat' AND initiator_name = 'Somebody'"
        )

    assert all(words in told for words in QUESTIONS)
    assert f"| {WRITERS} worlds |" in told
    assert cached > 0
    assert facts >= 2 * WRITERS
