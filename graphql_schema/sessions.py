"""Sessions: how somebody is known from one request to the next."""

from __future__ import annotations

from datetime import datetime
from enum import Enum
from typing import Any

import strawberry

from graphql_schema.enums import describe_enum
from graphql_schema.users import User
from resolvers import users


@describe_enum(
    "SessionKind",
    "How a session is carried.",
    COOKIE="For browsers: an httpOnly cookie, set by the answer. Over HTTP only.",
    BEARER="For other programs: a token for `Authorization: Bearer`, and for `connection_init` of a socket.",
)
class SessionKind(Enum):
    COOKIE = "cookie"
    BEARER = "bearer"


@strawberry.type(description="A session lives for 30 minutes past its last use.")
class SignedIn:
    me: User = strawberry.field(description="Who signed in.")
    token: str | None = strawberry.field(description="For `Authorization: Bearer`; null where the answer set the cookie.")
    expires_at: datetime = strawberry.field(description="When the session ends if it is not used.")

    @classmethod
    def from_outcome(cls, outcome: users.SignInOutcome) -> Any:
        me: Any = outcome.me
        return cls(me=me, token=outcome.token, expires_at=outcome.expires_at)
