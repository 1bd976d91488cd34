"""All WebSocket connections of this process. One task checks their timeouts. They are closed before the server stops."""

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
"""Connections that are closed at a time while the server drains, so that their clients do not all reconnect at once."""
DRAIN_POLL_SECONDS = 0.05


class ConnectionManager:
    """Accepts connections, checks their timeouts and sessions, and closes them."""

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
        """Returns when the connection is closed."""
        await receive()
        if self.authenticator.is_draining:
            return await _reject_handshake(scope, send, 503)
        if not _is_handshake_allowed(self.authenticator, scope):
            return await _reject_handshake(scope, send, 403)
        connection = WebSocketConnection(self.authenticator, self.runner, self.subscriptions, scope, receive, send)
        self.connections.add(connection)
        if self.timeout_task is None or self.timeout_task.done():
            self.timeout_task = asyncio.create_task(self._check_timeouts_until_empty())
        try:
            await connection.run()
        finally:
            self.connections.discard(connection)
        return None

    def end_sessions(self, has_ended: Callable[[str], bool]) -> None:
        """Closes the connections for whose token `has_ended` is true."""
        for connection in self.connections:
            token = connection.credentials.token
            if token is not None and has_ended(token):
                self._start_close(connection, messages.UNAUTHORIZED, "Unauthorized: the session has ended")

    async def drain(self) -> None:
        """Closes each connection when its queries and mutations have ended, and all of them within `timeouts.drain`."""
        with suppress(TimeoutError):
            async with asyncio.timeout(self.timeouts.drain - 2 * DRAIN_POLL_SECONDS):
                while self.connections:
                    self._close_for_restart(
                        [connection for connection in self.connections if connection.is_idle][:CLOSE_BATCH_SIZE]
                    )
                    await asyncio.sleep(DRAIN_POLL_SECONDS)
        self._close_for_restart(list(self.connections))
        if self.background_tasks:
            await asyncio.wait(self.background_tasks, timeout=DRAIN_POLL_SECONDS)

    def _close_for_restart(self, connections: list[WebSocketConnection]) -> None:
        for connection in connections:
            self._start_close(connection, messages.SERVICE_RESTART, "Service restart: reconnect")
            self.connections.discard(connection)

    async def _check_timeouts_until_empty(self) -> None:
        """Ends with the last connection."""
        while self.connections:
            await asyncio.sleep(self.timeouts.check_interval)
            now = asyncio.get_running_loop().time()
            for connection in list(self.connections):
                self._check_timeouts(connection, now)

    def _check_timeouts(self, connection: WebSocketConnection, now: float) -> None:
        if connection.is_closing:
            return
        if connection.caller is None:
            if now - connection.opened_at > self.timeouts.connection_init:
                self._start_close(connection, messages.CONNECTION_INITIALISATION_TIMEOUT, "Connection initialisation timeout")
        elif connection.pinged_at is not None and now - connection.pinged_at > self.timeouts.pong:
            self._start_close(connection, messages.PONG_TIMEOUT, "No pong received")
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
        """Closes the connection where the session has ended. Keeps it where a store is unavailable."""
        try:
            viewer = await self.authenticator.authenticate(connection.credentials.token)
        except Exception:
            logger.warning("The session of a connection cannot be checked; the connection stays open.", exc_info=True)
            return
        if viewer is None:
            await connection.close_or_cancel(messages.UNAUTHORIZED, "Unauthorized: the session has ended")

    def _start_close(self, connection: WebSocketConnection, code: int, reason: str) -> None:
        self._start_task(connection.close_or_cancel(code, reason))

    def _start_task(self, coroutine: Any) -> None:
        task = asyncio.create_task(coroutine)
        self.background_tasks.add(task)
        task.add_done_callback(self.background_tasks.discard)


def _is_handshake_allowed(authenticator: Authenticator, scope: Any) -> bool:
    """False for a page of another origin with a cookie: browsers send the cookie with every handshake."""
    headers: Headers = dict(scope["headers"])
    is_from_cookie = read_credentials(headers, authenticator.cookie).is_from_cookie
    return not is_from_cookie or is_allowed_origin(scope, headers, authenticator.origins)


async def _reject_handshake(scope: Any, send: Any, status: int) -> None:
    """Answers with an HTTP status where the server supports it (the ASGI extension `websocket.http.response`)."""
    if "websocket.http.response" not in scope.get("extensions", {}):
        return await send({"type": "websocket.close"})  # type: ignore[no-any-return]
    headers = [(b"retry-after", b"1")] if status == 503 else []
    await send({"type": "websocket.http.response.start", "status": status, "headers": headers})
    await send({"type": "websocket.http.response.body", "body": b""})
    return None
