"""A subscriber: one subscription operation of one client, and the sink of its results."""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from graphql import GraphQLError

from graphql_server.context import OperationContext
from graphql_server.operation import Operation
from graphql_server.subscriptions.events import EncodedEvent


class Sink(Protocol):
    """Sends the results of a subscriber over its transport."""

    def next(self, event: EncodedEvent) -> "asyncio.Future[None] | None":
        """Starts to send an event. The future ends when it is sent; until then `next` is not called again."""

    def complete(self, errors: tuple[GraphQLError, ...]) -> None:
        """Ends the operation: with `errors`, or, where there are none, as complete. It is the last call."""


class EventSource(Protocol):
    """What a subscriber receives its events from."""

    def send_buffered(self, subscriber: "Subscriber") -> None:
        """Sends the buffered events that the subscriber has not received, until a send has to wait."""

    def remove(self, subscriber: "Subscriber") -> None: ...


@dataclass(slots=True, eq=False)
class Subscriber:
    """`cursor` is where it starts, then that of the last event sent; `next_index` counts in the events of `subscription`."""

    operation: Operation
    variables: Mapping[str, Any]
    make_context: Callable[[], OperationContext]
    sink: Sink
    cursor: str | None = None
    last_position: int = -1
    next_index: int = 0
    subscription: EventSource | None = None
    start_task: "asyncio.Task[None] | None" = None
    pending_send: "asyncio.Future[None] | None" = None
    is_unsubscribed: bool = False

    def send(self, event: EncodedEvent) -> None:
        """Sends the event at `next_index`, unless the subscriber has received it in another subscription."""
        self.next_index += 1
        if event.position <= self.last_position:
            return
        self.cursor = event.cursor or self.cursor
        self.pending_send = self.sink.next(event)
        if self.pending_send is not None:
            self.pending_send.add_done_callback(self._on_sent)

    def _on_sent(self, sent: "asyncio.Future[None]") -> None:
        """After a send that failed nothing more is sent: the connection of the client is closed."""
        self.pending_send = None
        has_failed = not sent.cancelled() and sent.exception() is not None
        if self.subscription is not None and not self.is_unsubscribed and not has_failed:
            self.subscription.send_buffered(self)
