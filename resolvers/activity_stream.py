"""Feeds: the facts of a world behind a cursor, once and in order, for every kind of subscription."""

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from typing import Any, ClassVar
from uuid import UUID

from db.activity import FactRow
from db.activity_feed import Feed
from domain.activity import CHANGES_WHO_MAY_SEE, PRIVATE, Cursor
from domain.ecosystems import Role, may
from domain.keys import EcosystemKey
from domain.refusals import NotFound
from resolvers import ecosystems
from resolvers.context import Context
from resolvers.follows import Regroup

QUIET_SECONDS = 20.0
PASSED_OVER_MAX = 100
"""A follower for whom nothing wanted happens is told how far the feed has come: so seldom, or after so many facts."""

IsWanted = Callable[[Any], bool]


@dataclass(frozen=True, slots=True)
class Appended:
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
class Lost:
    """The follower's history is no more; it ends here. `head` is where the new one stands."""

    head: str


Event = Appended | CaughtUp | Lost | Regroup


async def follow(
    context: Context, ecosystem_id: UUID, after: str | None, is_wanted: IsWanted, *, together: bool = False
) -> AsyncIterator[Event]:
    """Every wanted fact behind `after`, then CaughtUp, then what comes; `together`: as many in one event as are there.

    Raises Invalid where `after` is no cursor, NotFound where the world may not be seen, or is deleted later. Ends with
    Regroup at a fact that may change who sees what.
    """
    asked = Cursor.parse(after) if after is not None else None
    async with context.stores.feeds.follow(ecosystem_id) as feed:
        epoch, head = feed.epoch, feed.last
        context.begin()
        row = await ecosystems.one(context, ecosystem_id)
        context.begin()
        if asked is not None and (asked.epoch != epoch or asked.position > head):
            yield Lost(str(Cursor(epoch, head)))
            return
        follower = _Follower(feed, row.role, is_wanted, epoch, head, head if asked is None else asked.position)
        async for event in follower.events(together=together):
            yield event


class _Follower:
    """Reads at its own pace from what the feed keeps, or from the table; there is no queue that could grow.

    `role` is what the viewer was when the feed stood at `head`.
    """

    def __init__(self, feed: Feed, role: str, is_wanted: IsWanted, epoch: int, head: int, position: int) -> None:
        self.feed = feed
        self.may_see_all = may(role, Role.EDITOR)
        self.is_wanted = is_wanted
        self.epoch = epoch
        self.head = head
        self.position = position
        self.sent = 0
        self.told: int | None = None
        """The position that the follower was told of last; None until it has caught up."""

    async def events(self, *, together: bool) -> AsyncIterator[Event]:
        while self.feed.epoch == self.epoch and not self.feed.gone:
            facts, is_cut = self._readable(await self.feed.after(self.position))
            wanted = [fact for fact in facts if self._is_shown(fact)]
            for group in [wanted] if together and wanted else [[fact] for fact in wanted]:
                yield self._appended(group)
            if facts:
                self.position = facts[-1].position
            if is_cut:
                yield Regroup()
                return
            if self.position >= self.head if self.told is None else self.position - self.told >= PASSED_OVER_MAX:
                yield self._caught_up()
            if self.position < self.feed.last or await self.feed.moved(self.position, self.epoch, seconds=QUIET_SECONDS):
                continue
            if self.told is None or self.position > self.told:
                yield self._caught_up()
        if self.feed.gone:
            raise NotFound(missing=EcosystemKey(self.feed.ecosystem_id))
        yield Lost(str(Cursor(self.feed.epoch, self.feed.last)))

    def _readable(self, facts: list[FactRow]) -> tuple[list[FactRow], bool]:
        """Those up to where the history, or who may see it, changes; and whether the latter is the case."""
        for at, fact in enumerate(facts):
            if fact.epoch != self.epoch:
                return facts[:at], False
            if fact.type in CHANGES_WHO_MAY_SEE and fact.position > self.head:
                return facts[:at], True
        return facts, False

    def _is_shown(self, fact: FactRow) -> bool:
        return (fact.type not in PRIVATE or self.may_see_all) and self.is_wanted(fact)

    def _appended(self, facts: list[FactRow]) -> Appended:
        self.position = facts[-1].position
        if self.told is None:
            self.sent += 1
        else:
            self.told = self.position
        return Appended(str(Cursor(self.epoch, self.position)), self.position, facts)

    def _caught_up(self) -> CaughtUp:
        self.told = self.position
        return CaughtUp(str(Cursor(self.epoch, self.position)), self.position, self.sent)
