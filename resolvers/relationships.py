"""Relationships: what characters feel for each other, ordered and filtered by what is shown at the moment of asking."""

from collections.abc import Sequence
from typing import Any

from db import relationships
from db.cache import ECOSYSTEM, RELATIONSHIP
from db.pages import PageWindow
from db.relationships import RelationshipFilter as RelationshipFilter
from db.relationships import RelationshipParent, RelationshipRow
from domain import rule_sets
from domain.keys import CharacterKey, EcosystemKey, RelationshipKey
from domain.relationships import Feelings
from resolvers import ecosystems
from resolvers.context import Context
from resolvers.pages import Connection, PageArguments, build_connection


async def by_keys(context: Context, keys: Sequence[RelationshipKey]) -> Sequence[RelationshipRow | None]:
    async def load(missing: list[RelationshipKey]) -> Sequence[RelationshipRow | None]:
        return await relationships.by_keys(context.stores.database, context.viewer_id, missing)

    return await ecosystems.load_cached(context, RELATIONSHIP, keys, load)


async def current_feelings(context: Context, row: RelationshipRow) -> Feelings:
    """As they are now."""
    world = await ecosystems.get(context, row.ecosystem_id)
    return relationships.to_state(row).feelings_at(rule_sets.by_name(world.rule_set), context.world_seconds(world))


async def list_for(
    context: Context,
    key: EcosystemKey | CharacterKey,
    direction: str,
    page: PageArguments,
    wanted: RelationshipFilter,
    order: str,
) -> Connection:
    """`end` is a key of `relationships.ENDS`: of a whole ecosystem, or those that go out from or come in to a character.

    Later pages are ordered as at the moment of the first one, which the cursors carry.
    """
    ordering = relationships.ORDERS[order]
    window = page.to_slice(ordering)
    world = await ecosystems.get(context, key.ecosystem_id)
    moment = context.world_seconds(world) if window.moment is None else window.moment
    number = key.number if isinstance(key, CharacterKey) else None
    parent = RelationshipParent(key.ecosystem_id, number, moment, rule_sets.by_name(world.rule_set))
    rows = await context.loaders.loader_for(_load_for_parents, direction, window, wanted, order).load(parent)
    total = context.loaders.loader_for(_load_counts, direction, wanted)
    return build_connection(rows, window, ordering, moment=moment, total=lambda: total.load(parent))


async def _load_for_parents(
    context: Context,
    parents: Sequence[RelationshipParent],
    direction: str,
    window: PageWindow,
    wanted: RelationshipFilter,
    order: str,
) -> list[list[RelationshipRow]]:
    return await relationships.of_parents(context.stores.database, context.viewer_id, parents, direction, window, wanted, order)


async def _load_counts(
    context: Context, parents: Sequence[RelationshipParent], direction: str, wanted: RelationshipFilter
) -> Sequence[int]:
    """Of whole worlds they are remembered until the next fact, unless they depend on the moment."""

    async def load(missing: Sequence[Any]) -> list[int]:
        asked = [parents[keys.index(key)] for key in missing]
        return await relationships.counts(context.stores.database, context.viewer_id, asked, direction, wanted)

    keys = [(parent.ecosystem_id, f"{direction} {wanted}", nth if parent.number else 0) for nth, parent in enumerate(parents)]
    if wanted.depends_on_time or any(parent.number for parent in parents):
        return await load(keys)
    return await ecosystems.load_cached(context, ECOSYSTEM, keys, load)
