"""Feeds: the facts of a world behind a cursor, once and in order, for every kind of subscription."""

from collections.abc import AsyncIterator, Callable
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
from resolvers.follows import AccessChanged

PROGRESS_SECONDS = 20.0
PROGRESS_FACTS = 100
"""A follower for whom nothing wanted happens is told how far the feed has come: so seldom, or after so many facts."""

FactPredicate = Callable[[Any], bool]


@dataclass(frozen=True, slots=True)
class FactsAppended:
    """Facts that are wanted and may be seen, at least one; `cursor` and `position` are the last one's."""

    cursor: str
    position: int
    facts: list[FactRow]


@dataclass(frozen=True, slots=True)
class CaughtUp:
    """`sent` counts the events that this follow resumed with."""

    is_caught_up: ClassVar[bool] = True
    cursor: str
    position: int
    sent: int


@dataclass(frozen=True, slots=True)
class HistoryReplaced:
    """The follower's history is no more; it ends here. `head` is where the new one stands."""

    head: str


StreamEvent = FactsAppended | CaughtUp | HistoryReplaced | AccessChanged


async def subscribe(
    context: Context, ecosystem_id: UUID, after: str | None, is_wanted: FactPredicate, *, as_batch: bool = False
) -> AsyncIterator[StreamEvent]:
    """Every wanted fact behind `after`, then CaughtUp, then what comes; `together`: as many in one event as are there.

    Raises Invalid where `after` is no cursor, NotFound where the world may not be seen, or is deleted later. Ends with
    Regroup at a fact that may change who sees what.
    """
    asked = Cursor.parse(after) if after is not None else None
    async with context.stores.feeds.subscribe(ecosystem_id) as feed:
        epoch, head = feed.epoch, feed.last_position
        context.refresh()
        row = await ecosystems.get(context, ecosystem_id)
        context.refresh()
        if asked is not None and (asked.epoch != epoch or asked.position > head):
            yield HistoryReplaced(str(Cursor(epoch, head)))
            return
        follower = _FactStream(feed, row.role, is_wanted, epoch, head, head if asked is None else asked.position)
        async for event in follower.events(as_batch=as_batch):
            yield event


class _FactStream:
    """Reads at its own pace from what the feed keeps, or from the table; there is no queue that could grow.

    `role` is what the viewer was when the feed stood at `head`.
    """

    def __init__(self, feed: ActivityFeed, role: str, is_wanted: FactPredicate, epoch: int, head: int, position: int) -> None:
        self.feed = feed
        self.sees_private = role_suffices(role, Role.EDITOR)
        self.is_wanted = is_wanted
        self.epoch = epoch
        self.head = head
        self.position = position
        self.sent = 0
        self.reported_position: int | None = None
        """The position that the follower was told of last; None until it has caught up."""

    async def events(self, *, as_batch: bool) -> AsyncIterator[StreamEvent]:
        while self.feed.epoch == self.epoch and not self.feed.is_deleted:
            facts, is_cut = self._split_at_boundary(await self.feed.facts_after(self.position))
            wanted = [fact for fact in facts if self._is_visible(fact)]
            for group in [wanted] if as_batch and wanted else [[fact] for fact in wanted]:
                yield self._append(group)
            if facts:
                self.position = facts[-1].position
            if is_cut:
                yield AccessChanged()
                return
            if (
                self.position >= self.head
                if self.reported_position is None
                else self.position - self.reported_position >= PROGRESS_FACTS
            ):
                yield self._report_progress()
            if self.position < self.feed.last_position or await self.feed.wait_for_change(
                self.position, self.epoch, seconds=PROGRESS_SECONDS
            ):
                continue
            if self.reported_position is None or self.position > self.reported_position:
                yield self._report_progress()
        if self.feed.is_deleted:
            raise NotFound(missing=EcosystemKey(self.feed.ecosystem_id))
        yield HistoryReplaced(str(Cursor(self.feed.epoch, self.feed.last_position)))

    def _split_at_boundary(self, facts: list[FactRow]) -> tuple[list[FactRow], bool]:
        """Those up to where the history, or who may see it, changes; and whether the latter is the case."""
        for at, fact in enumerate(facts):
            if fact.epoch != self.epoch:
                return facts[:at], False
            if fact.type in ACCESS_CHANGING_TYPES and fact.position > self.head:
                return facts[:at], True
        return facts, False

    def _is_visible(self, fact: FactRow) -> bool:
        return (fact.type not in PRIVATE_TYPES or self.sees_private) and self.is_wanted(fact)

    def _append(self, facts: list[FactRow]) -> FactsAppended:
        self.position = facts[-1].position
        if self.reported_position is None:
            self.sent += 1
        else:
            self.reported_position = self.position
        return FactsAppended(str(Cursor(self.epoch, self.position)), self.position, facts)

    def _report_progress(self) -> CaughtUp:
        self.reported_position = self.position
        return CaughtUp(str(Cursor(self.epoch, self.position)), self.position, self.sent)
