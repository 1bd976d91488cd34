"""Activity: the feed of a world, paged both ways and followed without loss."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from db import activity
from db.activity import OLDEST, FactRow, Wanted
from db.ecosystems import EcosystemRow
from db.feeds import Feed
from db.pages import Window
from domain.activity import PRIVATE, Cursor, FactType, is_wanted
from domain.ecosystems import Role, may
from domain.keys import ActivityKey, CharacterKey, EcosystemKey
from domain.refusals import NotFound
from resolvers import ecosystems
from resolvers.context import Context
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
    """A fact that is wanted and may be seen. Followers of one world in one process are given the same row."""

    cursor: str
    fact: FactRow


@dataclass(frozen=True, slots=True)
class CaughtUp:
    cursor: str
    sent: int


@dataclass(frozen=True, slots=True)
class Lost:
    """The follower's history is no more; it ends here. `head` is where the new one stands."""

    head: str


Event = Appended | CaughtUp | Lost


async def follow(context: Context, ecosystem_id: UUID, after: str | None, wanted: Wanted) -> AsyncIterator[Event]:
    """Every wanted fact behind `after`, once and in order, then CaughtUp, then what comes.

    Raises Invalid where `after` is no cursor, NotFound where the world may not be seen, or not any longer.
    """
    row = await ecosystems.one(context, ecosystem_id)
    asked = Cursor.parse(after) if after is not None else None
    async with context.stores.feeds.follow(ecosystem_id) as feed:
        epoch = feed.epoch
        start = feed.last if asked is None else asked.position
        if asked is not None and (asked.epoch != epoch or asked.position > feed.last):
            yield Lost(str(Cursor(epoch, feed.last)))
            return
        async for event in _Follower(context, feed, row, wanted, epoch, start).events():
            yield event


class _Follower:
    """Reads at its own pace from what the feed keeps, or from the table; there is no queue that could grow."""

    def __init__(self, context: Context, feed: Feed, row: EcosystemRow, wanted: Wanted, epoch: int, position: int) -> None:
        self.context = context
        self.feed = feed
        self.role = row.role
        self.wanted = wanted
        self.epoch = epoch
        self.position = position
        self.sent = 0
        self.told = -1

    async def events(self) -> AsyncIterator[Event]:
        goal = self.feed.last
        while self.feed.epoch == self.epoch and not self.feed.gone:
            for fact in await self.feed.after(self.position):
                if fact.epoch != self.epoch:
                    break
                if fact.type in CHANGES_WHO_MAY_SEE:
                    await self._look_again()
                self.position = fact.position
                if self._may_see(fact) and is_wanted(self.wanted.types, self.wanted.numbers, fact.type, fact.numbers):
                    self.sent += self.told < 0
                    self.told = self.position if self.told >= 0 else self.told
                    yield Appended(str(Cursor(self.epoch, self.position)), fact)
            if (self.told < 0 and self.position >= goal) or (self.told >= 0 and self.position - self.told >= PASSED_OVER_MAX):
                yield self._caught_up()
            if self.position < self.feed.last or await self.feed.moved(self.position, self.epoch, seconds=QUIET_SECONDS):
                continue
            if self.position > self.told:
                yield self._caught_up()
        if self.feed.gone:
            raise NotFound(missing=EcosystemKey(self.feed.ecosystem_id))
        await self._look_again()
        yield Lost(str(Cursor(self.feed.epoch, self.feed.last)))

    def _caught_up(self) -> CaughtUp:
        self.told = self.position
        return CaughtUp(str(Cursor(self.epoch, self.position)), self.sent)

    async def _look_again(self) -> None:
        """Whether the viewer still may see this world, and as what. Raises NotFound where not."""
        self.context.begin()
        self.role = (await ecosystems.one(self.context, self.feed.ecosystem_id)).role

    def _may_see(self, fact: Any) -> bool:
        return fact.type not in PRIVATE or may(self.role, Role.EDITOR)
