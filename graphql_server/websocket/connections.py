"""The company: all sockets that are open in this process, looked after by one task, and sent away in order when it stops."""

import asyncio
import logging
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from graphql_server.auth.authenticator import Authenticator
from graphql_server.auth.credentials import Headers, is_allowed_origin, read_credentials
from graphql_server.execution import OperationRunner
from graphql_server.subscriptions.registry import SubscriptionRegistry
from graphql_server.timeouts import Timeouts
from graphql_server.websocket import messages
from graphql_server.websocket.connection import WebSocketConnection

logger = logging.getLogger(__name__)

CLOSE_BATCH_SIZE = 100
"""So many sockets are closed in one go: their clients come back soon, and not in one instant."""
DRAIN_POLL_SECONDS = 0.05


class ConnectionManager:
    def __init__(
        self, authenticator: Authenticator, runner: OperationRunner, subscriptions: SubscriptionRegistry, timeouts: Timeouts
    ) -> None:
        self.authenticator = authenticator
        self.runner = runner
        self.subscriptions = subscriptions
        self.timeouts = timeouts
        self.connections: set[WebSocketConnection] = set()
        self.timeout_task: asyncio.Task[None] | None = None
        self.background_tasks: set[asyncio.Task[None]] = set()

    async def serve(self, scope: Any, receive: Any, send: Any) -> None:
        await receive()
        if self.authenticator.is_draining:
            return await _reject_handshake(scope, send, 503)
        if not _is_handshake_allowed(self.authenticator, scope):
            return await _reject_handshake(scope, send, 403)
        socket = WebSocketConnection(self.authenticator, self.runner, self.subscriptions, scope, receive, send)
        self.connections.add(socket)
        if self.timeout_task is None or self.timeout_task.done():
            self.timeout_task = asyncio.create_task(self._check_timeouts_until_empty())
        try:
            await socket.run()
        finally:
            self.connections.discard(socket)
        return None

    def end_sessions(self, has_ended: Callable[[str], bool]) -> None:
        """Closes the sockets of those tokens of which this is true."""
        for socket in self.connections:
            token = socket.credentials.token
            if token is not None and has_ended(token):
                self._start_close(socket, messages.UNAUTHORIZED, "Unauthorized: the session has ended")

    async def drain(self) -> None:
        """The open ones are closed once their queries have ended, all of them within the time for it."""
        with suppress(TimeoutError):
            async with asyncio.timeout(self.timeouts.drain - 2 * DRAIN_POLL_SECONDS):
                while self.connections:
                    self._close_for_restart([socket for socket in self.connections if socket.is_idle][:CLOSE_BATCH_SIZE])
                    await asyncio.sleep(DRAIN_POLL_SECONDS)
        self._close_for_restart(list(self.connections))
        if self.background_tasks:
            await asyncio.wait(self.background_tasks, timeout=DRAIN_POLL_SECONDS)

    def _close_for_restart(self, connections: list[WebSocketConnection]) -> None:
        for socket in connections:
            self._start_close(socket, messages.SERVICE_RESTART, "Service restart: come back")
            self.connections.discard(socket)

    async def _check_timeouts_until_empty(self) -> None:
        """As long as there are sockets."""
        while self.connections:
            await asyncio.sleep(self.timeouts.check_interval)
            now = asyncio.get_running_loop().time()
            for socket in list(self.connections):
                self._check_timeouts(socket, now)

    def _check_timeouts(self, connection: WebSocketConnection, now: float) -> None:
        if connection.is_closing:
            return
        if connection.caller is None:
            if now - connection.opened_at > self.timeouts.connection_init:
                self._start_close(connection, messages.CONNECTION_INITIALISATION_TIMEOUT, "Connection initialisation timeout")
        elif connection.pinged_at is not None and now - connection.pinged_at > self.timeouts.pong:
            self._start_close(connection, messages.PONG_TIMEOUT, "No pong came")
        elif connection.pinged_at is None and now - connection.received_at > self.timeouts.ping_interval:
            connection.pinged_at = now
            connection.send_text(messages.PING)
        if (
            connection.caller is not None
            and connection.caller.token
            and now - connection.session_checked_at > self.timeouts.session_check_interval
        ):
            connection.session_checked_at = now
            self._start_task(self._check_session(connection))

    async def _check_session(self, connection: WebSocketConnection) -> None:
        """A store that does not answer says nothing about the session."""
        try:
            viewer = await self.authenticator.authenticate(connection.credentials.token)
        except Exception:
            logger.warning("a session could not be checked", exc_info=True)
            return
        if viewer is None:
            await connection.close_or_cancel(messages.UNAUTHORIZED, "Unauthorized: the session has ended")

    def _start_close(self, connection: WebSocketConnection, code: int, reason: str) -> None:
        self._start_task(connection.close_or_cancel(code, reason))

    def _start_task(self, coroutine: Any) -> None:
        errand = asyncio.create_task(coroutine)
        self.background_tasks.add(errand)
        errand.add_done_callback(self.background_tasks.discard)


def _is_handshake_allowed(authenticator: Authenticator, scope: Any) -> bool:
    """A foreign page's socket brings our cookie with it, whether the page knows of it or not."""
    headers: Headers = dict(scope["headers"])
    return not read_credentials(headers).is_from_cookie or is_allowed_origin(scope, headers, authenticator.origins)


async def _reject_handshake(scope: Any, send: Any, status: int) -> None:
    """Without a handshake."""
    if "websocket.http.response" not in scope.get("extensions", {}):
        return await send({"type": "websocket.close"})  # type: ignore[no-any-return]
    headers = [(b"retry-after", b"1")] if status == 503 else []
    await send({"type": "websocket.http.response.start", "status": status, "headers": headers})
    await send({"type": "websocket.http.response.body", "body": b""})
    return None
