"""Execution of the events of one subscription, once for all who share it."""

from collections.abc import AsyncIterator, Awaitable, Callable, Hashable
from typing import Any

import orjson

from graphql_server.context import OperationContext
from graphql_server.errors import ErrorFormatter
from graphql_server.subscriptions.events import is_resumable
from graphql_server.subscriptions.subscriber import Subscriber

ComputeShareKey = Callable[[OperationContext], Awaitable[Hashable | None]]
"""Equal for the contexts of all who may share the subscription; None where it may not be shared."""


class EventExecution:
    """Executes the operation of `first_subscriber`, with its contexts. `share_key` was computed before it starts."""

    def __init__(
        self,
        first_subscriber: Subscriber,
        share_key: Hashable | None,
        compute_share_key: ComputeShareKey,
        error_formatter: ErrorFormatter,
    ) -> None:
        self.operation = first_subscriber.operation
        self.variables = first_subscriber.variables
        self.make_context = first_subscriber.make_context
        self.share_key = share_key
        self.compute_share_key = compute_share_key
        self.error_formatter = error_formatter

    async def subscribe(self, after: str | None) -> AsyncIterator[Any]:
        """The events as the resolver yields them. Raises RequestError when the subscription cannot start."""
        self.executor = self.operation.build_executor(self.make_context(), self.variables)
        return await self.operation.subscribe(self.executor, after)

    async def execute(self, event: Any, *, is_first: bool) -> bytes | None:
        """The response map as JSON; None where access may have changed. Raises the error of a store that is unavailable."""
        context = self.make_context()
        result = await self.operation.execute_event(self.executor, event, context)
        for error in result.errors or ():
            if self.error_formatter.is_outage(error):
                raise error
        if await self._has_access_changed(event, context, is_first=is_first):
            return None
        return orjson.dumps(self.error_formatter.to_response_map(result))

    async def _has_access_changed(self, event: Any, context: OperationContext, *, is_first: bool) -> bool:
        """Computes the share key again where the response can depend on access.

        It can where a resolver has read something, for the first event, since access may have changed between the computation
        of the share key and the start, and for an event without a cursor, such as a refusal.
        """
        if self.share_key is None:
            return False
        depends_on_access = context.was_used or self.executor.context_value.was_used or is_first or not is_resumable(event)
        return depends_on_access and await self.compute_share_key(context) != self.share_key
