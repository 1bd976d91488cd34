"""Scheduled tasks: summaries are counted again after a change, and old answers of idempotency keys are deleted."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

from app.processes.scheduled import ScheduledTasks
from db.database import Database
from tests.db.graph_worlds import GraphWorld, tie

COUNTED_AT = "SELECT counted_at FROM ecosystem_activity_summary WHERE ecosystem_id = $1"


async def test_summaries_are_counted_again_only_after_a_change(database: Database) -> None:
    world, tasks = await GraphWorld.create(database, 3), ScheduledTasks(database)
    await tasks.run_once()
    first = await database.fetchval(COUNTED_AT, world.id)
    await tasks.run_once()
    assert await database.fetchval(COUNTED_AT, world.id) == first

    await world.write_ties(tie(1, 2))
    await tasks.run_once()

    assert await database.fetchval(COUNTED_AT, world.id) > first
    relationships = "SELECT relationships FROM character_relationship_summary WHERE ecosystem_id = $1 AND number = 1"
    assert await database.fetchval(relationships, world.id) == 1


async def test_an_answer_of_an_idempotency_key_is_deleted_after_a_day(database: Database) -> None:
    user, now = uuid4(), datetime.now(UTC)
    await database.execute("INSERT INTO users (id, name, name_key, created_at) VALUES ($1, 'A', 'a', $2)", user, now)
    for key, age in (("old", timedelta(days=1, minutes=1)), ("new", timedelta(hours=23))):
        await database.execute(
            "INSERT INTO answers (user_id, key, asked, created_at) VALUES ($1, $2, '', $3)", user, key, now - age
        )
    await ScheduledTasks(database).run_once()
    assert await database.fetchval("SELECT array_agg(key) FROM answers") == ["new"]
