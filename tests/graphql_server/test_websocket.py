"""graphql-transport-ws, driven by raw frames. Each test is one sentence of the protocol, or of what we promise beyond it."""

import asyncio
from typing import Any

import pytest
from websockets.exceptions import InvalidStatus
from websockets.frames import Close
from websockets.typing import Subprotocol

from graphql_server import Timeouts, uvicorn_protocols
from graphql_server.limits import Limits
from tests.graphql_server.serving import Served, narrow, serving, until
from tests.graphql_server.toy import Unavailable, World

LONG = "subscription { said { __typename ... on Said { long(length: 200000) } } }"
INIT = {"type": "connection_init"}


# ------------------------------------------------------------------------------------------------ the handshake


async def test_the_subprotocol_is_graphql_transport_ws(served: Served) -> None:
    async with served.socket(acknowledged=False) as raw:
        assert raw.connection.subprotocol == "graphql-transport-ws"


async def test_it_is_chosen_among_others(served: Served) -> None:
    offered = [Subprotocol("graphql-ws"), Subprotocol("graphql-transport-ws")]
    async with served.socket(subprotocols=offered) as raw:
        assert raw.connection.subprotocol == "graphql-transport-ws"


@pytest.mark.parametrize("offered", [None, [Subprotocol("graphql-ws")], [Subprotocol("chat")]])
async def test_another_subprotocol_is_closed_with_4406(served: Served, offered: Any) -> None:
    async with served.socket(subprotocols=offered, acknowledged=False) as raw:
        assert await raw.closed() == (4406, "Subprotocol not acceptable")


async def test_a_foreign_origin_is_refused_where_there_is_a_cookie(served: Served) -> None:
    headers = {"cookie": "session=good", "origin": "https://evil.example"}
    with pytest.raises(InvalidStatus) as refused:
        async with served.socket(headers=headers):
            pass
    assert refused.value.response.status_code == 403


async def test_our_own_origin_may_use_the_cookie(served: Served) -> None:
    headers = {"cookie": "session=good", "origin": f"http://127.0.0.1:{served.port}"}
    async with served.socket(headers=headers) as raw:
        await raw.subscribe("{ me }")
        assert (await raw.hear())["payload"] == {"data": {"me": "ann"}}


async def test_a_named_origin_may_use_the_cookie(world: World) -> None:
    headers = {"cookie": "session=good", "origin": "https://app.example"}
    async with serving(world, origins=["https://app.example"]) as served, served.socket(headers=headers) as raw:
        assert await raw.is_alive()


async def test_a_foreign_origin_without_a_cookie_is_accepted(served: Served) -> None:
    async with served.socket(headers={"origin": "https://elsewhere.example"}) as raw:
        assert await raw.is_alive()


async def test_a_client_that_closes_with_1000_is_answered_with_1000(served: Served) -> None:
    async with served.socket() as raw:
        await raw.connection.close(1000)
        assert raw.connection.protocol.close_rcvd == Close(1000, "")
    await until(lambda: not served.endpoint.connections.connections)


@pytest.mark.parametrize("frame", [b"\x81\x02{}", b"\x83\x82\0\0\0\0{}", b"\xa1\x82\0\0\0\0{}", b"\x09\x80\0\0\0\0"])
async def test_a_frame_that_is_no_clients_is_closed_with_1002(served: Served, frame: bytes) -> None:
    """Not masked; of an unknown kind; with a bit of no extension; a ping in parts."""
    async with served.socket() as raw:
        raw.connection.transport.write(frame)
        assert (await raw.closed())[0] == 1002
    await until(lambda: not served.endpoint.connections.connections)


# ------------------------------------------------------------------------------------------------ connection_init


@pytest.mark.parametrize("init", [INIT, INIT | {"payload": None}, INIT | {"payload": {}}, INIT | {"payload": {"any": [1]}}])
async def test_an_init_is_acknowledged(served: Served, init: Any) -> None:
    async with served.socket(acknowledged=False) as raw:
        await raw.say(init)
        assert await raw.hear() == {"type": "connection_ack"}


@pytest.mark.parametrize("payload", [[], "text", 0, False, [{}]])
async def test_a_payload_of_init_that_is_no_object_is_closed_with_4400(served: Served, payload: Any) -> None:
    async with served.socket(acknowledged=False) as raw:
        await raw.say(INIT | {"payload": payload})
        assert (await raw.closed())[0] == 4400


