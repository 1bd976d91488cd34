"""GraphQL over server-sent events, both modes, as bytes."""

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import httpx
import orjson
import pytest

from graphql_server import Timeouts
from graphql_server.limits import Limits
from graphql_server.sse.streams import encode_event
from tests.graphql_server.serving import PATIENCE_SECONDS, Served, narrow, serving, until
from tests.graphql_server.toy import Unavailable, World

STREAM = {"accept": "text/event-stream"}
SAID = "subscription($after: String) { said(after: $after) { __typename ... on Said { text } ... on CaughtUp { sent } } }"
TOKEN = "x-graphql-event-stream-token"


async def away(token: str | None) -> None:
    raise Unavailable


class Events:
    """What comes on a stream, block by block."""

    def __init__(self, response: httpx.Response) -> None:
        self.response = response
        self.chunks = response.aiter_raw()
        self.kept = b""

    async def block(self) -> dict[str, str]:
        """The next event, or comment, as its fields."""
        async with asyncio.timeout(PATIENCE_SECONDS):
            while b"\n\n" not in self.kept:
                self.kept += await anext(self.chunks)
        block, _, self.kept = self.kept.partition(b"\n\n")
        assert b"\r" not in block
        return dict(line.split(": ", 1) if ": " in line else (line, "") for line in block.decode().split("\n"))

    async def event(self) -> dict[str, str]:
        while "event" not in (block := await self.block()):
            assert block == {":": ""}
        return block

    async def data(self) -> Any:
        return orjson.loads((await self.event())["data"])

    async def rest(self) -> bytes:
        async with asyncio.timeout(PATIENCE_SECONDS):
            return self.kept + b"".join([chunk async for chunk in self.chunks])


@asynccontextmanager
async def streaming(
    served: Served, query: str | None = None, method: str = "POST", headers: dict[str, str] | None = None, **members: Any
) -> AsyncIterator[Events]:
    members |= {"query": query} if query else {}
    asked = {"json": members} if method == "POST" else {"params": members}
    async with served.http.stream(method, served.url, headers=STREAM | (headers or {}), **asked) as response:
        assert response.status_code == 200, await response.aread()
        assert response.headers["content-type"] == "text/event-stream; charset=utf-8"
        yield Events(response)


# ------------------------------------------------------------------------------------------------ distinct connections


async def test_a_subscription_is_next_events_and_complete(served: Served) -> None:
    async with streaming(served, "subscription { count(to: 2) }") as events:
        assert await events.rest() == (
            b":\n\n"
            b'event: next\ndata: {"data":{"count":1}}\n\n'
            b'event: next\ndata: {"data":{"count":2}}\n\n'
            b"event: complete\ndata: \n\n"
        )


@pytest.mark.parametrize("query", ["{ hello }", "query { hello }"])
async def test_a_query_is_one_next_and_complete(served: Served, query: str) -> None:
    async with streaming(served, query) as events:
        assert await events.data() == {"data": {"hello": "Hello, world"}}
        assert (await events.event())["event"] == "complete"


async def test_a_subscription_runs_over_get(served: Served) -> None:
    async with streaming(served, "subscription { count(to: 1) }", "GET") as events:
        assert await events.data() == {"data": {"count": 1}}


@pytest.mark.parametrize("accept", ["text/event-stream", "application/json, text/event-stream"])
async def test_head_returns_the_headers_and_starts_no_operation(served: Served, accept: str) -> None:
    query = {"query": 'subscription { forever(gate: "g") }'}
    for _ in range(2):
        response = await served.http.head(served.url, params=query, headers={"accept": accept})
        assert (response.status_code, response.content) == (200, b"")
        assert response.headers["content-type"] == "text/event-stream; charset=utf-8"
    assert served.world.seen == []
    assert not served.endpoint.event_streams.open_streams


async def test_a_batch_is_not_for_a_stream(served: Served) -> None:
    response = await served.http.post(served.url, json=[{"query": "{ hello }"}], headers=STREAM)
    assert response.status_code == 406


