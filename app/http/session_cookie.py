"""The session cookie of the Observatory."""

from db.sessions import SESSION_TTL
from graphql_server.auth.session_cookie import SessionCookie

SESSION_COOKIE = SessionCookie("observatory_session", SESSION_TTL)
