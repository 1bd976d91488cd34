"""Users: people with an account."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any

import strawberry

from graphql_schema.nodes import Info, Node
from graphql_schema.pages import After, Before, First, Last, page_arguments
from resolvers import users

if TYPE_CHECKING:
    from graphql_schema.ecosystems import EcosystemConnection


@strawberry.type(description="Somebody with an account. Everybody who sees what they did sees their name.")
class User(Node):
    name: str = strawberry.field(description="As they sign in, 1 to 200 characters; nobody else has it.")
    created_at: datetime = strawberry.field(description="When they signed up.")

    @strawberry.field(description="The ecosystems that they are a member of, by name: those that the viewer may see too.")
    async def ecosystems(
        self: Any,
        info: Info,
        first: First = strawberry.UNSET,
        after: After = strawberry.UNSET,
        last: Last = strawberry.UNSET,
        before: Before = strawberry.UNSET,
    ) -> Annotated[EcosystemConnection, strawberry.lazy("graphql_schema.ecosystems")]:
        return await users.list_ecosystems(info.context, self.id, page_arguments(first, after, last, before))
