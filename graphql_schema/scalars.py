"""Scalars that GraphQL does not define."""

from datetime import UTC, datetime
from typing import Any, NewType

import strawberry
from graphql import GraphQLError
from strawberry.schema.config import StrawberryConfig

BigInt = NewType("BigInt", int)
BIG_INT_MAX = 2**53 - 1


def _check_big_int(value: Any) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or abs(value) > BIG_INT_MAX:
        raise GraphQLError(f"A BigInt is a whole number up to {BIG_INT_MAX}.")
    return value


def _format_datetime(value: datetime) -> str:
    return value.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def _parse_datetime(value: Any) -> datetime:
    try:
        return datetime.fromisoformat(value)
    except (TypeError, ValueError):
        raise GraphQLError("A DateTime is written as RFC 3339, as in 2026-11-25T16:47:00Z.") from None


CONFIG = StrawberryConfig(
    scalar_map={
        BigInt: strawberry.scalar(
            name="BigInt",
            description="An integer from -(2^53 - 1) to 2^53 - 1, as a JSON number.",
            serialize=_check_big_int,
            parse_value=_check_big_int,
        ),
        datetime: strawberry.scalar(
            name="DateTime",
            description="A real instant as defined in RFC 3339, in UTC with microseconds, for example `2026-11-25T16:47:00.000000Z`.",
            specified_by_url="https://www.rfc-editor.org/rfc/rfc3339",
            serialize=_format_datetime,
            parse_value=_parse_datetime,
        ),
    }
)
