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
from graphql_server.errors import answer, internal, is_outage
from graphql_server.subscriptions.subscriber import UNPLACED, Entry, Follower
from resolvers.follows import Regroup, is_caught_up

if TYPE_CHECKING:
    from graphql_server.subscriptions.registry import Follows

KEPT_ENTRIES_MAX = 1_024
KEPT_BYTES_MAX = 4_000_000
AWAY_SECONDS = 0.5
"""How long followers wait before they begin again, where a store did not answer."""

Rights = Callable[[Any], Awaitable[Any]]
"""From a context to what is equal for all who may share a run."""


class Run:
    """The events of one subscription from a cursor on, each executed once, with the rights that its followers share."""

    def __init__(self, follows: "Follows", key: Any, rights: Rights, after: str | None, first: Follower) -> None:
        """`key` is what `rights` says of all who may share it; None where nobody may."""
        self.follows = follows
        self.is_shared = key is not None
        self.key = key if key is not None else object()
        self.rights = rights
        self.after = after
        self.operation = first.operation
        self.variables = first.variables
        self.context = first.context
        self.followers: dict[Follower, None] = {}
        self.entries: deque[Entry] = deque()
        self.first_place = 0
        self.bytes = 0
        self.position = -1
        self.floor: int | None = None
        self.has_caught_up = False
        self.is_over = False
        self.ended: tuple[GraphQLError, ...] | None = None
        self.successor: Run | None = None
        self.somebody_is_ready: asyncio.Future[None] | None = None
        self.task = asyncio.create_task(self._read())

    @property
    def next_place(self) -> int:
        return self.first_place + len(self.entries)

    def is_whole(self, after: str | None) -> bool:
        """Whether somebody who comes now gets all of it; without a cursor it begins now, so it must not have begun."""
        return self.ended is None and self.first_place == 0 and (after is not None or not self.entries)

    def reaches(self, position: int) -> bool:
        """Whether all that comes after `position` is still here, or still to come."""
        return not self.is_over and self.ended is None and self.floor is not None and position >= self.floor

    def add(self, follower: Follower) -> None:
        self.followers[follower] = None
        follower.run = self
        follower.place = 0
        self._give(follower)

    def join(self, follower: Follower, position: int) -> None:
        """Goes on behind `position`, which somebody of another run has reached."""
        self.followers[follower] = None
        follower.run = self
        follower.position = position
        follower.place = self.next_place
        for entry in reversed(self.entries):
            if entry.position <= position:
                break
            follower.place -= 1
        self._give(follower)

    def remove(self, follower: Follower) -> None:
        self.followers.pop(follower, None)
        if not self.followers:
            self.stop()

    def stop(self) -> None:
        self._leave_off()
        self.task.cancel()

    async def _read(self) -> None:
        """The task of a run."""
        try:
            executor = self.operation.executor(self.context(), self.variables)
            events: Any = await self.operation.follow(executor, self.after)
            try:
                async for event in events:
                    payload = None if isinstance(event, Regroup) else await self._executed(executor, event)
                    if payload is None:
                        return self._dissolve()
                    self._keep(event, payload)
                    if self.has_caught_up and self._merged():
                        return None
                    await self._pace()
            finally:
                if hasattr(events, "aclose"):
                    await events.aclose()
            self._end(())
        except RequestError as error:
            self._end(error.errors)
        except Exception as error:
            if not is_outage(error):
                return self._end((internal(error),))
            await self._wait_out(error)

    async def _pace(self) -> None:
        """No faster than the fastest of the followers: what nobody takes yet stays in the table."""
        if all(follower.sending is not None for follower in self.followers):
            self.somebody_is_ready = asyncio.get_running_loop().create_future()
            await self.somebody_is_ready

    async def _executed(self, executor: Any, event: Any) -> bytes | None:
        """None where the rights are others now, and may have been when one asked for all. Raises what an outage raises.

        They may also have changed between asking those who share the run and its begin.
        """
        self.follows.executed += 1
        context = self._event_context()
        result = await self.operation.execute_event(executor, event, context)
        for error in result.errors or ():
            if is_outage(error):
                raise error
        has_asked = getattr(context, "has_asked", False) or getattr(executor.context_value, "has_asked", False)
        is_doubtful = has_asked or self.floor is None or not hasattr(event, "cursor")
        if self.is_shared and is_doubtful and await self.rights(context) != self.key:
            return None
        return orjson.dumps(answer(result))

    async def _wait_out(self, error: Exception) -> None:
        """Whoever has a cursor begins again after a while, whoever has none yet is told."""
        self._leave_off()
        for follower in [each for each in self.followers if each.cursor is None]:
            del self.followers[follower]
            follower.run = None
            follower.sink.end((internal(error),))
        await asyncio.sleep(AWAY_SECONDS)
        self._dissolve()

    def _event_context(self) -> Any:
        context = self.context()
        if hasattr(context, "begin_event"):
            context.begin_event()
        return context

    def _keep(self, event: Any, payload: bytes) -> None:
        entry = Entry(payload, getattr(event, "cursor", None), getattr(event, "position", UNPLACED))
        self.position = entry.position if entry.position != UNPLACED else self.position
        self.floor = self.position if self.floor is None else self.floor
        self.has_caught_up = self.has_caught_up or is_caught_up(event)
        self.entries.append(entry)
        self.bytes += len(payload)
        while len(self.entries) > KEPT_ENTRIES_MAX or (self.bytes > KEPT_BYTES_MAX and len(self.entries) > 1):
            dropped = self.entries.popleft()
            self.first_place += 1
            self.bytes -= len(dropped.payload)
            self.floor = dropped.position
        self._give_all(entry)

    def _give_all(self, entry: Entry) -> None:
        """The newest entry, to whoever has had all others; this is the loop that a thousand wait for."""
        place = self.next_place - 1
        for follower in list(self.followers):
            if follower.sending is None:
                if follower.place != place or entry.position <= follower.position:
                    self._give(follower)
                    continue
                follower.place += 1
                follower.cursor = entry.cursor or follower.cursor
                follower.sending = follower.sink.deliver(entry)
                if follower.sending is not None:
                    self._await(follower)

    def _await(self, follower: Follower) -> None:
        assert follower.sending is not None
        follower.sending.add_done_callback(lambda sent: _sent(follower, sent))

    def _give(self, follower: Follower) -> None:
        """All that the follower has not had yet, as far as it takes it now."""
        while follower.sending is None and follower.place < self.next_place:
            if follower.place < self.first_place:
                self.remove(follower)
                return self.follows.begin_soon(follower)
            entry = self.entries[follower.place - self.first_place]
            follower.place += 1
            if entry.position > follower.position:
                follower.cursor = entry.cursor or follower.cursor
                follower.sending = follower.sink.deliver(entry)
                if follower.sending is not None:
                    self._await(follower)
        if follower.sending is None and follower.place == self.next_place:
            self._settle(follower)
            if self.somebody_is_ready is not None and not self.somebody_is_ready.done():
                self.somebody_is_ready.set_result(None)
        return None

    def _settle(self, follower: Follower) -> None:
        """Whoever has had all of a run that is over goes on where the run went on."""
        if self.ended is not None:
            self.followers.pop(follower, None)
            follower.run = None
            follower.sink.end(self.ended)
        elif self.successor is not None:
            self.followers.pop(follower, None)
            if self.successor.reaches(self.position):
                self.successor.join(follower, self.position)
            else:
                self.follows.begin_soon(follower)

    def _merged(self) -> bool:
        self.successor = self.follows.merge(self)
        if self.successor is not None:
            for follower in list(self.followers):
                if follower.sending is None:
                    self._settle(follower)
        return self.successor is not None

    def _leave_off(self) -> None:
        """Stragglers of another run may come only now to join this one, and must not."""
        self.is_over = True
        self.follows.forget(self)

    def _dissolve(self) -> None:
        self._leave_off()
        followers, self.followers = list(self.followers), {}
        for follower in followers:
            self.follows.begin_soon(follower)

    def _end(self, errors: tuple[GraphQLError, ...]) -> None:
        self.follows.forget(self)
        self.ended = errors
        for follower in list(self.followers):
            if follower.sending is None:
                self._give(follower)


def _sent(follower: Follower, sent: "asyncio.Future[None]") -> None:
    follower.sending = None
    failed = not sent.cancelled() and sent.exception() is not None
    if follower.run is not None and not follower.has_left and not failed:
        follower.run._give(follower)