async def test_a_second_init_is_closed_with_4429(served: Served) -> None:
    async with served.socket() as raw:
        await raw.say(INIT)
        assert await raw.closed() == (4429, "Too many initialisation requests")


async def test_two_inits_at_once_are_closed_with_4429(served: Served) -> None:
    async with served.socket(acknowledged=False) as raw:
        await raw.say(INIT)
        await raw.say(INIT)
        assert await raw.closed() == (4429, "Too many initialisation requests")


async def test_an_init_that_does_not_come_in_time_is_closed_with_4408(world: World) -> None:
    async with (
        serving(world, timings=Timeouts(connection_init=0.05, check_interval=0.01)) as served,
        served.socket(acknowledged=False) as raw,
    ):
        assert await raw.closed() == (4408, "Connection initialisation timeout")


async def test_pings_do_not_make_up_for_an_init(world: World) -> None:
    async with (
        serving(world, timings=Timeouts(connection_init=0.05, check_interval=0.01)) as served,
        served.socket(acknowledged=False) as raw,
    ):
        assert await raw.is_alive()
        assert (await raw.closed())[0] == 4408


async def test_an_acknowledged_socket_outlives_the_time_for_its_init(world: World) -> None:
    async with serving(world, timings=Timeouts(connection_init=0.02, check_interval=0.01)) as served, served.socket() as raw:
        socket = next(iter(served.endpoint.connections.connections))
        await until(lambda: asyncio.get_running_loop().time() - socket.opened_at > 0.06)
        assert await raw.is_alive()


async def test_a_subscribe_before_the_init_is_closed_with_4401(served: Served) -> None:
    async with served.socket(acknowledged=False) as raw:
        await raw.subscribe("{ hello }")
        assert await raw.closed() == (4401, "Unauthorized")


async def test_a_bearer_token_of_the_init_signs_in(served: Served) -> None:
    async with served.socket(init={"authorization": "Bearer good"}) as raw:
        await raw.subscribe("{ me transport }")
        assert (await raw.hear())["payload"] == {"data": {"me": "ann", "transport": "websocket"}}


async def test_a_bearer_token_of_the_handshake_signs_in(served: Served) -> None:
    async with served.socket(headers={"authorization": "Bearer good"}) as raw:
        await raw.subscribe("{ me }")
        assert (await raw.hear())["payload"] == {"data": {"me": "ann"}}


async def test_the_token_of_the_init_has_priority_over_the_cookie(served: Served) -> None:
    async with served.socket(init={"authorization": "Bearer other"}, headers={"cookie": "session=good"}) as raw:
        await raw.subscribe("{ me }")
        assert (await raw.hear())["payload"] == {"data": {"me": "bob"}}


async def test_a_bad_token_is_closed_with_4403(served: Served) -> None:
    async with served.socket(acknowledged=False) as raw:
        await raw.say(INIT | {"payload": {"authorization": "Bearer bad"}})
        code, reason = await raw.closed()
        assert code == 4403
        assert reason.startswith("Forbidden")


async def test_an_outage_during_the_init_closes_with_1013(served: Served, caplog: pytest.LogCaptureFixture) -> None:
    async def away(token: str | None) -> None:
        raise Unavailable

    served.endpoint.authenticator.authenticate = away
    async with served.socket(acknowledged=False) as raw:
        await raw.say(INIT)
        assert await raw.closed() == (1013, "Try again later: a store does not answer")
    assert "Traceback" not in caplog.text


async def test_an_internal_error_closes_with_1011_and_its_id(served: Served, caplog: pytest.LogCaptureFixture) -> None:
    async def broken(token: str | None) -> None:
        raise RuntimeError("the password of the store is 1234")

    served.endpoint.authenticator.authenticate = broken
    async with served.socket(acknowledged=False) as raw:
        await raw.say(INIT)
        code, reason = await raw.closed()
    assert code == 1011
    assert "1234" not in reason
    assert reason.rpartition(" ")[2] in caplog.text


