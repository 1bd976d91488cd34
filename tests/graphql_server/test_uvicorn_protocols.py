"""The wire: ready frames, compressed once for all where that pays, and little kept for whoever only listens."""

import asyncio
import random
import zlib
from typing import Any

import pytest
from websockets.frames import Frame, Opcode

from graphql_server.uvicorn_protocols import LightEvent, ReceiveQueue
from graphql_server.websocket.frames import deflate, encode_deflated_frame, encode_text_frame
from tests.graphql_server.serving import PATIENCE_SECONDS, Served, narrow, until
from tests.graphql_server.toy import World

LONG = "subscription($length: Int!) { said { __typename ... on Said { long(length: $length) } } }"


@pytest.mark.parametrize("length", [0, 1, 125, 126, 65_535, 65_536, 200_000])
def test_a_frame_has_the_length_of_its_text(length: int) -> None:
    head = {1: 2, 2: 4, 3: 10}[1 + (length > 125) + (length > 65_535)]
    assert len(encode_text_frame(b"x" * length)) == head + length


@pytest.mark.parametrize("rest", [b"}", b'{"data":"' + b"abc" * 5_000 + b'"}}', random.Random(1).randbytes(70_000)])
@pytest.mark.parametrize("prefix", [b"", b'{"id":"1","type":"next","payload":', b"p" * 1_000])
def test_a_shared_text_decompresses_after_any_prefix(prefix: bytes, rest: bytes) -> None:
    whole = encode_deflated_frame(prefix, deflate(rest))
    body = whole[{127: 10, 126: 4}.get(whole[1], 2) :]
    assert whole[0] == 0xC1
    assert zlib.decompressobj(-12).decompress(body + b"\x00\x00\xff\xff") == prefix + rest


async def heard(served: Served, world: World, length: int, **options: Any) -> tuple[Any, int]:
    """An event of that length as a client decodes it, and the bytes that came for it."""
    async with served.socket(**options) as raw:
        await raw.subscribe(LONG, variables={"length": length})
        await raw.hear()
        received = 0
        data_received = raw.connection.data_received

        def counted(data: bytes) -> None:
            nonlocal received
            received += len(data)
            data_received(data)

        raw.connection.transport.get_protocol().data_received = counted
        world.feed.add("x")
        message = await raw.hear()
        return message["payload"]["data"]["said"]["long"], received


async def test_a_long_message_is_compressed_where_the_client_accepts_it(served: Served, world: World) -> None:
    text, received = await heard(served, world, 50_000, compression="deflate")
    assert text == "x" * 50_000
    assert received < 2_000


async def test_a_long_message_is_not_compressed_where_the_client_does_not_accept_it(served: Served, world: World) -> None:
    text, received = await heard(served, world, 50_000)
    assert text == "x" * 50_000
    assert received > 50_000


async def test_a_short_message_is_never_compressed(served: Served, world: World) -> None:
    text, received = await heard(served, world, 500, compression="deflate")
    assert text == "x" * 500
    assert received > 500


