"""Followers: those who share a run, each a place in it, and the answers that they are given as bytes."""

import asyncio
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from graphql import GraphQLError

from graphql_server.documents import Operation

if TYPE_CHECKING:
    from graphql_server.subscriptions.shared_subscription import SharedSubscription

NO_POSITION = sys.maxsize
"""The position of an event that has none: it is for everybody who is there."""


class Sink(Protocol):
    """Where a follower's answers go."""

    def next(self, event: "EncodedEvent") -> "asyncio.Future[None] | None":
        """The future is what a slow reader has to be waited for; nothing more comes before it is done."""

    def complete(self, errors: tuple[GraphQLError, ...]) -> None:
        """The last word; without errors the subscription is complete."""


@dataclass(slots=True)
class EncodedEvent:
    """One answer, as bytes; compressed once, when the first asks for it so."""

    payload: bytes
    cursor: str | None = None
    position: int = NO_POSITION
    deflated: bytes | None = None


@dataclass(slots=True, eq=False)
class Subscriber:
    """One subscription of one client. `cursor` is of what it was sent last, `place` counts in its run."""

    operation: Operation
    variables: Mapping[str, Any]
    make_context: Callable[[], Any]
    sink: Sink
    cursor: str | None = None
    last_position: int = -1
    next_index: int = 0
    subscription: "SharedSubscription | None" = None
    start_task: "asyncio.Task[None] | None" = None
    pending_send: "asyncio.Future[None] | None" = None
    is_unsubscribed: bool = False
