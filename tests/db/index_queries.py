"""The questions that indexes are for: each a call of a function of `db/`, on the crowded world of `crowd`."""

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
TALK = FACTS // 2 + 9
SAID = Message(
    ecosystem_id=CROWD, position=FACTS + 1, conversation_position=TALK, number=51, speakers=[BUSIEST], speaker_names=["a"], text="A word.",
    words=2, world_seconds=AT, created_at=NOW,
)  # fmt: skip
WHOLE = RelationshipParent(CROWD, None, AT, RULES)
BUSY = RelationshipParent(CROWD, BUSIEST, AT, RULES)


@dataclass(frozen=True, slots=True)
class Question:
    """`index` must be gone along; no more than these rows and pages may be touched, whatever the plan."""

    index: str
    words: str
    ask: Ask
    rows_max: int = 200
    pages_max: int = 200


def _activity(**wanted: Any) -> Ask:
    return lambda reader: activity.of_ecosystems(reader, VIEWER, [CROWD], PAGE, activity.FactFilter(**wanted))


def _activity_of(number: int, **wanted: Any) -> Ask:
    return lambda reader: activity.of_characters(reader, VIEWER, [(CROWD, number)], PAGE, activity.FactFilter(**wanted))


def _interactions(**wanted: Any) -> Ask:
    return lambda reader: interactions.of_ecosystems(reader, VIEWER, [CROWD], PAGE, interactions.InteractionFilter(**wanted))


def _interactions_of(number: int, **wanted: Any) -> Ask:
    return lambda reader: interactions.of_characters(
        reader, VIEWER, [(CROWD, number)], PAGE, interactions.InteractionFilter(**wanted)
    )


def _characters(order: str, **wanted: Any) -> Ask:
    return lambda reader: characters.of_ecosystems(reader, VIEWER, [CROWD], PAGE, characters.CharacterFilter(**wanted), order)


def _conversations(**wanted: Any) -> Ask:
    return lambda reader: conversations.of_ecosystems(reader, VIEWER, [CROWD], PAGE, conversations.ConversationFilter(**wanted))


def _relationships(parent: RelationshipParent, end: str, order: str, **wanted: Any) -> Ask:
    return lambda reader: relationships.of_parents(
        reader, VIEWER, [parent], end, PAGE, relationships.RelationshipFilter(**wanted), order
    )


def _worlds(order: str, viewer: UUID | None = VIEWER, **wanted: Any) -> Ask:
    return lambda reader: ecosystems.visible(reader, viewer, PAGE, ecosystems.EcosystemFilter(**wanted), order)


