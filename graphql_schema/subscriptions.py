"""Subscriptions: what can be followed. Nothing is lost and nothing comes twice, over whatever reconnects."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from typing import Annotated, Any

import strawberry

from domain.keys import CharacterKey, ConversationKey, EcosystemKey, MessageKey, written
from domain.refusals import NotFound as MissingNow
from domain.refusals import Refusal
from graphql_schema.activity import Activity, ActivityFilter, facts_wanted
from graphql_schema.characters import Character
from graphql_schema.conversations import Message
from graphql_schema.nodes import Info, key_of
from graphql_schema.pages import given
from graphql_schema.refusals import CursorLost, NotAllowed, NotFound, NotSignedIn, shown
from graphql_schema.relationships import Relationship
from resolvers import activity, activity_stream, characters, conversations, networks
from resolvers.activity_stream import Appended
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


@strawberry.type(description="Something was said.")
class MessageAppended:
    cursor: str = strawberry.field(description=CURSOR)
    message: Message = strawberry.field(description="What was said, by whom.")
    position: strawberry.Private[int] = 0


@strawberry.type(description="A fact changed the character.")
class CharacterAltered:
    cursor: str = strawberry.field(description=CURSOR)
    character: Character = strawberry.field(description="As it is now.")
    because: Activity = strawberry.field(description="The fact.")
    position: strawberry.Private[int] = 0


@strawberry.type(description="Where a character is drawn from now on.")
class Place:
    character_id: strawberry.ID = strawberry.field(description="Whose place it is.")
    x: float = strawberry.field(description="In [-1,1].")
    y: float = strawberry.field(description="In [-1,1].")


@strawberry.type(description="What has changed in the network since the event before, as it is now.")
class NetworkAltered:
    cursor: str = strawberry.field(description=CURSOR)
    places: list[Place] = strawberry.field(description="Places of newcomers, and of those who met somebody for the first time.")
    characters: list[Character] = strawberry.field(description="Those that came, changed or did something.")
    relationships: list[Relationship] = strawberry.field(description="Those that came to be or changed.")
    removed_character_ids: list[strawberry.ID] = strawberry.field(
        description="Those that are gone, with all their relationships."
    )
    position: strawberry.Private[int] = 0


def _union(name: str, description: str) -> Any:
    return strawberry.union(name, description=description)


ActivityEvent = Annotated[
    ActivityAppended | CaughtUp | CursorLost | NotFound | NotAllowed | NotSignedIn,
    _union("ActivityEvent", "A fact, or how far the feed has come, or why it ends."),
]
ConversationEvent = Annotated[
    MessageAppended | CaughtUp | CursorLost | NotFound | NotAllowed | NotSignedIn,
    _union("ConversationEvent", "A message, or how far the feed has come, or why it ends."),
]
CharacterEvent = Annotated[
    CharacterAltered | CaughtUp | CursorLost | NotFound | NotAllowed | NotSignedIn,
    _union("CharacterEvent", "A change, or how far the feed has come, or why it ends."),
]
NetworkEvent = Annotated[
    NetworkAltered | CaughtUp | CursorLost | NotFound | NotAllowed | NotSignedIn,
    _union("NetworkEvent", "Changes, or how far the feed has come, or why it ends."),
]


@strawberry.type(
    description="What can be followed. Each begins with CaughtUp, or, with `after`, with all that came since that cursor. "
    "Each event is checked against the viewer; a refusal is the last one."
)
class Subscription:
    @strawberry.subscription(description="The facts of a world, in order, as they come to be.")
    async def activity(
        self,
        info: Info,
        ecosystem_id: Annotated[strawberry.ID, strawberry.argument(description="Which world's.")],
        after: After = strawberry.UNSET,
        filter: Annotated[ActivityFilter | None, strawberry.argument(description="Only these.")] = strawberry.UNSET,
    ) -> AsyncIterator[ActivityEvent]:
        async for event in _or_refused(info.context, lambda: _activity(info.context, ecosystem_id, given(after), filter)):
            yield event

    @strawberry.subscription(description="The messages of one conversation, as they are said.")
    async def conversation(
        self,
        info: Info,
        id: Annotated[strawberry.ID, strawberry.argument(description="The conversation's.")],
        after: After = strawberry.UNSET,
    ) -> AsyncIterator[ConversationEvent]:
        async for event in _or_refused(info.context, lambda: _conversation(info.context, id, given(after))):
            yield event

    @strawberry.subscription(description="One character, each time a fact changed it. Ends with NotFound when it is deleted.")
    async def character(
        self,
        info: Info,
        id: Annotated[strawberry.ID, strawberry.argument(description="The character's.")],
        after: After = strawberry.UNSET,
    ) -> AsyncIterator[CharacterEvent]:
        async for event in _or_refused(info.context, lambda: _character(info.context, id, given(after))):
            yield event

    @strawberry.subscription(
        description="The relationship network of a world, as what changed; begin with `Ecosystem.network` and its `asOf`."
    )
    async def network(
        self,
        info: Info,
        ecosystem_id: Annotated[strawberry.ID, strawberry.argument(description="Which world's.")],
        after: After = strawberry.UNSET,
    ) -> AsyncIterator[NetworkEvent]:
        async for event in _or_refused(info.context, lambda: _network(info.context, ecosystem_id, given(after))):
            yield event


async def _activity(context: Context, id_: str, after: str | None, filter_: ActivityFilter | None) -> AsyncIterator[Any]:
    ecosystem_id = key_of(id_, EcosystemKey).ecosystem_id
    async for event in activity.follow(context, ecosystem_id, after, facts_wanted(filter_, ecosystem_id)):
        if isinstance(event, Appended):
            fact: Any = event.facts[-1]
            yield ActivityAppended(cursor=event.cursor, activity=fact, position=event.position)
        else:
            yield _told(event)


async def _conversation(context: Context, id_: str, after: str | None) -> AsyncIterator[Any]:
    key = key_of(id_, ConversationKey)
    async for event in conversations.follow(context, key, after):
        if isinstance(event, Appended):
            fact = event.facts[-1]
            message: Any = await _fresh(context, conversations.messages_by_keys, MessageKey(key.ecosystem_id, fact.position))
            yield MessageAppended(cursor=event.cursor, message=message, position=event.position)
        else:
            yield _told(event)


async def _character(context: Context, id_: str, after: str | None) -> AsyncIterator[Any]:
    key = key_of(id_, CharacterKey)
    async for event in characters.follow(context, key, after):
        if isinstance(event, Appended):
            fact: Any = event.facts[-1]
            character: Any = await _fresh(context, characters.by_keys, key)
            yield CharacterAltered(cursor=event.cursor, character=character, because=fact, position=event.position)
        else:
            yield _told(event)


async def _network(context: Context, id_: str, after: str | None) -> AsyncIterator[Any]:
    async for event in networks.follow(context, key_of(id_, EcosystemKey).ecosystem_id, after):
        yield _altered(event) if isinstance(event, networks.Altered) else _told(event)


def _altered(event: networks.Altered) -> NetworkAltered:
    return NetworkAltered(
        cursor=event.cursor,
        places=[Place(character_id=strawberry.ID(written(key)), x=x, y=y) for key, (x, y) in event.places],
        characters=event.characters,
        relationships=event.relationships,
        removed_character_ids=[strawberry.ID(written(key)) for key in event.removed],
        position=event.position,
    )


async def _fresh(context: Context, batch: Any, key: Any) -> Any:
    """As it is at this event. Raises NotFound where it is gone."""
    context.begin()
    row = await context.loaders.of(batch).load(key)
    if row is None:
        raise MissingNow(missing=key)
    return row


def _told(event: Any) -> Any:
    """What every subscription tells beside what it follows."""
    if isinstance(event, activity_stream.CaughtUp):
        return CaughtUp(cursor=event.cursor, sent=event.sent, position=event.position)
    return CursorLost(explanation=LOST, head=event.head) if isinstance(event, activity_stream.Lost) else event


async def _or_refused(context: Context, follow: Callable[[], AsyncIterator[Any]]) -> AsyncIterator[Any]:
    """A refusal is the last event; but one for which there is no member in the union is an error."""
    try:
        async for event in follow():
            yield event
    except Refusal as refusal:
        last = await shown(refusal, context)
        if not isinstance(last, NotFound | NotAllowed | NotSignedIn):
            raise
        yield last