async def test_a_long_message_is_compressed_once_for_all_clients(
    served: Served, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    compressed = []

    def counting(text: bytes) -> bytes:
        compressed.append(text)
        return deflate(text)

    monkeypatch.setattr("graphql_server.websocket.operations.deflate", counting)
    async with served.socket(compression="deflate") as one, served.socket(compression="deflate") as two:
        for raw, identity in ((one, "one"), (two, "another")):
            await raw.subscribe(LONG, identity, variables={"length": 5_000})
            await raw.hear()
        world.feed.add("x")
        assert (await one.hear())["payload"] == (await two.hear())["payload"]
    assert len(compressed) == 1


async def test_an_operation_id_can_be_longer_than_a_stored_block(served: Served, world: World) -> None:
    async with served.socket(compression="deflate") as one, served.socket(compression="deflate") as two:
        for raw, identity in ((one, "x" * 70_000), (two, "short")):
            await raw.subscribe(LONG, identity, variables={"length": 5_000})
            await raw.hear()
        await until(lambda: not served.endpoint.subscriptions.catching_up)
        for _ in range(2):
            world.feed.add("x")
            assert (await one.hear())["id"] == "x" * 70_000
            assert (await two.hear())["type"] == "next"


async def test_compressed_messages_of_clients_are_parsed(served: Served) -> None:
    async with served.socket(compression="deflate") as raw:
        await raw.subscribe("query($name: String!) { hello(name: $name) }", variables={"name": "y" * 5_000})
        assert (await raw.hear())["payload"]["data"]["hello"].endswith("y" * 5_000)


async def test_messages_wait_in_their_compressed_form(served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    longest = 0

    def counted(inbox: ReceiveQueue, item: Any) -> None:
        nonlocal longest
        put_nowait(inbox, item)
        longest = max(longest, sum(len(each.get("text", "")) for each in inbox.items))

    put_nowait = ReceiveQueue.put_nowait
    monkeypatch.setattr(ReceiveQueue, "put_nowait", counted)
    bomb = masked(encode_deflated_frame(b'{"type":"pong"}', deflate(b" " * 190_000)))
    async with served.socket(compression="deflate") as raw:
        raw.connection.transport.write(bomb * 500)
        assert await raw.is_alive()
    assert 190_000 < longest < 40 * 190_000


def masked(frame: bytes) -> bytes:
    """As a client sends it, with a mask that changes nothing."""
    head = {127: 10, 126: 4}.get(frame[1], 2)
    return frame[:1] + bytes([frame[1] | 0x80]) + frame[2:head] + bytes(4) + frame[head:]


async def test_too_many_pipelined_requests_abort_the_connection(served: Served) -> None:
    body = b'{"query":"{ hello }","extensions":{"padding":"%s"}}' % (b"x" * 3_000)
    head = b"POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n"
    asked = (head + b"content-length: %d\r\n\r\n" % len(body) + body) * 10_000
    connection = narrow(served.port)
    with pytest.raises(ConnectionError):
        await asyncio.get_running_loop().sock_sendall(connection, asked)
    connection.close()
    assert (await served.post("{ hello }")).status_code == 200


async def test_pipelined_requests_are_answered_in_order(served: Served) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", served.port)
    for number in range(20):
        writer.write(b"GET /graphql?query={hello(name:%%22%d%%22)} HTTP/1.1\r\nhost: x\r\n\r\n" % number)
    async with asyncio.timeout(PATIENCE_SECONDS):
        for number in range(20):
            assert (await reader.readuntil(b'"}}')).endswith(b'"Hello, %d"}}' % number)
    writer.close()


async def test_an_idle_connection_keeps_no_headers(served: Served) -> None:
    async with served.socket(headers={"x-long": "x" * 1_000}) as raw:
        assert await raw.is_alive()
        socket = next(iter(served.endpoint.connections.connections))
        assert (socket.headers, socket.scope["headers"]) == ({}, [])


async def test_pings_of_a_client_that_does_not_read_get_one_pong(served: Served) -> None:
    async with served.socket(sock=narrow(served.port)) as raw:
        [socket] = served.endpoint.connections.connections
        transport = socket.protocol.transport
        raw.connection.transport.pause_reading()
        for number in range(40_000):
            raw.connection.transport.write(Frame(Opcode.PING, b"%120d" % number).serialize(mask=True))
            if number % 100 == 0:
                await asyncio.sleep(0)
        await until(lambda: socket.protocol.pending_pong.endswith(b" 39999"))
        assert transport.get_write_buffer_size() < 500_000
        answered = asyncio.get_running_loop().create_future()
        raw.connection.pending_pings[b"%120d" % 39_999] = (answered, 0.0)
        raw.connection.transport.resume_reading()
        async with asyncio.timeout(PATIENCE_SECONDS):
            await answered
        assert await raw.is_alive()


async def test_a_message_waits_for_pending_sends(served: Served) -> None:
    async with served.socket() as raw:
        [socket] = served.endpoint.connections.connections
        socket.protocol.pause_writing()
        socket.send_text(b"1")
        socket.send_text(b"2")
        socket.protocol.resume_writing()
        socket.send_text(b"3")
        assert [await raw.hear() for _ in range(3)] == [1, 2, 3]
        assert not socket.pending_sends


async def test_a_receive_queue_keeps_the_order() -> None:
    inbox = ReceiveQueue()
    waiting = asyncio.create_task(inbox.get())
    await asyncio.sleep(0)
    assert inbox.empty()
    inbox.put_nowait(1)
    inbox.put_nowait(2)
    assert [await waiting, await inbox.get()] == [1, 2]


async def test_a_light_event_wakes_all_waiters() -> None:
    latch = LightEvent()
    await latch.wait()
    latch.clear()
    waiting = [asyncio.create_task(latch.wait()) for _ in range(3)]
    await asyncio.sleep(0)
    waiting[0].cancel()
    assert not latch.is_set()
    latch.set()
    await asyncio.gather(*waiting[1:])
    assert latch.is_set()
