"""GraphQL documents, parsed and validated once and cached by their text."""

from collections import OrderedDict
from hashlib import sha256

from graphql import (
    DocumentNode,
    GraphQLError,
    GraphQLSchema,
    GraphQLSyntaxError,
    OperationDefinitionNode,
    parse,
    specified_rules,
    validate,
)
from graphql.validation import MaxIntrospectionDepthRule
from graphql.validation.rules import overlapping_fields_can_be_merged
from strawberry import Schema
from strawberry.schema.validation_rules.maybe_null import MaybeNullValidationRule
from strawberry.schema.validation_rules.one_of import OneOfInputValidationRule

from graphql_server.cost import find_exceeded_limit
from graphql_server.errors import RequestError, with_code
from graphql_server.limits import LimitExceeded, Limits
from graphql_server.operation import Operation

VALIDATION_RULES = (*specified_rules, MaxIntrospectionDepthRule, MaybeNullValidationRule, OneOfInputValidationRule)
CACHED_DOCUMENTS_MAX = 1_000
CACHED_CHARACTERS_MAX = 2_000_000
VALIDATION_ERRORS_MAX = 20


class DocumentCache:
    """Keeps the documents used last, also the invalid ones. Their number and the total length of their texts are limited."""

    def __init__(self, schema: Schema, limits: Limits | None = None) -> None:
        self.schema = schema
        self.limits = limits or Limits()
        self._documents: OrderedDict[bytes, Document | RequestError] = OrderedDict()
        self._cached_characters = 0
        self.hits = 0
        self.misses = 0

    def get(self, text: str) -> "Document":
        """Raises RequestError when the text is not a valid document of the schema, or is over a limit."""
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
    """A valid document. `operations` are by name, "" for one without a name. `text_hash` is SHA-256 of the text."""

    def __init__(self, schema: Schema, node: DocumentNode, text_hash: bytes, text_length: int, limits: Limits) -> None:
        self.node = node
        self.text_hash = text_hash
        self.text_length = text_length
        definitions = [each for each in node.definitions if isinstance(each, OperationDefinitionNode)]
        for definition in definitions:
            if error := find_exceeded_limit(node, definition, limits):
                raise RequestError(error)
        self._validate(schema._schema, limits)
        self.operations = {
            each.name.value if each.name else "": Operation(schema, node, text_hash, each, limits) for each in definitions
        }

    def get_operation(self, name: str | None) -> Operation:
        """The only operation where `name` is None. Raises RequestError where there is no such operation."""
        if name is None and len(self.operations) == 1:
            return next(iter(self.operations.values()))
        if name is None:
            message = "The document has several operations: send the name of one as 'operationName'."
        elif operation := self.operations.get(name):
            return operation
        else:
            message = f"The document has no operation named '{name}'."
        raise RequestError(with_code(GraphQLError(message), "OPERATION_RESOLUTION_FAILURE"))

    def _validate(self, schema: GraphQLSchema, limits: Limits) -> None:
        # With graphql-core's default budget, ten times as large, one document can use a core for two seconds.
        overlapping_fields_can_be_merged.MAX_COMPLEXITY_BUDGET = limits.comparisons
        errors = validate(schema, self.node, VALIDATION_RULES, max_errors=VALIDATION_ERRORS_MAX)
        if any(error.message == "Validation aborted." for error in errors):
            raise RequestError(LimitExceeded("comparisons", limits.comparisons))
        if errors:
            raise RequestError(*(with_code(error, "GRAPHQL_VALIDATION_FAILED") for error in errors))


def _parse(text: str, limits: Limits) -> DocumentNode:
    try:
        return parse(text, max_tokens=limits.tokens)
    except GraphQLSyntaxError as error:
        if "Parsing aborted" in error.message:
            raise RequestError(LimitExceeded("tokens", limits.tokens)) from None
        raise RequestError(with_code(error, "GRAPHQL_PARSE_FAILED")) from None


def _text_length(document: Document | RequestError) -> int:
    """An estimate for an invalid document, whose text is not kept."""
    return document.text_length if isinstance(document, Document) else 200
