"""The gate: who comes in, from which origin and how often; shut while the server drains."""

from collections import Counter
from collections.abc import Callable, Collection, Hashable
from contextlib import contextmanager
from typing import Any, Literal

from graphql import GraphQLError

from app.graphql.sessions import Authenticate, Caller, Credentials, Headers, credentials, origin_is_ours
from graphql_schema.documents import RequestError, coded
from graphql_schema.limits import LimitExceeded, Limits


class Unauthenticated(RequestError):
    """A token was shown that opens no session."""

    def __init__(self) -> None:
        super().__init__(coded(GraphQLError("This session has ended, or never was; sign in again."), "UNAUTHENTICATED"))


class ForeignOrigin(RequestError):
    def __init__(self) -> None:
        super().__init__(coded(GraphQLError("Pages of this origin may not use a session's cookie."), "FORBIDDEN_ORIGIN"))


class Gate:
    """`origins` are those, beside our own host, whose pages may use cookies; `identify` tells who a viewer is."""

    def __init__(
        self,
        authenticate: Authenticate,
        *,
        origins: Collection[str] = (),
        identify: Callable[[Any], Hashable] = lambda viewer: getattr(viewer, "user_id", None),
        limits: Limits,
    ) -> None:
        self.authenticate = authenticate
        self.origins = frozenset(origin.lower() for origin in origins)
        self.identify = identify
        self.limits = limits
        self.is_draining = False
        self._inside: Counter[Hashable] = Counter()

    async def caller(
        self, scope: Any, headers: Headers, transport: Literal["http", "websocket", "sse"], shown: Credentials | None = None
    ) -> Caller:
        """Raises Unauthenticated on a bad bearer token; a stale cookie is nobody's. Raises ForeignOrigin."""
        shown = shown or credentials(headers)
        if shown.by_cookie and not origin_is_ours(headers, self.origins):
            raise ForeignOrigin
        viewer = await self.authenticate(shown.token)
        if viewer is None and shown.token and not shown.by_cookie:
            raise Unauthenticated
        token = shown.token if viewer is not None else None
        return Caller(viewer, token, address(scope), transport, by_cookie=shown.by_cookie and viewer is not None)

    @contextmanager
    def inside(self, caller: Caller) -> Any:
        """Counts a long-lived connection of a viewer, or of an address where nobody is signed in. Raises RequestError."""
        identity = self.identify(caller.viewer)
        limit = "anonymous_sockets" if identity is None else "sockets"
        who = identity or caller.address
        if self._inside[who] >= (maximum := getattr(self.limits, limit)):
            raise RequestError(LimitExceeded(limit, maximum))
        self._inside[who] += 1
        try:
            yield
        finally:
            self._inside[who] -= 1
            self._inside += Counter()  # forgets those who are at zero


def address(scope: Any) -> str:
    return scope["client"][0] if scope.get("client") else "unknown"