QUESTIONS = [
    Question("ecosystems_pkey", "a world by its id", lambda r: ecosystems.by_ids(r, VIEWER, [CROWD])),
    Question("ecosystems_by_name", "worlds by name", _worlds("name")),
    Question("ecosystems_by_age", "the newest worlds", _worlds("newest")),
    Question("ecosystems_by_activity", "worlds where something happened lately", _worlds("recently_active")),
    Question("members_by_user", "the viewer's own worlds", _worlds("name", mine=True)),
    Question("members_by_user", "worlds of a user", lambda r: ecosystems.of_users(r, VIEWER, [STRANGER], PAGE)),
    Question("members_by_age", "members, oldest first", lambda r: ecosystems.members(r, VIEWER, [CROWD], PAGE)),
    Question("members_pkey", "a role granted again", lambda r: ecosystems.grant(r, CROWD, STRANGER, "editor", NOW)),
    Question("users_pkey", "users by their ids", lambda r: users.by_ids(r, [VIEWER, STRANGER])),
    Question("users_name_key", "an account by its name", lambda r: users.account(r, "user 77")),
    Question("answers_pkey", "an idempotency key that came before", lambda r: users.claim_key(r, VIEWER, "key 1000", b"", NOW)),
    Question("answers_by_age", "keys of more than a day ago", lambda r: users.delete_expired_answers(r, NOW), 1_000, 3_000),
    Question(
        "characters_pkey",
        "characters by their ids",
        lambda r: characters.by_keys(r, VIEWER, [CharacterKey(CROWD, n) for n in (1, 500)]),
    ),
    Question("characters_pkey", "the newest characters", _characters("newest")),
    Question("characters_by_name", "characters by name", _characters("name")),
    Question("characters_active", "those who are not active, by name", _characters("name", is_active=False)),
    Question("characters_most_active", "those who do most", _characters("most_active")),
    Question("characters_by_owner", "the viewer's own characters", _characters("name", mine=True)),
    Question(
        "relationships_incoming",
        "relationships by their ids",
        lambda r: relationships.by_keys(r, VIEWER, [RelationshipKey(CROWD, 1, 9)]),
    ),
    Question(
        "character_relationships_pkey",
        "what one feels, strongest first",
        _relationships(BUSY, "outgoing", "strongest"),
        300,
        1_200,
    ),
    Question("relationships_incoming", "what is felt for one", _relationships(BUSY, "incoming", "warmest"), 300, 1_500),
    Question("relationships_by_age", "the newest relationships of a world", _relationships(WHOLE, "ecosystem", "newest")),
    Question("activity_pkey", "the feed", _activity()),
    Question("activity_pkey", "facts by their ids", lambda r: activity.by_keys(r, VIEWER, [FactKey(CROWD, FACTS)])),
    Question("activity_pkey", "what a follower has not seen yet", lambda r: activity.after(r, CROWD, FACTS - 20, 20)),
    Question(
        "activity_characters_by_position", "whom these facts are about", lambda r: activity.after(r, CROWD, FACTS - 20, 20)
    ),
    Question("activity_by_type", "the feed of a rare type and a frequent one", _activity(types=("clock_set", "interacted"))),
    Question("activity_characters_pkey", "the feed of two characters", _activity(numbers=(BUSIEST, QUIETEST)), 2_000),
    Question("activity_characters_pkey", "a character's history", _activity_of(BUSIEST)),
    Question("activity_characters_pkey", "what two have in common", _activity_of(QUIETEST, numbers=(BUSIEST,)), 150_000, 2_000),
    Question(
        "activity_characters_pkey",
        "a rare type in a busy character's history",
        _activity_of(BUSIEST, types=("conversation_closed",)),
        200,
        2_000,
    ),
    Question(
        "interactions_pkey", "interactions by their ids", lambda r: interactions.by_keys(r, VIEWER, [FactKey(CROWD, FACTS)])
    ),
    Question("interactions_pkey", "interactions, oldest first", _interactions()),
    Question(
        "interactions_by_kind", "interactions of a rare kind and a frequent one", _interactions(kinds=("conflict", "chat"))
    ),
    Question("interactions_begun", "interactions with a quiet character", _interactions(numbers=(QUIETEST,))),
    Question("interactions_begun", "what a busy character began", _interactions_of(BUSIEST)),
    Question("interactions_met", "what a quiet character met", _interactions_of(QUIETEST)),
    Question("interactions_begun", "a busy character's quarrels", _interactions_of(BUSIEST, kinds=("conflict",)), 400, 1_000),
    Question(
        "interactions_of_pair",
        "two characters' interactions",
        lambda r: interactions.of_pairs(r, VIEWER, [(CROWD, 1, 2)], PAGE),
    ),
    Question(
        "interactions_of_pair",
        "the last of a pair, for the rules",
        lambda r: interactions.pair_history(r, CROWD, 1, 2, rule_sets.InteractionKind.CHAT, None, AT),
        300,
        400,
    ),
    Question(
        "interactions_of_message",
        "what a message did",
        lambda r: interactions.of_messages(r, VIEWER, [(CROWD, TALK + 9)], PAGE),
    ),
    Question("conversations_pkey", "conversations, oldest first", _conversations()),
    Question("conversations_open", "conversations that are open", _conversations(is_open=True)),
    Question(
        "participants_by_character",
        "a character's conversations",
        lambda r: conversations.of_characters(r, VIEWER, [(CROWD, BUSIEST)], PAGE, conversations.ConversationFilter()),
        5_000,
    ),
    Question(
        "participants_in_order",
        "who takes part",
        lambda r: conversations.participants(r, VIEWER, [(CROWD, TALK)], PAGE),
        1_500,
        1_000,
    ),
    Question("conversations_pkey", "conversations with one of two", _conversations(numbers=(BUSIEST, QUIETEST)), 3_000),
    Question("participants_pkey", "who speaks takes part", lambda r: conversations.insert_message(r, SAID)),
    Question(
        "messages_in_order",
        "what was said in a conversation",
        lambda r: conversations.messages(r, VIEWER, [(CROWD, TALK)], PAGE),
    ),
    Question(
        "messages_pkey",
        "messages by their ids",
        lambda r: conversations.messages_by_keys(r, VIEWER, [FactKey(CROWD, TALK + 9)]),
    ),
    Question("messages_in_order", "who spoke last", lambda r: conversations.last_speakers(r, CROWD, TALK)),
    Question(
        "network_measures_pkey", "measures of a world", lambda r: networks.network_measures(r, VIEWER, [CROWD], "relationships")
    ),
    Question(
        "character_measures_pkey",
        "measures of a character",
        lambda r: networks.character_measures(r, VIEWER, [CharacterKey(CROWD, 1)], "relationships"),
    ),
    Question(
        "character_relationship_summary_key",
        "a character's summary",
        lambda r: summaries.of_characters(r, VIEWER, [CharacterKey(CROWD, 1)], NOW - timedelta(days=1)),
    ),
    Question(
        "ecosystem_activity_summary_key",
        "a world's summary",
        lambda r: summaries.of_ecosystems(r, VIEWER, [CROWD], NOW - timedelta(days=1)),
        6_000,
        400,
    ),
    Question("places_pkey", "where everybody is drawn", lambda r: networks.places_by_number(r, CROWD), 2_000),
    Question("deletions_pkey", "a world that every store has forgotten", lambda r: batches.clear_deletions(r, [OTHER])),
]