async def test_a_mutation_does_not_run_over_get(served: Served) -> None:
    response = await served.http.get(served.url, params={"query": 'mutation { say(text: "x") }'}, headers=STREAM)
    assert response.status_code == 405
    assert served.world.feed.facts == []


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("{ hello", "GRAPHQL_PARSE_FAILED"),
        ("{ nothing }", "GRAPHQL_VALIDATION_FAILED"),
        ("query($name: String!) { hello(name: $name) }", "BAD_USER_INPUT"),
        ("subscription { refuses }", "NOT_FOUND"),
        ("subscription { fails }", "INTERNAL"),
    ],
)
async def test_a_request_error_is_sent_as_events(served: Served, query: str, code: str) -> None:
    async with streaming(served, query) as events:
        assert (await events.data())["errors"][0]["extensions"]["code"] == code
        assert (await events.event())["event"] == "complete"


@pytest.mark.parametrize("accept", ["*/*", "application/json, text/event-stream", "text/event-stream;q=0.9, */*"])
async def test_a_query_is_json_where_the_client_does_not_prefer_a_stream(served: Served, accept: str) -> None:
    response = await served.post("{ hello }", {"accept": accept})
    assert response.headers["content-type"].startswith("application/json")


async def test_a_subscription_streams_where_the_client_takes_a_stream_among_others(served: Served) -> None:
    accept = "application/graphql-response+json, application/json, text/event-stream, multipart/mixed"
    async with streaming(served, "subscription { count(to: 1) }", headers={"accept": accept}) as events:
        assert await events.data() == {"data": {"count": 1}}


async def test_each_event_has_its_cursor_as_its_id(served: Served) -> None:
    served.world.feed.add("one")
    async with streaming(served, SAID, variables={"after": "e:0"}) as events:
        assert (await events.event())["id"] == "e:1"


async def test_a_client_resumes_after_the_last_id_that_it_has_seen(served: Served) -> None:
    served.world.feed.add("one", "two", "three")
    async with streaming(served, SAID, headers={"last-event-id": "e:2"}, variables={"after": "e:0"}) as events:
        assert (await events.data())["data"]["said"]["text"] == "three"
        assert (await events.data())["data"]["said"] == {"__typename": "CaughtUp", "sent": 1}


async def test_a_silent_stream_is_kept_alive_by_comments(world: World) -> None:
    async with serving(world, timings=Timeouts(ping_interval=0.02)) as served, streaming(served, SAID) as events:
        await events.event()
        for _ in range(3):
            assert await events.block() == {":": ""}


async def test_a_disconnect_stops_the_subscription(served: Served) -> None:
    async with streaming(served, 'subscription { forever(gate: "g") }') as events:
        await events.event()
    await until(lambda: served.world.seen == ["g was stopped"])


async def test_a_disconnect_stops_the_query(served: Served) -> None:
    async with streaming(served, '{ wait(gate: "g") }'):
        await until(lambda: served.world.seen == ["g began"])
    await until(lambda: served.world.seen[-1] == "g was cancelled")


async def test_a_stream_ends_as_its_session_ends(world: World) -> None:
    async with (
        serving(world, timings=Timeouts(ping_interval=0.02)) as served,
        streaming(served, SAID, headers={"authorization": "Bearer good"}) as events,
    ):
        await events.event()
        del world.sessions["good"]
        await is_told_that_the_session_has_ended(events)


async def test_signing_out_ends_the_streams_of_the_session_at_once(served: Served) -> None:
    bearer, other = {"authorization": "Bearer good"}, {"authorization": "Bearer other"}
    token = await reserve(served, **bearer)
    async with (
        streaming(served, SAID, headers=bearer) as one,
        streaming(served, method="GET", headers={TOKEN: token, **bearer}) as many,
        streaming(served, SAID, headers=other) as others,
    ):
        await ask(served, token, SAID, "a", **bearer)
        for events in (one, many, others):
            await events.event()
        assert (await served.post("mutation { signOut }", bearer)).json() == {"data": {"signOut": True}}
        await is_told_that_the_session_has_ended(one)
        error = await many.data()
        assert (error["id"], error["payload"]["errors"][0]["extensions"]["code"]) == ("a", "UNAUTHENTICATED")
        assert await many.rest() == b'event: complete\ndata: {"id":"a"}\n\n'
        served.world.feed.add("still here")
        assert (await others.data())["data"]["said"]["text"] == "still here"
    await until(lambda: not served.endpoint.subscriptions.live)


