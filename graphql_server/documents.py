"""Documents: each text is parsed, measured and validated once, then its operations run as often as they are asked for."""

from collections import Counter, OrderedDict
from collections.abc import AsyncIterator, Mapping
from hashlib import sha256
from typing import Any

from graphql import (
    SKIP,
    DocumentNode,
    ExecutionResult,
    FieldNode,
    GraphQLError,
    GraphQLSchema,
    GraphQLSyntaxError,
    OperationDefinitionNode,
    OperationType,
    VariableNode,
    Visitor,
    located_error,
    parse,
    specified_rules,
    validate,
    visit,
)
from graphql.execution import Executor
from graphql.execution.collect_fields import collect_fields
from graphql.execution.values import get_argument_values
from graphql.pyutils import Path
from graphql.validation import MaxIntrospectionDepthRule
from graphql.validation.rules import overlapping_fields_can_be_merged
from strawberry import Schema
from strawberry.execution import optimized_is_awaitable
from strawberry.schema.validation_rules.maybe_null import MaybeNullValidationRule
from strawberry.schema.validation_rules.one_of import OneOfInputValidationRule

from graphql_server.limits import LimitExceeded, Limits, find_exceeded_limit, find_exceeded_object_limit, find_size_variables

VALIDATION_RULES = (*specified_rules, MaxIntrospectionDepthRule, MaybeNullValidationRule, OneOfInputValidationRule)
CACHED_DOCUMENTS_MAX = 1_000
CACHED_CHARACTERS_MAX = 2_000_000
VALIDATION_ERRORS_MAX = 20


class RequestError(Exception):
    """The request cannot be executed at all; each of its errors carries a code."""

    def __init__(self, *errors: GraphQLError) -> None:
        super().__init__(errors[0].message)
        self.errors = errors


def with_code(error: GraphQLError, code: str) -> GraphQLError:
    error.extensions = {"code": code, **(error.extensions or {})}
    return error


class DocumentCache:
    """Keeps the documents that were used last, bounded by their number and by the length of their texts."""

    def __init__(self, schema: Schema, limits: Limits | None = None) -> None:
        self.schema = schema
        self.limits = limits or Limits()
        self._documents: OrderedDict[bytes, Document | RequestError] = OrderedDict()
        self._cached_characters = 0
        self.hits = 0
        self.misses = 0

    def get(self, text: str) -> "Document":
        """Raises RequestError when it is no valid document of the schema."""
        key = sha256(text.encode("utf-8", "surrogatepass")).digest()
        if (document := self._documents.get(key)) is None:
            self.misses += 1
            document = self._store(key, self._parse_document(text, key))
        else:
            self.hits += 1
            self._documents.move_to_end(key)
        if isinstance(document, RequestError):
            raise document
        return document

    def _parse_document(self, text: str, key: bytes) -> "Document | RequestError":
        try:
            return Document(self.schema, _parse(text, self.limits), key, len(text), self.limits)
        except RequestError as error:
            return error

    def _store(self, key: bytes, document: "Document | RequestError") -> "Document | RequestError":
        self._documents[key] = document
        self._cached_characters += _text_length(document)
        while len(self._documents) > CACHED_DOCUMENTS_MAX or (
            self._cached_characters > CACHED_CHARACTERS_MAX and len(self._documents) > 1
        ):
            self._cached_characters -= _text_length(self._documents.popitem(last=False)[1])
        return document