async def test_an_invalid_cookie_is_ignored(served: Served) -> None:
    async with served.socket(headers={"cookie": "session=stale"}) as raw:
        await raw.subscribe("{ me }")
        assert (await raw.hear())["payload"] == {"data": {"me": None}}


# ------------------------------------------------------------------------------------------------ ping and pong


async def test_a_subscribe_after_the_init_waits_for_its_acknowledgement(served: Served) -> None:
    async with served.socket(acknowledged=False) as raw:
        await raw.say(INIT)
        await raw.subscribe("{ hello }")
        assert [(await raw.hear())["type"] for _ in range(3)] == ["connection_ack", "next", "complete"]


async def test_messages_after_a_rejected_init_are_not_run(served: Served) -> None:
    async with served.socket(acknowledged=False) as raw:
        await raw.say(INIT | {"payload": {"authorization": "Bearer bad"}})
        await raw.subscribe('mutation { say(text: "hi") }')
        assert (await raw.closed())[0] == 4403
    assert served.world.feed.facts == []


@pytest.mark.parametrize("payload", [None, {}, {"some": {"data": 1}}])
async def test_a_ping_is_answered_with_its_payload(served: Served, payload: Any) -> None:
    async with served.socket() as raw:
        await raw.say({"type": "ping", "payload": payload} if payload is not None else {"type": "ping"})
        assert await raw.hear() == ({"type": "pong", "payload": payload} if payload is not None else {"type": "pong"})


async def test_a_payload_that_is_null_is_none(served: Served) -> None:
    async with served.socket() as raw:
        await raw.say({"type": "ping", "payload": None})
        assert await raw.hear() == {"type": "pong"}


async def test_a_ping_may_come_before_the_init(served: Served) -> None:
    async with served.socket(acknowledged=False) as raw:
        assert await raw.is_alive()


async def test_a_pong_may_come_unasked(served: Served) -> None:
    async with served.socket() as raw:
        await raw.say({"type": "pong"})
        await raw.say({"type": "pong", "payload": {"beat": 1}})
        assert await raw.is_alive()


async def test_a_ping_is_answered_while_operations_run(served: Served) -> None:
    async with served.socket() as raw:
        await raw.subscribe('{ wait(gate: "g") }', "1")
        await raw.subscribe('subscription { forever(gate: "h") }', "2")
        await raw.hear()
        assert await raw.is_alive()


async def test_pings_are_answered_one_by_one_and_in_order(served: Served) -> None:
    async with served.socket() as raw:
        for number in range(50):
            await raw.say({"type": "ping", "payload": {"number": number}})
        assert [(await raw.hear())["payload"]["number"] for _ in range(50)] == list(range(50))


@pytest.mark.parametrize("kind", ["ping", "pong"])
async def test_a_payload_of_a_ping_that_is_no_object_is_closed_with_4400(served: Served, kind: str) -> None:
    async with served.socket() as raw:
        await raw.say({"type": kind, "payload": "text"})
        assert (await raw.closed())[0] == 4400


async def test_the_server_pings_a_silent_client(world: World) -> None:
    async with serving(world, timings=Timeouts(ping_interval=0.02, check_interval=0.01)) as served, served.socket() as raw:
        assert await raw.hear() == {"type": "ping"}


async def test_a_client_that_answers_pings_stays_connected(world: World) -> None:
    async with (
        serving(world, timings=Timeouts(ping_interval=0.02, pong=5, check_interval=0.01)) as served,
        served.socket() as raw,
    ):
        for _ in range(3):
            assert await raw.hear() == {"type": "ping"}
            await raw.say({"type": "pong"})


async def test_a_client_that_does_not_answer_a_ping_is_closed(world: World) -> None:
    async with (
        serving(world, timings=Timeouts(ping_interval=0.02, pong=0.03, check_interval=0.01)) as served,
        served.socket() as raw,
    ):
        assert await raw.closed() == (4504, "No pong received")
        await until(lambda: not served.endpoint.connections.connections)


# ------------------------------------------------------------------------------------------------ subscribe


async def test_a_query_is_one_next_and_complete(served: Served) -> None:
    async with served.socket() as raw:
        await raw.subscribe("{ hello }", "q")
        assert await raw.hear() == {"id": "q", "type": "next", "payload": {"data": {"hello": "Hello, world"}}}
        assert await raw.hear() == {"id": "q", "type": "complete"}


