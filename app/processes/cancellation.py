"""Cancellation that is not lost, and tasks that live and end together.

Until Python 3.12 `asyncio.wait_for`, which drivers use, drops a cancellation that comes in the moment in which it fails; and a
TaskGroup whose task fails in the moment in which it is cancelled tells of the failure only.
"""

import asyncio
from collections.abc import Coroutine
from typing import Any

CANCEL_RETRY_SECONDS = 0.5


async def cancel_and_wait(*tasks: asyncio.Task[Any]) -> None:
    """Cancels them, again and again, until all are done."""
    pending, told = set(tasks), False
    while pending:
        for task in pending:
            task.cancel()
        try:
            _, pending = await asyncio.wait(pending, timeout=CANCEL_RETRY_SECONDS)
        except asyncio.CancelledError:
            told = True
    if told:
        raise asyncio.CancelledError


async def run_together(*coroutines: Coroutine[Any, Any, None]) -> None:
    """Until all have ended, or one has failed: then the others are ended, and what it raised is raised."""
    tasks = [asyncio.create_task(coroutine) for coroutine in coroutines]
    try:
        done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_EXCEPTION)
    finally:
        await cancel_and_wait(*tasks)
    for task in done:
        task.result()
