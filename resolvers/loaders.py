"""Batch loading: all keys that one level of a query needs become one statement.

Loaders cache their results, so they live for one operation only, and in a subscription for one event.
"""

from collections.abc import Awaitable, Callable, Hashable, Sequence
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, TypeVar
from uuid import UUID

from aiodataloader import DataLoader

from db.database import Reader
from db.pages import Order, PageWindow
from resolvers.pages import Page, PageArguments, build_connection

if TYPE_CHECKING:
    from resolvers.context import Context

BATCH_MAX = 1_000
"""Keys of one statement."""

KeyT = TypeVar("KeyT", bound=Hashable)
ResultT = TypeVar("ResultT")
P = ParamSpec("P")

BatchFunction = Callable[..., Awaitable[Sequence[ResultT]]]
"""`batch(context, keys, *args)` returns one result for each key, in the order of `keys`."""
Query = Callable[Concatenate[Reader, UUID | None, Sequence[KeyT], P], Awaitable[Sequence[ResultT]]]
"""A function of `db`: `query(database, viewer_id, keys, *args)` returns one result for each key, in the order of `keys`."""


class Loaders:
    """One DataLoader for each batch function or query with its arguments."""

    def __init__(self, context: "Context") -> None:
        self._context = context
        self._loaders: dict[tuple[Any, ...], DataLoader[Any, Any]] = {}

    @property
    def was_used(self) -> bool:
        """Whether anything was loaded."""
        return bool(self._loaders)

    def loader_for(self, batch: BatchFunction[ResultT], *args: Hashable) -> "DataLoader[Any, ResultT]":
        known = self._loaders.get((batch, *args))
        if known is None:

            async def load(keys: list[Any]) -> list[ResultT]:
                return list(await batch(self._context, keys, *args))

            known = self._loaders[(batch, *args)] = DataLoader(load, max_batch_size=BATCH_MAX)
        return known

    def loader_for_query(
        self, query: Query[KeyT, P, ResultT], *args: P.args, **kwargs: P.kwargs
    ) -> "DataLoader[KeyT, ResultT]":
        return self.loader_for(_run, query, *args, **kwargs)

    async def load(self, query: Query[KeyT, P, ResultT], key: KeyT, *args: P.args, **kwargs: P.kwargs) -> ResultT:
        """The result of `query` for one key."""
        result: ResultT = await self.loader_for_query(query, *args, **kwargs).load(key)
        return result

    async def page(
        self,
        query: Query[KeyT, Concatenate[PageWindow, P], Sequence[Any]],
        key: KeyT,
        arguments: PageArguments,
        order: Order,
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> Page:
        """One page of a list that belongs to `key`. `query` takes the window of the page as its first argument.

        Raises Invalid where the arguments are not valid, see `PageArguments.to_window`.
        """
        window = arguments.to_window(order)
        rows = await self.loader_for_query(query, window, *args, **kwargs).load(key)
        return build_connection(rows, window, order)


async def _run(context: "Context", keys: Sequence[Any], query: Any, *args: Any) -> Sequence[Any]:
    rows: Sequence[Any] = await query(context.stores.database, context.viewer_id, keys, *args)
    return rows
