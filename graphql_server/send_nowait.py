"""A send that needs a task only where it has to wait for a slow client.

Most sends complete at once. `create_task` for each of them would cost one task, and one turn of the event loop, per message and
client.
"""

import asyncio
from collections.abc import Awaitable, Collection, Coroutine, Generator
from types import coroutine
from typing import Any, cast


def send_nowait(
    send_coroutine: Coroutine[Any, Any, None], *, after: Collection["asyncio.Future[None]"] = ()
) -> "asyncio.Task[None] | None":
    """Runs `send_coroutine` until it ends or has to wait. Raises what it raises until then.

    Returns None when it has ended, else the task that runs the rest. Where there are sends that must come first, in `after`, it
    starts when they have ended.
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
    """Continues where the coroutine has stopped. `awaited` is the future that it waits for; the task has to yield it."""
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