async def test_a_mutation_is_one_next_and_complete(served: Served) -> None:
    async with served.socket() as raw:
        await raw.subscribe('mutation { say(text: "hi") }')
        assert (await raw.hear())["payload"] == {"data": {"say": 1}}
        assert (await raw.hear())["type"] == "complete"


async def test_a_subscription_is_a_next_for_each_event_and_complete(served: Served) -> None:
    async with served.socket() as raw:
        await raw.subscribe("subscription { count(to: 3) }")
        assert [(await raw.hear())["payload"]["data"]["count"] for _ in range(3)] == [1, 2, 3]
        assert await raw.hear() == {"id": "1", "type": "complete"}


async def test_variables_and_operation_name_are_used(served: Served) -> None:
    query = "query A { me } query B($name: String!) { hello(name: $name) }"
    async with served.socket() as raw:
        await raw.subscribe(query, operationName="B", variables={"name": "Ann"}, extensions={"any": 1})
        assert (await raw.hear())["payload"] == {"data": {"hello": "Hello, Ann"}}


async def test_members_may_be_null(served: Served) -> None:
    async with served.socket() as raw:
        await raw.subscribe("{ hello }", operationName=None, variables=None, extensions=None)
        assert (await raw.hear())["type"] == "next"


async def test_operations_are_interleaved_by_their_ids(served: Served) -> None:
    async with served.socket() as raw:
        await raw.subscribe('{ wait(gate: "slow") }', "slow")
        await raw.subscribe("{ hello }", "quick")
        assert [(await raw.hear())["id"] for _ in range(2)] == ["quick", "quick"]
        served.world.gate("slow").set()
        assert (await raw.hear())["id"] == "slow"


async def test_subscriptions_go_on_beside_each_other(served: Served) -> None:
    async with served.socket() as raw:
        for identity in ("one", "other"):
            await raw.subscribe("subscription { said { ... on Said { text } } }", identity)
            assert (await raw.hear())["id"] == identity
        served.world.feed.add("both")
        heard = [await raw.hear() for _ in range(2)]
        assert {each["id"]: each["payload"]["data"]["said"]["text"] for each in heard} == {"one": "both", "other": "both"}
        await raw.say({"id": "one", "type": "complete"})
        assert await raw.is_alive()
        served.world.feed.add("only one")
        assert (await raw.hear())["id"] == "other"
        assert await raw.is_alive()


async def test_operations_start_in_the_order_of_their_messages(served: Served) -> None:
    async with served.socket() as raw:
        for number in range(20):
            await raw.subscribe(f'mutation {{ say(text: "{number}") }}', str(number))
        for _ in range(40):
            await raw.hear()
        assert served.world.feed.facts == [str(number) for number in range(20)]


async def test_an_id_that_is_running_is_closed_with_4409(served: Served) -> None:
    async with served.socket() as raw:
        await raw.subscribe('{ wait(gate: "g") }', "twice")
        await raw.subscribe("{ hello }", "twice")
        assert await raw.closed() == (4409, "Subscriber for twice already exists")


async def test_the_id_of_a_running_subscription_is_closed_with_4409(served: Served) -> None:
    async with served.socket() as raw:
        await raw.subscribe('subscription { forever(gate: "g") }', "twice")
        await raw.hear()
        await raw.subscribe("{ hello }", "twice")
        assert (await raw.closed())[0] == 4409


async def test_an_id_may_be_used_again_once_it_is_complete(served: Served) -> None:
    async with served.socket() as raw:
        for _ in range(3):
            await raw.subscribe("{ hello }", "again")
            assert [(await raw.hear())["type"] for _ in range(2)] == ["next", "complete"]


async def test_an_id_may_be_used_again_once_the_client_has_completed_it(served: Served) -> None:
    async with served.socket() as raw:
        await raw.subscribe('subscription { forever(gate: "g") }', "again")
        await raw.hear()
        await raw.say({"id": "again", "type": "complete"})
        await raw.subscribe("{ hello }", "again")
        assert (await raw.hear())["payload"] == {"data": {"hello": "Hello, world"}}


