"""Authenticates callers, and limits the connections of each of them."""

from collections import Counter
from collections.abc import Callable, Collection, Hashable, Iterator
from contextlib import contextmanager
from typing import Any, Literal

from graphql import GraphQLError

from graphql_server.auth.credentials import Authenticate, Caller, Credentials, Headers, is_allowed_origin, read_credentials
from graphql_server.auth.session_cookie import SessionCookie
from graphql_server.errors import RequestError, with_code
from graphql_server.limits import LimitExceeded, Limits


class Unauthenticated(RequestError):
    """The token belongs to no session."""

    def __init__(self) -> None:
        super().__init__(with_code(GraphQLError("This token belongs to no session; sign in again."), "UNAUTHENTICATED"))


class ForeignOrigin(RequestError):
    def __init__(self) -> None:
        super().__init__(with_code(GraphQLError("Pages of this origin may not use a session's cookie."), "FORBIDDEN_ORIGIN"))


class TooManyConnections(RequestError):
    """The viewer, or the address of callers without a session, has too many WebSockets and event streams."""


class Authenticator:
    """`origins` may use cookies, beside the origin of the server itself. `identify` returns the id of a viewer; None for none.

    While the server drains, `is_draining` is true and new connections are rejected.
    """

    def __init__(
        self,
        authenticate: Authenticate,
        *,
        origins: Collection[str] = (),
        cookie: SessionCookie,
        identify: Callable[[Any], Hashable] = lambda viewer: getattr(viewer, "user_id", None),
        limits: Limits,
    ) -> None:
        self.authenticate = authenticate
        self.origins = frozenset(origin.lower() for origin in origins)
        self.cookie = cookie
        self.identify = identify
        self.limits = limits
        self.is_draining = False
        self._open_connections: Counter[Hashable] = Counter()

    async def authenticate_caller(
        self,
        scope: Any,
        headers: Headers,
        transport: Literal["http", "websocket", "sse"],
        presented_credentials: Credentials | None = None,
    ) -> Caller:
        """Raises Unauthenticated for an invalid bearer token; an invalid cookie is ignored.

        Raises ForeignOrigin for the cookie of a foreign page. `presented_credentials` replace those of the headers.
        """
        presented_credentials = presented_credentials or read_credentials(headers, self.cookie)
        if presented_credentials.is_from_cookie and not is_allowed_origin(scope, headers, self.origins):
            raise ForeignOrigin
        viewer = await self.authenticate(presented_credentials.token)
        if viewer is None and presented_credentials.token and not presented_credentials.is_from_cookie:
            raise Unauthenticated
        token = presented_credentials.token if viewer is not None else None
        return Caller(
            viewer,
            token,
            client_address(scope),
            transport,
            is_from_cookie=presented_credentials.is_from_cookie and viewer is not None,
        )

    @contextmanager
    def connection_slot(self, caller: Caller) -> Iterator[None]:
        """Counts a connection within the block. Raises TooManyConnections."""
        self.acquire_slot(caller)
        try:
            yield
        finally:
            self.release_slot(caller)

    def acquire_slot(self, caller: Caller) -> None:
        """Counts one more connection of the viewer; without a viewer, of the address. Raises TooManyConnections."""
        key = self._limit_key(caller)
        limit = "anonymous_sockets" if self.identify(caller.viewer) is None else "sockets"
        if self._open_connections[key] >= (maximum := getattr(self.limits, limit)):
            raise TooManyConnections(LimitExceeded(limit, maximum))
        self._open_connections[key] += 1

    def release_slot(self, caller: Caller) -> None:
        key = self._limit_key(caller)
        self._open_connections[key] -= 1
        if not self._open_connections[key]:
            del self._open_connections[key]

    def _limit_key(self, caller: Caller) -> Hashable:
        return self.identify(caller.viewer) or caller.address


def client_address(scope: Any) -> str:
    return scope["client"][0] if scope.get("client") else "unknown"
