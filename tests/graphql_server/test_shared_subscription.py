"""Shared subscriptions without a transport: slow subscribers read from the buffer, and late ones lose no event."""

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
    """A sink that records positions. While it is busy, each send waits for `takes`."""

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
def registry() -> SubscriptionRegistry:
    return SubscriptionRegistry(ErrorFormatter(describe_error))


def follower(world: World, operation: Operation, after: str | None = None) -> tuple[Subscriber, Client]:
    client = Client()
    caller = Caller(None, None, "here", "websocket")
    return Subscriber(operation, {"after": after}, lambda: world.make_context(None, caller), client), client


async def live(registry: SubscriptionRegistry, world: World, operation: Operation) -> tuple[Subscriber, Client]:
    """A subscriber that has caught up, and its client."""
    one, client = follower(world, operation)
    await registry.attach(one)
    await until(lambda: client.heard == [0])
    return one, client


async def test_a_slow_subscriber_gets_buffered_events_without_another_execution(
    registry: SubscriptionRegistry, world: World, operation: Operation
) -> None:
    one, quick = await live(registry, world, operation)
    other, busy = await live(registry, world, operation)
    await until(lambda: other.subscription is one.subscription)
    busy.is_busy = True
    world.feed.add(*"abcde")
    await until(lambda: quick.positions == [1, 2, 3, 4, 5])
    assert busy.positions == [1]
    executed = registry.executed_events
    busy.takes()
    await until(lambda: busy.positions == [1, 2, 3, 4, 5])
    assert registry.executed_events == executed


async def test_a_subscriber_that_joins_gets_the_events_after_its_position(
    registry: SubscriptionRegistry, world: World, operation: Operation
) -> None:
    one, client = await live(registry, world, operation)
    world.feed.add(*"abc")
    await until(lambda: client.positions == [1, 2, 3])
    other, late = follower(world, operation)
    assert one.subscription is not None
    one.subscription.join(other, 1)
    assert late.positions == [2, 3]
    world.feed.add("d")
    await until(lambda: late.positions == [2, 3, 4])


async def test_a_subscriber_ahead_of_the_subscription_gets_no_event_twice(
    registry: SubscriptionRegistry, world: World, operation: Operation
) -> None:
    one, client = await live(registry, world, operation)
    other, ahead = follower(world, operation)
    assert one.subscription is not None
    one.subscription.join(other, 2)
    world.feed.add(*"abc")
    await until(lambda: client.positions == [1, 2, 3])
    assert ahead.positions == [3]


async def test_slow_subscribers_of_a_merged_subscription_move_to_its_successor(
    registry: SubscriptionRegistry, world: World, operation: Operation
) -> None:
    world.feed.add(*"abc")
    one, _ = await live(registry, world, operation)
    other, busy = follower(world, operation, "e:0")
    _, quick = pair = follower(world, operation, "e:0")
    busy.is_busy = True
    await asyncio.gather(registry.attach(other), registry.attach(pair[0]))
    await until(lambda: pair[0].subscription is one.subscription)
    assert quick.positions == [1, 2, 3, 3]
    busy.takes()
    await until(lambda: other.subscription is one.subscription)
    assert busy.positions == [1, 2, 3, 3]


async def test_a_subscriber_whose_next_event_was_dropped_subscribes_again(
    registry: SubscriptionRegistry, world: World, operation: Operation, monkeypatch: pytest.MonkeyPatch
) -> None:
    world.feed.add(*"abc")
    _, first = await live(registry, world, operation)
    other, busy = follower(world, operation, "e:0")
    pair, _ = follower(world, operation, "e:0")
    busy.is_busy = True
    await asyncio.gather(registry.attach(other), registry.attach(pair))
    await until(lambda: not registry.catching_up)
    monkeypatch.setattr(event_buffer, "BUFFERED_EVENTS_MAX", 1)
    world.feed.add(*"defgh")
    await until(lambda: first.positions[-1:] == [8])
    busy.takes()
    await until(lambda: set(busy.positions) >= set(range(1, 9)))


async def test_after_a_failed_send_nothing_more_is_sent(
    registry: SubscriptionRegistry, world: World, operation: Operation
) -> None:
    _, client = await live(registry, world, operation)
    client.is_busy = True
    world.feed.add("a", "b")
    await until(lambda: client.taking is not None)
    assert client.taking is not None
    client.taking.set_exception(ConnectionResetError())
    await asyncio.sleep(0)
    assert client.positions == [1]


async def test_a_subscriber_that_unsubscribes_while_it_starts_is_not_added(
    registry: SubscriptionRegistry, world: World, operation: Operation
) -> None:
    one, client = follower(world, operation)
    registry.subscribe(one)
    registry.unsubscribe(one)
    other, _ = follower(world, operation)
    other.is_unsubscribed = True
    await registry.attach(other)
    assert not registry.catching_up
    assert client.ended is None


async def test_an_error_at_the_start_completes_the_subscriber(
    registry: SubscriptionRegistry, world: World, operation: Operation
) -> None:
    one, client = follower(world, operation)

    def broken() -> Any:
        raise RuntimeError("no context")

    one.make_context = broken
    registry.subscribe(one)
    await until(lambda: client.ended is not None)
    assert [error.message for error in client.ended or ()] == ["no context"]


async def test_an_error_of_an_event_completes_all_subscribers(
    registry: SubscriptionRegistry, world: World, operation: Operation
) -> None:
    one, client = await live(registry, world, operation)

    def broken() -> Any:
        raise RuntimeError("no context")

    assert one.subscription is not None
    one.subscription.execution.make_context = broken
    world.feed.add("a")
    await until(lambda: client.ended is not None)
    assert not registry.live
