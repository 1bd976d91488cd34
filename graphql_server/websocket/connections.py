"""The company: all sockets that are open in this process, looked after by one task, and sent away in order when it stops."""

import asyncio
import logging
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from graphql_server.auth.authenticator import Gate
from graphql_server.auth.credentials import Headers, credentials, origin_is_ours
from graphql_server.execution import Executions
from graphql_server.subscriptions.registry import Follows
from graphql_server.timeouts import Timings
from graphql_server.websocket import messages
from graphql_server.websocket.connection import Socket

logger = logging.getLogger(__name__)

CLOSED_AT_ONCE = 100
"""So many sockets are closed in one go: their clients come back soon, and not in one instant."""
DRAIN_PAUSE_SECONDS = 0.05


class Company:
    def __init__(self, gate: Gate, executions: Executions, follows: Follows, timings: Timings) -> None:
        self.gate = gate
        self.executions = executions
        self.follows = follows
        self.timings = timings
        self.sockets: set[Socket] = set()
        self.watching: asyncio.Task[None] | None = None
        self.errands: set[asyncio.Task[None]] = set()

    async def serve(self, scope: Any, receive: Any, send: Any) -> None:
        await receive()
        if self.gate.is_draining:
            return await _turn_away(scope, send, 503)
        if not _may_shake_hands(self.gate, scope):
            return await _turn_away(scope, send, 403)
        socket = Socket(self.gate, self.executions, self.follows, scope, receive, send)
        self.sockets.add(socket)
        if self.watching is None or self.watching.done():
            self.watching = asyncio.create_task(self._watch())
        try:
            await socket.run()
        finally:
            self.sockets.discard(socket)
        return None

    def end_sessions(self, has_ended: Callable[[str], bool]) -> None:
        """Closes the sockets of those tokens of which this is true."""
        for socket in self.sockets:
            token = socket.credentials.token
            if token is not None and has_ended(token):
                self._cut(socket, messages.UNAUTHORIZED, "Unauthorized: the session has ended")

    async def drain(self) -> None:
        """The open ones are closed once their queries have ended, all of them within the time for it."""
        with suppress(TimeoutError):
            async with asyncio.timeout(self.timings.drain - 2 * DRAIN_PAUSE_SECONDS):
                while self.sockets:
                    self._send_away([socket for socket in self.sockets if socket.is_idle][:CLOSED_AT_ONCE])
                    await asyncio.sleep(DRAIN_PAUSE_SECONDS)
        self._send_away(list(self.sockets))
        if self.errands:
            await asyncio.wait(self.errands, timeout=DRAIN_PAUSE_SECONDS)

    def _send_away(self, sockets: list[Socket]) -> None:
        for socket in sockets:
            self._cut(socket, messages.RESTARTING, "Service restart: come back")
            self.sockets.discard(socket)

    async def _watch(self) -> None:
        """As long as there are sockets."""
        while self.sockets:
            await asyncio.sleep(self.timings.tick)
            now = asyncio.get_running_loop().time()
            for socket in list(self.sockets):
                self._look_at(socket, now)

    def _look_at(self, socket: Socket, now: float) -> None:
        if socket.is_closing:
            return
        if socket.caller is None:
            if now - socket.since > self.timings.init:
                self._cut(socket, messages.INIT_TIMEOUT, "Connection initialisation timeout")
        elif socket.pinged_at is not None and now - socket.pinged_at > self.timings.pong:
            self._cut(socket, messages.PONG_TIMEOUT, "No pong came")
        elif socket.pinged_at is None and now - socket.heard_at > self.timings.ping:
            socket.pinged_at = now
            socket.say(messages.PING)
        if socket.caller is not None and socket.caller.token and now - socket.checked_at > self.timings.session_check:
            socket.checked_at = now
            self._errand(self._check_session(socket))

    async def _check_session(self, socket: Socket) -> None:
        """A store that does not answer says nothing about the session."""
        try:
            viewer = await self.gate.authenticate(socket.credentials.token)
        except Exception:
            logger.warning("a session could not be checked", exc_info=True)
            return
        if viewer is None:
            await socket.cut(messages.UNAUTHORIZED, "Unauthorized: the session has ended")

    def _cut(self, socket: Socket, code: int, reason: str) -> None:
        self._errand(socket.cut(code, reason))

    def _errand(self, work: Any) -> None:
        errand = asyncio.create_task(work)
        self.errands.add(errand)
        errand.add_done_callback(self.errands.discard)


def _may_shake_hands(gate: Gate, scope: Any) -> bool:
    """A foreign page's socket brings our cookie with it, whether the page knows of it or not."""
    headers: Headers = dict(scope["headers"])
    return not credentials(headers).by_cookie or origin_is_ours(scope, headers, gate.origins)


async def _turn_away(scope: Any, send: Any, status: int) -> None:
    """Without a handshake."""
    if "websocket.http.response" not in scope.get("extensions", {}):
        return await send({"type": "websocket.close"})  # type: ignore[no-any-return]
    headers = [(b"retry-after", b"1")] if status == 503 else []
    await send({"type": "websocket.http.response.start", "status": status, "headers": headers})
    await send({"type": "websocket.http.response.body", "body": b""})
    return None
