"""Users: signing up, in and out, and the one-time link of a first run."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from pwdlib import PasswordHash

from db import ecosystems, users
from db.pages import PageWindow
from db.sessions import Session
from db.stores import Stores
from db.users import User, UserRow
from domain.clock import WallClock
from domain.keys import UserKey
from domain.refusals import BadCredentials, Invalid, NotFound, TooManyTries
from domain.validation import PASSWORD_LENGTH_MAX, PASSWORD_LENGTH_MIN, ValidationErrors, casefold_for_search
from resolvers.context import Context, Viewer
from resolvers.pages import Connection, PageArguments, build_connection

HOST_NAME = "host"
"""Who a first run signs in, by a link; it has no password."""

_hasher = PasswordHash.recommended()
_DUMMY_HASH = _hasher.hash("nobody has this password")
"""Verified against where a name is unknown, so that the time taken tells nothing."""


@dataclass(frozen=True, slots=True)
class SignInOutcome:
    """`token` is None where the transport sets a cookie with it."""

    me: UserRow
    token: str | None
    expires_at: datetime


async def by_ids(context: Context, ids: Sequence[UUID]) -> Sequence[UserRow | None]:
    return await users.by_ids(context.stores.database, ids)


async def get_viewer(context: Context) -> UserRow | None:
    return await context.loaders.loader_for(by_ids).load(context.viewer_id) if context.viewer_id else None


async def visible(context: Context, key: UserKey) -> UserRow | None:
    """Everybody may see a user's name; their ids cannot be guessed."""
    row: UserRow | None = await context.loaders.loader_for(by_ids).load(key.user_id)
    return row


async def list_ecosystems(context: Context, user_id: UUID, page: PageArguments) -> Connection:
    """Those that the viewer may see too."""
    window = page.to_slice(ecosystems.ORDERS["name"])
    rows = await context.loaders.loader_for(_load_ecosystems, window).load(user_id)
    return build_connection(rows, window, ecosystems.ORDERS["name"])


async def _load_ecosystems(context: Context, ids: Sequence[UUID], window: PageWindow) -> list[list[ecosystems.EcosystemRow]]:
    return await ecosystems.of_users(context.stores.database, context.viewer_id, ids, window)


def _require_cookie_support(context: Context, *, by_cookie: bool) -> None:
    if by_cookie and not context.can_set_cookies:
        raise Invalid.at("session", because="Only an answer over HTTP can set a cookie; ask over HTTP, or for BEARER.")


async def sign_up(context: Context, name: str, password: str, *, by_cookie: bool) -> SignInOutcome:
    """Raises Invalid where the name is taken or something is wrong with either."""
    _require_cookie_support(context, by_cookie=by_cookie)
    problems = ValidationErrors()
    name = problems.check_line(name, "name")
    if not PASSWORD_LENGTH_MIN <= len(password) <= PASSWORD_LENGTH_MAX:
        problems.add("password", because=f"It must have from {PASSWORD_LENGTH_MIN} to {PASSWORD_LENGTH_MAX} characters.")
    if any("\ud800" <= c <= "\udfff" for c in password):
        problems.add("password", because="It contains half of a surrogate pair, which is not a character; remove it.")
    if not casefold_for_search(name):
        problems.add("name", because="It has no letter, digit or sign to be found by; add one.")
    problems.raise_if_any()
    await _check_rate_limit(context.stores, f"address {context.address}")

    user = User(
        id=uuid4(),
        name=name,
        name_key=casefold_for_search(name),
        password_hash=await _hash_password(password),
        created_at=context.now,
    )
    async with context.stores.database.transaction() as transaction:
        if not await users.insert(transaction, user):
            raise Invalid.at("name", because="This name is taken; choose another, or sign in.")
    return await _open_session(context, user.id, by_cookie=by_cookie)


async def sign_in(context: Context, name: str, password: str, *, by_cookie: bool) -> SignInOutcome:
    """Raises BadCredentials, or TooManyTries after too many wrong ones for this name or from this address."""
    _require_cookie_support(context, by_cookie=by_cookie)
    who = (f"name {casefold_for_search(name)}", f"address {context.address}")
    await _check_rate_limit(context.stores, *who)
    account = await users.account(context.stores.database, casefold_for_search(name))
    known = account.password_hash if account else None
    tried = password[:PASSWORD_LENGTH_MAX].encode("utf-8", "surrogatepass")
    is_right = await asyncio.to_thread(_hasher.verify, tried, known or _DUMMY_HASH)
    if account is None or known is None or not is_right or len(password) > PASSWORD_LENGTH_MAX:
        await context.stores.sessions.count_failed_attempt(*who)
        raise BadCredentials
    await context.stores.sessions.clear_attempts(*who)
    return await _open_session(context, account.id, by_cookie=by_cookie)


async def sign_out(context: Context) -> bool:
    """False when nobody was signed in."""
    if context.token is None or not await context.stores.sessions.end(context.token):
        return False
    context.viewer, context.ended_session = None, True
    return True


async def find_viewer(stores: Stores, token: str, now: datetime) -> tuple[Viewer, Session] | None:
    """Who a session's token belongs to; the session lives on from now."""
    session = await stores.sessions.find(token, now)
    return (Viewer(session.user_id, session.name), session) if session else None


async def ensure_host(stores: Stores, wall: WallClock) -> UUID:
    """The account of a first run; made when it is not there."""
    user = User(id=uuid4(), name=HOST_NAME, name_key=casefold_for_search(HOST_NAME), password_hash=None, created_at=wall.now())
    async with stores.database.transaction() as transaction:
        await users.insert(transaction, user)
    account = await users.account(stores.database, user.name_key)
    if account is None:
        raise NotFound
    return account.id


async def create_sign_in_link(stores: Stores, wall: WallClock) -> str:
    """A token that signs the host in, once, within a quarter of an hour."""
    return await stores.sessions.create_link(await ensure_host(stores, wall))


async def sign_in_by_link(stores: Stores, wall: WallClock, token: str) -> tuple[str, Session] | None:
    """A session for whoever has the link; None where it was used before or is too old."""
    user_id = await stores.sessions.redeem_link(token)
    if user_id is None:
        return None
    user = (await users.by_ids(stores.database, [user_id]))[0]
    return await stores.sessions.open(user.id, user.name, wall.now()) if user else None


async def _open_session(context: Context, user_id: UUID, *, by_cookie: bool) -> SignInOutcome:
    user = (await users.by_ids(context.stores.database, [user_id]))[0]
    if user is None:
        raise NotFound
    token, session = await context.stores.sessions.open(user.id, user.name, context.wall.now())
    if by_cookie:
        context.new_session = (token, session.expires_at)
    context.viewer, context.token = Viewer(user.id, user.name), token
    context.refresh()
    return SignInOutcome(user, None if by_cookie else token, session.expires_at)


async def _check_rate_limit(stores: Stores, *who: str) -> None:
    seconds = await stores.sessions.retry_after_seconds(*who)
    if seconds > 0:
        raise TooManyTries(f"There were too many wrong tries; try again in {seconds:.0f} seconds.", seconds)


async def _hash_password(password: str) -> str:
    return await asyncio.to_thread(_hasher.hash, password)
