"""Executions: one query or mutation run to its answer, within its time."""

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from graphql import GraphQLError

from graphql_server.auth.credentials import Caller
from graphql_server.documents import Documents, Operation, coded
from graphql_server.errors import answer, shown
from graphql_server.limits import Limits
from graphql_server.requests import Request

MakeContext = Callable[[Any, Caller], Any]
"""From the viewer and how the viewer came here to what resolvers get; called anew for every operation and every event."""


@dataclass(frozen=True, slots=True)
class Ran:
    """What a watcher hears of each query and mutation; `codes` are those of its errors."""

    operation: Operation
    caller: Caller
    seconds: float
    codes: tuple[str, ...]


class Executions:
    def __init__(self, documents: Documents, make_context: MakeContext, limits: Limits) -> None:
        self.documents = documents
        self.make_context = make_context
        self.limits = limits
        self.watchers: list[Callable[[Ran], None]] = []
        self.unattended: set[asyncio.Task[None]] = set()
        self.at_sign_out: list[Callable[[str | None], None]] = []
        """Called with the token of a session that an operation has ended."""

    async def run(self, operation: Operation, request: Request, caller: Caller) -> tuple[dict[str, Any], Any]:
        """The response map, and the context as the operation left it. Raises RequestError when it cannot be begun."""
        started = time.perf_counter()
        context = self.make_context(caller.viewer, caller)
        try:
            async with asyncio.timeout(self.limits.execution_seconds):
                response = answer(await operation.execute(context, request.variables, request.extensions))
        except TimeoutError:
            response = {"errors": shown([self._too_long()])}
        if getattr(context, "ended_session", False):
            for ended in self.at_sign_out:
                ended(caller.token)
        if self.watchers:
            codes = tuple(error["extensions"]["code"] for error in response.get("errors", ()))
            ran = Ran(operation, caller, time.perf_counter() - started, codes)
            for watcher in self.watchers:
                watcher(ran)
        return response, context

    def abandon(self, operation: Operation, task: "asyncio.Task[None]") -> None:
        """Nobody waits for the answer any more: a query is stopped, a change that has begun is carried out."""
        if operation.is_query:
            task.cancel()
        else:
            self.unattended.add(task)
            task.add_done_callback(self.unattended.discard)

    def _too_long(self) -> GraphQLError:
        message = f"This took more than {self.limits.execution_seconds:g} seconds and was stopped. Ask for less at a time."
        return coded(GraphQLError(message), "TIMEOUT")
