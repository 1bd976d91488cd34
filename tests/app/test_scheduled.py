"""Counts are taken anew when something has happened, and old answers to idempotency keys are forgotten."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

from app.processes.scheduled import ScheduledTasks
from db.database import Database
from tests.db.graph_worlds import GraphWorld, tie

COUNTED = "SELECT counted_at FROM ecosystem_activity_summary WHERE ecosystem_id = $1"


async def test_counts_are_taken_anew_only_when_something_has_happened(database: Database) -> None:
    world, chores = await GraphWorld.create(database, 3), ScheduledTasks(database)
    await chores.run_once()
    first = await database.fetchval(COUNTED, world.id)
    await chores.run_once()
    assert await database.fetchval(COUNTED, world.id) == first

    await world.write_ties(tie(1, 2))
    await chores.run_once()

    assert await database.fetchval(COUNTED, world.id) > first
    felt = "SELECT relationships FROM character_relationship_summary WHERE ecosystem_id = $1 AND number = 1"
    assert await database.fetchval(felt, world.id) == 1


async def test_an_answer_is_forgotten_after_a_day(database: Database) -> None:
    user, now = uuid4(), datetime.now(UTC)
    await database.execute("INSERT INTO users (id, name, name_key, created_at) VALUES ($1, 'A', 'a', $2)", user, now)
    for key, age in (("old", timedelta(days=1, minutes=1)), ("new", timedelta(hours=23))):
        await database.execute(
            "INSERT INTO answers (user_id, key, asked, created_at) VALUES ($1, $2, '', $3)", user, key, now - age
        )
    await ScheduledTasks(database).run_once()
    assert await database.fetchval("SELECT array_agg(key) FROM answers") == ["new"]
