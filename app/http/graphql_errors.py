"""What clients of the GraphQL API see of the exceptions that resolvers raise."""

from collections.abc import Mapping
from dataclasses import fields
from enum import Enum
from typing import Any

from strawberry.utils.str_converters import to_camel_case

from db.database import Unavailable
from domain.refusals import Problem, Refusal
from graphql_server.errors import ExpectedError


def describe_error(error: BaseException) -> ExpectedError | None:
    """The code of a refusal is its class name, as in `NOT_SIGNED_IN`. None for an internal error."""
    if isinstance(error, Refusal):
        return ExpectedError(error.explanation, _refusal_extensions(error))
    if isinstance(error, Unavailable):
        return ExpectedError("A store does not answer at the moment; try again.", {"code": "UNAVAILABLE"}, is_outage=True)
    return None


def _refusal_extensions(refusal: Refusal) -> dict[str, Any]:
    """The code, and the fields of the refusal whose values JSON can hold."""
    name = type(refusal).__name__
    code = "".join(f"_{letter}" if letter.isupper() else letter for letter in name).strip("_").upper()
    data = {
        to_camel_case(each.name): _to_json(getattr(refusal, each.name))
        for each in fields(refusal)
        if each.name != "explanation"
    }
    return {"code": code, **{name: value for name, value in data.items() if value is not None}}


def _to_json(value: object) -> Any:
    """None where JSON cannot hold it."""
    if isinstance(value, Problem):
        return {"path": list(value.path), "explanation": value.explanation}
    if isinstance(value, tuple | list):
        return [_to_json(each) for each in value]
    if isinstance(value, Enum):
        return value.value
    return value if isinstance(value, str | int | float | Mapping) else None
