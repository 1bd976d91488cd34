"""Reads through the cache of rows in Redis, where the cached rows are known to be as new as their ecosystem."""

from collections.abc import Awaitable, Callable, Sequence
from typing import Any

from db import ecosystems
from db.cache import CacheKind, EcosystemHead
from resolvers.context import Context

Load = Callable[[list[Any]], Awaitable[Sequence[Any]]]


async def read_through(context: Context, kind: CacheKind, keys: Sequence[Any], load: Load) -> list[Any]:
    """The rows of `keys` in their order, from the cache or, where the cache has no valid row, from `load`.

    The first element of each key is the id of its ecosystem. None stands for a key whose ecosystem the viewer may not see.
    """
    if not (context.uses_cache and context.stores.cache.is_on):
        return list(await load(list(keys)))
    heads = await _visible_heads(context, keys)
    visible = [key for key in keys if key[0] in heads]
    if not visible:
        return [None] * len(keys)
    rows = dict(zip(visible, await context.stores.cache.rows(kind, heads, visible, load), strict=True))
    return [rows.get(key) for key in keys]


async def _visible_heads(context: Context, keys: Sequence[Any]) -> dict[Any, EcosystemHead]:
    """By ecosystem id, only of the ecosystems that the viewer may see."""
    loader = context.loaders.loader_for_query(ecosystems.by_ids)
    rows = await loader.load_many(list(dict.fromkeys(key[0] for key in keys)))
    return {row.id: EcosystemHead(row.epoch, row.head) for row in rows if row is not None}
