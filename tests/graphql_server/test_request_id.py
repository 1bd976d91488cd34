"""Each response has an `x-request-id`, which the log names beside internal errors."""

import logging
import re
from typing import Any

import pytest

from graphql_server.errors import ErrorFormatter, internal_error
from graphql_server.request_id import with_request_id


async def sent_headers(scope: dict[str, Any], message: dict[str, Any]) -> dict[bytes, bytes]:
    """The headers with which an application's `message` is sent."""
    sent: list[dict[str, Any]] = []

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    await with_request_id(scope, send)(message)
    return dict(sent[0].get("headers", ()))


def http_scope(*headers: tuple[bytes, bytes]) -> dict[str, Any]:
    return {"type": "http", "headers": list(headers)}


@pytest.mark.parametrize("id_", [b"7", b"a-B_c.9", b"x" * 128])
async def test_the_id_of_the_client_is_kept(id_: bytes) -> None:
    headers = await sent_headers(http_scope((b"x-request-id", id_)), {"type": "http.response.start", "status": 200})
    assert headers[b"x-request-id"] == id_


@pytest.mark.parametrize("id_", [b"", b"x" * 129, b"a b", b"a\r\nset-cookie: b=c", "é".encode()])
async def test_an_id_of_another_form_is_replaced_by_a_random_one(id_: bytes) -> None:
    headers = await sent_headers(http_scope((b"x-request-id", id_)), {"type": "http.response.start", "status": 200})
    assert re.fullmatch(rb"[0-9a-f]{16}", headers[b"x-request-id"])


async def test_two_requests_have_different_random_ids() -> None:
    message = {"type": "http.response.start", "status": 200}
    first, second = await sent_headers(http_scope(), message), await sent_headers(http_scope(), message)
    assert first[b"x-request-id"] != second[b"x-request-id"]


async def test_the_other_headers_of_the_response_stay() -> None:
    headers = await sent_headers(http_scope(), {"type": "http.response.start", "status": 200, "headers": [(b"a", b"b")]})
    assert headers.keys() == {b"a", b"x-request-id"}


async def test_the_handshake_of_a_websocket_has_an_id() -> None:
    headers = await sent_headers({"type": "websocket", "headers": []}, {"type": "websocket.accept"})
    assert headers.keys() == {b"x-request-id"}


@pytest.mark.parametrize(
    ("scope", "type_"), [(http_scope(), "http.response.body"), ({"type": "lifespan"}, "lifespan.startup.complete")]
)
async def test_no_other_message_has_an_id(scope: dict[str, Any], type_: str) -> None:
    assert await sent_headers(scope, {"type": type_}) == {}


async def test_an_internal_error_is_logged_with_the_id_of_its_request(caplog: pytest.LogCaptureFixture) -> None:
    await sent_headers(http_scope((b"x-request-id", b"from-the-client")), {"type": "http.response.start", "status": 500})
    with caplog.at_level(logging.ERROR):
        [error] = ErrorFormatter().format([internal_error(RuntimeError())])
    assert error["extensions"]["id"] in caplog.messages[0]
    assert "from-the-client" in caplog.messages[0]
