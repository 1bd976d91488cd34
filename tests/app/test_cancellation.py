"""A cancelled task ends, also if a library suppresses the cancellation."""

import asyncio

import pytest
from neo4j import AsyncGraphDatabase
from redis.asyncio import Redis

from app.embedded.instance_config import free_port
from app.processes.cancellation import cancel_and_wait, run_together
from app.processes.projector import Projector
from db.database import Database

STEPS_MAX = 40


async def test_a_suppressed_cancellation_is_repeated() -> None:
    suppressed: list[int] = []

    async def suppress_twice() -> None:
        while len(suppressed) < 2:
            try:
                await asyncio.Event().wait()
            except asyncio.CancelledError:
                suppressed.append(1)
        await asyncio.Event().wait()

    task = asyncio.create_task(suppress_twice())
    await asyncio.sleep(0)
    await asyncio.wait_for(cancel_and_wait(task), 30)
    assert (task.cancelled(), len(suppressed)) == (True, 2)


async def test_when_one_task_fails_the_other_is_cancelled_and_the_error_is_raised() -> None:
    events: list[str] = []

    async def fail() -> None:
        raise OSError("gone")

    async def wait_forever() -> None:
        try:
            await asyncio.Event().wait()
        finally:
            events.append("ended")

    with pytest.raises(OSError, match="gone"):
        await run_together(wait_forever(), fail())
    assert events == ["ended"]


async def test_a_cancellation_is_raised_even_if_a_task_fails_because_of_it() -> None:
    async def fail_when_cancelled() -> None:
        try:
            await asyncio.Event().wait()
        finally:
            raise OSError("gone")

    task = asyncio.create_task(run_together(fail_when_cancelled()))
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await asyncio.wait_for(task, 30)


async def test_a_projector_can_be_cancelled_at_any_step_of_a_failing_connection(database: Database, redis: Redis) -> None:
    async with (
        AsyncGraphDatabase.driver(f"bolt://127.0.0.1:{free_port()}", auth=("neo4j", "no server")) as driver,
        database.transaction() as connection,
    ):
        for steps in range(STEPS_MAX):
            task = asyncio.create_task(Projector(connection, driver, redis).run())
            for _ in range(steps):
                await asyncio.sleep(0)
            await asyncio.wait_for(cancel_and_wait(task), 30)
            assert task.cancelled()
