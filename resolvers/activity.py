"""Activity: the facts of an ecosystem or of a character, in pages and as a subscription."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import replace
from uuid import UUID

from db import activity
from db.activity import OLDEST_FIRST, FactRow
from db.activity import FactFilter as FactFilter
from db.pages import PageWindow
from domain.activity import Cursor, matches_filter
from domain.keys import CharacterKey
from domain.refusals import Invalid
from resolvers import activity_stream, ecosystems
from resolvers.context import Context
from resolvers.pages import Page, PageArguments, PageEdge, build_page_info, rows_of_page

POSITION_MAX = 2**63 - 1


async def list_for_ecosystem(context: Context, id_: UUID, page: PageArguments, filter_: FactFilter) -> Page:
    window = await _to_window(context, id_, page)
    rows = await context.loaders.load(activity.of_ecosystems, id_, window, filter_)
    return _build_connection(rows, window)


async def list_for_character(context: Context, key: CharacterKey, page: PageArguments, filter_: FactFilter) -> Page:
    window = await _to_window(context, key.ecosystem_id, page)
    rows = await context.loaders.load(activity.of_characters, key, window, filter_)
    return _build_connection(rows, window)


async def _to_window(context: Context, id_: UUID, page: PageArguments) -> PageWindow:
    """Pages of facts use the facts' own cursors, which subscriptions use as well.

    Raises Invalid, also for a cursor of another history of the ecosystem.
    """
    window = replace(page, after=None, before=None).to_window(OLDEST_FIRST)
    after = await _parse_cursor(context, id_, page.after, "after")
    return replace(window, after=after, before=await _parse_cursor(context, id_, page.before, "before"))


async def _parse_cursor(context: Context, id_: UUID, text: str | None, argument: str) -> tuple[int] | None:
    """The sort key of the fact, which is its position."""
    if text is None:
        return None
    because = f"`{argument}` is not a cursor of this feed; take one from its edges, its pageInfo, or `head`."
    try:
        cursor = Cursor.parse(text)
    except Invalid:
        raise Invalid.at(argument, because=because) from None
    ecosystem = await ecosystems.get(context, id_)
    if cursor.epoch != ecosystem.epoch or cursor.position > POSITION_MAX:
        raise Invalid.at(argument, because=because)
    return (cursor.position,)


def _build_connection(rows: Sequence[FactRow], window: PageWindow) -> Page:
    edges = [PageEdge(str(Cursor(row.epoch, row.position)), row) for row in rows_of_page(rows, window)]
    return Page(edges, build_page_info(edges, window, has_more=len(rows) > window.size))


def subscribe(
    context: Context, ecosystem_id: UUID, after: str | None, filter_: FactFilter
) -> AsyncIterator[activity_stream.StreamEvent]:
    """One event for each matching fact. Raises as `activity_stream.subscribe`."""
    return activity_stream.subscribe(
        context, ecosystem_id, after, lambda fact: matches_filter(filter_.types, filter_.numbers, fact.type, fact.numbers)
    )