async def test_a_late_answer_is_not_sent_for_an_id_that_is_used_again(served: Served) -> None:
    async with served.socket() as raw:
        await raw.subscribe('mutation { sayLater(gate: "late") }', "again")
        await until(lambda: served.world.seen == ["late began"])
        await raw.say({"id": "again", "type": "complete"})
        await raw.subscribe('{ wait(gate: "g") }', "again")
        assert await raw.is_alive()
        served.world.gate("late").set()
        await until(lambda: served.world.feed.facts == ["late"])
        served.world.gate("g").set()
        assert (await raw.hear())["payload"] == {"data": {"wait": "g"}}
        assert await raw.hear() == {"id": "again", "type": "complete"}
        assert await raw.is_alive()


async def test_ids_are_any_text(served: Served) -> None:
    identity = 'ünï"\\\n\U0001f98a'
    async with served.socket() as raw:
        await raw.subscribe("{ hello }", identity)
        assert (await raw.hear())["id"] == identity


async def test_one_operation_too_many_is_refused_and_the_others_run_on(world: World) -> None:
    async with serving(world, limits=Limits(operations=2)) as served, served.socket() as raw:
        await raw.subscribe('{ wait(gate: "g") }', "1")
        await raw.subscribe('subscription { forever(gate: "h") }', "2")
        await raw.hear()
        await raw.subscribe("{ hello }", "3")
        refused = await raw.hear()
        assert (refused["id"], refused["type"]) == ("3", "error")
        assert refused["payload"][0]["extensions"] == {"code": "LIMIT_EXCEEDED", "limit": "operations", "maximum": 2}
        world.gate("g").set()
        assert (await raw.hear())["id"] == "1"


# ------------------------------------------------------------------------------------------------ error


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("", "GRAPHQL_PARSE_FAILED"),
        ("{ hello", "GRAPHQL_PARSE_FAILED"),
        ("{ node " + "{ child " * 1_300 + "}" * 1_301, "LIMIT_EXCEEDED"),
        ("{ hello(name: " + "[" * 1_900 + "]" * 1_900 + ") }", "LIMIT_EXCEEDED"),
        ("{ nothing }", "GRAPHQL_VALIDATION_FAILED"),
        ("query A { me } query B { me }", "OPERATION_RESOLUTION_FAILURE"),
        ("query($name: String!) { hello(name: $name) }", "BAD_USER_INPUT"),
        ("subscription($to: Int!) { count(to: $to) }", "BAD_USER_INPUT"),
        ("subscription { refuses }", "NOT_FOUND"),
        ("subscription { fails }", "INTERNAL"),
    ],
)
async def test_a_request_error_ends_the_operation_and_not_the_connection(served: Served, query: str, code: str) -> None:
    async with served.socket() as raw:
        await raw.subscribe(query)
        message = await raw.hear()
        assert (message["id"], message["type"]) == ("1", "error")
        assert message["payload"][0]["extensions"]["code"] == code
        assert await raw.is_alive()


async def test_an_error_of_one_operation_leaves_the_others_running(served: Served) -> None:
    async with served.socket() as raw:
        await raw.subscribe('{ wait(gate: "g") }', "good")
        await raw.subscribe("{ nothing }", "bad")
        assert [(message := await raw.hear())["id"], message["type"]] == ["bad", "error"]
        served.world.gate("g").set()
        assert (await raw.hear())["payload"] == {"data": {"wait": "g"}}


@pytest.mark.parametrize("query", ["{ hello }", "{ nothing }", "subscription { count(to: 2) }", "subscription { fails }"])
async def test_each_message_has_the_members_of_its_type_and_no_others(served: Served, query: str) -> None:
    members = {"next": {"id", "type", "payload"}, "error": {"id", "type", "payload"}, "complete": {"id", "type"}}
    async with served.socket() as raw:
        await raw.subscribe(query)
        while (message := await raw.hear())["type"] == "next":
            assert set(message) == members["next"]
            assert isinstance(message["payload"], dict)
        assert set(message) == members[message["type"]]
        assert isinstance(message.get("payload", []), list)


async def test_nothing_follows_an_error(served: Served) -> None:
    async with served.socket() as raw:
        await raw.subscribe("{ nothing }")
        assert (await raw.hear())["type"] == "error"
        await raw.subscribe("{ hello }")
        assert [(await raw.hear())["type"] for _ in range(2)] == ["next", "complete"]


