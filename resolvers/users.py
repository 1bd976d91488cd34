"""Users: who the viewer is, the ecosystems of a user, and the account of the host."""

from uuid import UUID, uuid4

from db import ecosystems, users
from db.stores import Stores
from db.users import User, UserRow
from domain.clock import WallClock
from domain.keys import UserKey
from domain.refusals import NotFound
from domain.validation import casefold_for_search
from resolvers import nodes
from resolvers.context import Context
from resolvers.pages import Page, PageArguments

HOST_NAME = "host"
"""The account that the sign-in link of a local start opens; it has no password."""


async def find_viewer(context: Context) -> UserRow | None:
    """None where the viewer is not signed in, or the account was deleted."""
    row: UserRow | None = await nodes.find(context, UserKey(context.viewer_id) if context.viewer_id else None)
    return row


async def list_ecosystems(context: Context, user_id: UUID, page: PageArguments) -> Page:
    """Ecosystems of which the user is a member and which the viewer may see, by name."""
    return await context.loaders.page(ecosystems.of_users, user_id, page, ecosystems.ORDERS["name"])


async def ensure_host(stores: Stores, wall: WallClock) -> UUID:
    """The id of the host's account, which is created where it does not exist."""
    user = User(id=uuid4(), name=HOST_NAME, name_key=casefold_for_search(HOST_NAME), password_hash=None, created_at=wall.now())
    async with stores.database.transaction() as transaction:
        await users.insert(transaction, user)
    account = await users.account(stores.database, user.name_key)
    if account is None:
        raise NotFound
    return account.id
