"""An operation of a document, executed with graphql-core."""

from collections import Counter
from collections.abc import AsyncIterator, Mapping
from typing import Any

from graphql import (
    SKIP,
    DocumentNode,
    ExecutionResult,
    FieldNode,
    OperationDefinitionNode,
    OperationType,
    VariableNode,
    Visitor,
    located_error,
    visit,
)
from graphql.execution import Executor
from graphql.execution.collect_fields import collect_fields
from graphql.execution.values import get_argument_values
from graphql.pyutils import Path
from strawberry import Schema
from strawberry.execution import optimized_is_awaitable

from graphql_server.cost import find_exceeded_object_limit, find_size_variables
from graphql_server.errors import RequestError, with_code
from graphql_server.limits import LimitExceeded, Limits

SIZE_ERRORS_MAX = 100
"""Results of `check_size` that are cached for one operation."""


class Operation:
    """One operation of a valid document. It runs with any context and variables.

    `field_names` are those of the whole document: they decide whether a result can depend on the viewer.
    """

    def __init__(
        self,
        schema: Schema,
        document: DocumentNode,
        text_hash: bytes,
        node: OperationDefinitionNode,
        limits: Limits,
    ) -> None:
        self.schema = schema
        self.document = document
        self.text_hash = text_hash
        self.node = node
        self.limits = limits
        self.name = node.name.value if node.name else None
        self.is_subscription = node.operation is OperationType.SUBSCRIPTION
        self.is_query = node.operation is OperationType.QUERY
        self.field_names, self._variable_uses = _collect_names(document)
        self._size_variables = find_size_variables(document)
        self._size_errors: dict[str, LimitExceeded | None] = {}

    def check_size(self, variables: Mapping[str, Any]) -> None:
        """Raises RequestError when these variables request too many objects."""
        sizes = {name: variables[name] for name in self._size_variables if name in variables}
        key = repr(sizes) if sizes else ""
        if key not in self._size_errors:
            if len(self._size_errors) > SIZE_ERRORS_MAX:
                self._size_errors.clear()
            self._size_errors[key] = find_exceeded_object_limit(self.document, self.node, self.limits, sizes)
        if error := self._size_errors[key]:
            raise RequestError(error)

    async def execute(
        self, context: Any, variables: Mapping[str, Any] | None = None, extensions: Mapping[str, Any] | None = None
    ) -> ExecutionResult:
        """Executes a query or a mutation. Raises RequestError when the variables are invalid."""
        return await _execute(self.build_executor(context, variables, extensions))

    async def subscribe(self, executor: Executor[Any], after: str | None = None) -> AsyncIterator[Any]:
        """The events as the resolver of the subscription yields them. `after` replaces the argument of this name.

        Raises RequestError when the resolver fails before it returns them.
        """
        root = executor.schema.subscription_type
        node, arguments = self._root_field(executor)
        if after is not None:
            arguments["after"] = after
        assert root is not None
        field = root.fields[node.name.value]
        path = Path(None, node.alias.value if node.alias else node.name.value, root.name)
        info = executor.build_resolve_info(field, [node], root, path)
        try:
            events: Any = field.subscribe(None, info, **arguments)
            stream: AsyncIterator[Any] = await events if optimized_is_awaitable(events) else events
            return stream
        except Exception as error:
            raise RequestError(located_error(error, [node], path.as_list())) from error

    def resume_arguments(self, executor: Executor[Any]) -> tuple[str | None, dict[str, Any], dict[str, Any]]:
        """The cursor given as `after`, the other arguments, and the variables that decide the rest of the subscription."""
        node, arguments = self._root_field(executor)
        given = next((each.value for each in node.arguments or () if each.name.value == "after"), None)
        variables = dict(executor.variable_values.coerced)
        if isinstance(given, VariableNode) and self._variable_uses[given.name.value] == 1:
            variables.pop(given.name.value, None)
        return arguments.pop("after", None), arguments, variables

    def _root_field(self, executor: Executor[Any]) -> tuple[FieldNode, dict[str, Any]]:
        """The one root field of a subscription, and its coerced arguments."""
        root = executor.schema.subscription_type
        assert root is not None
        collected = collect_fields(executor.schema, executor.fragments, executor.variable_values, root, self.node, False)
        node = next(iter(collected.grouped_field_set.values()))[0].node
        return node, get_argument_values(root.fields[node.name.value], node, executor.variable_values)

    async def execute_event(self, executor: Executor[Any], event: Any, context: Any) -> ExecutionResult:
        """Executes the selection set of the subscription for one event, with a context of its own."""
        event_executor = executor.build_per_event_executor(event)
        event_executor.context_value = context
        return await _execute(event_executor)

    def build_executor(
        self, context: Any, variables: Mapping[str, Any] | None = None, extensions: Mapping[str, Any] | None = None
    ) -> Executor[Any]:
        """An executor with coerced variables. Raises RequestError when they are invalid or request too many objects."""
        self.check_size(variables or {})
        executor = self.schema.execution_context_class.build(
            self.schema._schema,
            self.document,
            None,
            context,
            dict(variables or {}),
            self.name,
            is_awaitable=optimized_is_awaitable,  # type: ignore[arg-type]
            operation_extensions=extensions,
        )
        if isinstance(executor, list):
            raise RequestError(*(with_code(error, "BAD_USER_INPUT") for error in executor))
        return executor


async def _execute(executor: Executor[Any]) -> ExecutionResult:
    result: Any = executor.execute_operation()
    finished: ExecutionResult = await result if optimized_is_awaitable(result) else result
    return finished


def _collect_names(node: DocumentNode) -> tuple[frozenset[str], Counter[str]]:
    """The names of all fields of a document, and how often it uses each variable."""
    fields: set[str] = set()
    variables: Counter[str] = Counter()

    class Names(Visitor):
        def enter_field(self, node: FieldNode, *_: Any) -> None:
            fields.add(node.name.value)

        def enter_variable_definition(self, *_: Any) -> Any:
            return SKIP

        def enter_variable(self, node: VariableNode, *_: Any) -> None:
            variables[node.name.value] += 1

    visit(node, Names())
    return frozenset(fields), variables
