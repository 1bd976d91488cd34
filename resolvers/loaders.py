"""Loaders: all links of one level of a query, in one statement. They live for one operation, or one event."""

from collections.abc import Awaitable, Callable, Hashable, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

from aiodataloader import DataLoader

from domain.refusals import NotFound

if TYPE_CHECKING:
    from resolvers.context import Context

BATCH_MAX = 1_000
"""Keys of one statement."""

KeyT = TypeVar("KeyT", bound=Hashable)
ResultT = TypeVar("ResultT")
BatchFunction = Callable[..., Awaitable[Sequence[ResultT]]]


class Loaders:
    """One loader for each batch function and its arguments: `of(characters.by_keys).load(key)`."""

    def __init__(self, context: "Context") -> None:
        self._context = context
        self._loaders: dict[tuple[Any, ...], DataLoader[Any, Any]] = {}

    @property
    def was_used(self) -> bool:
        return bool(self._loaders)

    def loader_for(self, batch: BatchFunction[ResultT], *args: Hashable) -> "DataLoader[Any, ResultT]":
        """`batch(context, keys, *args)` answers in the order of `keys`."""
        known = self._loaders.get((batch, *args))
        if known is None:

            async def load(keys: list[Any]) -> list[ResultT]:
                return list(await batch(self._context, keys, *args))

            known = self._loaders[(batch, *args)] = DataLoader(load, max_batch_size=BATCH_MAX)
        return known

    async def load_required(self, batch: BatchFunction[ResultT], key: Any) -> Any:
        """Raises NotFound where there is nothing, as where it is deleted while an answer is made that leads to it."""
        row = await self.loader_for(batch).load(key)
        if row is None:
            raise NotFound(missing=key)
        return row
