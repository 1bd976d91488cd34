"""GraphQL requests, as every transport receives them, with their members checked."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl

import orjson
from graphql import GraphQLError

from graphql_server.documents import DocumentCache
from graphql_server.errors import RequestError, with_code
from graphql_server.operation import Operation


@dataclass(frozen=True, slots=True)
class GraphQLRequest:
    query: str
    operation_name: str | None = None
    variables: Mapping[str, Any] | None = None
    extensions: Mapping[str, Any] | None = None

    def get_operation(self, documents: DocumentCache) -> Operation:
        """Raises RequestError when the document is not valid or does not have the operation."""
        return documents.get(self.query).get_operation(self.operation_name)


class MalformedRequest(RequestError):
    """The payload is not a GraphQL request; its document is not parsed."""

    def __init__(self, message: str, code: str = "BAD_REQUEST") -> None:
        super().__init__(with_code(GraphQLError(message), code))


def parse_request(payload: Any) -> GraphQLRequest:
    """From a decoded JSON object. Raises MalformedRequest."""
    if not isinstance(payload, dict):
        raise MalformedRequest("A request is a JSON object with a 'query'.")
    query = payload.get("query")
    extensions = _optional_member(payload, "extensions", dict)
    if query is None and extensions and "persistedQuery" in extensions:
        raise MalformedRequest("Persisted queries are not kept here; send the 'query'.", "PERSISTED_QUERY_NOT_SUPPORTED")
    if not isinstance(query, str):
        raise MalformedRequest("'query' is to be a string with a GraphQL document.")
    return GraphQLRequest(
        query, _optional_member(payload, "operationName", str), _optional_member(payload, "variables", dict), extensions
    )


def parse_query_string(query_string: bytes) -> GraphQLRequest:
    """From the URL of a GET request, where `variables` and `extensions` are JSON. Raises MalformedRequest."""
    parameters: dict[str, Any] = dict(parse_qsl(query_string.decode("latin-1"), keep_blank_values=True))
    for name in ("variables", "extensions"):
        if text := parameters.pop(name, None):
            parameters[name] = decode_json(text)
    return parse_request(parameters)


def decode_json(text: bytes | str) -> Any:
    """Raises MalformedRequest when the text is not JSON."""
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError as error:
        raise MalformedRequest(f"This is not JSON: {error}.") from None


def _optional_member(payload: dict[str, Any], name: str, kind: type) -> Any:
    value = payload.get(name)
    if value is not None and not isinstance(value, kind):
        raise MalformedRequest(f"'{name}' is to be {'a string' if kind is str else 'an object'}, null or left out.")
    return value