@pytest.mark.parametrize("is_single", [False, True])
async def test_signing_out_over_a_stream_is_answered_and_ends_it(served: Served, is_single: bool) -> None:
    bearer = {"authorization": "Bearer good"}
    token = await reserve(served, **bearer)
    single = streaming(served, method="GET", headers={TOKEN: token, **bearer})
    async with single if is_single else streaming(served, "mutation { signOut }", headers=bearer) as events:
        if is_single:
            await ask(served, token, "mutation { signOut }", "1", **bearer)
        data = await events.data()
        assert (data["payload"] if is_single else data) == {"data": {"signOut": True}}
        assert (await events.rest()).startswith(b"event: complete\n")


async def is_told_that_the_session_has_ended(events: Events) -> None:
    assert (await events.data())["errors"][0]["extensions"]["code"] == "UNAUTHENTICATED"
    assert await events.rest() == b"event: complete\ndata: \n\n"


async def test_a_store_that_does_not_answer_does_not_end_a_session(world: World) -> None:
    async with (
        serving(world, timings=Timeouts(ping_interval=0.02)) as served,
        streaming(served, SAID, headers={"authorization": "Bearer good"}) as events,
    ):
        await events.event()
        served.endpoint.authenticator.authenticate = away
        for _ in range(3):
            assert await events.block() == {":": ""}


async def test_a_connection_whose_client_does_not_read_is_aborted(world: World, caplog: pytest.LogCaptureFixture) -> None:
    async with serving(world, timings=Timeouts(ping_interval=0.05, pong=0.05)) as served:
        connection = await asking(served, 200_000)
        world.feed.add(*"x" * 50)
        await until(lambda: not served.endpoint.event_streams.open_streams and not served.endpoint.subscriptions.live)
        await until(lambda: not served.server.server_state.connections)
        connection.close()
    assert caplog.text == ""


async def test_a_stream_whose_client_reads_slowly_is_not_aborted(world: World) -> None:
    bearer = {"authorization": "Bearer good"}
    async with serving(world, timings=Timeouts(ping_interval=0.4)) as served, streaming(served, SAID, headers=bearer) as events:
        await events.event()
        looks = watched(served)
        [connection] = served.server.server_state.connections
        connection.flow.pause_writing()  # type: ignore[union-attr]
        world.feed.add("one", "two")
        await until(lambda: len(looks) == 1)
        connection.flow.resume_writing()  # type: ignore[union-attr]
        assert [(await events.data())["data"]["said"]["text"] for _ in range(2)] == ["one", "two"]


def watched(served: Served) -> list[str | None]:
    """Grows with each look at a session, which comes with the look at whether the client reads."""
    looks: list[str | None] = []
    authenticate = served.endpoint.authenticator.authenticate

    async def noted(token: str | None) -> Any:
        looks.append(token)
        return await authenticate(token)

    served.endpoint.authenticator.authenticate = noted
    return looks


async def test_a_message_waits_for_pending_sends(served: Served) -> None:
    async with streaming(served, SAID) as events:
        await events.event()
        [connection] = served.server.server_state.connections
        [stream] = served.endpoint.event_streams.open_streams
        connection.flow.pause_writing()  # type: ignore[union-attr]
        stream.send_chunk(encode_event("next", b"1"))
        stream.send_chunk(encode_event("next", b"2"))
        connection.flow.resume_writing()  # type: ignore[union-attr]
        stream.send_chunk(encode_event("next", b"3"))
        assert [await events.data() for _ in range(3)] == [1, 2, 3]


async def asking(served: Served, length: int) -> socket.socket:
    """One who follows events of so many bytes, and reads none by itself."""
    body = orjson.dumps({"query": f"subscription {{ said {{ ... on Said {{ long(length: {length}) }} }} }}"})
    head = b"POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\naccept: text/event-stream\r\n"
    connection = narrow(served.port)
    connection.send(head + b"content-length: %d\r\n\r\n" % len(body) + body)
    await until(lambda: served.endpoint.subscriptions.live)
    return connection