@dataclass(frozen=True, slots=True)
class Listing:
    """A list whose first page and one far behind are compared: `far` is the key of a row near the end."""

    words: str
    page: Callable[[Any, PageWindow], Awaitable[Any]]
    far: tuple[Any, ...]


def _feed(**wanted: Any) -> Callable[[Any, PageWindow], Awaitable[Any]]:
    return lambda r, window: activity.of_ecosystems(r, VIEWER, [CROWD], window, activity.FactFilter(**wanted))


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
        "worlds by name",
        lambda r, window: ecosystems.visible(r, VIEWER, window, ecosystems.EcosystemFilter(), "name"),
        ("world f0", CROWD),
    ),
]


async def _drawn(reader: Any) -> None:
    world = [networks.NetworkRequest(CROWD, AT, RULES)]
    await networks.strongest_ties(reader, world, await networks.characters(reader, world, 1_000), 20_000)


WHOLE_WORLDS: dict[str, Ask] = {
    "the strongest relationships of a world": _relationships(WHOLE, "ecosystem", "strongest"),
    "enemies, coldest first": _relationships(WHOLE, "ecosystem", "coldest", stages=("enemy",)),
    "how many relationships": lambda r: relationships.counts(
        r, VIEWER, [WHOLE], "ecosystem", relationships.RelationshipFilter()
    ),
    "a network of a thousand people": _drawn,
    "a world counted anew": lambda r: summaries.of_ecosystems(r, VIEWER, [CROWD], NOW + timedelta(days=1)),
}
"""What no index can order or count: feelings drift, and all are asked for."""
