"""Errors of a GraphQL response. Each has a stable `code`. An unexpected error is logged, and clients get only its id."""

import logging
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from graphql import ExecutionResult, GraphQLError

from graphql_server.request_id import request_id

logger = logging.getLogger(__name__)


class RequestError(Exception):
    """The request cannot be executed. Each of its errors has a code."""

    def __init__(self, *errors: GraphQLError) -> None:
        super().__init__(errors[0].message)
        self.errors = errors


def with_code(error: GraphQLError, code: str) -> GraphQLError:
    """Adds the code to the error, and returns the error. A code that it has already stays."""
    error.extensions = {"code": code, **(error.extensions or {})}
    return error


@dataclass(frozen=True, slots=True)
class ExpectedError:
    """What clients see of an exception that the application expects. `extensions` holds its `code`.

    `is_outage` is true where a store was unavailable, so that the same request can succeed later.
    """

    message: str
    extensions: Mapping[str, Any]
    is_outage: bool = False


DescribeError = Callable[[BaseException], ExpectedError | None]
"""From an exception that a resolver raised to what clients see of it; None for an internal error."""


class ErrorFormatter:
    """`describe` belongs to the application; without it every exception of a resolver is an internal error."""

    def __init__(self, describe: DescribeError = lambda error: None) -> None:
        self.describe = describe

    def to_response_map(self, result: ExecutionResult) -> dict[str, Any]:
        """The response map of an execution: `data`, and `errors` where there are any."""
        if result.errors:
            return {"errors": self.format(result.errors), "data": result.data}
        return {"data": result.data}

    def format(self, errors: Iterable[GraphQLError]) -> list[dict[str, Any]]:
        """Response errors. One exception behind many field errors is logged once and has one id."""
        ids: dict[int, str] = {}
        return [self._format_error(error, ids) for error in errors]

    def format_exception(self, error: BaseException) -> list[dict[str, Any]]:
        """The only response error of a request that failed outside of any field."""
        return self.format([internal_error(error)])

    def is_outage(self, error: BaseException) -> bool:
        """Whether a store was unavailable, so that the same request can succeed later."""
        cause = _original_cause(error)
        expected = None if cause is None else self.describe(cause)
        return expected is not None and expected.is_outage

    def _format_error(self, error: GraphQLError, ids: dict[int, str]) -> dict[str, Any]:
        formatted: dict[str, Any] = {"message": error.message}
        if error.locations:
            formatted["locations"] = [location.formatted for location in error.locations]
        if error.path:
            formatted["path"] = error.path
        if (cause := _original_cause(error)) is None:
            formatted["extensions"] = {"code": "BAD_USER_INPUT", **(error.extensions or {})}
        elif (expected := self.describe(cause)) is not None:
            formatted |= {"message": expected.message, "extensions": expected.extensions}
        else:
            formatted["message"] = "Something went wrong on the server. Its log has the details under the id of this error."
            formatted["extensions"] = {"code": "INTERNAL", "id": _log_once(cause, error, ids)}
        return formatted


def internal_error(error: BaseException) -> GraphQLError:
    """Wraps an exception that was raised outside of any field."""
    return GraphQLError(str(error), original_error=error if isinstance(error, Exception) else RuntimeError(repr(error)))


def _original_cause(error: BaseException) -> BaseException | None:
    """The exception that a resolver raised, inside any number of located errors; None for an error of GraphQL itself."""
    cause: BaseException | None = error
    while isinstance(cause, GraphQLError):
        cause = cause.original_error
    return cause


def _log_once(cause: BaseException, error: GraphQLError, ids: dict[int, str]) -> str:
    """The id of the cause in the log."""
    if id(cause) not in ids:
        ids[id(cause)] = uuid4().hex[:12]
        logger.error("%s at %s, request %s", ids[id(cause)], error.path, request_id.get(), exc_info=cause)
    return ids[id(cause)]
