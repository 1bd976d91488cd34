"""Activity: the feed of a world, paged both ways and followed without loss."""

from collections.abc import AsyncIterator, Sequence
from uuid import UUID

from db import activity
from db.activity import OLDEST, FactRow
from db.activity import Wanted as Wanted
from db.pages import Window
from domain.activity import is_wanted
from domain.keys import ActivityKey, CharacterKey
from resolvers import feeds
from resolvers.context import Context
from resolvers.pages import Connection, Page, connection


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


def follow(context: Context, ecosystem_id: UUID, after: str | None, wanted: Wanted) -> AsyncIterator[feeds.Event]:
    """The facts of a world, one an event. Raises as `feeds.follow` does."""
    return feeds.follow(
        context, ecosystem_id, after, lambda fact: is_wanted(wanted.types, wanted.numbers, fact.type, fact.numbers)
    )
