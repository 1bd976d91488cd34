"""Pushes: a send that goes out at once costs no task, and one that has to wait for a slow reader makes nobody else wait."""

import asyncio
from collections.abc import Awaitable, Collection, Coroutine, Generator
from types import coroutine
from typing import Any, cast


def push(sending: Coroutine[Any, Any, None], *, behind: Collection["asyncio.Future[None]"] = ()) -> "asyncio.Task[None] | None":
    """Runs `sending` until it ends or has to wait; the task is what is left to wait for. Raises what `sending` raises.

    Where it has to stay `behind` others, it begins when they have ended.
    """
    if behind:
        return asyncio.create_task(_after(tuple(behind), sending))
    try:
        awaited = sending.send(None)
    except StopIteration:
        return None
    return asyncio.create_task(_rest(sending, awaited))


async def _after(others: Collection["asyncio.Future[None]"], sending: Coroutine[Any, Any, None]) -> None:
    try:
        await asyncio.wait(others)
    except BaseException:
        sending.close()
        raise
    await sending


async def _rest(sending: Coroutine[Any, Any, None], awaited: Any) -> None:
    await cast(Awaitable[None], _resumed(sending, awaited))


@coroutine
def _resumed(sending: Coroutine[Any, Any, None], awaited: Any) -> Generator[Any, Any, None]:
    """Goes on awaiting where `sending` stopped: asyncio only needs to see the future that it stopped at."""
    try:
        yield awaited
    except BaseException as error:
        yield from _thrown(sending, error)
        return
    yield from sending


def _thrown(sending: Coroutine[Any, Any, None], error: BaseException) -> Generator[Any, Any, None]:
    try:
        awaited = sending.throw(error)
    except StopIteration:
        return
    yield from _resumed(sending, awaited)
