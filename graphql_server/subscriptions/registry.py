"""Follows: subscriptions that watch the same thing with the same rights share one run of its events, and their bytes.

Runs that began at a cursor join the live run of their kind as soon as they have caught up.
"""

import asyncio
from collections.abc import Mapping
from typing import Any

import orjson

from graphql_server.documents import Operation, RequestError
from graphql_server.errors import internal, is_outage
from graphql_server.subscriptions import shared_subscription
from graphql_server.subscriptions.shared_subscription import Run
from graphql_server.subscriptions.subscriber import Follower


class Follows:
    """All runs of this process."""

    def __init__(self) -> None:
        self.live: dict[Any, Run] = {}
        self.behind: dict[Any, Run] = {}
        self.executed = 0
        """Events executed, however many followers each had; for metrics."""

    async def begin(self, follower: Follower) -> None:
        """From its cursor, or else from its `after`, or else from now. Raises RequestError when it cannot."""
        context = follower.context()
        executor = follower.operation.executor(context, follower.variables)
        after, arguments, variables = follower.operation.resumption(executor)
        after = follower.cursor or after

        async def rights(context: Any) -> Any:
            return await _key(follower.operation, arguments, variables, context)

        key = await rights(context)
        if follower.has_left:
            return
        run = self.behind.get((key, after)) if key is not None else None
        if run is None or not run.is_whole(after):
            run = Run(self, key, rights, after, follower)
            self.behind[run.key, after] = run
        run.add(follower)

    def begin_soon(self, follower: Follower) -> None:
        """Begins again where it is, in whichever run is right for it now."""
        follower.run = None
        follower.starting = asyncio.create_task(self._begin_again(follower))

    async def _begin_again(self, follower: Follower) -> None:
        try:
            await self._begin_patiently(follower)
            follower.starting = None
        except RequestError as error:
            follower.sink.end(error.errors)
        except Exception as error:
            follower.sink.end((internal(error),))

    async def _begin_patiently(self, follower: Follower) -> None:
        """Whoever has begun already waits until the stores are back; who comes new is told."""
        while True:
            try:
                return await self.begin(follower)
            except Exception as error:
                if follower.cursor is None or not is_outage(error):
                    raise
            await asyncio.sleep(shared_subscription.AWAY_SECONDS)

    def leave(self, follower: Follower) -> None:
        follower.has_left = True
        if follower.starting is not None:
            follower.starting.cancel()
        if follower.run is not None:
            follower.run.remove(follower)

    def merge(self, run: Run) -> Run | None:
        """The live run that goes on for `run`, which has caught up; None when it has to go on itself."""
        live = self.live.get(run.key)
        if live is None:
            self.live[run.key] = run
            self._forget_behind(run)
            return None
        if live is run or not live.reaches(run.position):
            return None
        self._forget_behind(run)
        return live

    def forget(self, run: Run) -> None:
        if self.live.get(run.key) is run:
            del self.live[run.key]
        self._forget_behind(run)

    def _forget_behind(self, run: Run) -> None:
        if self.behind.get((run.key, run.after)) is run:
            del self.behind[run.key, run.after]


async def _key(operation: Operation, arguments: Mapping[str, Any], variables: Mapping[str, Any], context: Any) -> Any:
    """What is equal for all who may share a run; None where the context knows of nobody who sees the same."""
    share_key = getattr(context, "share_key", None)
    given = [*arguments.values(), *variables.values()]
    shared = await share_key(operation.field_names, given) if share_key is not None else None
    if shared is None:
        return None
    return operation.document.key, operation.name, orjson.dumps(variables, option=orjson.OPT_SORT_KEYS, default=repr), shared
