"""Pushes: a send that goes out at once costs no task, and one that has to wait for a slow reader makes nobody else wait."""

import asyncio
from collections.abc import Awaitable, Collection, Coroutine, Generator
from types import coroutine
from typing import Any, cast


def send_nowait(
    send_coroutine: Coroutine[Any, Any, None], *, after: Collection["asyncio.Future[None]"] = ()
) -> "asyncio.Task[None] | None":
    """Runs `sending` until it ends or has to wait; the task is what is left to wait for. Raises what `sending` raises.

    Where it has to stay `behind` others, it begins when they have ended.
    """
    if after:
        return asyncio.create_task(_send_after(tuple(after), send_coroutine))
    try:
        awaited = send_coroutine.send(None)
    except StopIteration:
        return None
    return asyncio.create_task(_finish(send_coroutine, awaited))


async def _send_after(previous: Collection["asyncio.Future[None]"], send_coroutine: Coroutine[Any, Any, None]) -> None:
    try:
        await asyncio.wait(previous)
    except BaseException:
        send_coroutine.close()
        raise
    await send_coroutine


async def _finish(send_coroutine: Coroutine[Any, Any, None], awaited: Any) -> None:
    await cast(Awaitable[None], _resume(send_coroutine, awaited))


@coroutine
def _resume(send_coroutine: Coroutine[Any, Any, None], awaited: Any) -> Generator[Any, Any, None]:
    """Goes on awaiting where `sending` stopped: asyncio only needs to see the future that it stopped at."""
    try:
        yield awaited
    except BaseException as error:
        yield from _throw(send_coroutine, error)
        return
    yield from send_coroutine


def _throw(send_coroutine: Coroutine[Any, Any, None], error: BaseException) -> Generator[Any, Any, None]:
    try:
        awaited = send_coroutine.throw(error)
    except StopIteration:
        return
    yield from _resume(send_coroutine, awaited)
