"""Execution of queries and mutations, each within a time limit."""

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from graphql import GraphQLError

from graphql_server.auth.credentials import Caller
from graphql_server.context import MakeContext, OperationContext
from graphql_server.documents import DocumentCache
from graphql_server.errors import ErrorFormatter, with_code
from graphql_server.limits import Limits
from graphql_server.operation import Operation
from graphql_server.requests import GraphQLRequest


@dataclass(frozen=True, slots=True)
class CompletedOperation:
    """A query or a mutation that has run. `codes` are the codes of its errors, in their order."""

    operation: Operation
    caller: Caller
    seconds: float
    codes: tuple[str, ...]


class OperationRunner:
    """Executes operations, whichever transport they come from."""

    def __init__(
        self, documents: DocumentCache, make_context: MakeContext, limits: Limits, error_formatter: ErrorFormatter
    ) -> None:
        self.documents = documents
        self.make_context = make_context
        self.limits = limits
        self.error_formatter = error_formatter
        self.completion_listeners: list[Callable[[CompletedOperation], None]] = []
        self.sign_out_listeners: list[Callable[[str | None], None]] = []
        """Called with the token of the caller after an operation that has ended the caller's session."""
        self.detached_tasks: set[asyncio.Task[None]] = set()

    async def run(
        self, operation: Operation, request: GraphQLRequest, caller: Caller
    ) -> tuple[dict[str, Any], OperationContext]:
        """The response map, and the context after the operation. Raises RequestError when the operation cannot start."""
        started_at = time.perf_counter()
        context = self.make_context(caller.viewer, caller)
        try:
            async with asyncio.timeout(self.limits.execution_seconds):
                result = await operation.execute(context, request.variables, request.extensions)
                response = self.error_formatter.to_response_map(result)
        except TimeoutError:
            response = {"errors": self.error_formatter.format([self._timeout_error()])}
        if context.ended_session:
            for on_sign_out in self.sign_out_listeners:
                on_sign_out(caller.token)
        self._report(operation, caller, time.perf_counter() - started_at, response)
        return response, context

    def cancel_or_detach(self, operation: Operation, task: "asyncio.Task[None]") -> None:
        """For an operation whose client no longer waits: a query is cancelled, a mutation runs to its end."""
        if operation.is_query:
            task.cancel()
        else:
            self.detached_tasks.add(task)
            task.add_done_callback(self.detached_tasks.discard)

    def _report(self, operation: Operation, caller: Caller, seconds: float, response: dict[str, Any]) -> None:
        if self.completion_listeners:
            codes = tuple(error["extensions"]["code"] for error in response.get("errors", ()))
            completed = CompletedOperation(operation, caller, seconds, codes)
            for on_completion in self.completion_listeners:
                on_completion(completed)

    def _timeout_error(self) -> GraphQLError:
        message = f"This took more than {self.limits.execution_seconds:g} seconds and was stopped. Request less at a time."
        return with_code(GraphQLError(message), "TIMEOUT")
