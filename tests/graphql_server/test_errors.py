"""Errors: stable codes for what is expected, an id for what is not, and each failure in the log once."""

import logging

import pytest
from graphql import GraphQLError

from db.database import Unavailable
from domain.refusals import Conflict, Invalid, NotAllowed, NotSignedIn, Refusal, TooManyTries
from graphql_server.errors import format_errors, internal_error


def field_error(cause: Exception, *path: str | int) -> GraphQLError:
    """As graphql-core locates what a resolver raised."""
    return GraphQLError(str(cause), path=list(path), original_error=cause)


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
def test_a_refusal_shows_its_name_and_its_data(refusal: Refusal, extensions: dict[str, object]) -> None:
    error = format_errors([field_error(refusal, "node")])[0]
    assert error == {"message": refusal.explanation, "path": ["node"], "extensions": extensions}


def test_what_went_wrong_inside_is_shown_as_an_id_only(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.ERROR):
        error = format_errors([field_error(RuntimeError("password 1234"), "me")])[0]
    assert error["extensions"]["code"] == "INTERNAL"
    assert "1234" not in str(error)
    assert error["extensions"]["id"] in caplog.text
    assert "password 1234" in caplog.text


def test_one_failure_that_stops_many_fields_is_logged_once(caplog: pytest.LogCaptureFixture) -> None:
    failure = RuntimeError("the statement failed")
    with caplog.at_level(logging.ERROR):
        errors = format_errors([field_error(failure, "nodes", number) for number in range(50)])
    assert len({error["extensions"]["id"] for error in errors}) == 1
    assert len(caplog.records) == 1


def test_what_only_gives_an_error_a_place_does_not_hide_its_cause() -> None:
    located = GraphQLError("outer", original_error=field_error(NotSignedIn(), "inner"))
    assert format_errors([located])[0]["extensions"] == {"code": "NOT_SIGNED_IN"}


def test_a_store_that_is_away_says_to_try_again() -> None:
    assert format_errors([internal_error(Unavailable("postgres at 10.0.0.7"))])[0] == {
        "message": "A store does not answer just now; try again.",
        "extensions": {"code": "UNAVAILABLE"},
    }


def test_graphqls_own_errors_keep_their_message() -> None:
    error = format_errors([GraphQLError("Int cannot represent 'x'.")])[0]
    assert error == {"message": "Int cannot represent 'x'.", "extensions": {"code": "BAD_USER_INPUT"}}


def test_the_code_of_a_request_error_stays() -> None:
    assert format_errors([GraphQLError("no", extensions={"code": "TIMEOUT"})])[0]["extensions"] == {"code": "TIMEOUT"}