async def test_errors_of_fields_come_in_next(served: Served) -> None:
    async with served.socket() as raw:
        await raw.subscribe("{ hello broken }")
        message = await raw.hear()
        assert message["type"] == "next"
        assert message["payload"]["data"] == {"hello": "Hello, world", "broken": None}
        assert message["payload"]["errors"][0]["extensions"]["code"] == "INTERNAL"


async def test_a_stream_that_fails_ends_in_an_error(served: Served) -> None:
    async with served.socket() as raw:
        await raw.subscribe("subscription { fails(after: 1) }")
        assert (await raw.hear())["payload"] == {"data": {"fails": 1}}
        error = await raw.hear()
        assert error["type"] == "error"
        assert "broke" not in str(error)


# ------------------------------------------------------------------------------------------------ complete


async def test_completing_a_subscription_stops_it(served: Served) -> None:
    async with served.socket() as raw:
        await raw.subscribe('subscription { forever(gate: "g") }')
        await raw.hear()
        await raw.say({"id": "1", "type": "complete"})
        await until(lambda: served.world.seen == ["g was stopped"])
        assert await raw.is_alive()


async def test_completing_a_query_stops_it_and_nothing_is_sent(served: Served) -> None:
    async with served.socket() as raw:
        await raw.subscribe('{ wait(gate: "g") }')
        await until(lambda: served.world.seen == ["g began"])
        await raw.say({"id": "1", "type": "complete"})
        await until(lambda: served.world.seen[-1] == "g was cancelled")
        assert await raw.is_alive()


async def test_a_completed_mutation_runs_to_its_end(served: Served) -> None:
    async with served.socket() as raw:
        for identity in ("completed", "left"):
            await raw.subscribe(f'mutation {{ sayLater(gate: "{identity}") }}', identity)
        await until(lambda: len(served.world.seen) == 2)
        await raw.say({"id": "completed", "type": "complete"})
        assert await raw.is_alive()
    for identity in ("completed", "left"):
        served.world.gate(identity).set()
    await until(lambda: sorted(served.world.feed.facts) == ["completed", "left"])


async def test_a_complete_that_crosses_the_servers_own_is_ignored(served: Served) -> None:
    async with served.socket() as raw:
        await raw.subscribe("subscription { count(to: 1) }")
        assert [(await raw.hear())["type"] for _ in range(2)] == ["next", "complete"]
        await raw.say({"id": "1", "type": "complete"})
        assert await raw.is_alive()


async def test_no_event_is_sent_after_a_complete(served: Served) -> None:
    async with served.socket() as raw:
        await raw.subscribe("subscription { said { __typename } }")
        await raw.hear()
        await raw.say({"id": "1", "type": "complete"})
        assert await raw.is_alive()
        served.world.feed.add("too late")
        assert await raw.is_alive()


async def test_completing_an_unknown_operation_is_ignored(served: Served) -> None:
    async with served.socket() as raw:
        await raw.say({"id": "never", "type": "complete"})
        assert await raw.is_alive()


async def test_a_disconnect_stops_all_operations(served: Served) -> None:
    async with served.socket() as raw:
        await raw.subscribe('{ wait(gate: "g") }', "1")
        await raw.subscribe('subscription { forever(gate: "h") }', "2")
        await raw.hear()
    await until(lambda: sorted(served.world.seen) == ["g began", "g was cancelled", "h was stopped"])
    assert not served.endpoint.subscriptions.live
    assert not served.endpoint.subscriptions.catching_up


# ------------------------------------------------------------------------------------------------ invalid messages


