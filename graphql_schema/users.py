"""The type User. It reads the rows of `db.users`."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import strawberry

from graphql_schema.links import EcosystemConnectionLink
from graphql_schema.nodes import Info, Node
from graphql_schema.pages import After, Before, First, Last, page_arguments
from resolvers import pages, users


@strawberry.type(description="A user account. Every viewer who can see a user's actions can see the user's name.")
class User(Node):
    name: str = strawberry.field(description="The name for signing in, 1 to 200 characters; unique.")
    created_at: datetime = strawberry.field(description="Real time at which the account was created.")

    @strawberry.field(
        graphql_type=EcosystemConnectionLink,
        description="The ecosystems of which the user is a member and which the viewer may see, by name.",
    )
    async def ecosystems(
        self: Any,
        info: Info,
        first: First = strawberry.UNSET,
        after: After = strawberry.UNSET,
        last: Last = strawberry.UNSET,
        before: Before = strawberry.UNSET,
    ) -> pages.Page:
        return await users.list_ecosystems(info.context, self.id, page_arguments(first, after, last, before))
