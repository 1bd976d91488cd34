"""Errors as clients see them: each with a stable code; what went wrong inside is logged once, and shown as an id only."""

import logging
from collections.abc import Iterable, Mapping
from dataclasses import fields
from enum import Enum
from typing import Any
from uuid import uuid4

from graphql import ExecutionResult, GraphQLError
from strawberry.utils.str_converters import to_camel_case

from db.database import Unavailable
from domain.refusals import Problem, Refusal

logger = logging.getLogger(__name__)


def to_response_map(result: ExecutionResult) -> dict[str, Any]:
    """The response map of an execution."""
    if result.errors:
        return {"errors": format_errors(result.errors), "data": result.data}
    return {"data": result.data}


def format_errors(errors: Iterable[GraphQLError]) -> list[dict[str, Any]]:
    """One failure that stopped many fields is logged once and has one id."""
    ids: dict[int, str] = {}
    return [_format_error(error, ids) for error in errors]


def internal_error(error: BaseException) -> GraphQLError:
    """For what failed outside of any field."""
    return GraphQLError(str(error), original_error=error if isinstance(error, Exception) else RuntimeError(repr(error)))


def is_unavailable(error: BaseException) -> bool:
    """Whether a store did not answer: what was asked may be asked again."""
    return isinstance(_original_cause(error), Unavailable)


def _format_error(error: GraphQLError, ids: dict[int, str]) -> dict[str, Any]:
    cause = _original_cause(error)
    formatted: dict[str, Any] = {"message": error.message}
    if error.locations:
        formatted["locations"] = [location.formatted for location in error.locations]
    if error.path:
        formatted["path"] = error.path
    if cause is None:
        formatted["extensions"] = {"code": "BAD_USER_INPUT", **(error.extensions or {})}
    elif isinstance(cause, Refusal):
        formatted["message"] = cause.explanation
        formatted["extensions"] = _refusal_extensions(cause)
    elif isinstance(cause, Unavailable):
        formatted["message"] = "A store does not answer just now; try again."
        formatted["extensions"] = {"code": "UNAVAILABLE"}
    else:
        formatted["message"] = "Something went wrong inside. Its id finds it in the server's log."
        formatted["extensions"] = {"code": "INTERNAL", "id": _log_once(cause, error, ids)}
    return formatted


def _original_cause(error: BaseException) -> BaseException | None:
    """What a resolver raised, below all that only gives it a place; None when it is GraphQL's own."""
    cause: BaseException | None = error
    while isinstance(cause, GraphQLError):
        cause = cause.original_error
    return cause


def _log_once(cause: BaseException, error: GraphQLError, ids: dict[int, str]) -> str:
    if id(cause) not in ids:
        ids[id(cause)] = uuid4().hex[:12]
        logger.error("%s at %s", ids[id(cause)], error.path, exc_info=cause)
    return ids[id(cause)]


def _refusal_extensions(refusal: Refusal) -> dict[str, Any]:
    """The code is the refusal's name; its data that JSON can hold comes with it."""
    name = type(refusal).__name__
    code = "".join(f"_{letter}" if letter.isupper() else letter for letter in name).strip("_").upper()
    data = {
        to_camel_case(each.name): _to_json(getattr(refusal, each.name))
        for each in fields(refusal)
        if each.name != "explanation"
    }
    return {"code": code, **{name: value for name, value in data.items() if value is not None}}


def _to_json(value: object) -> Any:
    if isinstance(value, Problem):
        return {"path": list(value.path), "explanation": value.explanation}
    if isinstance(value, tuple | list):
        return [_to_json(each) for each in value]
    if isinstance(value, Enum):
        return value.value
    return value if isinstance(value, str | int | float | Mapping) else None
