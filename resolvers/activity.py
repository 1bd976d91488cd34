"""Activity: the feed of a world, paged both ways and followed without loss."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import replace
from uuid import UUID

from db import activity
from db.activity import OLDEST, FactRow
from db.activity import Wanted as Wanted
from db.pages import Window
from domain.activity import Cursor, is_wanted
from domain.keys import ActivityKey, CharacterKey
from domain.refusals import Invalid
from resolvers import activity_stream, ecosystems
from resolvers.context import Context
from resolvers.pages import Connection, Edge, Page, page_info

POSITION_MAX = 2**63 - 1


async def by_keys(context: Context, keys: Sequence[ActivityKey]) -> Sequence[FactRow | None]:
    return await activity.by_keys(context.stores.database, context.viewer_id, keys)


async def of_ecosystem(context: Context, id_: UUID, page: Page, wanted: Wanted) -> Connection:
    window = await _window(context, id_, page)
    return _connection(await context.loaders.of(_of_ecosystems, window, wanted).load(id_), window)


async def of_character(context: Context, key: CharacterKey, page: Page, wanted: Wanted) -> Connection:
    window = await _window(context, key.ecosystem_id, page)
    return _connection(await context.loaders.of(_of_characters, window, wanted).load(key), window)


async def _window(context: Context, id_: UUID, page: Page) -> Window:
    """The cursors of a page of facts are the facts' own, as followers have them. Raises Invalid, also at another history's."""
    window = replace(page, after=None, before=None).window(OLDEST)
    after = await _key(context, id_, page.after, "after")
    return replace(window, after=after, before=await _key(context, id_, page.before, "before"))


async def _key(context: Context, id_: UUID, text: str | None, argument: str) -> tuple[int] | None:
    if text is None:
        return None
    because = f"`{argument}` is no cursor of this feed; take one from its edges, its pageInfo, or `head`."
    try:
        cursor = Cursor.parse(text)
    except Invalid:
        raise Invalid.at(argument, because=because) from None
    world = await ecosystems.one(context, id_)
    if cursor.epoch != world.epoch or cursor.position > POSITION_MAX:
        raise Invalid.at(argument, because=because)
    return (cursor.position,)


def _connection(rows: Sequence[FactRow], window: Window) -> Connection:
    shown = list(rows[: window.size])
    if window.backward:
        shown.reverse()
    edges = [Edge(str(Cursor(row.epoch, row.position)), row) for row in shown]
    return Connection(edges, page_info(edges, window, has_more=len(rows) > window.size))


async def _of_ecosystems(context: Context, ids: Sequence[UUID], window: Window, wanted: Wanted) -> list[list[FactRow]]:
    return await activity.of_ecosystems(context.stores.database, context.viewer_id, ids, window, wanted)


async def _of_characters(context: Context, keys: Sequence[CharacterKey], window: Window, wanted: Wanted) -> list[list[FactRow]]:
    return await activity.of_characters(context.stores.database, context.viewer_id, keys, window, wanted)


def follow(context: Context, ecosystem_id: UUID, after: str | None, wanted: Wanted) -> AsyncIterator[activity_stream.Event]:
    """The facts of a world, one an event. Raises as `feeds.follow` does."""
    return activity_stream.follow(
        context, ecosystem_id, after, lambda fact: is_wanted(wanted.types, wanted.numbers, fact.type, fact.numbers)
    )
