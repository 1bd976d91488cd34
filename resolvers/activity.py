"""Activity: the feed of a world, paged both ways and followed without loss."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import replace
from uuid import UUID

from db import activity
from db.activity import OLDEST_FIRST, FactRow
from db.activity import FactFilter as FactFilter
from db.pages import PageWindow
from domain.activity import Cursor, matches_filter
from domain.keys import ActivityKey, CharacterKey
from domain.refusals import Invalid
from resolvers import activity_stream, ecosystems
from resolvers.context import Context
from resolvers.pages import Connection, Edge, PageArguments, build_page_info

POSITION_MAX = 2**63 - 1


async def by_keys(context: Context, keys: Sequence[ActivityKey]) -> Sequence[FactRow | None]:
    return await activity.by_keys(context.stores.database, context.viewer_id, keys)


async def list_for_ecosystem(context: Context, id_: UUID, page: PageArguments, wanted: FactFilter) -> Connection:
    window = await _to_slice(context, id_, page)
    return _build_connection(await context.loaders.loader_for(_load_for_ecosystems, window, wanted).load(id_), window)


async def list_for_character(context: Context, key: CharacterKey, page: PageArguments, wanted: FactFilter) -> Connection:
    window = await _to_slice(context, key.ecosystem_id, page)
    return _build_connection(await context.loaders.loader_for(_load_for_characters, window, wanted).load(key), window)


async def _to_slice(context: Context, id_: UUID, page: PageArguments) -> PageWindow:
    """The cursors of a page of facts are the facts' own, as followers have them. Raises Invalid, also at another history's."""
    window = replace(page, after=None, before=None).to_slice(OLDEST_FIRST)
    after = await _parse_cursor(context, id_, page.after, "after")
    return replace(window, after=after, before=await _parse_cursor(context, id_, page.before, "before"))


async def _parse_cursor(context: Context, id_: UUID, text: str | None, argument: str) -> tuple[int] | None:
    if text is None:
        return None
    because = f"`{argument}` is no cursor of this feed; take one from its edges, its pageInfo, or `head`."
    try:
        cursor = Cursor.parse(text)
    except Invalid:
        raise Invalid.at(argument, because=because) from None
    world = await ecosystems.get(context, id_)
    if cursor.epoch != world.epoch or cursor.position > POSITION_MAX:
        raise Invalid.at(argument, because=because)
    return (cursor.position,)


def _build_connection(rows: Sequence[FactRow], window: PageWindow) -> Connection:
    shown = list(rows[: window.size])
    if window.backward:
        shown.reverse()
    edges = [Edge(str(Cursor(row.epoch, row.position)), row) for row in shown]
    return Connection(edges, build_page_info(edges, window, has_more=len(rows) > window.size))


async def _load_for_ecosystems(
    context: Context, ids: Sequence[UUID], window: PageWindow, wanted: FactFilter
) -> list[list[FactRow]]:
    return await activity.of_ecosystems(context.stores.database, context.viewer_id, ids, window, wanted)


async def _load_for_characters(
    context: Context, keys: Sequence[CharacterKey], window: PageWindow, wanted: FactFilter
) -> list[list[FactRow]]:
    return await activity.of_characters(context.stores.database, context.viewer_id, keys, window, wanted)


def subscribe(
    context: Context, ecosystem_id: UUID, after: str | None, wanted: FactFilter
) -> AsyncIterator[activity_stream.StreamEvent]:
    """The facts of a world, one an event. Raises as `feeds.follow` does."""
    return activity_stream.subscribe(
        context, ecosystem_id, after, lambda fact: matches_filter(wanted.types, wanted.numbers, fact.type, fact.numbers)
    )
