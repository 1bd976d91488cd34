"""Subscriptions with equal access share one execution of each event, and a slow client delays no other."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from typing import Any

import pytest

from graphql_server.subscriptions import event_buffer, shared_subscription
from tests.graphql_server.serving import Raw, Served, narrow, serving, until
from tests.graphql_server.toy import World

SAID = """
subscription($after: String, $like: String! = "") {
  said(after: $after, like: $like) {
    __typename ... on Said { cursor text context } ... on CaughtUp { cursor sent } ... on Gone { explanation }
  }
}
"""
LONG = """subscription($length: Int!, $after: String) {
    said(after: $after) { __typename ... on Said { position long(length: $length) } } }"""


@pytest.fixture(params=["our own wire", "plain ASGI"])
async def served(world: World, request: pytest.FixtureRequest) -> AsyncIterator[Served]:
    async with serving(world, is_plain=request.param == "plain ASGI") as served:
        yield served


@pytest.fixture
async def crowd(served: Served) -> AsyncIterator["Crowd"]:
    async with AsyncExitStack() as stack:
        yield Crowd(served, stack)


class Crowd:
    def __init__(self, served: Served, stack: AsyncExitStack) -> None:
        self.served = served
        self.stack = stack
        self.world: World = served.world

    async def joins(self, *, init: Any = None, query: str = SAID, is_slow: bool = False, **variables: Any) -> Raw:
        options = {"sock": narrow(self.served.port)} if is_slow else {}
        raw: Raw = await self.stack.enter_async_context(self.served.socket(init=init, **options))
        await raw.subscribe(query, variables=variables)
        return raw

    @property
    def executed(self) -> int:
        return self.served.endpoint.subscriptions.executed_events

    @property
    def live(self) -> int:
        return len(self.served.endpoint.subscriptions.live)


async def said(raw: Raw) -> dict[str, Any]:
    message = await raw.hear()
    assert message["type"] == "next", message
    return message["payload"]["data"]["said"]  # type: ignore[no-any-return]


async def test_without_a_cursor_the_first_event_is_caught_up(crowd: Crowd) -> None:
    crowd.world.feed.add("old", "older")
    raw = await crowd.joins()
    assert await said(raw) == {"__typename": "CaughtUp", "cursor": "e:2", "sent": 0}


async def test_with_a_cursor_it_sends_past_events_then_new_ones(crowd: Crowd) -> None:
    crowd.world.feed.add("one", "two", "three")
    raw = await crowd.joins(after="e:1")
    assert [(await said(raw))["text"] for _ in range(2)] == ["two", "three"]
    assert (await said(raw))["sent"] == 2
    crowd.world.feed.add("four")
    assert (await said(raw))["text"] == "four"


async def test_fifty_subscribers_share_one_execution_of_an_event(crowd: Crowd) -> None:
    many = [await crowd.joins() for _ in range(50)]
    for raw in many:
        await said(raw)
    before = crowd.executed
    crowd.world.feed.add("hello")
    heard = [await said(raw) for raw in many]
    assert {each["text"] for each in heard} == {"hello"}
    assert len({each["context"] for each in heard}) == 1
    assert crowd.executed - before == 1
    assert crowd.live == 1


async def test_every_event_has_a_context_of_its_own(crowd: Crowd) -> None:
    raw = await crowd.joins()
    await said(raw)
    before = len(crowd.world.contexts)
    crowd.world.feed.add("one", "two")
    await said(raw)
    await said(raw)
    assert len(crowd.world.contexts) - before == 2


async def test_subscribers_that_resume_at_one_cursor_share_one_execution(crowd: Crowd) -> None:
    crowd.world.feed.add(*(str(number) for number in range(20)))
    many = await asyncio.gather(*(crowd.joins(after="e:5") for _ in range(30)))
    for raw in many:
        assert [(await said(raw))["text"] for _ in range(15)] == [str(number) for number in range(5, 20)]
        assert (await said(raw))["sent"] == 15
    assert crowd.executed < 30 * 16 / 2


async def test_a_subscription_that_has_caught_up_merges_into_the_live_one(crowd: Crowd) -> None:
    first = await crowd.joins()
    await said(first)
    crowd.world.feed.add("one", "two")
    second = await crowd.joins(after="e:0")
    assert [(await said(second))["text"] for _ in range(2)] == ["one", "two"]
    assert (await said(second))["cursor"] == "e:2"
    await until(lambda: crowd.live == 1 and not crowd.served.endpoint.subscriptions.catching_up)
    before = crowd.executed
    crowd.world.feed.add("three")
    assert (await said(second))["text"] == "three"
    assert [(await said(first))["text"] for _ in range(3)] == ["one", "two", "three"]
    assert crowd.executed - before == 1


async def test_other_variables_are_not_shared(crowd: Crowd) -> None:
    all_of_it, some = await crowd.joins(), await crowd.joins(like="a")
    await said(all_of_it)
    await said(some)
    assert crowd.live == 2
    crowd.world.feed.add("b", "a")
    assert (await said(some))["text"] == "a"


async def test_another_document_is_not_shared(crowd: Crowd) -> None:
    await said(await crowd.joins())
    await said(await crowd.joins(query="subscription { said { __typename } }"))
    assert crowd.live == 2


async def test_a_subscription_without_a_share_key_is_not_shared(crowd: Crowd) -> None:
    query = "subscription { said { __typename ... on Said { alone context } } }"
    pair = [await crowd.joins(query=query) for _ in range(2)]
    for raw in pair:
        await said(raw)
    crowd.world.feed.add("hello")
    assert len({(await said(raw))["context"] for raw in pair}) == 2


async def test_a_viewer_who_loses_access_is_completed_and_the_others_continue(crowd: Crowd) -> None:
    ann = await crowd.joins(init={"authorization": "Bearer good"})
    bob = await crowd.joins(init={"authorization": "Bearer other"})
    await said(ann)
    await said(bob)
    crowd.world.feed.ban("ann")
    assert (await said(ann))["__typename"] == "Gone"
    assert (await ann.hear())["type"] == "complete"
    assert (await said(bob))["__typename"] == "CaughtUp"
    crowd.world.feed.add("secret")
    assert (await said(bob))["text"] == "secret"


SECRET = "subscription { said { __typename ... on Said { text secret } } }"


@pytest.mark.parametrize("query", [SAID, SECRET], ids=["what is read", "what is looked up"])
async def test_the_first_subscriber_loses_access_and_the_others_get_the_event(crowd: Crowd, query: str) -> None:
    ann = await crowd.joins(query=query, init={"authorization": "Bearer good"})
    bob = await crowd.joins(query=query, init={"authorization": "Bearer other"})
    await said(ann)
    await said(bob)
    crowd.world.feed.banned.add("ann")
    crowd.world.feed.add("late")
    assert (await said(ann))["__typename"] == "Gone"
    heard = await said(bob)
    assert heard["text"] == "late"
    assert heard.get("secret", "late") == "late"


async def test_access_is_checked_again_for_what_is_read_before_the_first_event(crowd: Crowd) -> None:
    query = "subscription { lookedUp }"
    ann = await crowd.joins(query=query, init={"authorization": "Bearer good"})
    bob = await crowd.joins(query=query, init={"authorization": "Bearer other"})
    await until(lambda: sum(len(run.subscribers) for run in crowd.served.endpoint.subscriptions.catching_up.values()) == 2)
    crowd.world.feed.banned.add("ann")
    crowd.world.feed.add("late")
    await until(lambda: len(crowd.served.endpoint.subscriptions.catching_up) == 2)
    crowd.world.feed.add("later")
    assert (await bob.hear())["payload"]["data"]["lookedUp"] == "later"
    assert (await ann.hear())["payload"]["data"]["lookedUp"] == ""


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shared_subscription, "OUTAGE_RETRY_SECONDS", 0.02)


async def test_an_event_during_an_outage_is_sent_complete_after_it(crowd: Crowd, quick: None) -> None:
    pair = [await crowd.joins(query=SECRET) for _ in range(2)]
    for raw in pair:
        await said(raw)
    crowd.world.is_away = True
    crowd.world.feed.add("one", "two")
    await until(lambda: crowd.world.missed > 5)
    crowd.world.is_away = False
    for raw in pair:
        events = [await said(raw) for _ in range(3)]
        assert [event["secret"] for event in events if event["__typename"] == "Said"] == ["one", "two"]


async def test_a_new_subscriber_during_an_outage_gets_an_error(crowd: Crowd, quick: None) -> None:
    crowd.world.is_away = True
    raw = await crowd.joins(query=SECRET)
    message = await raw.hear()
    assert (message["type"], message["payload"][0]["extensions"]["code"]) == ("error", "UNAVAILABLE")
    assert await raw.is_alive()


async def test_the_last_unsubscribe_ends_the_shared_subscription(crowd: Crowd) -> None:
    pair = [await crowd.joins() for _ in range(2)]
    for raw in pair:
        await said(raw)
    await pair[0].say({"id": "1", "type": "complete"})
    assert await pair[0].is_alive()
    crowd.world.feed.add("still")
    assert (await said(pair[1]))["text"] == "still"
    await pair[1].say({"id": "1", "type": "complete"})
    await until(lambda: crowd.live == 0)


async def test_the_first_subscriber_can_unsubscribe_without_effect_on_the_others(crowd: Crowd) -> None:
    first, second = await crowd.joins(), await crowd.joins()
    await said(first)
    await said(second)
    await first.connection.close()
    await until(lambda: len(crowd.served.endpoint.connections.connections) == 1)
    crowd.world.feed.add("on")
    assert (await said(second))["text"] == "on"


async def test_a_slow_client_delays_no_other_has_no_queue_and_gets_every_event(
    crowd: Crowd, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(event_buffer, "BUFFERED_BYTES_MAX", 500_000)
    slow = await crowd.joins(query=LONG, is_slow=True, length=100_000)
    quick = await crowd.joins(query=LONG, length=100_000)
    await said(slow)
    await said(quick)
    slow.connection.transport.pause_reading()
    for number in range(1, 101):
        crowd.world.feed.add("x")
        assert (await said(quick))["position"] == number
    run = next(iter(crowd.served.endpoint.subscriptions.live.values()))
    assert run.buffer.bytes < 700_000
    sockets = crowd.served.endpoint.connections.connections
    assert sorted(len(socket.pending_sends) for socket in sockets) == [0, 1]
    slow.connection.transport.resume_reading()
    positions = []
    while len(positions) < 100:
        event = await said(slow)
        if event["__typename"] == "Said":
            positions.append(event["position"])
    assert positions == list(range(1, 101))


@pytest.mark.parametrize("ended_by", ["a change of rights", "the last who was quick"])
async def test_a_slow_client_continues_when_the_subscription_that_it_would_join_has_ended(crowd: Crowd, ended_by: str) -> None:
    crowd.world.feed.add(*"x" * 60)
    live = await crowd.joins(query=LONG, length=100_000)
    await said(live)
    slow = await crowd.joins(query=LONG, is_slow=True, length=100_000, after="e:0")
    slow.connection.transport.pause_reading()
    await until(lambda: any(socket.pending_sends for socket in crowd.served.endpoint.connections.connections))
    quick = await crowd.joins(query=LONG, length=100_000, after="e:0")
    while (await said(quick))["__typename"] != "CaughtUp":
        continue
    assert not crowd.served.endpoint.subscriptions.catching_up
    if ended_by == "a change of rights":
        crowd.world.feed.ban("ann")
    else:
        await live.connection.close()
        await quick.connection.close()
    await until(lambda: not crowd.served.endpoint.subscriptions.live or ended_by == "a change of rights")
    slow.connection.transport.resume_reading()
    crowd.world.feed.add("y")
    positions = []
    while not positions or positions[-1] != len(crowd.world.feed.facts):
        if (event := await said(slow))["__typename"] == "Said":
            positions.append(event["position"])
    assert positions == [*range(1, 61), len(crowd.world.feed.facts)]


async def test_events_are_read_no_faster_than_the_only_client_receives_them(
    crowd: Crowd, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(event_buffer, "BUFFERED_BYTES_MAX", 300_000)
    slow = await crowd.joins(query=LONG, is_slow=True, length=100_000)
    await said(slow)
    slow.connection.transport.pause_reading()
    crowd.world.feed.add(*"x" * 300)
    await until(lambda: any(socket.pending_sends for socket in crowd.served.endpoint.connections.connections))
    assert crowd.executed < 300
    slow.connection.transport.resume_reading()
    assert [(await said(slow))["position"] for _ in range(300)] == list(range(1, 301))
    assert crowd.executed == 301
