"""The cookie that holds the session token of a browser. Scripts cannot read it, and other sites cannot send it with a form."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime


@dataclass(frozen=True, slots=True)
class SessionCookie:
    """`ttl` is how long a session lives after its last use."""

    name: str = "session"
    ttl: timedelta = timedelta(minutes=30)

    def read(self, cookies: str) -> str | None:
        """The token in a `Cookie` header; None where it has none."""
        for pair in cookies.split(";"):
            name, _, value = pair.partition("=")
            if name.strip() == self.name:
                return value.strip(' "') or None
        return None

    def header(self, token: str, *, is_secure: bool, expires_at: datetime | None = None) -> tuple[bytes, bytes]:
        """Sets the cookie until `expires_at`; for `ttl` where it is None."""
        left = self.ttl if expires_at is None else expires_at - datetime.now(UTC)
        return self._set(f"{token}; Path=/; Max-Age={max(0, round(left.total_seconds()))}", is_secure)

    def expired_header(self, *, is_secure: bool) -> tuple[bytes, bytes]:
        """Removes the cookie."""
        past = format_datetime(datetime(1970, 1, 1, tzinfo=UTC), usegmt=True)
        return self._set(f"; Path=/; Max-Age=0; Expires={past}", is_secure)

    def _set(self, value: str, is_secure: bool) -> tuple[bytes, bytes]:
        secure = "; Secure" if is_secure else ""
        return b"set-cookie", f"{self.name}={value}; HttpOnly; SameSite=Lax{secure}".encode("latin-1")