class Document:
    """A valid document; `key` is the hash of its text."""

    def __init__(self, schema: Schema, node: DocumentNode, text_hash: bytes, text_length: int, limits: Limits) -> None:
        self.node = node
        self.text_hash = text_hash
        self.text_length = text_length
        definitions = [each for each in node.definitions if isinstance(each, OperationDefinitionNode)]
        for definition in definitions:
            if error := find_exceeded_limit(node, definition, limits):
                raise RequestError(error)
        self._validate(schema._schema, limits)
        self.operations = {each.name.value if each.name else "": Operation(schema, self, each, limits) for each in definitions}

    def get_operation(self, name: str | None) -> "Operation":
        if name is None and len(self.operations) == 1:
            return next(iter(self.operations.values()))
        if name is None:
            message = "The document has several operations: say by 'operationName' which one to run."
        elif operation := self.operations.get(name):
            return operation
        else:
            message = f"The document has no operation named '{name}'."
        raise RequestError(with_code(GraphQLError(message), "OPERATION_RESOLUTION_FAILURE"))

    def _validate(self, schema: GraphQLSchema, limits: Limits) -> None:
        # graphql-core's own budget, ten times this, lets one document hold a core for two seconds.
        overlapping_fields_can_be_merged.MAX_COMPLEXITY_BUDGET = limits.comparisons
        errors = validate(schema, self.node, VALIDATION_RULES, max_errors=VALIDATION_ERRORS_MAX)
        if any(error.message == "Validation aborted." for error in errors):
            raise RequestError(LimitExceeded("comparisons", limits.comparisons))
        if errors:
            raise RequestError(*(with_code(error, "GRAPHQL_VALIDATION_FAILED") for error in errors))


class Operation:
    """One operation of a document, ready to run for any context and variables."""

    def __init__(self, schema: Schema, document: Document, node: OperationDefinitionNode, limits: Limits) -> None:
        self.schema = schema
        self.document = document
        self.node = node
        self.limits = limits
        self.name = node.name.value if node.name else None
        self.is_subscription = node.operation is OperationType.SUBSCRIPTION
        self.is_query = node.operation is OperationType.QUERY
        self.field_names, self._variable_uses = _collect_names(document.node)
        """Of the whole document: tells whether an answer can depend on who asks."""
        self._size_variables = find_size_variables(document.node)
        self._size_errors: dict[str, LimitExceeded | None] = {}

    def check_size(self, variables: Mapping[str, Any]) -> None:
        """Raises RequestError when these variables ask for too many objects."""
        sizes = {name: variables[name] for name in self._size_variables if name in variables}
        seen = repr(sizes) if sizes else ""
        if seen not in self._size_errors:
            if len(self._size_errors) > 100:
                self._size_errors.clear()
            self._size_errors[seen] = find_exceeded_object_limit(self.document.node, self.node, self.limits, sizes)
        if error := self._size_errors[seen]:
            raise RequestError(error)

    async def execute(
        self, context: Any, variables: Mapping[str, Any] | None = None, extensions: Mapping[str, Any] | None = None
    ) -> ExecutionResult:
        """Runs a query or a mutation. Raises RequestError when the variables do not fit."""
        return await _execute(self.build_executor(context, variables, extensions))

    async def subscribe(self, executor: Executor[Any], after: str | None = None) -> AsyncIterator[Any]:
        """The events of a subscription as its resolver yields them; `after` replaces the argument of that name.

        Raises RequestError when it cannot begin.
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
        """The one root field of a subscription, and its arguments."""
        root = executor.schema.subscription_type
        assert root is not None
        collected = collect_fields(executor.schema, executor.fragments, executor.variable_values, root, self.node, False)
        node = next(iter(collected.grouped_field_set.values()))[0].node
        return node, get_argument_values(root.fields[node.name.value], node, executor.variable_values)

    async def execute_event(self, executor: Executor[Any], event: Any, context: Any) -> ExecutionResult:
        """What the subscription's selections make of one event, with a context of its own."""
        once = executor.build_per_event_executor(event)
        once.context_value = context
        return await _execute(once)

    def build_executor(
        self, context: Any, variables: Mapping[str, Any] | None = None, extensions: Mapping[str, Any] | None = None
    ) -> Executor[Any]:
        """Variables coerced and checked. Raises RequestError when they do not fit."""
        self.check_size(variables or {})
        executor = self.schema.execution_context_class.build(
            self.schema._schema,
            self.document.node,
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


def _parse(text: str, limits: Limits) -> DocumentNode:
    try:
        return parse(text, max_tokens=limits.tokens)
    except GraphQLSyntaxError as error:
        if "Parsing aborted" in error.message:
            raise RequestError(LimitExceeded("tokens", limits.tokens)) from None
        raise RequestError(with_code(error, "GRAPHQL_PARSE_FAILED")) from None


def _text_length(document: Document | RequestError) -> int:
    return document.text_length if isinstance(document, Document) else 200


def _collect_names(node: DocumentNode) -> tuple[frozenset[str], Counter[str]]:
    """The fields that a document names, and how often it uses each variable."""
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