@pytest.mark.parametrize(
    "message",
    [
        "",
        "not json",
        "[]",
        '[{"type": "ping"}]',
        '"text"',
        "null",
        "{}",
        '{"type": 1}',
        '{"type": "start"}',
        '{"type": ' + "[" * 1_000 + "]" * 1_000 + "}",
        '{"type": "subscribe", "id": ' + "[" * 1_000 + "]" * 1_000 + "}",
        '{"type": "connection_terminate"}',
        '{"type": "next", "id": "1", "payload": {}}',
        '{"type": "connection_ack"}',
        '{"type": "complete"}',
        '{"type": "complete", "id": ""}',
        '{"type": "complete", "id": 1}',
        '{"type": "subscribe"}',
        '{"type": "subscribe", "payload": {"query": "{ hello }"}}',
        '{"type": "subscribe", "id": "", "payload": {"query": "{ hello }"}}',
        '{"type": "subscribe", "id": 1, "payload": {"query": "{ hello }"}}',
        '{"type": "subscribe", "id": "1"}',
        '{"type": "subscribe", "id": "1", "payload": null}',
        '{"type": "subscribe", "id": "1", "payload": "{ hello }"}',
        '{"type": "subscribe", "id": "1", "payload": [{"query": "{ hello }"}]}',
        '{"type": "subscribe", "id": "1", "payload": {}}',
        '{"type": "subscribe", "id": "1", "payload": {"query": null}}',
        '{"type": "subscribe", "id": "1", "payload": {"query": 1}}',
        '{"type": "subscribe", "id": "1", "payload": {"query": "{ hello }", "operationName": 1}}',
        '{"type": "subscribe", "id": "1", "payload": {"query": "{ hello }", "variables": "a"}}',
        '{"type": "subscribe", "id": "1", "payload": {"query": "{ hello }", "variables": []}}',
        '{"type": "subscribe", "id": "1", "payload": {"query": "{ hello }", "extensions": 1}}',
        '{"type": "ping", "payload": ' + '{"a":' * 300 + "1" + "}" * 301,
        '{"type": "ping", "payload": {"half of a pair": "\\ud800"}}',
        b'{"type": "ping"}',
    ],
)
async def test_an_invalid_message_is_closed_with_4400(served: Served, message: str | bytes) -> None:
    async with served.socket() as raw:
        await raw.say(message)
        code, reason = await raw.closed()
        assert code == 4400
        assert reason.startswith("Invalid message: ")


@pytest.mark.parametrize("compression", [None, "deflate"])
async def test_a_message_over_the_limit_is_closed_with_1009(world: World, compression: str | None) -> None:
    async with serving(world, limits=Limits(body_bytes=1_000)) as served, served.socket(compression=compression) as raw:
        await raw.say({"type": "ping", "payload": {"long": "x" * 100_000}})
        assert (await raw.closed())[0] == 1009


async def test_the_limit_is_of_a_message_in_whatever_frames_it_comes(world: World) -> None:
    async with serving(world, limits=Limits(body_bytes=100)) as served:
        async with served.socket() as raw:
            await raw.connection.send(['{"type":', ' "ping"', "}"])
            assert await raw.hear() == {"type": "pong"}
        async with served.socket() as raw:
            await raw.connection.send(['{"type":', *['"' + "x" * 50] * 3])
            assert (await raw.closed())[0] == 1009


async def test_text_that_is_not_utf_8_is_closed_with_1007(served: Served) -> None:
    async with served.socket() as raw:
        await raw.connection.send(b'{"type": "\xff"}', text=True)
        assert (await raw.closed())[0] == 1007


# ------------------------------------------------------------------------------------------------ who does not read


@pytest.mark.parametrize("last", ["not json", b"", b"\x88\x80\0\0\0\0"], ids=["nonsense", "nothing", "a close"])
async def test_a_connection_whose_client_does_not_read_is_dropped_after_any_close(
    world: World, monkeypatch: pytest.MonkeyPatch, last: str | bytes
) -> None:
    monkeypatch.setattr(uvicorn_protocols, "TCP_USER_TIMEOUT_SECONDS", 1)
    async with (
        serving(world, timings=Timeouts(ping_interval=0.2, pong=0.2, check_interval=0.05)) as served,
        served.socket(sock=narrow(served.port)) as raw,
    ):
        await raw.subscribe(LONG)
        await raw.hear()
        [socket] = served.endpoint.connections.connections
        raw.connection.transport.pause_reading()
        world.feed.add(*"x" * 40)
        await until(lambda: socket.pending_sends)
        if isinstance(last, bytes):
            raw.connection.transport.write(last)
        else:
            await raw.say(last)
        await until(lambda: not served.endpoint.connections.connections and not served.endpoint.subscriptions.live)
        await until(lambda: not served.server.server_state.connections)
        raw.connection.transport.abort()


