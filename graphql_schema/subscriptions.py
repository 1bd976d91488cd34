"""Subscriptions. With cursors a client that reconnects receives each event exactly once."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from typing import Annotated, Any

import strawberry

from domain.keys import CharacterKey, ConversationKey, EcosystemKey, Key, MessageKey, encode_id
from domain.refusals import Refusal
from graphql_schema.activity import Activity, ActivityFilter, to_fact_filter
from graphql_schema.characters import Character
from graphql_schema.conversations import Message
from graphql_schema.nodes import Info, require_key
from graphql_schema.pages import unset_to_none
from graphql_schema.refusals import CursorLost, NotAllowed, NotFound, NotSignedIn, to_graphql
from graphql_schema.relationships import Relationship
from resolvers import activity, activity_stream, characters, conversations, networks, nodes
from resolvers.activity_stream import FactsAppended
from resolvers.context import Context

EVENT_CURSOR = "Pass it as `after` to continue after this event."
ResumeAfter = Annotated[
    str | None,
    strawberry.argument(
        description="The cursor of a fact, from `head`, `Activity.cursor` or an event. The subscription first sends all events after it, in order. When left out, it sends new events only."
    ),
]
CURSOR_LOST_EXPLANATION = (
    "The history was replaced, or is not kept as far back as the given cursor. Query again, then subscribe from `head`."
)


@strawberry.type(
    description="All earlier events have been sent. The event is repeated from time to time while no matching event occurs, with a newer cursor."
)
class CaughtUp:
    cursor: str = strawberry.field(description=EVENT_CURSOR)
    sent: int = strawberry.field(
        description="Number of events sent between the start of the subscription and the first CaughtUp."
    )
    position: strawberry.Private[int] = 0
    is_caught_up: strawberry.Private[bool] = True


@strawberry.type(description="A fact was added.")
class ActivityAppended:
    cursor: str = strawberry.field(description=EVENT_CURSOR)
    activity: Activity = strawberry.field(description="The fact.")
    position: strawberry.Private[int] = 0


@strawberry.type(description="A message was added.")
class MessageAppended:
    cursor: str = strawberry.field(description=EVENT_CURSOR)
    message: Message = strawberry.field(description="The message with its speakers.")
    position: strawberry.Private[int] = 0


@strawberry.type(description="A fact changed the character.")
class CharacterAltered:
    cursor: str = strawberry.field(description=EVENT_CURSOR)
    character: Character = strawberry.field(description="The character as it is now.")
    because: Activity = strawberry.field(description="The fact that changed the character.")
    position: strawberry.Private[int] = 0


@strawberry.type(description="The position at which a character is drawn from now on.")
class Place:
    character_id: strawberry.ID = strawberry.field(description="The ID of the character.")
    x: float = strawberry.field(description="Horizontal position, in [-1,1].")
    y: float = strawberry.field(description="Vertical position, in [-1,1].")


@strawberry.type(description="What has changed in the network since the previous event, with the present values.")
class NetworkAltered:
    cursor: str = strawberry.field(description=EVENT_CURSOR)
    places: list[Place] = strawberry.field(
        description="Positions of new characters and of characters that met another character for the first time."
    )
    characters: list[Character] = strawberry.field(
        description="Characters that were created, changed or part of an interaction."
    )
    relationships: list[Relationship] = strawberry.field(description="Relationships that were created or changed.")
    removed_character_ids: list[strawberry.ID] = strawberry.field(
        description="IDs of deleted characters, whose relationships are deleted as well."
    )
    position: strawberry.Private[int] = 0


def _union(name: str, description: str) -> Any:
    return strawberry.union(name, description=description)


ActivityEvent = Annotated[
    ActivityAppended | CaughtUp | CursorLost | NotFound | NotAllowed | NotSignedIn,
    _union("ActivityEvent", "A fact, or the progress of the subscription, or the reason why it ends."),
]
ConversationEvent = Annotated[
    MessageAppended | CaughtUp | CursorLost | NotFound | NotAllowed | NotSignedIn,
    _union("ConversationEvent", "A message, or the progress of the subscription, or the reason why it ends."),
]
CharacterEvent = Annotated[
    CharacterAltered | CaughtUp | CursorLost | NotFound | NotAllowed | NotSignedIn,
    _union("CharacterEvent", "A change of the character, or the progress of the subscription, or the reason why it ends."),
]
NetworkEvent = Annotated[
    NetworkAltered | CaughtUp | CursorLost | NotFound | NotAllowed | NotSignedIn,
    _union("NetworkEvent", "Changes of the network, or the progress of the subscription, or the reason why it ends."),
]


@strawberry.type(
    description="All subscriptions. Without `after`, the first event is CaughtUp; with `after`, all events after that cursor come first. The viewer's permissions are checked for each event; a refusal is the last event."
)
class Subscription:
    @strawberry.subscription(description="The facts of an ecosystem, in order, as they are added.")
    async def activity(
        self,
        info: Info,
        ecosystem_id: Annotated[strawberry.ID, strawberry.argument(description="The ID of the ecosystem.")],
        after: ResumeAfter = strawberry.UNSET,
        filter: Annotated[
            ActivityFilter | None, strawberry.argument(description="Sends only matching facts.")
        ] = strawberry.UNSET,
    ) -> AsyncIterator[ActivityEvent]:
        async for event in _catch_refusals(
            info.context, lambda: _activity_events(info.context, ecosystem_id, unset_to_none(after), filter)
        ):
            yield event

    @strawberry.subscription(description="The messages of one conversation, in order, as they are added.")
    async def conversation(
        self,
        info: Info,
        id: Annotated[strawberry.ID, strawberry.argument(description="The ID of the conversation.")],
        after: ResumeAfter = strawberry.UNSET,
    ) -> AsyncIterator[ConversationEvent]:
        async for event in _catch_refusals(info.context, lambda: _conversation_events(info.context, id, unset_to_none(after))):
            yield event

    @strawberry.subscription(
        description="One character after each fact that changed it. Ends with NotFound when the character is deleted."
    )
    async def character(
        self,
        info: Info,
        id: Annotated[strawberry.ID, strawberry.argument(description="The ID of the character.")],
        after: ResumeAfter = strawberry.UNSET,
    ) -> AsyncIterator[CharacterEvent]:
        async for event in _catch_refusals(info.context, lambda: _character_events(info.context, id, unset_to_none(after))):
            yield event

    @strawberry.subscription(
        description="Changes of the relationship network of an ecosystem. Read `Ecosystem.network` first, then pass its `asOf` as `after`."
    )
    async def network(
        self,
        info: Info,
        ecosystem_id: Annotated[strawberry.ID, strawberry.argument(description="The ID of the ecosystem.")],
        after: ResumeAfter = strawberry.UNSET,
    ) -> AsyncIterator[NetworkEvent]:
        async for event in _catch_refusals(
            info.context, lambda: _network_events(info.context, ecosystem_id, unset_to_none(after))
        ):
            yield event


async def _activity_events(context: Context, id_: str, after: str | None, filter_: ActivityFilter | None) -> AsyncIterator[Any]:
    ecosystem_id = require_key(id_, EcosystemKey).ecosystem_id
    async for event in activity.subscribe(context, ecosystem_id, after, to_fact_filter(filter_, ecosystem_id)):
        if isinstance(event, FactsAppended):
            fact: Any = event.facts[-1]
            yield ActivityAppended(cursor=event.cursor, activity=fact, position=event.position)
        else:
            yield _to_progress_event(event)


async def _conversation_events(context: Context, id_: str, after: str | None) -> AsyncIterator[Any]:
    key = require_key(id_, ConversationKey)
    async for event in conversations.subscribe(context, key, after):
        if isinstance(event, FactsAppended):
            fact = event.facts[-1]
            message: Any = await _reload(context, MessageKey(key.ecosystem_id, fact.position))
            yield MessageAppended(cursor=event.cursor, message=message, position=event.position)
        else:
            yield _to_progress_event(event)


async def _character_events(context: Context, id_: str, after: str | None) -> AsyncIterator[Any]:
    key = require_key(id_, CharacterKey)
    async for event in characters.subscribe(context, key, after):
        if isinstance(event, FactsAppended):
            fact: Any = event.facts[-1]
            character: Any = await _reload(context, key)
            yield CharacterAltered(cursor=event.cursor, character=character, because=fact, position=event.position)
        else:
            yield _to_progress_event(event)


async def _network_events(context: Context, id_: str, after: str | None) -> AsyncIterator[Any]:
    async for event in networks.subscribe(context, require_key(id_, EcosystemKey).ecosystem_id, after):
        yield _to_network_altered(event) if isinstance(event, networks.NetworkDelta) else _to_progress_event(event)


def _to_network_altered(event: networks.NetworkDelta) -> NetworkAltered:
    return NetworkAltered(
        cursor=event.cursor,
        places=[Place(character_id=strawberry.ID(encode_id(key)), x=x, y=y) for key, (x, y) in event.places],
        characters=event.characters,
        relationships=event.relationships,
        removed_character_ids=[strawberry.ID(encode_id(key)) for key in event.removed],
        position=event.position,
    )


async def _reload(context: Context, key: Key) -> Any:
    """The row as it is now. Raises NotFound where it was deleted."""
    context.refresh()
    return await nodes.get(context, key)


def _to_progress_event(event: Any) -> Any:
    """The events that all subscriptions have in common; AccessChanged stays as it is, for the server."""
    if isinstance(event, activity_stream.StreamCaughtUp):
        return CaughtUp(cursor=event.cursor, sent=event.sent, position=event.position)
    if isinstance(event, activity_stream.HistoryReplaced):
        return CursorLost(explanation=CURSOR_LOST_EXPLANATION, head=event.head)
    return event


async def _catch_refusals(context: Context, subscribe: Callable[[], AsyncIterator[Any]]) -> AsyncIterator[Any]:
    """Sends a refusal as the last event. Raises it where the unions of subscriptions have no type for it."""
    try:
        async for event in subscribe():
            yield event
    except Refusal as refusal:
        last = await to_graphql(refusal, context)
        if not isinstance(last, NotFound | NotAllowed | NotSignedIn):
            raise
        yield last
