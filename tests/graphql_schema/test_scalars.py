"""DateTime and BigInt: their output and their input."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from graphql import GraphQLError, GraphQLScalarType

from graphql_schema.scalars import BIG_INT_MAX
from graphql_schema.schema import schema


def scalar(name: str) -> GraphQLScalarType:
    found = schema._schema.type_map[name]
    assert isinstance(found, GraphQLScalarType)
    return found


DATE_TIME, BIG_INT = scalar("DateTime"), scalar("BigInt")


def test_an_instant_is_written_in_utc_to_the_microsecond() -> None:
    east = datetime(2026, 11, 25, 17, 47, 0, 5, timezone(timedelta(hours=1)))
    assert DATE_TIME.serialize(east) == "2026-11-25T16:47:00.000005Z"


def test_an_instant_is_read_in_any_zone() -> None:
    read = DATE_TIME.parse_value("2026-11-25T17:47:00+01:00")
    assert read == datetime(2026, 11, 25, 16, 47, tzinfo=UTC)


@pytest.mark.parametrize("no", ["yesterday", "", 5, None])
def test_a_text_that_is_not_an_instant_is_refused(no: object) -> None:
    with pytest.raises(GraphQLError):
        DATE_TIME.parse_value(no)


@pytest.mark.parametrize("whole", [0, -BIG_INT_MAX, BIG_INT_MAX, 2**31])
def test_a_whole_number_is_read_and_written_unchanged(whole: int) -> None:
    assert BIG_INT.serialize(whole) == BIG_INT.parse_value(whole) == whole


@pytest.mark.parametrize("no", [BIG_INT_MAX + 1, 1.5, "1", True, None])
def test_a_number_that_is_not_whole_or_not_exact_in_json_is_refused(no: object) -> None:
    with pytest.raises(GraphQLError):
        BIG_INT.parse_value(no)
