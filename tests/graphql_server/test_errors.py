"""Errors have stable codes; unexpected ones are logged once, and clients get only their id."""

import logging

import pytest
from graphql import GraphQLError

from graphql_server.errors import ErrorFormatter, internal_error
from tests.graphql_server.toy import NotFound, Unavailable, describe_error

FORMATTER = ErrorFormatter(describe_error)


def field_error(cause: Exception, *path: str | int) -> GraphQLError:
    """The error of a field whose resolver has raised `cause`, as graphql-core makes it."""
    return GraphQLError(str(cause), path=list(path), original_error=cause)


def test_an_expected_error_has_the_message_and_the_extensions_of_its_description() -> None:
    error = FORMATTER.format([field_error(NotFound(), "node")])[0]
    assert error == {"message": "There is nothing here.", "path": ["node"], "extensions": {"code": "NOT_FOUND"}}


def test_an_unexpected_error_is_logged_and_clients_get_only_its_id(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.ERROR):
        error = FORMATTER.format([field_error(RuntimeError("password 1234"), "me")])[0]
    assert error["extensions"]["code"] == "INTERNAL"
    assert "1234" not in str(error)
    assert error["extensions"]["id"] in caplog.text
    assert "password 1234" in caplog.text


def test_one_exception_behind_many_field_errors_is_logged_once(caplog: pytest.LogCaptureFixture) -> None:
    failure = RuntimeError("the statement failed")
    with caplog.at_level(logging.ERROR):
        errors = FORMATTER.format([field_error(failure, "nodes", number) for number in range(50)])
    assert len({error["extensions"]["id"] for error in errors}) == 1
    assert len(caplog.records) == 1


def test_the_cause_is_found_inside_several_located_errors() -> None:
    located = GraphQLError("outer", original_error=field_error(NotFound(), "inner"))
    assert FORMATTER.format([located])[0]["extensions"] == {"code": "NOT_FOUND"}


@pytest.mark.parametrize(("error", "is_outage"), [(Unavailable(), True), (NotFound(), False), (RuntimeError(), False)])
def test_only_a_store_that_does_not_answer_is_an_outage(error: Exception, is_outage: bool) -> None:
    assert FORMATTER.is_outage(field_error(error, "node")) is is_outage


def test_without_a_description_every_exception_is_an_internal_error() -> None:
    assert ErrorFormatter().format([internal_error(NotFound())])[0]["extensions"]["code"] == "INTERNAL"


def test_an_error_of_graphql_itself_keeps_its_message() -> None:
    error = FORMATTER.format([GraphQLError("Int cannot represent 'x'.")])[0]
    assert error == {"message": "Int cannot represent 'x'.", "extensions": {"code": "BAD_USER_INPUT"}}


def test_the_code_of_a_request_error_stays() -> None:
    error = GraphQLError("no", extensions={"code": "TIMEOUT"})
    assert FORMATTER.format([error])[0]["extensions"] == {"code": "TIMEOUT"}
