"""GraphQL over HTTP: status codes, media types, methods, limits and what becomes of a client that goes away."""

import asyncio
from typing import Any

import orjson
import pytest

from graphql_server.http.negotiation import GRAPHQL_RESPONSE_JSON, JSON
from graphql_server.limits import Limits
from tests.graphql_server.serving import Served, serving, until
from tests.graphql_server.toy import Unavailable, World

HELLO = {"data": {"hello": "Hello, world"}}


async def test_a_query_is_answered(served: Served) -> None:
    response = await served.post("{ hello }")
    assert (response.status_code, response.json()) == (200, HELLO)
    assert response.headers["content-type"] == f"{GRAPHQL_RESPONSE_JSON}; charset=utf-8"
    assert response.headers["cache-control"] == "no-store"


@pytest.mark.parametrize(
    ("accept", "media"),
    [
        (None, JSON),
        ("*/*", JSON),
        ("application/*", JSON),
        (JSON, JSON),
        (GRAPHQL_RESPONSE_JSON, GRAPHQL_RESPONSE_JSON),
        (f"{GRAPHQL_RESPONSE_JSON}; charset=utf-8, {JSON}; charset=utf-8", GRAPHQL_RESPONSE_JSON),
        (f"{JSON};q=0.9, {GRAPHQL_RESPONSE_JSON}", GRAPHQL_RESPONSE_JSON),
        (f"{JSON}, {GRAPHQL_RESPONSE_JSON};q=0.9", JSON),
        (f"{JSON}, {GRAPHQL_RESPONSE_JSON};q=0", JSON),
        ("text/html, application/xhtml+xml, */*;q=0.8", JSON),
        (
            f"{GRAPHQL_RESPONSE_JSON}, application/graphql+json, {JSON}, text/event-stream, multipart/mixed",
            GRAPHQL_RESPONSE_JSON,
        ),
    ],
)
async def test_the_answer_is_of_the_type_that_the_client_prefers(served: Served, accept: str | None, media: str) -> None:
    response = await served.post("{ hello }", {"accept": accept} if accept else {"accept": ""})
    assert (response.status_code, response.json()) == (200, HELLO)
    assert response.headers["content-type"] == f"{media}; charset=utf-8"


@pytest.mark.parametrize("times", [100, 5_000], ids=["in a moment", "in a thread"])
async def test_a_long_response_is_compressed_where_the_client_accepts_it(served: Served, times: int) -> None:
    name = "Valjean" * times
    query = f"query ($name: String!) {{ {' '.join(f'a{n}: hello(name: $name)' for n in range(10))} }}"
    packed = await served.post(query, {"accept-encoding": "br, gzip;q=0.5"}, variables={"name": name})
    plain = await served.post(query, {"accept-encoding": "gzip;q=0, br"}, variables={"name": name})
    assert packed.headers["content-encoding"] == "gzip"
    assert "content-encoding" not in plain.headers
    assert packed.json() == plain.json() == {"data": {f"a{n}": f"Hello, {name}" for n in range(10)}}
    assert int(packed.headers["content-length"]) < len(plain.content) / 10
    assert "Accept-Encoding" in plain.headers["vary"]


async def test_a_short_answer_is_not_compressed(served: Served) -> None:
    response = await served.post("{ hello }", {"accept-encoding": "gzip"})
    assert "content-encoding" not in response.headers


@pytest.mark.parametrize("accept", ["text/html", "image/*", f"{JSON};q=0", f"{JSON}; charset=utf-16", f"{JSON};q=x"])
async def test_types_that_we_do_not_have_are_406(served: Served, accept: str) -> None:
    response = await served.post("{ hello }", {"accept": accept})
    assert response.status_code == 406
    assert response.json()["errors"][0]["extensions"]["code"] == "NOT_ACCEPTABLE"


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("", "GRAPHQL_PARSE_FAILED"),
        ("{ hello", "GRAPHQL_PARSE_FAILED"),
        ("{ nothing }", "GRAPHQL_VALIDATION_FAILED"),
        ("query A { me } query B { me }", "OPERATION_RESOLUTION_FAILURE"),
        ("query($name: String!) { hello(name: $name) }", "BAD_USER_INPUT"),
        ("{" + "hello " * 31 + "}", "LIMIT_EXCEEDED"),
    ],
)
async def test_a_request_error_has_a_code_and_no_data(served: Served, query: str, code: str) -> None:
    response = await served.post(query)
    assert response.status_code == 400
    assert "data" not in response.json()
    assert response.json()["errors"][0]["extensions"]["code"] == code
    old = await served.post(query, {"accept": JSON})
    assert (old.status_code, old.json()) == (200, response.json())


