"""One subscription that is executed for many subscribers: each event is executed once and sent to all as the same bytes.

A subscriber is an index into the buffer of recent events. A slow subscriber stays behind at its index, without a queue of its
own. When the buffer has dropped its next event, it subscribes again from its cursor. When a store is unavailable or access
changes, the event is not sent, and all subscribers subscribe again from their cursors.
"""

import asyncio
from typing import Any, Protocol

from graphql import GraphQLError

from graphql_server.errors import RequestError, internal_error
from graphql_server.subscriptions.event_buffer import EventBuffer
from graphql_server.subscriptions.event_execution import EventExecution
from graphql_server.subscriptions.events import EncodedEvent, encode, is_access_change, is_caught_up
from graphql_server.subscriptions.subscriber import Subscriber

OUTAGE_RETRY_SECONDS = 0.5
"""How long subscribers wait before they subscribe again after a store was unavailable."""


class Registry(Protocol):
    """What a shared subscription needs of the registry that it belongs to."""

    executed_events: int

    def subscribe(self, subscriber: Subscriber) -> None:
        """Starts the subscriber again from its cursor, in the shared subscription that fits it now."""

    def merge_into_live(self, subscription: "SharedSubscription") -> "SharedSubscription | None":
        """The live subscription that takes over the subscribers of `subscription`, which has caught up; None for itself."""

    def remove(self, subscription: "SharedSubscription") -> None:
        """Assigns no more subscribers to it."""


