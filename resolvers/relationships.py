"""Relationships: what characters feel for each other, ordered and filtered by what is shown at the moment of asking."""

from collections.abc import Sequence
from typing import Any

from db import relationships
from db.cache import ECOSYSTEM, RELATIONSHIP
from db.pages import Window
from db.relationships import Parent, RelationshipRow
from db.relationships import Wanted as Wanted
from domain import rule_sets
from domain.keys import CharacterKey, EcosystemKey, RelationshipKey
from domain.relationships import Feelings
from resolvers import ecosystems
from resolvers.context import Context
from resolvers.pages import Connection, Page, connection


async def by_keys(context: Context, keys: Sequence[RelationshipKey]) -> Sequence[RelationshipRow | None]:
    async def load(missing: list[RelationshipKey]) -> Sequence[RelationshipRow | None]:
        return await relationships.by_keys(context.stores.database, context.viewer_id, missing)

    return await ecosystems.cached(context, RELATIONSHIP, keys, load)


async def feelings(context: Context, row: RelationshipRow) -> Feelings:
    """As they are now."""
    world = await ecosystems.one(context, row.ecosystem_id)
    return relationships.tie(row).at(rule_sets.by_name(world.rule_set), context.world_seconds(world))


async def of(
    context: Context, key: EcosystemKey | CharacterKey, end: str, page: Page, wanted: Wanted, order: str
) -> Connection:
    """`end` is a key of `relationships.ENDS`: of a whole ecosystem, or those that go out from or come in to a character.

    Later pages are ordered as at the moment of the first one, which the cursors carry.
    """
    ordering = relationships.ORDERS[order]
    window = page.window(ordering)
    world = await ecosystems.one(context, key.ecosystem_id)
    moment = context.world_seconds(world) if window.moment is None else window.moment
    number = key.number if isinstance(key, CharacterKey) else None
    parent = Parent(key.ecosystem_id, number, moment, rule_sets.by_name(world.rule_set))
    rows = await context.loaders.of(_of_parents, end, window, wanted, order).load(parent)
    total = context.loaders.of(_counts, end, wanted)
    return connection(rows, window, ordering, moment=moment, total=lambda: total.load(parent))


async def _of_parents(
    context: Context, parents: Sequence[Parent], end: str, window: Window, wanted: Wanted, order: str
) -> list[list[RelationshipRow]]:
    return await relationships.of_parents(context.stores.database, context.viewer_id, parents, end, window, wanted, order)


async def _counts(context: Context, parents: Sequence[Parent], end: str, wanted: Wanted) -> Sequence[int]:
    """Of whole worlds they are remembered until the next fact, unless they depend on the moment."""

    async def load(missing: Sequence[Any]) -> list[int]:
        asked = [parents[keys.index(key)] for key in missing]
        return await relationships.counts(context.stores.database, context.viewer_id, asked, end, wanted)

    keys = [(parent.ecosystem_id, f"{end} {wanted}", nth if parent.number else 0) for nth, parent in enumerate(parents)]
    if wanted.depends_on_the_moment or any(parent.number for parent in parents):
        return await load(keys)
    return await ecosystems.cached(context, ECOSYSTEM, keys, load)