@pytest.mark.parametrize("accept", [JSON, GRAPHQL_RESPONSE_JSON])
@pytest.mark.parametrize(
    "body",
    [b"", b"{", b"1", b'"text"', b"{}", b'{"query": 1}', b'{"query": "{me}", "variables": 1}', b"[]", b"[1]"],
)
async def test_a_malformed_request_is_400(served: Served, body: bytes, accept: str) -> None:
    headers = {"content-type": JSON, "accept": accept}
    response = await served.http.post(served.url, content=body, headers=headers)
    assert response.status_code == 400
    assert response.json()["errors"][0]["extensions"]["code"] == "BAD_REQUEST"


async def test_a_persisted_query_without_its_text_is_not_supported(served: Served) -> None:
    body = {"extensions": {"persistedQuery": {"version": 1, "sha256Hash": "abc"}}}
    response = await served.http.post(served.url, json=body)
    assert response.json()["errors"][0]["extensions"]["code"] == "PERSISTED_QUERY_NOT_SUPPORTED"


@pytest.mark.parametrize("kind", [None, "text/plain", "application/x-www-form-urlencoded", f"{JSON}; charset=latin-1"])
async def test_a_body_of_another_type_is_415(served: Served, kind: str | None) -> None:
    headers = {"content-type": kind} if kind else {}
    response = await served.http.post(served.url, content=b'{"query": "{ hello }"}', headers=headers)
    assert response.status_code == 415
    assert response.json()["errors"][0]["extensions"]["code"] == "UNSUPPORTED_MEDIA_TYPE"
    assert response.headers["accept"] == JSON


async def test_a_body_over_the_limit_is_413(world: World) -> None:
    async with serving(world, limits=Limits(body_bytes=100)) as served:
        response = await served.post("{ hello }" + " " * 200)
        assert response.status_code == 413
        assert response.json()["errors"][0]["extensions"] == {"code": "LIMIT_EXCEEDED", "limit": "body_bytes", "maximum": 100}


async def test_a_body_over_the_limit_without_a_content_length_is_413(world: World) -> None:
    async def chunks() -> Any:
        for _ in range(20):
            yield b" " * 10

    async with serving(world, limits=Limits(body_bytes=100)) as served:
        response = await served.http.post(served.url, content=chunks(), headers={"content-type": JSON})
        assert response.status_code == 413


async def test_queries_run_over_get(served: Served) -> None:
    parameters = {
        "query": "query A($name: String!) { hello(name: $name) }",
        "variables": '{"name": "Ann"}',
        "operationName": "A",
    }
    response = await served.http.get(served.url, params=parameters)
    assert (response.status_code, response.json()) == (200, {"data": {"hello": "Hello, Ann"}})


async def test_mutations_over_get_are_405(served: Served) -> None:
    response = await served.http.get(served.url, params={"query": 'mutation { say(text: "x") }'})
    assert (response.status_code, response.headers["allow"]) == (405, "POST")
    assert served.world.feed.facts == []


async def test_parameters_that_are_no_json_are_400(served: Served) -> None:
    response = await served.http.get(served.url, params={"query": "{ hello }", "variables": "{"})
    assert response.status_code == 400


async def test_head_is_get_without_a_body(served: Served) -> None:
    response = await served.http.head(served.url, params={"query": "{ hello }"})
    assert (response.status_code, response.content) == (200, b"")
    assert int(response.headers["content-length"]) == len(orjson.dumps(HELLO))


async def test_options_lists_the_methods(served: Served) -> None:
    response = await served.http.options(served.url)
    assert (response.status_code, response.content) == (204, b"")
    assert response.headers["allow"] == "GET, HEAD, POST, PUT, DELETE, OPTIONS"


async def test_another_method_is_405(served: Served) -> None:
    response = await served.http.patch(served.url)
    assert response.status_code == 405
    assert "POST" in response.headers["allow"]


@pytest.mark.parametrize("method", ["GET", "POST"])
async def test_subscriptions_are_refused_over_plain_http(served: Served, method: str) -> None:
    query = {"query": "subscription { count(to: 1) }"}
    response = await served.http.request(
        method, served.url, headers={"accept": JSON}, **({"params": query} if method == "GET" else {"json": query})
    )
    assert response.status_code == 406
    assert "graphql-transport-ws" in response.json()["errors"][0]["message"]


async def test_an_error_of_a_field_leaves_the_rest(served: Served) -> None:
    response = await served.post("{ hello missing }")
    assert response.status_code == 200
    assert response.json()["data"] == {"hello": "Hello, world", "missing": None}
    assert response.json()["errors"] == [
        {
            "message": "There is nothing here.",
            "locations": [{"line": 1, "column": 9}],
            "path": ["missing"],
            "extensions": {"code": "NOT_FOUND"},
        }
    ]


