"""Counts over whole ecosystems, from the cache where it has them for the head that this operation has read."""

from collections.abc import Awaitable, Callable, Sequence
from uuid import UUID

from db import ecosystems
from domain.activity import Cursor
from resolvers.context import Context


async def get_or_compute(
    context: Context, subject: str, ids: Sequence[UUID], compute: Callable[[Sequence[UUID]], Awaitable[Sequence[int]]]
) -> list[int]:
    """The counts in the order of `ids`, 0 where the viewer may not see the ecosystem. `subject` is as in `db.count_cache`."""
    rows = await context.loaders.loader_for_query(ecosystems.by_ids).load_many(list(ids))
    heads = {row.id: Cursor(row.epoch, row.head) for row in rows if row is not None}
    counts = await context.stores.count_cache.get_or_compute(subject, heads, compute) if heads else {}
    return [counts.get(id_, 0) for id_ in ids]
