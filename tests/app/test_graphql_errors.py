"""Refusals and outages as errors of the GraphQL API."""

import pytest

from app.http.graphql_errors import describe_error
from db.database import Unavailable
from domain.refusals import Conflict, Invalid, NotAllowed, NotSignedIn, Refusal, TooManyTries
from graphql_server.errors import ExpectedError


@pytest.mark.parametrize(
    ("refusal", "extensions"),
    [
        (NotSignedIn(), {"code": "NOT_SIGNED_IN"}),
        (NotAllowed("No.", "EDITOR"), {"code": "NOT_ALLOWED", "neededRole": "EDITOR"}),
        (TooManyTries("Wait.", 1.5), {"code": "TOO_MANY_TRIES", "retryAfterSeconds": 1.5}),
        (Conflict(current_version=3), {"code": "CONFLICT", "currentVersion": 3}),
        (
            Invalid.at("traits", "openness", because="Between 0 and 100."),
            {"code": "INVALID", "problems": [{"path": ["traits", "openness"], "explanation": "Between 0 and 100."}]},
        ),
    ],
)
def test_a_refusal_has_its_name_as_code_and_its_fields_as_data(refusal: Refusal, extensions: dict[str, object]) -> None:
    assert describe_error(refusal) == ExpectedError(refusal.explanation, extensions)


def test_an_unavailable_store_is_an_outage_without_its_address() -> None:
    expected = describe_error(Unavailable("postgres at 10.0.0.7"))
    message = "A store does not answer at the moment; try again."
    assert expected == ExpectedError(message, {"code": "UNAVAILABLE"}, is_outage=True)


def test_any_other_exception_is_an_internal_error() -> None:
    assert describe_error(RuntimeError("password 1234")) is None