async def test_streams_share_executions_with_sockets(served: Served) -> None:
    async with streaming(served, SAID) as events, served.socket() as raw:
        await raw.subscribe(SAID, variables={})
        await events.event()
        await raw.hear()
        before = served.endpoint.subscriptions.executed_events
        served.world.feed.add("both")
        assert await events.data() == (await raw.hear())["payload"]
        assert served.endpoint.subscriptions.executed_events - before == 1


async def test_one_stream_too_many_of_a_viewer_is_refused(world: World) -> None:
    bearer = {"authorization": "Bearer good"}
    async with serving(world, limits=Limits(sockets=1)) as served, streaming(served, SAID, headers=bearer) as events:
        await events.event()
        for method in ("POST", "PUT"):
            response = await served.http.request(method, served.url, json={"query": SAID}, headers=STREAM | bearer)
            assert response.status_code == 429
            assert response.json()["errors"][0]["extensions"]["limit"] == "sockets"


@pytest.mark.parametrize("method", ["GET", "POST", "PUT", "DELETE"])
async def test_a_bad_token_of_a_session_is_401(served: Served, method: str) -> None:
    assert (await refused(served, method, authorization="Bearer bad")).status_code == 401


@pytest.mark.parametrize("is_single", [False, True])
@pytest.mark.parametrize("method", ["GET", "POST", "PUT", "DELETE"])
async def test_a_foreign_page_may_not_use_the_cookie(served: Served, method: str, is_single: bool) -> None:
    cookie = {"cookie": "session=good"}
    headers = {"origin": "https://evil.example"} | ({TOKEN: await reserve(served, **cookie)} if is_single else {})
    response = await refused(served, method, **cookie, **headers)
    assert response.status_code == 403
    assert "access-control-allow-origin" not in response.headers


async def refused(served: Served, method: str, **headers: str) -> httpx.Response:
    """A request of the single mode where there is its token; only then a GET is for the stream itself."""
    asked = {"json": {"query": SAID}} if method != "GET" else {} if TOKEN in headers else {"params": {"query": SAID}}
    return await served.http.request(method, served.url, headers=STREAM | headers, **asked)


# ------------------------------------------------------------------------------------------------ a single connection


async def reserve(served: Served, **headers: str) -> str:
    response = await served.http.put(served.url, headers=headers)
    assert response.status_code == 201
    return response.text


async def ask(served: Served, token: str, query: str, identity: Any = "1", **headers: str) -> httpx.Response:
    body = {"query": query, "extensions": {"operationId": identity}}
    return await served.http.post(served.url, json=body, headers={TOKEN: token, **headers})


async def test_all_answers_come_through_the_reserved_stream(served: Served) -> None:
    token = await reserve(served)
    async with streaming(served, method="GET", headers={TOKEN: token}) as events:
        assert (await ask(served, token, "{ hello }", "a")).status_code == 202
        assert await events.data() == {"id": "a", "payload": {"data": {"hello": "Hello, world"}}}
        assert await events.event() == {"event": "complete", "data": '{"id":"a"}'}
        await ask(served, token, "subscription { count(to: 1) }", "b")
        assert await events.data() == {"id": "b", "payload": {"data": {"count": 1}}}


async def test_operations_may_be_asked_for_before_the_stream_is_open(served: Served) -> None:
    token = await reserve(served)
    assert (await ask(served, token, "{ hello }")).status_code == 202
    async with streaming(served, method="GET", token=token) as events:
        assert (await events.data())["id"] == "1"


async def test_a_query_may_come_by_get_and_a_mutation_not(served: Served) -> None:
    token = await reserve(served)
    extensions = {"extensions": '{"operationId": "1"}', "token": token}
    async with streaming(served, method="GET", headers={TOKEN: token}) as events:
        for query, status in (('mutation { say(text: "x") }', 405), ("subscription { count(to: 1) }", 202)):
            assert (await served.http.get(served.url, params={"query": query, **extensions})).status_code == status
        assert await events.data() == {"id": "1", "payload": {"data": {"count": 1}}}
    assert served.world.feed.facts == []


