"""The body of an HTTP request."""

from typing import Any

from graphql_server.http.disconnect import ClientDisconnected
from graphql_server.http.negotiation import JSON
from graphql_server.http.responses import HttpError
from graphql_server.limits import LimitExceeded

DISCARDED_BODIES_MAX = 20
"""A body above the limit is read up to this many times the limit, so that its client receives the response."""


def check_content_type(content_type: str | None) -> None:
    """Raises HttpError unless it is JSON in UTF-8.

    It also keeps out the forms of other origins: a form cannot send this type without a preflight request.
    """
    name, _, parameters = (content_type or "").lower().partition(";")
    charset = parameters.partition("charset=")[2].strip(' "')
    if name.strip() != JSON or charset not in ("", "utf-8", "utf8"):
        raise HttpError(415, "UNSUPPORTED_MEDIA_TYPE", "Send application/json in UTF-8.", (b"accept", JSON.encode()))


async def read_body(receive: Any, maximum: int) -> bytes:
    """Raises HttpError where it has more than `maximum` bytes, ClientDisconnected where it does not end."""
    chunks: list[bytes] = []
    length, has_more = 0, True
    while has_more and length <= maximum * DISCARDED_BODIES_MAX:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise ClientDisconnected
        chunk = message.get("body", b"")
        length += len(chunk)
        if length <= maximum:
            chunks.append(chunk)
        has_more = message.get("more_body", False)
    if length > maximum:
        raise _body_too_large(maximum)
    return b"".join(chunks)


def _body_too_large(maximum: int) -> HttpError:
    error = HttpError(413, "LIMIT_EXCEEDED", "", (b"connection", b"close"))
    error.error = LimitExceeded("body_bytes", maximum)
    return error
