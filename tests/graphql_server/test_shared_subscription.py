"""Runs, driven without sockets: who is slow is served from what a run has kept, and whoever comes late misses nothing."""

import asyncio
from typing import Any

import orjson
import pytest
from graphql import GraphQLError

from graphql_server import Caller
from graphql_server.documents import DocumentCache
from graphql_server.errors import ErrorFormatter
from graphql_server.operation import Operation
from graphql_server.subscriptions import event_buffer
from graphql_server.subscriptions.events import EncodedEvent
from graphql_server.subscriptions.registry import SubscriptionRegistry
from graphql_server.subscriptions.subscriber import Subscriber
from tests.graphql_server.serving import until
from tests.graphql_server.toy import World, describe_error, schema

SAID = "subscription($after: String) { said(after: $after) { __typename ... on Said { position } ... on CaughtUp { sent } } }"


class Client:
    """Takes what it is given, unless it is busy; then one answer at a time, each when it is told to."""

    def __init__(self) -> None:
        self.heard: list[Any] = []
        self.ended: tuple[GraphQLError, ...] | None = None
        self.is_busy = False
        self.taking: asyncio.Future[None] | None = None

    def next(self, entry: EncodedEvent) -> "asyncio.Future[None] | None":
        self.heard.append(next(reversed(orjson.loads(entry.payload)["data"]["said"].values())))
        if not self.is_busy:
            return None
        self.taking = asyncio.get_running_loop().create_future()
        return self.taking

    def complete(self, errors: tuple[GraphQLError, ...]) -> None:
        self.ended = errors

    def takes(self) -> None:
        assert self.taking is not None
        self.is_busy = False
        self.taking.set_result(None)

    @property
    def positions(self) -> list[int]:
        return [each for each in self.heard if each]


@pytest.fixture
def operation() -> Operation:
    return DocumentCache(schema).get(SAID).get_operation(None)


@pytest.fixture
def all_follows() -> SubscriptionRegistry:
    return SubscriptionRegistry(ErrorFormatter(describe_error))


def follower(world: World, operation: Operation, after: str | None = None) -> tuple[Subscriber, Client]:
    client = Client()
    caller = Caller(None, None, "here", "websocket")
    return Subscriber(operation, {"after": after}, lambda: world.make_context(None, caller), client), client


async def live(all_follows: SubscriptionRegistry, world: World, operation: Operation) -> tuple[Subscriber, Client]:
    """One who has caught up."""
    one, client = follower(world, operation)
    await all_follows.attach(one)
    await until(lambda: client.heard == [0])
    return one, client


async def test_whoever_was_busy_for_a_while_is_given_the_rest_without_executing_it_again(
    all_follows: SubscriptionRegistry, world: World, operation: Operation
) -> None:
    one, quick = await live(all_follows, world, operation)
    other, busy = await live(all_follows, world, operation)
    await until(lambda: other.subscription is one.subscription)
    busy.is_busy = True
    world.feed.add(*"abcde")
    await until(lambda: quick.positions == [1, 2, 3, 4, 5])
    assert busy.positions == [1]
    executed = all_follows.executed_events
    busy.takes()
    await until(lambda: busy.positions == [1, 2, 3, 4, 5])
    assert all_follows.executed_events == executed


async def test_whoever_joins_a_run_gets_what_lies_behind_the_position_reached(
    all_follows: SubscriptionRegistry, world: World, operation: Operation
) -> None:
    one, client = await live(all_follows, world, operation)
    world.feed.add(*"abc")
    await until(lambda: client.positions == [1, 2, 3])
    other, late = follower(world, operation)
    assert one.subscription is not None
    one.subscription.join(other, 1)
    assert late.positions == [2, 3]
    world.feed.add("d")
    await until(lambda: late.positions == [2, 3, 4])


async def test_whoever_is_ahead_of_a_run_hears_nothing_twice(
    all_follows: SubscriptionRegistry, world: World, operation: Operation
) -> None:
    one, client = await live(all_follows, world, operation)
    other, ahead = follower(world, operation)
    assert one.subscription is not None
    one.subscription.join(other, 2)
    world.feed.add(*"abc")
    await until(lambda: client.positions == [1, 2, 3])
    assert ahead.positions == [3]


async def test_the_busy_of_a_run_that_has_merged_go_on_where_it_went(
    all_follows: SubscriptionRegistry, world: World, operation: Operation
) -> None:
    world.feed.add(*"abc")
    one, _ = await live(all_follows, world, operation)
    other, busy = follower(world, operation, "e:0")
    _, quick = pair = follower(world, operation, "e:0")
    busy.is_busy = True
    await asyncio.gather(all_follows.attach(other), all_follows.attach(pair[0]))
    await until(lambda: pair[0].subscription is one.subscription)
    assert quick.positions == [1, 2, 3, 3]
    busy.takes()
    await until(lambda: other.subscription is one.subscription)
    assert busy.positions == [1, 2, 3, 3]


async def test_where_the_live_run_has_dropped_what_comes_next_they_begin_again(
    all_follows: SubscriptionRegistry, world: World, operation: Operation, monkeypatch: pytest.MonkeyPatch
) -> None:
    world.feed.add(*"abc")
    _, first = await live(all_follows, world, operation)
    other, busy = follower(world, operation, "e:0")
    pair, _ = follower(world, operation, "e:0")
    busy.is_busy = True
    await asyncio.gather(all_follows.attach(other), all_follows.attach(pair))
    await until(lambda: not all_follows.catching_up)
    monkeypatch.setattr(event_buffer, "BUFFERED_EVENTS_MAX", 1)
    world.feed.add(*"defgh")
    await until(lambda: first.positions[-1:] == [8])
    busy.takes()
    await until(lambda: set(busy.positions) >= set(range(1, 9)))


async def test_a_client_that_failed_to_take_an_answer_is_given_nothing_more(
    all_follows: SubscriptionRegistry, world: World, operation: Operation
) -> None:
    _, client = await live(all_follows, world, operation)
    client.is_busy = True
    world.feed.add("a", "b")
    await until(lambda: client.taking is not None)
    assert client.taking is not None
    client.taking.set_exception(ConnectionResetError())
    await asyncio.sleep(0)
    assert client.positions == [1]


async def test_whoever_leaves_while_it_begins_is_not_begun(
    all_follows: SubscriptionRegistry, world: World, operation: Operation
) -> None:
    one, client = follower(world, operation)
    all_follows.subscribe(one)
    all_follows.unsubscribe(one)
    other, _ = follower(world, operation)
    other.is_unsubscribed = True
    await all_follows.attach(other)
    assert not all_follows.catching_up
    assert client.ended is None


async def test_what_fails_at_the_begin_ends_it(all_follows: SubscriptionRegistry, world: World, operation: Operation) -> None:
    one, client = follower(world, operation)

    def broken() -> Any:
        raise RuntimeError("no context")

    one.make_context = broken
    all_follows.subscribe(one)
    await until(lambda: client.ended is not None)
    assert [error.message for error in client.ended or ()] == ["no context"]


async def test_what_fails_at_an_event_ends_it_for_all(
    all_follows: SubscriptionRegistry, world: World, operation: Operation
) -> None:
    one, client = await live(all_follows, world, operation)

    def broken() -> Any:
        raise RuntimeError("no context")

    assert one.subscription is not None
    one.subscription.execution.make_context = broken
    world.feed.add("a")
    await until(lambda: client.ended is not None)
    assert not all_follows.live
