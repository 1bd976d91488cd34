"""Responses: what goes back over HTTP, encoded once."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import orjson
from graphql import GraphQLError

from app.graphql.accepts import JSON
from app.graphql.errors import shown

RawHeaders = list[tuple[bytes, bytes]]


@dataclass(slots=True)
class Response:
    status: int
    body: bytes = b""
    content_type: str = JSON
    headers: RawHeaders = field(default_factory=list)

    async def send(self, send: Any, *, is_head: bool = False) -> None:
        headers = [(b"content-length", b"%d" % len(self.body)), (b"cache-control", b"no-store"), *self.headers]
        if self.body:
            headers.append((b"content-type", f"{self.content_type}; charset=utf-8".encode("latin-1")))
        await send({"type": "http.response.start", "status": self.status, "headers": headers})
        await send({"type": "http.response.body", "body": b"" if is_head else self.body})


class Refused(Exception):
    """A request that HTTP itself refuses, before GraphQL sees it."""

    def __init__(self, status: int, code: str, message: str, *headers: tuple[bytes, bytes]) -> None:
        super().__init__(message)
        self.status = status
        self.error = GraphQLError(message, extensions={"code": code})
        self.headers = list(headers)


def encoded(response: Any) -> bytes:
    return orjson.dumps(response)


def of_errors(status: int, errors: Iterable[GraphQLError], content_type: str, headers: RawHeaders | None = None) -> Response:
    """A request error has no `data`, not even null."""
    return Response(status, encoded({"errors": shown(errors)}), content_type, headers or [])
