"""Cancels a request whose client has closed the connection."""

import asyncio
from typing import Any

DISCONNECT_WATCH_DELAY_SECONDS = 0.05
"""Requests that end earlier are not watched, which saves a task for each of them."""


class ClientDisconnected(Exception):
    """The client has closed the connection, so that no response can be sent."""


class DisconnectWatch:
    """Cancels what runs in the block when the client disconnects, and raises ClientDisconnected at its end."""

    def __init__(self, receive: Any) -> None:
        self.receive = receive
        self.is_disconnected = False
        self.watched_task: asyncio.Task[Any] | None = None
        self.watch_task: asyncio.Task[None] | None = None

    def __enter__(self) -> None:
        self.watched_task = asyncio.current_task()
        self.timer = asyncio.get_running_loop().call_later(DISCONNECT_WATCH_DELAY_SECONDS, self._start)

    def __exit__(self, kind: object, *_: object) -> None:
        self.timer.cancel()
        if self.watch_task is not None:
            self.watch_task.cancel()
        if self.is_disconnected and kind is asyncio.CancelledError and self._is_only_cancelled_here():
            raise ClientDisconnected

    def _is_only_cancelled_here(self) -> bool:
        return self.watched_task is not None and self.watched_task.uncancel() == 0

    def _start(self) -> None:
        self.watch_task = asyncio.create_task(self._cancel_on_disconnect())

    async def _cancel_on_disconnect(self) -> None:
        await wait_for_disconnect(self.receive)
        self.is_disconnected = True
        if self.watched_task is not None:
            self.watched_task.cancel()


async def wait_for_disconnect(receive: Any) -> None:
    while (await receive())["type"] != "http.disconnect":
        continue
