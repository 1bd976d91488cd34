"""The stream of an ecosystem's facts after a cursor, each once and in order: the source of every subscription."""

from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass
from typing import Any, ClassVar
from uuid import UUID

from db.activity import FactRow
from db.activity_feed import ActivityFeed
from domain.activity import ACCESS_CHANGING_TYPES, PRIVATE_TYPES, Cursor
from domain.ecosystems import Role, role_suffices
from domain.keys import EcosystemKey
from domain.refusals import NotFound
from resolvers import ecosystems
from resolvers.context import Context

PROGRESS_SECONDS = 20.0
PROGRESS_FACTS = 100
"""A subscriber receives its progress after so many seconds, or so many facts, without a matching fact."""

FactPredicate = Callable[[Any], bool]


@dataclass(frozen=True, slots=True)
class FactsAppended:
    """Matching facts that the viewer may see, at least one. `cursor` and `position` are the last fact's."""

    cursor: str
    position: int
    facts: list[FactRow]


@dataclass(frozen=True, slots=True)
class StreamCaughtUp:
    """All facts up to `position` were examined. `sent` counts the events from the start to the first CaughtUp."""

    is_caught_up: ClassVar[bool] = True
    cursor: str
    position: int
    sent: int


@dataclass(frozen=True, slots=True)
class HistoryReplaced:
    """The history of the subscriber's cursor does not exist any more. `head` is the newest fact's cursor. The last event."""

    head: str


@dataclass(frozen=True, slots=True)
class AccessChanged:
    """The permissions of viewers have changed: each subscriber must subscribe again. Never sent to a client. The last event."""

    is_access_change: ClassVar[bool] = True


StreamEvent = FactsAppended | StreamCaughtUp | HistoryReplaced | AccessChanged


async def subscribe(
    context: Context, ecosystem_id: UUID, after: str | None, matches: FactPredicate, *, as_batch: bool = False
) -> AsyncIterator[StreamEvent]:
    """All matching facts after the cursor `after`, then CaughtUp, then matching facts as they are added.

    `after` None: from now on. Each event has one fact, or, with `as_batch`, all facts that are there at the moment.
    Raises Invalid where `after` is not a cursor, and NotFound where the viewer may not see the ecosystem or when it is deleted.
    """
    start = Cursor.parse(after) if after is not None else None
    async with context.stores.feeds.subscribe(ecosystem_id) as feed:
        epoch, head = feed.epoch, feed.last_position
        context.refresh()
        ecosystem = await ecosystems.get(context, ecosystem_id)
        context.refresh()
        if start is not None and (start.epoch != epoch or start.position > head):
            yield HistoryReplaced(str(Cursor(epoch, head)))
            return
        stream = _FactStream(feed, ecosystem.role, matches, epoch, head, head if start is None else start.position)
        async for event in stream.events(as_batch=as_batch):
            yield event


class _FactStream:
    """Reads the facts after `position` from the feed, or from the table; nothing is queued for a slow subscriber.

    `role` is the viewer's role when the feed was at `head`.
    """

    def __init__(self, feed: ActivityFeed, role: str, matches: FactPredicate, epoch: int, head: int, position: int) -> None:
        self.feed = feed
        self.sees_private = role_suffices(role, Role.EDITOR)
        self.matches = matches
        self.epoch = epoch
        self.head = head
        self.position = position
        self.sent = 0
        self.reported_position: int | None = None
        """The position of the last event that was sent; None before the first CaughtUp."""

    async def events(self, *, as_batch: bool) -> AsyncIterator[StreamEvent]:
        while self.feed.epoch == self.epoch and not self.feed.is_deleted:
            facts, is_access_changed = self._split_at_boundary(await self.feed.facts_after(self.position))
            for event in self._append_matching(facts, as_batch=as_batch):
                yield event
            if is_access_changed:
                yield AccessChanged()
                return
            if self._is_progress_due():
                yield self._report_progress()
            if not await self._wait_for_facts() and self.reported_position != self.position:
                yield self._report_progress()
        if self.feed.is_deleted:
            raise NotFound(missing=EcosystemKey(self.feed.ecosystem_id))
        yield HistoryReplaced(str(Cursor(self.feed.epoch, self.feed.last_position)))

    def _split_at_boundary(self, facts: list[FactRow]) -> tuple[list[FactRow], bool]:
        """The facts before a new history or a change of permissions; and whether permissions change after them."""
        for index, fact in enumerate(facts):
            if fact.epoch != self.epoch:
                return facts[:index], False
            if fact.type in ACCESS_CHANGING_TYPES and fact.position > self.head:
                return facts[:index], True
        return facts, False

    def _append_matching(self, facts: list[FactRow], *, as_batch: bool) -> Iterator[FactsAppended]:
        """Moves `position` with each event, and at the end behind all of `facts`."""
        matching = [fact for fact in facts if self._is_visible(fact) and self.matches(fact)]
        for group in [matching] if as_batch and matching else [[fact] for fact in matching]:
            yield self._append(group)
        if facts:
            self.position = facts[-1].position

    def _is_visible(self, fact: FactRow) -> bool:
        return fact.type not in PRIVATE_TYPES or self.sees_private

    def _append(self, facts: list[FactRow]) -> FactsAppended:
        self.position = facts[-1].position
        if self.reported_position is None:
            self.sent += 1
        else:
            self.reported_position = self.position
        return FactsAppended(str(Cursor(self.epoch, self.position)), self.position, facts)

    def _is_progress_due(self) -> bool:
        """At the first arrival at `head`, then after PROGRESS_FACTS facts without an event."""
        if self.reported_position is None:
            return self.position >= self.head
        return self.position - self.reported_position >= PROGRESS_FACTS

    async def _wait_for_facts(self) -> bool:
        """False where none came within PROGRESS_SECONDS."""
        if self.position < self.feed.last_position:
            return True
        return await self.feed.wait_for_change(self.position, self.epoch, seconds=PROGRESS_SECONDS)

    def _report_progress(self) -> StreamCaughtUp:
        self.reported_position = self.position
        return StreamCaughtUp(str(Cursor(self.epoch, self.position)), self.position, self.sent)
