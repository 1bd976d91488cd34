"""Activity: the feed of a world, paged both ways and followed without loss."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar
from uuid import UUID

from db import activity
from db.activity import OLDEST, FactRow
from db.activity import Wanted as Wanted
from db.feeds import Feed
from db.pages import Window
from domain.activity import PRIVATE, Cursor, FactType, is_wanted
from domain.ecosystems import Role, may
from domain.keys import ActivityKey, CharacterKey, EcosystemKey
from domain.refusals import NotFound
from resolvers import ecosystems
from resolvers.context import Context
from resolvers.follows import Regroup
from resolvers.pages import Connection, Page, connection

QUIET_SECONDS = 20.0
PASSED_OVER_MAX = 100
"""A follower for whom nothing wanted happens is told how far the feed has come: so seldom, or after so many facts."""
CHANGES_WHO_MAY_SEE = frozenset({FactType.MEMBER_GRANTED, FactType.MEMBER_REVOKED, FactType.ECOSYSTEM_CHANGED})


async def by_keys(context: Context, keys: Sequence[ActivityKey]) -> Sequence[FactRow | None]:
    return await activity.by_keys(context.stores.database, context.viewer_id, keys)


async def of_ecosystem(context: Context, id_: UUID, page: Page, wanted: Wanted) -> Connection:
    window = page.window(OLDEST)
    return connection(await context.loaders.of(_of_ecosystems, window, wanted).load(id_), window, OLDEST)


async def of_character(context: Context, key: CharacterKey, page: Page, wanted: Wanted) -> Connection:
    window = page.window(OLDEST)
    return connection(await context.loaders.of(_of_characters, window, wanted).load(key), window, OLDEST)


async def _of_ecosystems(context: Context, ids: Sequence[UUID], window: Window, wanted: Wanted) -> list[list[FactRow]]:
    return await activity.of_ecosystems(context.stores.database, context.viewer_id, ids, window, wanted)


async def _of_characters(context: Context, keys: Sequence[CharacterKey], window: Window, wanted: Wanted) -> list[list[FactRow]]:
    return await activity.of_characters(context.stores.database, context.viewer_id, keys, window, wanted)


@dataclass(frozen=True, slots=True)
class Appended:
    """A fact that is wanted and may be seen."""

    cursor: str
    position: int
    fact: FactRow


@dataclass(frozen=True, slots=True)
class CaughtUp:
    is_caught_up: ClassVar[bool] = True
    cursor: str
    position: int
    sent: int


@dataclass(frozen=True, slots=True)
class Lost:
    """The follower's history is no more; it ends here. `head` is where the new one stands."""

    head: str


Event = Appended | CaughtUp | Lost | Regroup


async def follow(context: Context, ecosystem_id: UUID, after: str | None, wanted: Wanted) -> AsyncIterator[Event]:
    """Every wanted fact behind `after`, once and in order, then CaughtUp, then what comes.

    Raises Invalid where `after` is no cursor, NotFound where the world may not be seen, or is deleted later. Ends with
    Regroup at a fact that may change who sees what.
    """
    asked = Cursor.parse(after) if after is not None else None
    async with context.stores.feeds.follow(ecosystem_id) as feed:
        epoch, head = feed.epoch, feed.last
        context.begin()
        row = await ecosystems.one(context, ecosystem_id)
        if asked is not None and (asked.epoch != epoch or asked.position > head):
            yield Lost(str(Cursor(epoch, head)))
            return
        follower = _Follower(feed, row.role, wanted, epoch, head, head if asked is None else asked.position)
        async for event in follower.events():
            yield event


class _Follower:
    """Reads at its own pace from what the feed keeps, or from the table; there is no queue that could grow.

    `role` is what the viewer was when the feed stood at `head`.
    """

    def __init__(self, feed: Feed, role: str, wanted: Wanted, epoch: int, head: int, position: int) -> None:
        self.feed = feed
        self.role = role
        self.wanted = wanted
        self.epoch = epoch
        self.head = head
        self.position = position
        self.sent = 0
        self.told: int | None = None
        """The position that the follower was told of last; None until it has caught up."""

    async def events(self) -> AsyncIterator[Event]:
        while self.feed.epoch == self.epoch and not self.feed.gone:
            for fact in await self.feed.after(self.position):
                if fact.epoch != self.epoch:
                    break
                if fact.type in CHANGES_WHO_MAY_SEE and fact.position > self.head:
                    yield Regroup()
                    return
                self.position = fact.position
                if self._is_shown(fact):
                    yield self._appended(fact)
            if self.position >= self.head if self.told is None else self.position - self.told >= PASSED_OVER_MAX:
                yield self._caught_up()
            if self.position < self.feed.last or await self.feed.moved(self.position, self.epoch, seconds=QUIET_SECONDS):
                continue
            if self.told is None or self.position > self.told:
                yield self._caught_up()
        if self.feed.gone:
            raise NotFound(missing=EcosystemKey(self.feed.ecosystem_id))
        yield Lost(str(Cursor(self.feed.epoch, self.feed.last)))

    def _is_shown(self, fact: Any) -> bool:
        may_see = fact.type not in PRIVATE or may(self.role, Role.EDITOR)
        return may_see and is_wanted(self.wanted.types, self.wanted.numbers, fact.type, fact.numbers)

    def _appended(self, fact: FactRow) -> Appended:
        if self.told is None:
            self.sent += 1
        else:
            self.told = self.position
        return Appended(str(Cursor(self.epoch, self.position)), self.position, fact)

    def _caught_up(self) -> CaughtUp:
        self.told = self.position
        return CaughtUp(str(Cursor(self.epoch, self.position)), self.position, self.sent)