class SharedSubscription:
    """Starts at the cursor `after`; at the present where it is None."""

    def __init__(self, registry: Registry, execution: EventExecution, after: str | None) -> None:
        self.registry = registry
        self.execution = execution
        self.after = after
        self.share_key = execution.share_key if execution.share_key is not None else object()
        self.subscribers: dict[Subscriber, None] = {}
        self.buffer = EventBuffer()
        self.has_caught_up = False
        self.is_closed = False
        self.final_errors: tuple[GraphQLError, ...] | None = None
        self.successor: SharedSubscription | None = None
        self.subscriber_ready: asyncio.Future[None] | None = None
        self.task = asyncio.create_task(self._run())

    def can_start(self, after: str | None) -> bool:
        """Whether a new subscriber receives every event from the start. Without a cursor no event may have been read yet."""
        return self.final_errors is None and self.buffer.first_index == 0 and (after is not None or not self.buffer.events)

    def can_join(self, position: int) -> bool:
        """Whether a subscriber that has received the events up to `position` receives all others here."""
        return not self.is_closed and self.final_errors is None and self.buffer.has_all_after(position)

    def add(self, subscriber: Subscriber) -> None:
        """Sends all events, from the first one."""
        self.subscribers[subscriber] = None
        subscriber.subscription = self
        subscriber.next_index = 0
        self.send_buffered(subscriber)

    def join(self, subscriber: Subscriber, position: int) -> None:
        """Sends the events after `position`, which the subscriber has reached in another subscription."""
        self.subscribers[subscriber] = None
        subscriber.subscription = self
        subscriber.last_position = position
        subscriber.next_index = self.buffer.index_after(position)
        self.send_buffered(subscriber)

    def remove(self, subscriber: Subscriber) -> None:
        """Stops with the last subscriber."""
        self.subscribers.pop(subscriber, None)
        if not self.subscribers:
            self._close()
            self.task.cancel()

    def send_buffered(self, subscriber: Subscriber) -> None:
        """Sends the events that the subscriber has not received, until a send has to wait."""
        while subscriber.pending_send is None and subscriber.next_index < self.buffer.next_index:
            if subscriber.next_index < self.buffer.first_index:
                self.remove(subscriber)
                self.registry.subscribe(subscriber)
                return
            subscriber.send(self.buffer[subscriber.next_index])
        if subscriber.pending_send is None and subscriber.next_index == self.buffer.next_index:
            self._complete_or_move(subscriber)
            if self.subscriber_ready is not None and not self.subscriber_ready.done():
                self.subscriber_ready.set_result(None)

    async def _run(self) -> None:
        try:
            await self._read_events()
        except RequestError as error:
            self._complete(error.errors)
        except Exception as error:
            if self.execution.error_formatter.is_outage(error):
                await self._handle_outage(error)
            else:
                self._complete((internal_error(error),))

    async def _read_events(self) -> None:
        events: Any = await self.execution.subscribe(self.after)
        try:
            async for event in events:
                if not await self._process(event):
                    return
                await self._wait_for_subscriber()
        finally:
            if hasattr(events, "aclose"):
                await events.aclose()
        self._complete(())

    async def _process(self, event: Any) -> bool:
        """False where other subscriptions have taken over the subscribers, so that this one ends."""
        payload = None
        if not is_access_change(event):
            self.registry.executed_events += 1
            payload = await self.execution.execute(event, is_first=self.buffer.complete_after is None)
        if payload is None:
            self._resubscribe_all()
            return False
        encoded = encode(event, payload)
        self.buffer.append(encoded)
        self._send_newest(encoded)
        self.has_caught_up = self.has_caught_up or is_caught_up(event)
        return not (self.has_caught_up and self._try_merge())

    async def _wait_for_subscriber(self) -> None:
        """Reads no further while every subscriber still sends: unread events stay in the database, not in memory."""
        if all(subscriber.pending_send is not None for subscriber in self.subscribers):
            self.subscriber_ready = asyncio.get_running_loop().create_future()
            await self.subscriber_ready

    async def _handle_outage(self, error: Exception) -> None:
        """Completes the subscribers without a cursor with the error. The others subscribe again after a pause."""
        self._close()
        for subscriber in [each for each in self.subscribers if each.cursor is None]:
            del self.subscribers[subscriber]
            subscriber.subscription = None
            subscriber.sink.complete((internal_error(error),))
        await asyncio.sleep(OUTAGE_RETRY_SECONDS)
        self._resubscribe_all()

    def _send_newest(self, event: EncodedEvent) -> None:
        """Takes the short way for subscribers that have received all other events; there can be thousands of them."""
        index = self.buffer.next_index - 1
        for subscriber in list(self.subscribers):
            if subscriber.pending_send is None:
                if subscriber.next_index == index and event.position > subscriber.last_position:
                    subscriber.send(event)
                else:
                    self.send_buffered(subscriber)

    def _complete_or_move(self, subscriber: Subscriber) -> None:
        """For a subscriber that has received all events, where this subscription has ended or has a successor."""
        if self.final_errors is not None:
            self.subscribers.pop(subscriber, None)
            subscriber.subscription = None
            subscriber.sink.complete(self.final_errors)
        elif self.successor is not None:
            self.subscribers.pop(subscriber, None)
            if self.successor.can_join(self.buffer.last_position):
                self.successor.join(subscriber, self.buffer.last_position)
            else:
                self.registry.subscribe(subscriber)

    def _try_merge(self) -> bool:
        """Moves the subscribers that wait for events to the live subscription; the others follow when they have caught up."""
        self.successor = self.registry.merge_into_live(self)
        if self.successor is not None:
            for subscriber in list(self.subscribers):
                if subscriber.pending_send is None:
                    self._complete_or_move(subscriber)
        return self.successor is not None

    def _close(self) -> None:
        """Takes no more subscribers, also not from a subscription whose successor it is."""
        self.is_closed = True
        self.registry.remove(self)

    def _resubscribe_all(self) -> None:
        self._close()
        subscribers, self.subscribers = list(self.subscribers), {}
        for subscriber in subscribers:
            self.registry.subscribe(subscriber)

    def _complete(self, errors: tuple[GraphQLError, ...]) -> None:
        """Completes each subscriber when it has received all events."""
        self.registry.remove(self)
        self.final_errors = errors
        for subscriber in list(self.subscribers):
            if subscriber.pending_send is None:
                self.send_buffered(subscriber)
