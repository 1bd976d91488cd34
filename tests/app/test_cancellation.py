"""What was told to end does end, whoever drops the telling."""

import asyncio

import pytest
from neo4j import AsyncGraphDatabase
from redis.asyncio import Redis

from app.embedded.instance_config import free_port
from app.processes.cancellation import cancel_and_wait, run_together
from app.processes.projector import Projector
from db.database import Database

ROUNDS = 40


async def test_a_dropped_cancellation_is_told_again() -> None:
    dropped: list[int] = []

    async def deaf() -> None:
        while len(dropped) < 2:
            try:
                await asyncio.Event().wait()
            except asyncio.CancelledError:
                dropped.append(1)
        await asyncio.Event().wait()

    task = asyncio.create_task(deaf())
    await asyncio.sleep(0)
    await asyncio.wait_for(cancel_and_wait(task), 30)
    assert (task.cancelled(), len(dropped)) == (True, 2)


async def test_when_one_fails_the_other_is_ended_and_the_failure_told() -> None:
    other: list[str] = []

    async def fail() -> None:
        raise OSError("gone")

    async def live() -> None:
        try:
            await asyncio.Event().wait()
        finally:
            other.append("ended")

    with pytest.raises(OSError, match="gone"):
        await run_together(live(), fail())
    assert other == ["ended"]


async def test_a_cancellation_counts_even_where_a_task_fails_because_of_it() -> None:
    async def fail_when_told() -> None:
        try:
            await asyncio.Event().wait()
        finally:
            raise OSError("gone")

    task = asyncio.create_task(run_together(fail_when_told()))
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await asyncio.wait_for(task, 30)


async def test_a_projector_ends_at_whatever_moment_of_its_knocking_at_nobodys_door(database: Database, redis: Redis) -> None:
    async with (
        AsyncGraphDatabase.driver(f"bolt://127.0.0.1:{free_port()}", auth=("neo4j", "nobody listens")) as driver,
        database.transaction() as connection,
    ):
        for moments in range(ROUNDS):
            task = asyncio.create_task(Projector(connection, driver, redis).run())
            for _ in range(moments):
                await asyncio.sleep(0)
            await asyncio.wait_for(cancel_and_wait(task), 30)
            assert task.cancelled()
