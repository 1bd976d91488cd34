"""An id for each request. The response has it as `x-request-id`, and the log names it beside each internal error.

`with_request_id` wraps the `send` of any ASGI application, so that every route of an application can have request ids.
"""

import re
from collections.abc import Awaitable, Callable
from contextvars import ContextVar
from secrets import token_hex
from typing import Any

HEADER = b"x-request-id"
VALID_ID = re.compile(rb"[A-Za-z0-9._-]{1,128}")
RESPONSE_STARTS = ("http.response.start", "websocket.accept", "websocket.http.response.start")

request_id: ContextVar[str | None] = ContextVar("request_id", default=None)
"""The id of the request that this task handles; of a WebSocket, that of its handshake. None outside of any request."""

Send = Callable[[Any], Awaitable[None]]


def with_request_id(scope: Any, send: Send) -> Send:
    """Sets `request_id` for this task, and adds the header to the response that goes through the returned `send`.

    The id is the client's own `x-request-id` where it is valid, else a new random one of 16 hexadecimal digits.
    """
    if scope["type"] not in ("http", "websocket"):
        return send
    header = next((value for name, value in scope["headers"] if name == HEADER), b"")
    id_ = header if VALID_ID.fullmatch(header) else token_hex(8).encode()
    request_id.set(id_.decode())

    def send_with_id(message: Any) -> Awaitable[None]:
        if message["type"] in RESPONSE_STARTS:
            message = {**message, "headers": [*message.get("headers", ()), (HEADER, id_)]}
        return send(message)

    return send_with_id