async def test_nothing_is_begun_by_head(served: Served) -> None:
    token = await reserve(served)
    for asked in ({"query": "{ hello }", "extensions": '{"operationId": "1"}'}, {}):
        response = await served.http.head(served.url, params=asked | {"token": token}, headers=STREAM)
        assert (response.status_code, response.headers["allow"]) == (405, "GET, POST, PUT, DELETE")
    assert not served.endpoint.event_streams.reservations[token].operations


async def test_a_completed_subscription_does_not_end_the_reserved_stream(served: Served) -> None:
    token = await reserve(served)
    async with streaming(served, method="GET", headers={TOKEN: token}) as events:
        for identity in ("a", "b"):
            await ask(served, token, "subscription { count(to: 2) }", identity)
            assert [await events.data() for _ in range(2)] == [
                {"id": identity, "payload": {"data": {"count": number}}} for number in (1, 2)
            ]
            assert await events.event() == {"event": "complete", "data": f'{{"id":"{identity}"}}'}


async def test_a_failed_operation_does_not_end_the_reserved_stream(served: Served) -> None:
    token = await reserve(served)
    async with streaming(served, method="GET", headers={TOKEN: token}) as events:
        await ask(served, token, "subscription { refuses }", "a")
        error = await events.data()
        assert (error["id"], error["payload"]["errors"][0]["extensions"]["code"]) == ("a", "NOT_FOUND")
        assert await events.event() == {"event": "complete", "data": '{"id":"a"}'}
        await ask(served, token, "{ hello }", "b")
        assert (await events.data())["id"] == "b"


async def test_nothing_comes_of_an_operation_that_was_stopped(served: Served) -> None:
    token = await reserve(served)
    async with streaming(served, method="GET", headers={TOKEN: token}) as events:
        for identity in ("stopped", "other"):
            await ask(served, token, SAID, identity)
            await events.event()
        await served.http.delete(served.url, params={"operationId": "stopped"}, headers={TOKEN: token})
        served.world.feed.add("hello")
        assert (await events.data())["id"] == "other"
        await ask(served, token, "{ hello }", "last")
        assert (await events.data())["id"] == "last"


async def test_an_operation_that_is_not_running_may_be_stopped(served: Served) -> None:
    token = await reserve(served)
    stopped = await served.http.delete(served.url, params={"operationId": "never"}, headers={TOKEN: token})
    assert stopped.status_code == 200


async def test_a_token_opens_one_stream_only_also_once_that_has_ended(served: Served) -> None:
    token = await reserve(served)
    async with streaming(served, method="GET", headers={TOKEN: token}) as events:
        await events.block()
    await until(lambda: not served.endpoint.event_streams.open_streams)
    assert (await served.http.get(served.url, headers=STREAM | {TOKEN: token})).status_code == 404


async def test_one_of_several_clients_opens_a_reserved_stream(served: Served) -> None:
    token = await reserve(served)

    async def comes() -> int:
        async with served.http.stream("GET", served.url, headers=STREAM | {TOKEN: token}) as response:
            statuses.append(response.status_code)
            await until(lambda: len(statuses) == 3)
        return response.status_code

    statuses: list[int] = []
    assert sorted(await asyncio.gather(*(comes() for _ in range(3)))) == [200, 409, 409]


async def test_an_operation_is_stopped_by_delete(served: Served) -> None:
    token = await reserve(served)
    async with streaming(served, method="GET", headers={TOKEN: token}) as events:
        await ask(served, token, 'subscription { forever(gate: "g") }')
        await events.event()
        stopped = await served.http.delete(served.url, params={"operationId": "1"}, headers={TOKEN: token})
        assert stopped.status_code == 200
        await until(lambda: served.world.seen == ["g was stopped"])


async def test_a_request_error_is_in_the_response_to_its_request(served: Served) -> None:
    token = await reserve(served)
    response = await ask(served, token, "{ nothing }", accept="application/graphql-response+json")
    assert response.status_code == 400
    assert response.json()["errors"][0]["extensions"]["code"] == "GRAPHQL_VALIDATION_FAILED"


