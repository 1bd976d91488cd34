"""Sessions: how a client identifies its user in later requests."""

from __future__ import annotations

from datetime import datetime
from enum import Enum
from typing import Any

import strawberry

from graphql_schema.enums import describe_enum
from graphql_schema.users import User
from resolvers.sessions import SignInOutcome


@describe_enum(
    "SessionKind",
    "How the client sends a session.",
    COOKIE="For browsers: an httpOnly cookie that the response sets. Over HTTP only.",
    BEARER="For other programs: a token to send as `Authorization: Bearer`, or in the payload of `connection_init` over WebSocket.",
)
class SessionKind(Enum):
    COOKIE = "cookie"
    BEARER = "bearer"


@strawberry.type(description="A session. It ends 30 minutes after its last use.")
class SignedIn:
    me: User = strawberry.field(description="The user who signed in.")
    token: str | None = strawberry.field(
        description="The token to send as `Authorization: Bearer`; null when the response set the cookie."
    )
    expires_at: datetime = strawberry.field(description="Real time at which the session ends if it is not used again.")

    @classmethod
    def from_outcome(cls, outcome: SignInOutcome) -> Any:
        me: Any = outcome.me
        return cls(me=me, token=outcome.token, expires_at=outcome.expires_at)
