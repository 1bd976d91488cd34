"""Executions: one query or mutation run to its answer, within its time."""

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from graphql import GraphQLError

from graphql_server.auth.credentials import Caller
from graphql_server.documents import DocumentCache, Operation, with_code
from graphql_server.errors import format_errors, to_response_map
from graphql_server.limits import Limits
from graphql_server.requests import GraphQLRequest

MakeContext = Callable[[Any, Caller], Any]
"""From the viewer and how the viewer came here to what resolvers get; called anew for every operation and every event."""


@dataclass(frozen=True, slots=True)
class CompletedOperation:
    """What a watcher hears of each query and mutation; `codes` are those of its errors."""

    operation: Operation
    caller: Caller
    seconds: float
    codes: tuple[str, ...]


class OperationRunner:
    def __init__(self, documents: DocumentCache, make_context: MakeContext, limits: Limits) -> None:
        self.documents = documents
        self.make_context = make_context
        self.limits = limits
        self.completion_listeners: list[Callable[[CompletedOperation], None]] = []
        self.detached_tasks: set[asyncio.Task[None]] = set()
        self.sign_out_listeners: list[Callable[[str | None], None]] = []
        """Called with the token of a session that an operation has ended."""

    async def run(self, operation: Operation, request: GraphQLRequest, caller: Caller) -> tuple[dict[str, Any], Any]:
        """The response map, and the context as the operation left it. Raises RequestError when it cannot be begun."""
        started = time.perf_counter()
        context = self.make_context(caller.viewer, caller)
        try:
            async with asyncio.timeout(self.limits.execution_seconds):
                response = to_response_map(await operation.execute(context, request.variables, request.extensions))
        except TimeoutError:
            response = {"errors": format_errors([self._timeout_error()])}
        if getattr(context, "ended_session", False):
            for ended in self.sign_out_listeners:
                ended(caller.token)
        if self.completion_listeners:
            codes = tuple(error["extensions"]["code"] for error in response.get("errors", ()))
            ran = CompletedOperation(operation, caller, time.perf_counter() - started, codes)
            for watcher in self.completion_listeners:
                watcher(ran)
        return response, context

    def cancel_or_detach(self, operation: Operation, task: "asyncio.Task[None]") -> None:
        """Nobody waits for the answer any more: a query is stopped, a change that has begun is carried out."""
        if operation.is_query:
            task.cancel()
        else:
            self.detached_tasks.add(task)
            task.add_done_callback(self.detached_tasks.discard)

    def _timeout_error(self) -> GraphQLError:
        message = f"This took more than {self.limits.execution_seconds:g} seconds and was stopped. Ask for less at a time."
        return with_code(GraphQLError(message), "TIMEOUT")
