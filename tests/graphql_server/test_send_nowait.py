"""Pushes: what goes out at once costs no task, what waits makes nobody else wait."""

import asyncio

import pytest

from graphql_server.send_nowait import send_nowait


async def test_what_does_not_wait_is_done_at_once() -> None:
    sent: list[str] = []

    async def sending() -> None:
        sent.append("at once")

    assert send_nowait(sending()) is None
    assert sent == ["at once"]


async def test_what_waits_goes_on_in_a_task() -> None:
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


async def test_what_it_raises_at_once_is_raised_and_later_is_the_tasks() -> None:
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


async def test_cancelling_reaches_what_waits() -> None:
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


async def test_what_swallows_its_cancelling_ends_well() -> None:
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