async def test_a_batch_is_answered_in_order(served: Served) -> None:
    batch = [{"query": "{ hello }"}, {"query": 'mutation { say(text: "x") }'}, {"query": "{ hello }"}]
    response = await served.http.post(served.url, json=batch)
    assert (response.status_code, response.json()) == (200, [HELLO, {"data": {"say": 1}}, HELLO])


async def test_a_batch_over_the_limit_is_refused_and_nothing_of_it_runs(world: World) -> None:
    async with serving(world, limits=Limits(batch=2)) as served:
        response = await served.http.post(served.url, json=[{"query": 'mutation { say(text: "x") }'}] * 3)
        assert response.json()["errors"][0]["extensions"] == {"code": "LIMIT_EXCEEDED", "limit": "batch", "maximum": 2}
        assert world.feed.facts == []


async def test_an_operation_over_its_time_is_stopped_with_an_error(world: World) -> None:
    async with serving(world, limits=Limits(execution_seconds=0.05)) as served:
        response = await served.post('{ wait(gate: "g") }')
        assert response.json()["errors"][0]["extensions"] == {"code": "TIMEOUT"}
        assert "data" not in response.json()
        assert world.seen == ["g began", "g was cancelled"]


async def gone_while(served: Served, query: str) -> None:
    """A client that asks, waits until it has begun, and goes."""
    _, writer = await asyncio.open_connection("127.0.0.1", served.port)
    body = orjson.dumps({"query": query})
    head = b"POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: %d\r\n\r\n" % len(body)
    writer.write(head + body)
    await until(lambda: served.world.seen == ["g began"])
    writer.close()
    await until(lambda: not served.server.server_state.connections)


async def test_a_query_is_cancelled_when_its_client_disconnects(served: Served) -> None:
    await gone_while(served, '{ wait(gate: "g") }')
    await until(lambda: served.world.seen[-1] == "g was cancelled")
    assert (await served.post("{ hello }")).json() == HELLO


async def test_a_mutation_runs_to_its_end_when_its_client_disconnects(served: Served) -> None:
    await gone_while(served, 'mutation { sayLater(gate: "g") }')
    served.world.gate("g").set()
    await until(lambda: served.world.feed.facts == ["g"])


async def test_a_client_that_disconnects_inside_its_body_causes_no_error(served: Served) -> None:
    _, writer = await asyncio.open_connection("127.0.0.1", served.port)
    writer.write(b"POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n{")
    await writer.drain()
    await until(lambda: served.server.server_state.tasks)
    writer.close()
    await until(lambda: not served.server.server_state.tasks)
    assert (await served.post("{ hello }")).json() == HELLO


async def test_a_client_that_waits_long_is_answered(served: Served) -> None:
    asked = asyncio.create_task(served.post('{ wait(gate: "g") }'))
    await until(lambda: served.world.seen == ["g began"])
    asyncio.get_running_loop().call_later(0.1, served.world.gate("g").set)
    assert (await asked).json() == {"data": {"wait": "g"}}


async def test_an_outage_is_503_and_any_other_exception_500(served: Served) -> None:

    async def away(token: str | None) -> None:
        raise Unavailable

    served.endpoint.authenticator.authenticate = away
    response = await served.post("{ hello }")
    assert response.status_code == 503
    assert response.json()["errors"][0]["extensions"]["code"] == "UNAVAILABLE"

    async def broken(token: str | None) -> None:
        raise RuntimeError("secret")

    served.endpoint.authenticator.authenticate = broken
    response = await served.post("{ hello }")
    assert response.status_code == 500
    assert "secret" not in response.text


async def test_a_browser_that_opens_the_address_gets_the_page(world: World) -> None:
    async def page(scope: Any, receive: Any, send: Any) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-type", b"text/html")]})
        await send({"type": "http.response.body", "body": b"<html>"})

    async with serving(world, graphiql=page) as served:
        accept = {"accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}
        assert (await served.http.get(served.url, headers=accept)).text == "<html>"
        asked = await served.http.get(served.url, headers=accept, params={"query": "{ hello }"})
        assert asked.json() == HELLO
        assert (await served.http.get(served.url, headers={"accept": JSON})).status_code == 400


async def test_completion_listeners_get_every_operation(served: Served) -> None:
    heard: list[Any] = []
    served.endpoint.runner.completion_listeners.append(heard.append)
    await served.post("query Named { hello missing }")
    assert [(ran.operation.name, ran.caller.transport, ran.codes) for ran in heard] == [("Named", "http", ("NOT_FOUND",))]
    assert heard[0].seconds > 0


async def test_a_document_is_read_once(served: Served) -> None:
    for _ in range(3):
        await served.post("{ hello }")
    assert (served.endpoint.documents.misses, served.endpoint.documents.hits) == (1, 2)
