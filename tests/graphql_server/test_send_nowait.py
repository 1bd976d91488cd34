"""Pushes: what goes out at once costs no task, what waits makes nobody else wait."""

import asyncio

import pytest

from graphql_server.send_nowait import send_nowait


async def test_a_send_that_does_not_wait_needs_no_task() -> None:
    sent: list[str] = []

    async def sending() -> None:
        sent.append("at once")

    assert send_nowait(sending()) is None
    assert sent == ["at once"]


async def test_a_send_that_waits_continues_in_a_task() -> None:
    sent: list[str] = []
    writable = asyncio.Event()

    async def sending() -> None:
        sent.append("began")
        await writable.wait()
        await asyncio.sleep(0)
        sent.append("ended")

    task = send_nowait(sending())
    assert task is not None
    assert sent == ["began"]
    writable.set()
    await task
    assert sent == ["began", "ended"]


async def test_an_immediate_error_is_raised_and_a_later_one_is_in_the_task() -> None:
    async def fails() -> None:
        raise ConnectionResetError

    async def fails_later() -> None:
        await asyncio.sleep(0)
        raise ConnectionResetError

    with pytest.raises(ConnectionResetError):
        send_nowait(fails())
    task = send_nowait(fails_later())
    assert task is not None
    with pytest.raises(ConnectionResetError):
        await task


async def test_cancelling_the_task_cancels_the_send() -> None:
    seen: list[str] = []

    async def sending() -> None:
        try:
            await asyncio.Event().wait()
        except asyncio.CancelledError:
            seen.append("cancelled")
            await asyncio.sleep(0)
            seen.append("cleaned up")
            raise

    task = send_nowait(sending())
    assert task is not None
    await asyncio.sleep(0)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert seen == ["cancelled", "cleaned up"]


async def test_a_send_that_suppresses_its_cancellation_ends_normally() -> None:
    async def sending() -> None:
        try:
            await asyncio.Event().wait()
        except asyncio.CancelledError:
            return

    task = send_nowait(sending())
    assert task is not None
    await asyncio.sleep(0)
    task.cancel()
    await task
