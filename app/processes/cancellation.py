"""Cancellation that is not lost, and tasks that start and end together.

Until Python 3.12 `asyncio.wait_for`, which drivers use, drops a cancellation that arrives while it fails; and a TaskGroup whose
task fails while the group is cancelled raises the failure only.
"""

import asyncio
from collections.abc import Coroutine
from typing import Any

CANCEL_RETRY_SECONDS = 0.5


async def cancel_and_wait(*tasks: asyncio.Task[Any]) -> None:
    """Cancels the tasks repeatedly until all are done. Then raises CancelledError if the caller was cancelled meanwhile."""
    pending, is_cancelled = set(tasks), False
    while pending:
        for task in pending:
            task.cancel()
        try:
            _, pending = await asyncio.wait(pending, timeout=CANCEL_RETRY_SECONDS)
        except asyncio.CancelledError:
            is_cancelled = True
    if is_cancelled:
        raise asyncio.CancelledError


async def run_together(*coroutines: Coroutine[Any, Any, None]) -> None:
    """Runs the coroutines until all have ended or one has failed; then cancels the others and raises its error."""
    tasks = [asyncio.create_task(coroutine) for coroutine in coroutines]
    try:
        done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_EXCEPTION)
    finally:
        await cancel_and_wait(*tasks)
    for task in done:
        task.result()
