"""Requests: what a client may send as one, over whatever transport, checked member by member."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl

import orjson
from graphql import GraphQLError

from graphql_server.documents import Documents, Operation, RequestError, coded


@dataclass(frozen=True, slots=True)
class Request:
    query: str
    operation_name: str | None = None
    variables: Mapping[str, Any] | None = None
    extensions: Mapping[str, Any] | None = None

    def operation(self, documents: Documents) -> Operation:
        """Raises RequestError when there is nothing that could be run."""
        return documents.read(self.query).operation(self.operation_name)


class Malformed(RequestError):
    """It is no request at all: nothing was parsed."""

    def __init__(self, message: str, code: str = "BAD_REQUEST") -> None:
        super().__init__(coded(GraphQLError(message), code))


def request(payload: Any) -> Request:
    """From a decoded JSON object. Raises Malformed."""
    if not isinstance(payload, dict):
        raise Malformed("A request is a JSON object with a 'query'.")
    query = payload.get("query")
    extensions = _optional(payload, "extensions", dict)
    if query is None and extensions and "persistedQuery" in extensions:
        raise Malformed("Persisted queries are not kept here; send the 'query'.", "PERSISTED_QUERY_NOT_SUPPORTED")
    if not isinstance(query, str):
        raise Malformed("'query' is to be a string with a GraphQL document.")
    return Request(query, _optional(payload, "operationName", str), _optional(payload, "variables", dict), extensions)


def request_of_url(query_string: bytes) -> Request:
    """From the parameters of a GET, where `variables` and `extensions` are JSON. Raises Malformed."""
    parameters: dict[str, Any] = dict(parse_qsl(query_string.decode("latin-1"), keep_blank_values=True))
    for name in ("variables", "extensions"):
        if text := parameters.pop(name, None):
            parameters[name] = decoded(text)
    return request(parameters)


def decoded(text: bytes | str) -> Any:
    """Raises Malformed when it is no JSON."""
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError as error:
        raise Malformed(f"This is not JSON: {error}.") from None


def _optional(payload: dict[str, Any], name: str, kind: type) -> Any:
    value = payload.get(name)
    if value is not None and not isinstance(value, kind):
        raise Malformed(f"'{name}' is to be {'a string' if kind is str else 'an object'}, null or left out.")
    return value
