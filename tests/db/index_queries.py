"""The queries that need indexes: each calls a function of `db/` on the large ecosystem of `crowd`."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from db import activity, characters, conversations, ecosystems, interactions, networks, relationships, summaries, users
from db.conversations import Message
from db.pages import PageWindow
from db.projection import batches
from db.relationships import RelationshipParent
from domain import rule_sets
from domain.keys import CharacterKey, FactKey, RelationshipKey
from tests.db.crowd import AT, BUSIEST, CROWD, FACTS, QUIETEST, VIEWER
from tests.db.plans import Ask

PAGE = PageWindow(20)
RULES = rule_sets.by_name("story")
NOW = datetime.now(UTC)
OTHER = UUID("e" + "0" * 30 + "2")
STRANGER = UUID(int=77)
CONVERSATION = FACTS // 2 + 9
MESSAGE = Message(
    ecosystem_id=CROWD, position=FACTS + 1, conversation_position=CONVERSATION, number=51, speakers=[BUSIEST], speaker_names=["a"], text="A word.",
    words=2, world_seconds=AT, created_at=NOW,
)  # fmt: skip
WHOLE = RelationshipParent(CROWD, None, AT, RULES)
BUSY = RelationshipParent(CROWD, BUSIEST, AT, RULES)


@dataclass(frozen=True, slots=True)
class IndexedQuery:
    """The plan must use `index`, and read at most so many rows and pages."""

    index: str
    words: str
    ask: Ask
    rows_max: int = 200
    pages_max: int = 200


def _activity(**filter_: Any) -> Ask:
    return lambda reader: activity.of_ecosystems(reader, VIEWER, [CROWD], PAGE, activity.FactFilter(**filter_))


def _activity_of(number: int, **filter_: Any) -> Ask:
    return lambda reader: activity.of_characters(reader, VIEWER, [(CROWD, number)], PAGE, activity.FactFilter(**filter_))


def _interactions(**filter_: Any) -> Ask:
    return lambda reader: interactions.of_ecosystems(reader, VIEWER, [CROWD], PAGE, interactions.InteractionFilter(**filter_))


def _interactions_of(number: int, **filter_: Any) -> Ask:
    return lambda reader: interactions.of_characters(
        reader, VIEWER, [(CROWD, number)], PAGE, interactions.InteractionFilter(**filter_)
    )


def _characters(order: str, **filter_: Any) -> Ask:
    return lambda reader: characters.of_ecosystems(reader, VIEWER, [CROWD], PAGE, characters.CharacterFilter(**filter_), order)


def _conversations(**filter_: Any) -> Ask:
    return lambda reader: conversations.of_ecosystems(
        reader, VIEWER, [CROWD], PAGE, conversations.ConversationFilter(**filter_)
    )


def _relationships(parent: RelationshipParent, end: str, order: str, **filter_: Any) -> Ask:
    return lambda reader: relationships.of_parents(
        reader, VIEWER, [parent], end, PAGE, relationships.RelationshipFilter(**filter_), order
    )


def _worlds(order: str, viewer: UUID | None = VIEWER, **filter_: Any) -> Ask:
    return lambda reader: ecosystems.visible(reader, viewer, PAGE, ecosystems.EcosystemFilter(**filter_), order)


INDEXED_QUERIES = [
    IndexedQuery("ecosystems_pkey", "an ecosystem by its id", lambda r: ecosystems.by_ids(r, VIEWER, [CROWD])),
    IndexedQuery("ecosystems_by_name", "ecosystems by name", _worlds("name")),
    IndexedQuery("ecosystems_by_age", "the newest ecosystems", _worlds("newest")),
    IndexedQuery("ecosystems_by_activity", "the recently active ecosystems", _worlds("recently_active")),
    IndexedQuery("members_by_user", "ecosystems of the viewer", _worlds("name", mine=True)),
    IndexedQuery("members_by_user", "ecosystems of a user", lambda r: ecosystems.of_users(r, VIEWER, [STRANGER], PAGE)),
    IndexedQuery("members_by_age", "members, oldest first", lambda r: ecosystems.members(r, VIEWER, [CROWD], PAGE)),
    IndexedQuery("members_pkey", "a role granted again", lambda r: ecosystems.grant(r, CROWD, STRANGER, "editor", NOW)),
    IndexedQuery("users_pkey", "users by their ids", lambda r: users.by_ids(r, [VIEWER, STRANGER])),
    IndexedQuery("users_name_key", "an account by its name", lambda r: users.account(r, "user 77")),
    IndexedQuery("answers_pkey", "an idempotency key", lambda r: users.claim_key(r, VIEWER, "key 1000", b"", NOW)),
    IndexedQuery("answers_by_age", "expired idempotency keys", lambda r: users.delete_expired_answers(r, NOW), 1_000, 3_000),
    IndexedQuery(
        "characters_pkey",
        "characters by their ids",
        lambda r: characters.by_keys(r, VIEWER, [CharacterKey(CROWD, n) for n in (1, 500)]),
    ),
    IndexedQuery("characters_pkey", "the newest characters", _characters("newest")),
    IndexedQuery("characters_by_name", "characters by name", _characters("name")),
    IndexedQuery("characters_active", "inactive characters, by name", _characters("name", is_active=False)),
    IndexedQuery("characters_most_active", "the most active characters", _characters("most_active")),
    IndexedQuery("characters_by_owner", "characters of the viewer", _characters("name", mine=True)),
    IndexedQuery(
        "relationships_incoming",
        "relationships by their ids",
        lambda r: relationships.by_keys(r, VIEWER, [RelationshipKey(CROWD, 1, 9)]),
    ),
    IndexedQuery(
        "character_relationships_pkey",
        "outgoing relationships, strongest first",
        _relationships(BUSY, "outgoing", "strongest"),
        300,
        1_200,
    ),
    IndexedQuery(
        "relationships_incoming",
        "incoming relationships, warmest first",
        _relationships(BUSY, "incoming", "warmest"),
        300,
        1_500,
    ),
    IndexedQuery(
        "relationships_by_age", "the newest relationships of an ecosystem", _relationships(WHOLE, "ecosystem", "newest")
    ),
    IndexedQuery("activity_pkey", "the feed", _activity()),
    IndexedQuery("activity_pkey", "facts by their ids", lambda r: activity.by_keys(r, VIEWER, [FactKey(CROWD, FACTS)])),
    IndexedQuery("activity_pkey", "facts after a position", lambda r: activity.after(r, CROWD, FACTS - 20, 20)),
    IndexedQuery(
        "activity_characters_by_position", "the characters of these facts", lambda r: activity.after(r, CROWD, FACTS - 20, 20)
    ),
    IndexedQuery(
        "activity_by_type", "the feed of a rare type and a frequent one", _activity(types=("clock_set", "interacted"))
    ),
    IndexedQuery("activity_characters_pkey", "the feed of two characters", _activity(numbers=(BUSIEST, QUIETEST)), 2_000),
    IndexedQuery("activity_characters_pkey", "a character's history", _activity_of(BUSIEST)),
    IndexedQuery(
        "activity_characters_pkey", "facts about two characters", _activity_of(QUIETEST, numbers=(BUSIEST,)), 150_000, 2_000
    ),
    IndexedQuery(
        "activity_characters_pkey",
        "a rare type in a busy character's history",
        _activity_of(BUSIEST, types=("conversation_closed",)),
        200,
        2_000,
    ),
    IndexedQuery(
        "interactions_pkey", "interactions by their ids", lambda r: interactions.by_keys(r, VIEWER, [FactKey(CROWD, FACTS)])
    ),
    IndexedQuery("interactions_pkey", "interactions, oldest first", _interactions()),
    IndexedQuery(
        "interactions_by_kind", "interactions of a rare kind and a frequent one", _interactions(kinds=("conflict", "chat"))
    ),
    IndexedQuery("interactions_begun", "interactions with a quiet character", _interactions(numbers=(QUIETEST,))),
    IndexedQuery("interactions_begun", "interactions of a busy initiator", _interactions_of(BUSIEST)),
    IndexedQuery("interactions_met", "interactions of a quiet responder", _interactions_of(QUIETEST)),
    IndexedQuery(
        "interactions_begun", "conflicts of a busy character", _interactions_of(BUSIEST, kinds=("conflict",)), 400, 1_000
    ),
    IndexedQuery(
        "interactions_of_pair",
        "two characters' interactions",
        lambda r: interactions.of_pairs(r, VIEWER, [(CROWD, 1, 2)], PAGE),
    ),
    IndexedQuery(
        "interactions_of_pair",
        "the history of a pair",
        lambda r: interactions.pair_history(r, CROWD, 1, 2, rule_sets.InteractionKind.CHAT, None, AT),
        300,
        400,
    ),
    IndexedQuery(
        "interactions_of_message",
        "the interactions of a message",
        lambda r: interactions.of_messages(r, VIEWER, [(CROWD, CONVERSATION + 9)], PAGE),
    ),
    IndexedQuery("conversations_pkey", "conversations, oldest first", _conversations()),
    IndexedQuery("conversations_open", "conversations that are open", _conversations(is_open=True)),
    IndexedQuery(
        "participants_by_character",
        "a character's conversations",
        lambda r: conversations.of_characters(r, VIEWER, [(CROWD, BUSIEST)], PAGE, conversations.ConversationFilter()),
        5_000,
    ),
    IndexedQuery(
        "participants_in_order",
        "participants of a conversation",
        lambda r: conversations.participants(r, VIEWER, [(CROWD, CONVERSATION)], PAGE),
        1_500,
        1_000,
    ),
    IndexedQuery("conversations_pkey", "conversations with one of two", _conversations(numbers=(BUSIEST, QUIETEST)), 3_000),
    IndexedQuery("participants_pkey", "a new message", lambda r: conversations.insert_message(r, MESSAGE)),
    IndexedQuery(
        "messages_in_order",
        "messages of a conversation",
        lambda r: conversations.messages(r, VIEWER, [(CROWD, CONVERSATION)], PAGE),
    ),
    IndexedQuery(
        "messages_pkey",
        "messages by their ids",
        lambda r: conversations.messages_by_keys(r, VIEWER, [FactKey(CROWD, CONVERSATION + 9)]),
    ),
    IndexedQuery("messages_in_order", "the last speakers", lambda r: conversations.last_speakers(r, CROWD, CONVERSATION)),
    IndexedQuery(
        "network_measures_pkey",
        "measures of an ecosystem",
        lambda r: networks.network_measures(r, VIEWER, [CROWD], "relationships"),
    ),
    IndexedQuery(
        "character_measures_pkey",
        "measures of a character",
        lambda r: networks.character_measures(r, VIEWER, [CharacterKey(CROWD, 1)], "relationships"),
    ),
    IndexedQuery(
        "character_relationship_summary_key",
        "the summary of a character",
        lambda r: summaries.of_characters(r, VIEWER, [CharacterKey(CROWD, 1)], NOW - timedelta(days=1)),
    ),
    IndexedQuery(
        "ecosystem_activity_summary_key",
        "the summary of an ecosystem",
        lambda r: summaries.of_ecosystems(r, VIEWER, [CROWD], NOW - timedelta(days=1)),
        6_000,
        400,
    ),
    IndexedQuery("places_pkey", "the layout", lambda r: networks.places_by_number(r, CROWD), 2_000),
    IndexedQuery("deletions_pkey", "a finished deletion", lambda r: batches.clear_deletions(r, [OTHER])),
]


@dataclass(frozen=True, slots=True)
class Listing:
    """A list whose first page is compared with a late one: `far` is the key of a row near the end."""

    words: str
    page: Callable[[Any, PageWindow], Awaitable[Any]]
    far: tuple[Any, ...]


def _feed(**filter_: Any) -> Callable[[Any, PageWindow], Awaitable[Any]]:
    return lambda r, window: activity.of_ecosystems(r, VIEWER, [CROWD], window, activity.FactFilter(**filter_))


FAR = (FACTS - 5_000,)
LISTINGS = [
    Listing("the feed", _feed(), FAR),
    Listing("the feed of one type", _feed(types=("stage_changed",)), FAR),
    Listing("the feed of one character", _feed(numbers=(BUSIEST,)), FAR),
    Listing(
        "interactions",
        lambda r, window: interactions.of_ecosystems(r, VIEWER, [CROWD], window, interactions.InteractionFilter()),
        FAR,
    ),
    Listing(
        "interactions of one kind",
        lambda r, window: interactions.of_ecosystems(
            r, VIEWER, [CROWD], window, interactions.InteractionFilter(kinds=("chat",))
        ),
        FAR,
    ),
    Listing(
        "a character's interactions",
        lambda r, window: interactions.of_characters(r, VIEWER, [(CROWD, BUSIEST)], window, interactions.InteractionFilter()),
        FAR,
    ),
    Listing(
        "a character's conversations",
        lambda r, window: conversations.of_characters(
            r, VIEWER, [(CROWD, BUSIEST)], window, conversations.ConversationFilter()
        ),
        (FACTS - 50_000,),
    ),
    Listing(
        "characters by name",
        lambda r, window: characters.of_ecosystems(r, VIEWER, [CROWD], window, characters.CharacterFilter(), "name"),
        ("person f0", 0),
    ),
    Listing(
        "the newest relationships",
        lambda r, window: relationships.of_parents(
            r, VIEWER, [WHOLE], "ecosystem", window, relationships.RelationshipFilter(), "newest"
        ),
        (300, 1, 1),
    ),
    Listing(
        "ecosystems by name",
        lambda r, window: ecosystems.visible(r, VIEWER, window, ecosystems.EcosystemFilter(), "name"),
        ("world f0", CROWD),
    ),
]


async def _drawn(reader: Any) -> None:
    world = [networks.NetworkRequest(CROWD, AT, RULES)]
    await networks.strongest_ties(reader, world, await networks.characters(reader, world, 1_000), 20_000)


WHOLE_WORLDS: dict[str, Ask] = {
    "the strongest relationships of an ecosystem": _relationships(WHOLE, "ecosystem", "strongest"),
    "enemies, coldest first": _relationships(WHOLE, "ecosystem", "coldest", stages=("enemy",)),
    "how many relationships": lambda r: relationships.counts(
        r, VIEWER, [WHOLE], "ecosystem", relationships.RelationshipFilter()
    ),
    "a network of a thousand people": _drawn,
    "an ecosystem, counted at once": lambda r: summaries.of_ecosystems(r, VIEWER, [CROWD], NOW + timedelta(days=1)),
}
"""Queries that no index can order or count, because bonds drift and all rows are needed."""
