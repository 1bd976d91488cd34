"""Sessions on the wire: where a token comes from, which origins may use a cookie, and how the cookie is set."""

from collections.abc import Awaitable, Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime
from typing import Any, Literal

COOKIE = "observatory_session"
SESSION_SECONDS = 30 * 60
PORTS = {"http": ":80", "https": ":443"}
"""As an origin leaves them out."""
SECURE = ("https", "wss")

Headers = Mapping[bytes, bytes]
Authenticate = Callable[[str | None], Awaitable[Any]]
"""From a token to the viewer, or None where the token is none (any more)."""


@dataclass(frozen=True, slots=True)
class Credentials:
    token: str | None = None
    by_cookie: bool = False


@dataclass(frozen=True, slots=True)
class Caller:
    """Who asks, from where and over what; a context is made from it. Only over `http` can an answer set a cookie."""

    viewer: Any
    token: str | None
    address: str
    transport: Literal["http", "websocket", "sse"]
    by_cookie: bool = False


def credentials(headers: Headers) -> Credentials:
    """`Authorization: Bearer` goes before the cookie."""
    if token := bearer(headers.get(b"authorization", b"").decode("latin-1")):
        return Credentials(token)
    if b"cookie" in headers and (token := _cookie(headers[b"cookie"].decode("latin-1"))):
        return Credentials(token, by_cookie=True)
    return Credentials()


def bearer(authorization: object) -> str | None:
    """The token of an `Authorization` header, or of the same in a socket's `connection_init`."""
    if not isinstance(authorization, str):
        return None
    scheme, _, token = authorization.partition(" ")
    return token.strip() or None if scheme.lower() == "bearer" else None


def origin_is_ours(scope: Any, headers: Headers, origins: Collection[str]) -> bool:
    """Programs send no Origin; a page of ours sends our host, or is named in the settings.

    A page without TLS is another origin where we have it. The other way round it is ours, behind a proxy that ends TLS.
    """
    origin = headers.get(b"origin")
    if origin is None:
        return True
    text = origin.decode("latin-1").lower()
    if text in origins:
        return True
    scheme, _, place = text.partition("://")
    if scheme not in PORTS or (scheme == "http" and scope["scheme"] in SECURE):
        return False
    host = headers.get(b"host", b"").decode("latin-1").lower()
    return bool(host) and place.removesuffix(PORTS[scheme]) == host.removesuffix(PORTS[scheme])


def cross_origin_headers(headers: Headers, origins: Collection[str]) -> list[tuple[bytes, bytes]]:
    """Lets pages of the named origins read the answer; pages of our own need no leave."""
    origin = headers.get(b"origin", b"")
    if origin.decode("latin-1").lower() not in origins:
        return []
    return [(b"access-control-allow-origin", origin), (b"access-control-allow-credentials", b"true")]


def cookie_header(token: str, *, is_secure: bool, expires_at: datetime | None = None) -> tuple[bytes, bytes]:
    seconds = SESSION_SECONDS if expires_at is None else max(0, round((expires_at - datetime.now(UTC)).total_seconds()))
    return b"set-cookie", f"{COOKIE}={token}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Lax{_secure(is_secure)}".encode(
        "latin-1"
    )


def ended_cookie_header(*, is_secure: bool) -> tuple[bytes, bytes]:
    past = format_datetime(datetime(1970, 1, 1, tzinfo=UTC), usegmt=True)
    ended = f"{COOKIE}=; Path=/; Max-Age=0; Expires={past}; HttpOnly; SameSite=Lax{_secure(is_secure)}"
    return b"set-cookie", ended.encode("latin-1")


def _secure(is_secure: bool) -> str:
    return "; Secure" if is_secure else ""


def _cookie(header: str) -> str | None:
    for pair in header.split(";"):
        name, _, value = pair.partition("=")
        if name.strip() == COOKIE:
            return value.strip(' "') or None
    return None