@pytest.mark.parametrize("identity", [None, "", 1])
async def test_an_operation_without_an_id_is_400(served: Served, identity: Any) -> None:
    assert (await ask(served, await reserve(served), "{ hello }", identity)).status_code == 400
    assert (await served.http.delete(served.url, headers={TOKEN: await reserve(served)})).status_code == 400


async def test_an_id_that_is_running_is_409(served: Served) -> None:
    token = await reserve(served)
    await ask(served, token, '{ wait(gate: "g") }')
    assert (await ask(served, token, "{ hello }")).status_code == 409


async def test_one_operation_too_many_on_a_stream_is_refused(world: World) -> None:
    async with serving(world, limits=Limits(operations=1)) as served:
        token = await reserve(served)
        await ask(served, token, "{ hello }", "1")
        response = await ask(served, token, "{ hello }", "2")
        assert response.json()["errors"][0]["extensions"]["limit"] == "operations"


async def test_stopped_operations_count_until_their_results_are_sent(world: World) -> None:
    async with serving(world, limits=Limits(operations=4)) as served:
        token = await reserve(served)
        connection = narrow(served.port)
        connection.send(b"GET /graphql HTTP/1.1\r\nhost: x\r\n%s: %s\r\n" % (TOKEN.encode(), token.encode()))
        connection.send(b"accept: text/event-stream\r\n\r\n")
        await until(lambda: served.endpoint.event_streams.open_streams)
        [stream] = served.endpoint.event_streams.open_streams
        statuses = []
        for number in range(60):
            response = await ask(served, token, "{ text(length: 100000) }", str(number))
            statuses.append(
                response.status_code if "errors" not in response.text else response.json()["errors"][0]["extensions"]["limit"]
            )
            await until(lambda: not stream.operations)
        assert statuses[-1] == "operations"
        assert len(stream.pending_sends) < 20
        connection.close()


async def test_a_reserved_stream_is_opened_once_only(served: Served) -> None:
    token = await reserve(served)
    async with streaming(served, method="GET", headers={TOKEN: token}) as events:
        await events.block()
        assert (await served.http.get(served.url, headers=STREAM | {TOKEN: token})).status_code == 409


@pytest.mark.parametrize("method", ["GET", "POST", "DELETE"])
async def test_an_unknown_token_is_404(served: Served, method: str) -> None:
    body = {"json": {"query": "{ hello }", "extensions": {"operationId": "1"}}} if method == "POST" else {}
    response = await served.http.request(method, served.url, headers=STREAM | {TOKEN: "unknown"}, **body)
    assert response.status_code == 404


async def test_a_token_is_of_no_use_to_others(served: Served) -> None:
    token = await reserve(served, authorization="Bearer good")
    assert (await ask(served, token, "{ me }", authorization="Bearer other")).status_code == 404
    assert (await ask(served, token, "{ me }", authorization="Bearer good")).status_code == 202


async def test_an_unused_reservation_expires(world: World) -> None:
    async with serving(world, timings=Timeouts(reservation=0.01)) as served:
        token = await reserve(served)
        await until(lambda: not served.endpoint.event_streams.reservations)
        assert (await ask(served, token, "{ hello }")).status_code == 404


async def test_a_reservation_counts_as_a_stream_until_it_is_forgotten(world: World) -> None:
    async with serving(world, limits=Limits(sockets=1), timings=Timeouts(reservation=0.2)) as served:
        bearer = {"authorization": "Bearer good"}
        for _ in range(2):
            await reserve(served, **bearer)
            assert (await served.http.put(served.url, headers=bearer)).status_code == 429
            await until(lambda: not served.endpoint.event_streams.reservations)


async def test_a_disconnect_stops_all_operations_of_a_stream_and_its_token(served: Served) -> None:
    token = await reserve(served)
    async with streaming(served, method="GET", headers={TOKEN: token}) as events:
        await ask(served, token, 'subscription { forever(gate: "g") }')
        await events.event()
    await until(lambda: served.world.seen == ["g was stopped"] and not served.endpoint.event_streams.reservations)
