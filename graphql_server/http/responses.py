"""HTTP responses."""

import asyncio
import gzip
from dataclasses import dataclass, field
from typing import Any

import orjson
from graphql import GraphQLError

from graphql_server.http.negotiation import JSON

RawHeaders = list[tuple[bytes, bytes]]

GZIP_BYTES_MIN = 2_048
"""Shorter bodies are not compressed: the gain is too small."""
INLINE_GZIP_BYTES_MAX = 256 * 1024
"""Longer bodies are compressed in a thread, since they would block the event loop for too long."""
GZIP_LEVEL = 4


@dataclass(slots=True)
class Response:
    status: int
    body: bytes = b""
    content_type: str = JSON
    headers: RawHeaders = field(default_factory=list)

    async def compress(self) -> None:
        if len(self.body) < GZIP_BYTES_MIN:
            return
        if len(self.body) > INLINE_GZIP_BYTES_MAX:
            self.body = await asyncio.to_thread(gzip_body, self.body)
        else:
            self.body = gzip_body(self.body)
        self.headers.append((b"content-encoding", b"gzip"))

    async def send(self, send: Any, *, is_head: bool = False) -> None:
        headers = [(b"content-length", b"%d" % len(self.body)), (b"cache-control", b"no-store"), *self.headers]
        if self.body:
            headers.append((b"content-type", f"{self.content_type}; charset=utf-8".encode("latin-1")))
        await send({"type": "http.response.start", "status": self.status, "headers": headers})
        await send({"type": "http.response.body", "body": b"" if is_head else self.body})


class HttpError(Exception):
    """A request that is rejected by a rule of HTTP, before GraphQL executes it."""

    def __init__(self, status: int, code: str, message: str, *headers: tuple[bytes, bytes]) -> None:
        super().__init__(message)
        self.status = status
        self.error = GraphQLError(message, extensions={"code": code})
        self.headers = list(headers)


def gzip_body(body: bytes) -> bytes:
    """Without a timestamp, so that equal bodies have equal compressed forms."""
    return gzip.compress(body, GZIP_LEVEL, mtime=0)


def encode_json(response: Any) -> bytes:
    return orjson.dumps(response)


def error_response(status: int, errors: list[dict[str, Any]], content_type: str, headers: RawHeaders | None = None) -> Response:
    """`errors` are formatted. A response with request errors has no member `data`."""
    return Response(status, encode_json({"errors": errors}), content_type, headers or [])
