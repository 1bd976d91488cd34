"""Follows: subscriptions that watch the same thing with the same rights share one run of its events, and their bytes.

Runs that began at a cursor join the live run of their kind as soon as they have caught up.
"""

import asyncio
from collections.abc import Mapping
from typing import Any

import orjson

from graphql_server.documents import Operation, RequestError
from graphql_server.errors import internal_error, is_unavailable
from graphql_server.subscriptions import shared_subscription
from graphql_server.subscriptions.shared_subscription import SharedSubscription
from graphql_server.subscriptions.subscriber import Subscriber


class SubscriptionRegistry:
    """All runs of this process."""

    def __init__(self) -> None:
        self.live: dict[Any, SharedSubscription] = {}
        self.catching_up: dict[Any, SharedSubscription] = {}
        self.executed_events = 0
        """Events executed, however many followers each had; for metrics."""

    async def attach(self, subscriber: Subscriber) -> None:
        """From its cursor, or else from its `after`, or else from now. Raises RequestError when it cannot."""
        context = subscriber.make_context()
        executor = subscriber.operation.build_executor(context, subscriber.variables)
        after, arguments, variables = subscriber.operation.resume_arguments(executor)
        after = subscriber.cursor or after

        async def rights(context: Any) -> Any:
            return await _compute_share_key(subscriber.operation, arguments, variables, context)

        key = await rights(context)
        if subscriber.is_unsubscribed:
            return
        run = self.catching_up.get((key, after)) if key is not None else None
        if run is None or not run.can_start(after):
            run = SharedSubscription(self, key, rights, after, subscriber)
            self.catching_up[run.share_key, after] = run
        run.add(subscriber)

    def subscribe(self, subscriber: Subscriber) -> None:
        """Begins again where it is, in whichever run is right for it now."""
        subscriber.subscription = None
        subscriber.start_task = asyncio.create_task(self._attach_or_complete(subscriber))

    async def _attach_or_complete(self, subscriber: Subscriber) -> None:
        try:
            await self._attach_with_retry(subscriber)
            subscriber.start_task = None
        except RequestError as error:
            subscriber.sink.complete(error.errors)
        except Exception as error:
            subscriber.sink.complete((internal_error(error),))

    async def _attach_with_retry(self, subscriber: Subscriber) -> None:
        """Whoever has begun already waits until the stores are back; who comes new is told."""
        while True:
            try:
                return await self.attach(subscriber)
            except Exception as error:
                if subscriber.cursor is None or not is_unavailable(error):
                    raise
            await asyncio.sleep(shared_subscription.OUTAGE_RETRY_SECONDS)

    def unsubscribe(self, subscriber: Subscriber) -> None:
        subscriber.is_unsubscribed = True
        if subscriber.start_task is not None:
            subscriber.start_task.cancel()
        if subscriber.subscription is not None:
            subscriber.subscription.remove(subscriber)

    def merge_into_live(self, subscription: SharedSubscription) -> SharedSubscription | None:
        """The live run that goes on for `run`, which has caught up; None when it has to go on itself."""
        live = self.live.get(subscription.share_key)
        if live is None:
            self.live[subscription.share_key] = subscription
            self._remove_catching_up(subscription)
            return None
        if live is subscription or not live.can_join(subscription.position):
            return None
        self._remove_catching_up(subscription)
        return live

    def remove(self, subscription: SharedSubscription) -> None:
        if self.live.get(subscription.share_key) is subscription:
            del self.live[subscription.share_key]
        self._remove_catching_up(subscription)

    def _remove_catching_up(self, subscription: SharedSubscription) -> None:
        if self.catching_up.get((subscription.share_key, subscription.after)) is subscription:
            del self.catching_up[subscription.share_key, subscription.after]


async def _compute_share_key(
    operation: Operation, arguments: Mapping[str, Any], variables: Mapping[str, Any], context: Any
) -> Any:
    """What is equal for all who may share a run; None where the context knows of nobody who sees the same."""
    share_key = getattr(context, "share_key", None)
    given = [*arguments.values(), *variables.values()]
    shared = await share_key(operation.field_names, given) if share_key is not None else None
    if shared is None:
        return None
    return (
        operation.document.text_hash,
        operation.name,
        orjson.dumps(variables, option=orjson.OPT_SORT_KEYS, default=repr),
        shared,
    )
