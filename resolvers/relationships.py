"""Relationships: what characters feel for each other, with values as of the moment of the request."""

from collections.abc import Sequence
from uuid import UUID

from db import relationships
from db.pages import PageWindow
from db.relationships import RelationshipFilter as RelationshipFilter
from db.relationships import RelationshipParent, RelationshipRow
from domain import rule_sets
from domain.keys import CharacterKey, EcosystemKey
from domain.relationships import Feelings
from resolvers import count_cache, ecosystems
from resolvers.context import Context
from resolvers.pages import Page, PageArguments, build_connection


async def current_feelings(context: Context, row: RelationshipRow) -> Feelings:
    """The feelings at the world time of `context.now`."""
    ecosystem = await ecosystems.get(context, row.ecosystem_id)
    return relationships.to_state(row).feelings_at(rule_sets.by_name(ecosystem.rule_set), context.world_seconds(ecosystem))


async def list_for(
    context: Context,
    key: EcosystemKey | CharacterKey,
    direction: str,
    page: PageArguments,
    filter_: RelationshipFilter,
    order: str,
) -> Page:
    """The relationships of an ecosystem, or from or to a character; `direction` is a key of `db.relationships.ENDS`.

    Where the order depends on time, later pages keep the moment of the first page, which their cursors carry.
    """
    ordering = relationships.ORDERS[order]
    window = page.to_window(ordering)
    ecosystem = await ecosystems.get(context, key.ecosystem_id)
    moment = context.world_seconds(ecosystem) if window.moment is None else window.moment
    number = key.number if isinstance(key, CharacterKey) else None
    parent = RelationshipParent(key.ecosystem_id, number, moment, rule_sets.by_name(ecosystem.rule_set))
    rows = await context.loaders.loader_for(_load_for_parents, direction, window, filter_, order).load(parent)
    counts = context.loaders.loader_for(_count, direction, filter_)
    return build_connection(rows, window, ordering, moment=moment).with_total(lambda: counts.load(parent))


async def _load_for_parents(
    context: Context,
    parents: Sequence[RelationshipParent],
    direction: str,
    window: PageWindow,
    filter_: RelationshipFilter,
    order: str,
) -> list[list[RelationshipRow]]:
    return await relationships.of_parents(
        context.stores.database, context.viewer_id, parents, direction, window, filter_, order
    )


async def _count(
    context: Context, parents: Sequence[RelationshipParent], direction: str, filter_: RelationshipFilter
) -> Sequence[int]:
    """Counts of whole ecosystems are cached until the next fact, unless they depend on the moment."""

    async def count(requested: Sequence[RelationshipParent]) -> list[int]:
        return await relationships.counts(context.stores.database, context.viewer_id, requested, direction, filter_)

    async def compute(missing: Sequence[UUID]) -> list[int]:
        return await count([by_id[id_] for id_ in missing])

    if filter_.depends_on_time or any(parent.number is not None for parent in parents):
        return await count(parents)
    by_id = {parent.ecosystem_id: parent for parent in parents}
    ids = [parent.ecosystem_id for parent in parents]
    return await count_cache.get_or_compute(context, f"relationships {direction} {filter_}", ids, compute)
