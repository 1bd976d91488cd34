"""Subscriptions: what can be followed. Nothing is lost and nothing comes twice, over whatever reconnects."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Annotated, Any

import strawberry

from domain.keys import EcosystemKey
from domain.refusals import Refusal
from graphql_schema.activity import Activity, ActivityFilter, facts_wanted
from graphql_schema.nodes import Info, key_of
from graphql_schema.pages import given
from graphql_schema.refusals import CursorLost, NotAllowed, NotFound, NotSignedIn, shown
from resolvers import activity
from resolvers.context import Context

CURSOR = "Give it to `after` to go on behind this."
After = Annotated[
    str | None,
    strawberry.argument(
        description="A fact's cursor, from `head`, `Activity.cursor` or a payload: first comes all since then, in order. Left out: what comes from now on."
    ),
]
LOST = "History was replaced, or is not kept as far back as the cursor that was given. Ask anew, then follow from `head`."


@strawberry.type(
    description="All that came before is sent. It may come again while nothing that is wanted happens, and moves the cursor on."
)
class CaughtUp:
    cursor: str = strawberry.field(description=CURSOR)
    sent: int = strawberry.field(description="How many events this subscription resumed with.")
    position: strawberry.Private[int] = 0
    is_caught_up: strawberry.Private[bool] = True


@strawberry.type(description="A fact came to be.")
class ActivityAppended:
    cursor: str = strawberry.field(description=CURSOR)
    activity: Activity = strawberry.field(description="The fact.")
    position: strawberry.Private[int] = 0


ActivityEvent = Annotated[
    ActivityAppended | CaughtUp | CursorLost | NotFound | NotAllowed | NotSignedIn,
    strawberry.union("ActivityEvent", description="A fact, or how far the feed has come, or why it ends."),
]


@strawberry.type(
    description="What can be followed. Each begins with CaughtUp, or, with `after`, with all that came since that cursor."
)
class Subscription:
    @strawberry.subscription(
        description="The facts of a world, in order, as they come to be. Ends with a refusal when the viewer may not see it any longer."
    )
    async def activity(
        self,
        info: Info,
        ecosystem_id: Annotated[strawberry.ID, strawberry.argument(description="Which world's.")],
        after: After = strawberry.UNSET,
        filter: Annotated[ActivityFilter | None, strawberry.argument(description="Only these.")] = strawberry.UNSET,
    ) -> AsyncIterator[ActivityEvent]:
        async for event in _or_refused(info.context, lambda: _activity(info.context, ecosystem_id, given(after), filter)):
            yield event


async def _activity(context: Context, id_: str, after: str | None, filter_: ActivityFilter | None) -> AsyncIterator[Any]:
    ecosystem_id = key_of(id_, EcosystemKey).ecosystem_id
    async for event in activity.follow(context, ecosystem_id, after, facts_wanted(filter_, ecosystem_id)):
        if isinstance(event, activity.Appended):
            fact: Any = event.fact
            yield ActivityAppended(cursor=event.cursor, activity=fact, position=event.position)
        else:
            yield told(event)


def told(event: Any) -> Any:
    """What every subscription tells beside what it follows."""
    if isinstance(event, activity.CaughtUp):
        return CaughtUp(cursor=event.cursor, sent=event.sent, position=event.position)
    return CursorLost(explanation=LOST, head=event.head) if isinstance(event, activity.Lost) else event


async def _or_refused(context: Context, follow: Any) -> AsyncIterator[Any]:
    """A refusal is the last event; but one for which there is no member in the union is an error."""
    try:
        async for event in follow():
            yield event
    except Refusal as refusal:
        last = await shown(refusal, context)
        if not isinstance(last, NotFound | NotAllowed | NotSignedIn):
            raise
        yield last
