"""The drain: running queries and mutations end, and each client is asked to reconnect."""

import asyncio

import httpx
import pytest
from websockets.exceptions import InvalidStatus

from graphql_server import Timeouts
from tests.graphql_server.serving import Served, narrow, serving, until
from tests.graphql_server.test_sse import STREAM, asking
from tests.graphql_server.toy import World

SAID = "subscription { said { __typename } }"
LONG = "subscription($length: Int!) { said { __typename ... on Said { long(length: $length) } } }"


async def test_a_connection_is_closed_with_1012_so_that_its_client_reconnects(served: Served) -> None:
    async with served.socket() as raw:
        await raw.subscribe(SAID)
        await raw.hear()
        await served.endpoint.drain()
        assert await raw.closed() == (1012, "Service restart: reconnect")


async def test_a_running_query_is_answered_before_its_connection_is_closed(served: Served) -> None:
    async with served.socket() as raw, served.socket() as idle:
        await raw.subscribe('{ wait(gate: "g") }')
        await until(lambda: served.world.seen == ["g began"])
        draining = asyncio.create_task(served.endpoint.drain())
        assert (await idle.closed())[0] == 1012
        served.world.gate("g").set()
        assert (await raw.hear())["payload"] == {"data": {"wait": "g"}}
        assert (await raw.hear())["type"] == "complete"
        assert (await raw.closed())[0] == 1012
        await draining


async def test_a_long_query_does_not_prolong_the_drain(world: World) -> None:
    async with serving(world, timings=Timeouts(drain=0.3)) as served, served.socket() as raw:
        await raw.subscribe('{ wait(gate: "never") }')
        await until(lambda: world.seen == ["never began"])
        await served.endpoint.drain()
        assert (await raw.closed())[0] == 1012
        await until(lambda: world.seen[-1] == "never was cancelled")


async def test_new_connections_are_rejected(served: Served) -> None:
    await served.endpoint.drain()
    with pytest.raises(InvalidStatus) as refused:
        async with served.socket():
            pass
    assert refused.value.response.status_code == 503
    assert refused.value.response.headers["retry-after"] == "1"


async def test_new_streams_are_rejected_and_requests_close_their_connection(served: Served) -> None:
    await served.endpoint.drain()
    assert (await served.http.post(served.url, json={"query": SAID}, headers=STREAM)).status_code == 503
    answered = await served.post("{ hello }")
    assert answered.status_code == 200
    assert answered.headers["connection"] == "close"


async def test_streams_end_without_a_complete_event(served: Served) -> None:
    async with served.http.stream("POST", served.url, json={"query": SAID}, headers=STREAM) as response:
        chunks = response.aiter_text()
        seen = await anext(chunks)
        await served.endpoint.drain()
        async for chunk in chunks:
            seen += chunk
    assert "event: complete" not in seen


async def test_a_running_query_of_a_stream_is_answered_before_the_stream_ends(served: Served) -> None:
    asked = asyncio.create_task(served.http.post(served.url, json={"query": '{ wait(gate: "g") }'}, headers=STREAM))
    await until(lambda: served.world.seen == ["g began"])
    draining = asyncio.create_task(served.endpoint.drain())
    await until(lambda: served.endpoint.authenticator.is_draining)
    assert (await served.http.put(served.url)).status_code == 503
    served.world.gate("g").set()
    assert '{"data":{"wait":"g"}}' in (await asked).text
    await draining


async def test_a_long_query_of_a_stream_does_not_prolong_the_drain(world: World) -> None:
    async with serving(world, timings=Timeouts(drain=0.3)) as served:
        asked = asyncio.create_task(served.http.post(served.url, json={"query": '{ wait(gate: "never") }'}, headers=STREAM))
        await until(lambda: world.seen == ["never began"])
        await served.endpoint.drain()
        assert "event: next" not in (await asked).text
        await until(lambda: world.seen[-1] == "never was cancelled")


async def test_connections_and_running_requests_share_the_drain_time(world: World) -> None:
    clock = asyncio.get_running_loop().time
    async with serving(world, timings=Timeouts(drain=3)) as served, served.socket() as raw:
        served.server.config.timeout_graceful_shutdown = 3
        await raw.subscribe('{ wait(gate: "never") }')
        asked = asyncio.create_task(served.post('{ wait(gate: "never") }'))
        await until(lambda: len(world.seen) == 2)
        began_at = clock()
        served.server.should_exit = True
        assert (await raw.closed())[0] == 1012
        with pytest.raises(httpx.HTTPError):
            (await asked).raise_for_status()
        assert 2 < clock() - began_at < 5


async def test_the_server_stops_after_running_requests_have_ended(world: World) -> None:
    async with serving(world) as served:
        asked = asyncio.create_task(served.post('{ wait(gate: "g") }'))
        await until(lambda: world.seen == ["g began"])
        served.server.should_exit = True
        await until(lambda: served.endpoint.authenticator.is_draining)
        await until(lambda: not served.server.servers[0].sockets)
        with pytest.raises(httpx.ConnectError):
            await served.http.post(served.url, json={"query": "{ hello }"})
        world.gate("g").set()
        assert (await asked).json() == {"data": {"wait": "g"}}


async def test_a_client_that_does_not_read_does_not_prolong_the_drain(world: World) -> None:
    clock = asyncio.get_running_loop().time
    async with serving(world, timings=Timeouts(drain=0.4)) as served, served.socket(sock=narrow(served.port)) as raw:
        await raw.subscribe(LONG, variables={"length": 200_000})
        await raw.hear()
        await raw.subscribe('{ wait(gate: "never") }', "2")
        raw.connection.transport.pause_reading()
        world.feed.add(*"x" * 100)
        await until(lambda: any(socket.pending_sends for socket in served.endpoint.connections.connections))
        began_at = clock()
        await served.endpoint.drain()
        assert clock() - began_at < 0.7
        await until(lambda: not served.server.server_state.connections)


async def test_a_stream_whose_client_does_not_read_is_aborted(served: Served) -> None:
    connection = await asking(served, 200_000)
    served.world.feed.add(*"x" * 50)
    await until(lambda: any(stream.pending_sends for stream in served.endpoint.event_streams.open_streams))
    await served.endpoint.drain()
    await until(lambda: not served.endpoint.event_streams.open_streams and not served.server.server_state.connections)
    connection.close()


async def test_a_connection_whose_client_does_not_read_is_aborted(world: World) -> None:
    async with serving(world, timings=Timeouts(drain=0.3)) as served, served.socket(sock=narrow(served.port)) as raw:
        await raw.subscribe(LONG, variables={"length": 200_000})
        await raw.hear()
        raw.connection.transport.pause_reading()
        world.feed.add(*"x" * 100)
        await until(lambda: any(socket.pending_sends for socket in served.endpoint.connections.connections))
        await served.endpoint.drain()
        await until(lambda: not served.server.server_state.connections)