async def test_a_close_frame_waits_for_pending_sends(served: Served) -> None:
    async with served.socket() as raw:
        [socket] = served.endpoint.connections.connections
        socket.protocol.pause_writing()
        socket.send_text(b'"the answer"')
        await asyncio.sleep(0)
        socket.protocol.resume_writing()
        await socket.close_or_cancel(1012, "Service restart: reconnect")
        assert await raw.hear() == "the answer"
        assert (await raw.closed())[0] == 1012


# ------------------------------------------------------------------------------------------------ sessions and numbers


async def test_a_socket_is_closed_with_4401_as_its_session_ends(world: World) -> None:
    timings = Timeouts(session_check_interval=0.02, check_interval=0.01)
    async with serving(world, timings=timings) as served, served.socket(init={"authorization": "Bearer good"}) as raw:
        assert await raw.is_alive()
        del world.sessions["good"]
        assert await raw.closed() == (4401, "Unauthorized: the session has ended")


async def test_a_connection_with_a_valid_session_stays_open(world: World) -> None:
    timings = Timeouts(session_check_interval=0.01, check_interval=0.005)
    async with serving(world, timings=timings) as served, served.socket(init={"authorization": "Bearer good"}) as raw:
        socket = next(iter(served.endpoint.connections.connections))
        first = socket.session_checked_at
        await until(lambda: socket.session_checked_at - first > 0.03)
        assert await raw.is_alive()


async def test_a_store_that_does_not_answer_does_not_end_a_session(world: World) -> None:
    timings = Timeouts(session_check_interval=0.01, check_interval=0.005)
    async with serving(world, timings=timings) as served, served.socket(init={"authorization": "Bearer good"}) as raw:
        asked = []

        async def away(token: str | None) -> None:
            asked.append(token)
            raise Unavailable

        served.endpoint.authenticator.authenticate = away
        await until(lambda: len(asked) > 2)
        assert await raw.is_alive()


async def test_signing_out_closes_the_sockets_of_the_session_at_once(served: Served) -> None:
    bearer = {"authorization": "Bearer good"}
    async with served.socket(init=bearer) as raw, served.socket(init={"authorization": "Bearer other"}) as other:
        assert (await served.post("mutation { signOut }", bearer)).json() == {"data": {"signOut": True}}
        assert (await raw.closed())[0] == 4401
        assert await other.is_alive()


async def test_signing_out_over_a_socket_is_answered_and_closes_it(served: Served) -> None:
    async with served.socket(init={"authorization": "Bearer good"}) as raw:
        await raw.subscribe("mutation { signOut }")
        assert (await raw.hear())["payload"] == {"data": {"signOut": True}}
        assert (await raw.closed())[0] == 4401


async def test_one_socket_too_many_of_a_viewer_is_refused(world: World) -> None:
    bearer = {"authorization": "Bearer good"}
    async with serving(world, limits=Limits(sockets=1)) as served, served.socket(init=bearer):
        async with served.socket(acknowledged=False) as second:
            await second.say(INIT | {"payload": bearer})
            code, reason = await second.closed()
            assert code == 4429
            assert reason.startswith("Too many connections")
        async with served.socket(init={"authorization": "Bearer other"}) as other:
            assert await other.is_alive()


async def test_one_connection_too_many_of_an_address_without_a_session_is_rejected(world: World) -> None:
    async with serving(world, limits=Limits(anonymous_sockets=1)) as served, served.socket():
        async with served.socket(acknowledged=False) as second:
            await second.say(INIT)
            assert (await second.closed())[0] == 4429
        async with served.socket(init={"authorization": "Bearer good"}) as signed_in:
            assert await signed_in.is_alive()


async def test_a_closed_connection_does_not_count(world: World) -> None:
    async with serving(world, limits=Limits(sockets=1)) as served:
        for _ in range(3):
            async with served.socket(init={"authorization": "Bearer good"}) as raw:
                assert await raw.is_alive()
            await until(lambda: not served.endpoint.connections.connections)


async def test_every_operation_has_a_context_of_its_own(served: Served) -> None:
    async with served.socket() as raw:
        for identity in ("1", "2"):
            await raw.subscribe("{ me }", identity)
            await raw.hear()
            await raw.hear()
    assert len(served.world.contexts) == 2
