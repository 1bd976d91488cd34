"""The registry of all shared subscriptions of this process."""

import asyncio
from collections.abc import Hashable, Mapping
from functools import partial
from typing import Any

import orjson

from graphql_server.context import OperationContext
from graphql_server.errors import ErrorFormatter, RequestError, internal_error
from graphql_server.operation import Operation
from graphql_server.subscriptions import shared_subscription
from graphql_server.subscriptions.event_execution import ComputeShareKey, EventExecution
from graphql_server.subscriptions.shared_subscription import SharedSubscription
from graphql_server.subscriptions.subscriber import Subscriber


class SubscriptionRegistry:
    """Assigns each subscriber to a shared subscription.

    `catching_up` holds those that still read the events from before their start, by share key and cursor; `live` one for each
    share key. A subscription that has caught up merges into the live one of its share key, or becomes it.
    """

    def __init__(self, error_formatter: ErrorFormatter) -> None:
        self.error_formatter = error_formatter
        self.live: dict[Any, SharedSubscription] = {}
        self.catching_up: dict[Any, SharedSubscription] = {}
        self.executed_events = 0
        """Executed events, each counted once for all subscribers; a metric."""

    def subscribe(self, subscriber: Subscriber) -> None:
        """Starts the subscriber, or starts it again from its cursor. Errors go to its sink."""
        subscriber.subscription = None
        subscriber.start_task = asyncio.create_task(self._attach_or_complete(subscriber))

    def unsubscribe(self, subscriber: Subscriber) -> None:
        """Sends nothing more. The sink is not called again."""
        subscriber.is_unsubscribed = True
        if subscriber.start_task is not None:
            subscriber.start_task.cancel()
        if subscriber.subscription is not None:
            subscriber.subscription.remove(subscriber)

    async def attach(self, subscriber: Subscriber) -> None:
        """Adds the subscriber to a shared subscription, which exists or starts now.

        It starts at the cursor of the subscriber, else at its argument `after`, else at the present. Raises RequestError when
        the operation cannot start, and whatever `share_key` of the context raises.
        """
        context = subscriber.make_context()
        executor = subscriber.operation.build_executor(context, subscriber.variables)
        after, arguments, variables = subscriber.operation.resume_arguments(executor)
        after = subscriber.cursor or after
        compute_share_key = partial(_compute_share_key, subscriber.operation, arguments, variables)
        share_key = await compute_share_key(context)
        if subscriber.is_unsubscribed:
            return
        subscription = self.catching_up.get((share_key, after)) if share_key is not None else None
        if subscription is None or not subscription.can_start(after):
            subscription = self._start(subscriber, share_key, compute_share_key, after)
        subscription.add(subscriber)

    def merge_into_live(self, subscription: SharedSubscription) -> SharedSubscription | None:
        """The live subscription that takes over, for one that has caught up; None where that one has to go on itself."""
        live = self.live.get(subscription.share_key)
        if live is None:
            self.live[subscription.share_key] = subscription
            self._remove_catching_up(subscription)
            return None
        if live is subscription or not live.can_join(subscription.buffer.last_position):
            return None
        self._remove_catching_up(subscription)
        return live

    def remove(self, subscription: SharedSubscription) -> None:
        """Assigns no more subscribers to it."""
        if self.live.get(subscription.share_key) is subscription:
            del self.live[subscription.share_key]
        self._remove_catching_up(subscription)

    def _remove_catching_up(self, subscription: SharedSubscription) -> None:
        if self.catching_up.get((subscription.share_key, subscription.after)) is subscription:
            del self.catching_up[subscription.share_key, subscription.after]

    def _start(
        self, subscriber: Subscriber, share_key: Hashable | None, compute_share_key: ComputeShareKey, after: str | None
    ) -> SharedSubscription:
        execution = EventExecution(subscriber, share_key, compute_share_key, self.error_formatter)
        subscription = SharedSubscription(self, execution, after)
        self.catching_up[subscription.share_key, after] = subscription
        return subscription

    async def _attach_or_complete(self, subscriber: Subscriber) -> None:
        """Completes the subscriber with the error where it cannot start."""
        try:
            await self._attach_with_retry(subscriber)
            subscriber.start_task = None
        except RequestError as error:
            subscriber.sink.complete(error.errors)
        except Exception as error:
            subscriber.sink.complete((internal_error(error),))

    async def _attach_with_retry(self, subscriber: Subscriber) -> None:
        """Waits while a store is unavailable, where the subscriber has a cursor; without one it raises the error."""
        while True:
            try:
                return await self.attach(subscriber)
            except Exception as error:
                if subscriber.cursor is None or not self.error_formatter.is_outage(error):
                    raise
            await asyncio.sleep(shared_subscription.OUTAGE_RETRY_SECONDS)


async def _compute_share_key(
    operation: Operation, arguments: Mapping[str, Any], variables: Mapping[str, Any], context: OperationContext
) -> Hashable | None:
    """Equal for subscribers with the same document, variables and access; None where the subscription may not be shared.

    `arguments` and `variables` are without the cursor.
    """
    access = await context.share_key(operation.field_names, [*arguments.values(), *variables.values()])
    if access is None:
        return None
    encoded_variables = orjson.dumps(variables, option=orjson.OPT_SORT_KEYS, default=repr)
    return operation.text_hash, operation.name, encoded_variables, access
