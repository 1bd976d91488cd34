"""Sessions: sign up, sign in and sign out, with a password or with a one-time link."""

import asyncio
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from pwdlib import PasswordHash

from db import users
from db.sessions import Session
from db.stores import Stores
from db.users import User, UserRow
from domain.clock import WallClock
from domain.refusals import BadCredentials, Invalid, NotFound, TooManyTries
from domain.validation import PASSWORD_LENGTH_MAX, PASSWORD_LENGTH_MIN, ValidationErrors, casefold_for_search
from resolvers.context import Context, Viewer
from resolvers.users import ensure_host

_hasher = PasswordHash.recommended()
_DUMMY_HASH = _hasher.hash("no account has this password")
"""Verified where the name is unknown, so that the response time does not reveal whether an account exists."""


@dataclass(frozen=True, slots=True)
class SignInOutcome:
    """`token` is None where the transport sets it as a cookie."""

    me: UserRow
    token: str | None
    expires_at: datetime


async def sign_up(context: Context, name: str, password: str, *, by_cookie: bool) -> SignInOutcome:
    """Creates an account and opens a session. Raises TooManyTries, and Invalid (also: the name is taken)."""
    _require_cookie_support(context, by_cookie=by_cookie)
    name = _validated_name(name, password)
    await _check_rate_limit(context.stores, f"address {context.address}")
    password_hash = await asyncio.to_thread(_hasher.hash, password)
    name_key = casefold_for_search(name)
    user = User(id=uuid4(), name=name, name_key=name_key, password_hash=password_hash, created_at=context.now)
    async with context.stores.database.transaction() as transaction:
        if not await users.insert(transaction, user):
            raise Invalid.at("name", because="This name is taken; choose another, or sign in.")
    return await _open_session(context, user.id, by_cookie=by_cookie)


def _validated_name(name: str, password: str) -> str:
    """The name as it is stored. Raises Invalid, with all errors of both."""
    problems = ValidationErrors()
    name = problems.check_line(name, "name")
    if not PASSWORD_LENGTH_MIN <= len(password) <= PASSWORD_LENGTH_MAX:
        problems.add("password", because=f"It must have from {PASSWORD_LENGTH_MIN} to {PASSWORD_LENGTH_MAX} characters.")
    if any("\ud800" <= c <= "\udfff" for c in password):
        problems.add("password", because="It contains half of a surrogate pair, which is not a character; leave it out.")
    if not casefold_for_search(name):
        problems.add("name", because="It has no letter, digit or sign that a search could find; add one.")
    problems.raise_if_any()
    return name


async def sign_in(context: Context, name: str, password: str, *, by_cookie: bool) -> SignInOutcome:
    """Raises BadCredentials, and TooManyTries after too many failed attempts for this name or from this address."""
    _require_cookie_support(context, by_cookie=by_cookie)
    limited = (f"name {casefold_for_search(name)}", f"address {context.address}")
    await _check_rate_limit(context.stores, *limited)
    account = await users.account(context.stores.database, casefold_for_search(name))
    expected = account.password_hash if account else None
    encoded = password[:PASSWORD_LENGTH_MAX].encode("utf-8", "surrogatepass")
    is_right = await asyncio.to_thread(_hasher.verify, encoded, expected or _DUMMY_HASH)
    if account is None or expected is None or not is_right or len(password) > PASSWORD_LENGTH_MAX:
        await context.stores.sessions.count_failed_attempt(*limited)
        raise BadCredentials
    await context.stores.sessions.clear_attempts(*limited)
    return await _open_session(context, account.id, by_cookie=by_cookie)


async def sign_out(context: Context) -> bool:
    """Ends the viewer's session. False where there was none."""
    if context.token is None or not await context.stores.sessions.end(context.token):
        return False
    context.viewer, context.ended_session = None, True
    return True


async def find_viewer(stores: Stores, token: str, now: datetime) -> tuple[Viewer, Session] | None:
    """The viewer of a session's token; extends the session. None where there is no such session."""
    session = await stores.sessions.find(token, now)
    return (Viewer(session.user_id, session.name), session) if session else None


async def create_link(stores: Stores, wall: WallClock) -> str:
    """A token that signs the host in once, within 15 minutes."""
    return await stores.sessions.create_link(await ensure_host(stores, wall))


async def sign_in_by_link(stores: Stores, wall: WallClock, token: str) -> tuple[str, Session] | None:
    """A session's token and the session; None where the link was used before, has expired or never existed."""
    user_id = await stores.sessions.redeem_link(token)
    if user_id is None:
        return None
    user = (await users.by_ids(stores.database, [user_id]))[0]
    return await stores.sessions.open(user.id, user.name, wall.now()) if user else None


async def _open_session(context: Context, user_id: UUID, *, by_cookie: bool) -> SignInOutcome:
    """The rest of the operation runs as the new viewer."""
    user = (await users.by_ids(context.stores.database, [user_id]))[0]
    if user is None:
        raise NotFound
    token, session = await context.stores.sessions.open(user.id, user.name, context.wall.now())
    if by_cookie:
        context.new_session = (token, session.expires_at)
    context.viewer, context.token = Viewer(user.id, user.name), token
    context.refresh()
    return SignInOutcome(user, None if by_cookie else token, session.expires_at)


def _require_cookie_support(context: Context, *, by_cookie: bool) -> None:
    if by_cookie and not context.can_set_cookies:
        raise Invalid.at("session", because="Only a response over HTTP can set a cookie; use HTTP, or the session kind BEARER.")


async def _check_rate_limit(stores: Stores, *limited: str) -> None:
    """Raises TooManyTries where one of the names and addresses has too many failed attempts."""
    seconds = await stores.sessions.retry_after_seconds(*limited)
    if seconds > 0:
        raise TooManyTries(f"There were too many failed attempts; try again in {seconds:.0f} seconds.", seconds)
