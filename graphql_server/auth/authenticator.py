"""The gate: who comes in, from which origin and how often; shut while the server drains."""

from collections import Counter
from collections.abc import Callable, Collection, Hashable, Iterator
from contextlib import contextmanager
from typing import Any, Literal

from graphql import GraphQLError

from graphql_server.auth.credentials import Authenticate, Caller, Credentials, Headers, credentials, origin_is_ours
from graphql_server.documents import RequestError, coded
from graphql_server.limits import LimitExceeded, Limits


class Unauthenticated(RequestError):
    """A token was shown that opens no session."""

    def __init__(self) -> None:
        super().__init__(coded(GraphQLError("This session has ended, or never was; sign in again."), "UNAUTHENTICATED"))


class ForeignOrigin(RequestError):
    def __init__(self) -> None:
        super().__init__(coded(GraphQLError("Pages of this origin may not use a session's cookie."), "FORBIDDEN_ORIGIN"))


class TooManySockets(RequestError):
    """Of this viewer, or of this address; an event stream is one too."""


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
        if shown.by_cookie and not origin_is_ours(scope, headers, self.origins):
            raise ForeignOrigin
        viewer = await self.authenticate(shown.token)
        if viewer is None and shown.token and not shown.by_cookie:
            raise Unauthenticated
        token = shown.token if viewer is not None else None
        return Caller(viewer, token, address(scope), transport, by_cookie=shown.by_cookie and viewer is not None)

    @contextmanager
    def inside(self, caller: Caller) -> Iterator[None]:
        """For as long as a socket or an event stream lives. Raises TooManySockets."""
        self.enter(caller)
        try:
            yield
        finally:
            self.leave(caller)

    def enter(self, caller: Caller) -> None:
        """Counts one more of a viewer, or of an address where nobody is signed in. Raises TooManySockets."""
        who = self._who(caller)
        limit = "anonymous_sockets" if self.identify(caller.viewer) is None else "sockets"
        if self._inside[who] >= (maximum := getattr(self.limits, limit)):
            raise TooManySockets(LimitExceeded(limit, maximum))
        self._inside[who] += 1

    def leave(self, caller: Caller) -> None:
        who = self._who(caller)
        self._inside[who] -= 1
        if not self._inside[who]:
            del self._inside[who]

    def _who(self, caller: Caller) -> Hashable:
        return self.identify(caller.viewer) or caller.address


def address(scope: Any) -> str:
    return scope["client"][0] if scope.get("client") else "unknown"
