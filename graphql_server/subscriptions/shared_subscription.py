"""Runs: the events of one subscription, read once, executed once, and kept for a while as bytes.

A follower is a place in a run: whoever is slow stays behind in it without a queue of its own, and goes back to a run of its own
from its cursor when the run has dropped what comes next. An event is not shown where it could not be executed, as a store was
away, or where rights were taken away meanwhile: all who share the run begin again from their cursors.
"""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any

import orjson
from graphql import GraphQLError

from graphql_server.documents import RequestError
from graphql_server.errors import internal_error, is_unavailable, to_response_map
from graphql_server.subscriptions.subscriber import NO_POSITION, EncodedEvent, Subscriber
from resolvers.activity_stream import AccessChanged, is_caught_up

if TYPE_CHECKING:
    from graphql_server.subscriptions.registry import SubscriptionRegistry

BUFFERED_EVENTS_MAX = 1_024
BUFFERED_BYTES_MAX = 4_000_000
OUTAGE_RETRY_SECONDS = 0.5
"""How long followers wait before they begin again, where a store did not answer."""

ComputeShareKey = Callable[[Any], Awaitable[Any]]
"""From a context to what is equal for all who may share a run."""


class SharedSubscription:
    """The events of one subscription from a cursor on, each executed once, with the rights that its followers share."""

    def __init__(
        self,
        registry: "SubscriptionRegistry",
        share_key: Any,
        compute_share_key: ComputeShareKey,
        after: str | None,
        first_subscriber: Subscriber,
    ) -> None:
        """`key` is what `rights` says of all who may share it; None where nobody may."""
        self.registry = registry
        self.is_shareable = share_key is not None
        self.share_key = share_key if share_key is not None else object()
        self.compute_share_key = compute_share_key
        self.after = after
        self.operation = first_subscriber.operation
        self.variables = first_subscriber.variables
        self.make_context = first_subscriber.make_context
        self.subscribers: dict[Subscriber, None] = {}
        self.buffer: deque[EncodedEvent] = deque()
        self.first_index = 0
        self.buffered_bytes = 0
        self.position = -1
        self.dropped_position: int | None = None
        self.has_caught_up = False
        self.is_closed = False
        self.final_errors: tuple[GraphQLError, ...] | None = None
        self.successor: SharedSubscription | None = None
        self.subscriber_ready: asyncio.Future[None] | None = None
        self.task = asyncio.create_task(self._read_events())

    @property
    def next_index(self) -> int:
        return self.first_index + len(self.buffer)

    def can_start(self, after: str | None) -> bool:
        """Whether somebody who comes now gets all of it; without a cursor it begins now, so it must not have begun."""
        return self.final_errors is None and self.first_index == 0 and (after is not None or not self.buffer)

    def can_join(self, position: int) -> bool:
        """Whether all that comes after `position` is still here, or still to come."""
        return (
            not self.is_closed
            and self.final_errors is None
            and self.dropped_position is not None
            and position >= self.dropped_position
        )

    def add(self, subscriber: Subscriber) -> None:
        self.subscribers[subscriber] = None
        subscriber.subscription = self
        subscriber.next_index = 0
        self._send_buffered(subscriber)

    def join(self, subscriber: Subscriber, position: int) -> None:
        """Goes on behind `position`, which somebody of another run has reached."""
        self.subscribers[subscriber] = None
        subscriber.subscription = self
        subscriber.last_position = position
        subscriber.next_index = self.next_index
        for entry in reversed(self.buffer):
            if entry.position <= position:
                break
            subscriber.next_index -= 1
        self._send_buffered(subscriber)

    def remove(self, subscriber: Subscriber) -> None:
        self.subscribers.pop(subscriber, None)
        if not self.subscribers:
            self.stop()

    def stop(self) -> None:
        self._close()
        self.task.cancel()

    async def _read_events(self) -> None:
        """The task of a run."""
        try:
            executor = self.operation.build_executor(self.make_context(), self.variables)
            events: Any = await self.operation.subscribe(executor, self.after)
            try:
                async for event in events:
                    payload = None if isinstance(event, AccessChanged) else await self._execute_event(executor, event)
                    if payload is None:
                        return self._resubscribe_all()
                    self._append(event, payload)
                    if self.has_caught_up and self._try_merge():
                        return None
                    await self._wait_for_subscriber()
            finally:
                if hasattr(events, "aclose"):
                    await events.aclose()
            self._complete(())
        except RequestError as error:
            self._complete(error.errors)
        except Exception as error:
            if not is_unavailable(error):
                return self._complete((internal_error(error),))
            await self._handle_outage(error)

    async def _wait_for_subscriber(self) -> None:
        """No faster than the fastest of the followers: what nobody takes yet stays in the table."""
        if all(follower.pending_send is not None for follower in self.subscribers):
            self.subscriber_ready = asyncio.get_running_loop().create_future()
            await self.subscriber_ready

    async def _execute_event(self, executor: Any, event: Any) -> bytes | None:
        """None where the rights are others now, and may have been when one asked for all. Raises what an outage raises.

        They may also have changed between asking those who share the run and its begin.
        """
        self.registry.executed_events += 1
        context = self._make_event_context()
        result = await self.operation.execute_event(executor, event, context)
        for error in result.errors or ():
            if is_unavailable(error):
                raise error
        has_asked = getattr(context, "was_used", False) or getattr(executor.context_value, "was_used", False)
        is_doubtful = has_asked or self.dropped_position is None or not hasattr(event, "cursor")
        if self.is_shareable and is_doubtful and await self.compute_share_key(context) != self.share_key:
            return None
        return orjson.dumps(to_response_map(result))

    async def _handle_outage(self, error: Exception) -> None:
        """Whoever has a cursor begins again after a while, whoever has none yet is told."""
        self._close()
        for follower in [each for each in self.subscribers if each.cursor is None]:
            del self.subscribers[follower]
            follower.subscription = None
            follower.sink.complete((internal_error(error),))
        await asyncio.sleep(OUTAGE_RETRY_SECONDS)
        self._resubscribe_all()

    def _make_event_context(self) -> Any:
        context = self.make_context()
        if hasattr(context, "begin_event"):
            context.begin_event()
        return context

    def _append(self, event: Any, payload: bytes) -> None:
        entry = EncodedEvent(payload, getattr(event, "cursor", None), getattr(event, "position", NO_POSITION))
        self.position = entry.position if entry.position != NO_POSITION else self.position
        self.dropped_position = self.position if self.dropped_position is None else self.dropped_position
        self.has_caught_up = self.has_caught_up or is_caught_up(event)
        self.buffer.append(entry)
        self.buffered_bytes += len(payload)
        while len(self.buffer) > BUFFERED_EVENTS_MAX or (self.buffered_bytes > BUFFERED_BYTES_MAX and len(self.buffer) > 1):
            dropped = self.buffer.popleft()
            self.first_index += 1
            self.buffered_bytes -= len(dropped.payload)
            self.dropped_position = dropped.position
        self._send_newest(entry)

    def _send_newest(self, encoded_event: EncodedEvent) -> None:
        """The newest entry, to whoever has had all others; this is the loop that a thousand wait for."""
        place = self.next_index - 1
        for follower in list(self.subscribers):
            if follower.pending_send is None:
                if follower.next_index != place or encoded_event.position <= follower.last_position:
                    self._send_buffered(follower)
                    continue
                follower.next_index += 1
                follower.cursor = encoded_event.cursor or follower.cursor
                follower.pending_send = follower.sink.next(encoded_event)
                if follower.pending_send is not None:
                    self._track_send(follower)

    def _track_send(self, subscriber: Subscriber) -> None:
        assert subscriber.pending_send is not None
        subscriber.pending_send.add_done_callback(lambda sent: _on_sent(subscriber, sent))

    def _send_buffered(self, subscriber: Subscriber) -> None:
        """All that the follower has not had yet, as far as it takes it now."""
        while subscriber.pending_send is None and subscriber.next_index < self.next_index:
            if subscriber.next_index < self.first_index:
                self.remove(subscriber)
                return self.registry.subscribe(subscriber)
            entry = self.buffer[subscriber.next_index - self.first_index]
            subscriber.next_index += 1
            if entry.position > subscriber.last_position:
                subscriber.cursor = entry.cursor or subscriber.cursor
                subscriber.pending_send = subscriber.sink.next(entry)
                if subscriber.pending_send is not None:
                    self._track_send(subscriber)
        if subscriber.pending_send is None and subscriber.next_index == self.next_index:
            self._complete_or_move(subscriber)
            if self.subscriber_ready is not None and not self.subscriber_ready.done():
                self.subscriber_ready.set_result(None)
        return None

    def _complete_or_move(self, subscriber: Subscriber) -> None:
        """Whoever has had all of a run that is over goes on where the run went on."""
        if self.final_errors is not None:
            self.subscribers.pop(subscriber, None)
            subscriber.subscription = None
            subscriber.sink.complete(self.final_errors)
        elif self.successor is not None:
            self.subscribers.pop(subscriber, None)
            if self.successor.can_join(self.position):
                self.successor.join(subscriber, self.position)
            else:
                self.registry.subscribe(subscriber)

    def _try_merge(self) -> bool:
        self.successor = self.registry.merge_into_live(self)
        if self.successor is not None:
            for follower in list(self.subscribers):
                if follower.pending_send is None:
                    self._complete_or_move(follower)
        return self.successor is not None

    def _close(self) -> None:
        """Stragglers of another run may come only now to join this one, and must not."""
        self.is_closed = True
        self.registry.remove(self)

    def _resubscribe_all(self) -> None:
        self._close()
        followers, self.subscribers = list(self.subscribers), {}
        for follower in followers:
            self.registry.subscribe(follower)

    def _complete(self, errors: tuple[GraphQLError, ...]) -> None:
        self.registry.remove(self)
        self.final_errors = errors
        for follower in list(self.subscribers):
            if follower.pending_send is None:
                self._send_buffered(follower)


def _on_sent(subscriber: Subscriber, sent: "asyncio.Future[None]") -> None:
    subscriber.pending_send = None
    failed = not sent.cancelled() and sent.exception() is not None
    if subscriber.subscription is not None and not subscriber.is_unsubscribed and not failed:
        subscriber.subscription._send_buffered(subscriber)
