"""Sign-in by a one-time link, as in Jupyter: `observatory run` prints it, so that there is no default password."""

from datetime import timedelta

from fastapi import APIRouter, Request
from fastapi.responses import PlainTextResponse, RedirectResponse, Response

from app.http.session_cookie import SESSION_COOKIE
from db.database import Unavailable
from db.sessions import LINK_TTL
from resolvers import sessions

PATH = "/sign-in"
LINK_USED_MESSAGE = (
    f"This link has been used before, or is older than {LINK_TTL // timedelta(minutes=1)} minutes.\n"
    "`observatory link` prints a new one.\n"
)

router = APIRouter()


@router.get(PATH)
async def sign_in(request: Request, token: str = "") -> Response:
    """Signs in and redirects to the page. The token works once, so its copy in a log or a browser's history is useless."""
    state = request.app.state
    try:
        signed_in = await sessions.sign_in_by_link(state.stores, state.wall, token)
    except Unavailable as error:
        return PlainTextResponse(f"{error}\n", status_code=503, headers={"cache-control": "no-store", "retry-after": "2"})
    if signed_in is None:
        return PlainTextResponse(LINK_USED_MESSAGE, status_code=410, headers={"cache-control": "no-store"})
    session_token, session = signed_in
    response = RedirectResponse("/", status_code=303, headers={"cache-control": "no-store", "referrer-policy": "no-referrer"})
    secure = request.url.scheme == "https"
    response.raw_headers.append(SESSION_COOKIE.header(session_token, is_secure=secure, expires_at=session.expires_at))
    return response


def base_url(host: str, port: int) -> str:
    """Returns the URL of the server for a browser on this machine."""
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)
    return f"http://{f'[{host}]' if ':' in host else host}:{port}"


def sign_in_url(base: str, token: str) -> str:
    return f"{base}{PATH}?token={token}"
