"""Session tokens in headers and cookies, and the origins whose pages may use the cookie."""

from collections.abc import Awaitable, Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from graphql_server.auth.session_cookie import SessionCookie

DEFAULT_PORT_SUFFIXES = {"http": ":80", "https": ":443"}
"""An origin has no port where it is the default one of its scheme."""
SECURE_SCHEMES = ("https", "wss")

Headers = Mapping[bytes, bytes]
Authenticate = Callable[[str | None], Awaitable[Any]]
"""From a token to the viewer of its session; None where there is no token or no such session."""


@dataclass(frozen=True, slots=True)
class Credentials:
    token: str | None = None
    is_from_cookie: bool = False


@dataclass(frozen=True, slots=True)
class Caller:
    """Who sends a request, from which address and over which transport. Only a response over `http` can set a cookie."""

    viewer: Any
    token: str | None
    address: str
    transport: Literal["http", "websocket", "sse"]
    is_from_cookie: bool = False


def read_credentials(headers: Headers, cookie: SessionCookie) -> Credentials:
    """`Authorization: Bearer` has priority over the cookie."""
    if token := parse_bearer_token(headers.get(b"authorization", b"").decode("latin-1")):
        return Credentials(token)
    if b"cookie" in headers and (token := cookie.read(headers[b"cookie"].decode("latin-1"))):
        return Credentials(token, is_from_cookie=True)
    return Credentials()


def parse_bearer_token(authorization: object) -> str | None:
    """The token of an `Authorization` header, or of that member in the payload of ConnectionInit. None for another scheme."""
    if not isinstance(authorization, str):
        return None
    scheme, _, token = authorization.partition(" ")
    return token.strip() or None if scheme.lower() == "bearer" else None


def is_allowed_origin(scope: Any, headers: Headers, origins: Collection[str]) -> bool:
    """True without an `Origin` (programs send none), for the origin of the server itself, and for those in `origins`.

    Where the server has TLS, its own host without TLS is another origin. Without TLS, its host with TLS is its own origin:
    a proxy ends TLS.
    """
    origin = headers.get(b"origin")
    if origin is None:
        return True
    text = origin.decode("latin-1").lower()
    if text in origins:
        return True
    scheme, _, place = text.partition("://")
    if scheme not in DEFAULT_PORT_SUFFIXES or (scheme == "http" and scope["scheme"] in SECURE_SCHEMES):
        return False
    host = headers.get(b"host", b"").decode("latin-1").lower()
    return bool(host) and place.removesuffix(DEFAULT_PORT_SUFFIXES[scheme]) == host.removesuffix(DEFAULT_PORT_SUFFIXES[scheme])


def cors_headers(headers: Headers, origins: Collection[str]) -> list[tuple[bytes, bytes]]:
    """Allows pages of `origins` to read the response. Empty for pages of the server itself, which need no header."""
    origin = headers.get(b"origin", b"")
    if origin.decode("latin-1").lower() not in origins:
        return []
    return [
        (b"access-control-allow-origin", origin),
        (b"access-control-allow-credentials", b"true"),
        (b"access-control-expose-headers", b"x-request-id"),
    ]
