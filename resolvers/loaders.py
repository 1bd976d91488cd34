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
FoundT = TypeVar("FoundT")
Batch = Callable[..., Awaitable[Sequence[FoundT]]]


class Loaders:
    """One loader for each batch function and its arguments: `of(characters.by_keys).load(key)`."""

    def __init__(self, context: "Context") -> None:
        self._context = context
        self._made: dict[tuple[Any, ...], DataLoader[Any, Any]] = {}

    @property
    def are_asked(self) -> bool:
        return bool(self._made)

    def of(self, batch: Batch[FoundT], *args: Hashable) -> "DataLoader[Any, FoundT]":
        """`batch(context, keys, *args)` answers in the order of `keys`."""
        known = self._made.get((batch, *args))
        if known is None:

            async def load(keys: list[Any]) -> list[FoundT]:
                return list(await batch(self._context, keys, *args))

            known = self._made[(batch, *args)] = DataLoader(load, max_batch_size=BATCH_MAX)
        return known

    async def existing(self, batch: Batch[FoundT], key: Any) -> Any:
        """Raises NotFound where there is nothing, as where it is deleted while an answer is made that leads to it."""
        row = await self.of(batch).load(key)
        if row is None:
            raise NotFound(missing=key)
        return row
