"""Imports: the rows of a file, imports of the same file again, and refusals, which leave no rows."""

import asyncio
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest

from db import users
from db.rows import Row
from db.stores import Database, Stores
from db.users import User
from domain.activity import epoch_of
from domain.clock import WallClock
from domain.interactions import EcosystemRules
from domain.rule_sets import SCRIPT
from domain.validation import casefold_for_search
from interchange import sentiment
from interchange.errors import Unreadable
from interchange.imports import ImportOptions, ImportOutcome, ImportStatus, import_file
from interchange.source_file import SourceFile
from tests.interchange import expected, stored
from tests.interchange.long_play import long_play
from tests.interchange.test_tei import A, B, tei_of

PUBLIC = ImportOptions(None, is_public=True)


async def import_text(
    stores: Stores, wall: WallClock, content: str | bytes, *, name: str = "play.xml", options: ImportOptions = PUBLIC
) -> ImportOutcome:
    return await import_file(stores, wall, SourceFile(name, content.encode() if isinstance(content, str) else content), options)


async def create_account(stores: Stores, wall: WallClock, name: str) -> UUID:
    user = User(id=uuid4(), name=name, name_key=casefold_for_search(name), created_at=wall.now())
    async with stores.database.transaction() as connection:
        await users.insert(connection, user)
    return user.id


TALK = (
    '<div><head>Scene 1</head><sp who="#a"><p>I love thee, sweet friend.</p></sp><sp who="#b"><p>I hate thee, villain!</p></sp>'
    '<sp who="#a #c"><p>Alas.</p></sp></div>'
    '<div><head>Scene 2</head><sp><p>Who is there?</p></sp><sp who="#b"><p>Friends.</p></sp></div>'
)
ENGLISH = tei_of(TALK).replace("<TEI ", '<TEI xml:lang="en" ')


async def test_a_play_becomes_a_world_with_its_speakers_scenes_and_speeches(stores: Stores, wall: WallClock) -> None:
    outcome = await import_text(stores, wall, ENGLISH)
    id_ = outcome.ecosystem_id

    world = await stored.world(stores, id_)
    assert (world["name"], world["rule_set"], world["visibility"], world["clock_rate"]) == ("A play", "script", "public", 0.0)
    assert [(c["number"], c["name"], c["owner_id"]) for c in await stored.rows(stores, "characters", id_, "number")] == [
        (1, "a", None),
        (2, "b", None),
        (3, "c", None),
    ]
    assert [
        (v["title"], v["is_open"], v["message_count"]) for v in await stored.rows(stores, "conversations", id_, "position")
    ] == [
        ("Scene 1", False, 3),
        ("Scene 2", False, 2),
    ]
    assert [(m["number"], m["speakers"], m["words"]) for m in await stored.rows(stores, "messages", id_, "position")] == [
        (1, [1], 5),
        (2, [2], 4),
        (3, [1, 3], 1),
        (1, [], 3),
        (2, [2], 1),
    ]


async def test_a_speaker_chats_with_the_speakers_of_the_speech_before(stores: Stores, wall: WallClock) -> None:
    outcome = await import_text(stores, wall, ENGLISH)

    acts = await stored.rows(stores, "interactions", outcome.ecosystem_id, "position")
    assert [(act["initiator_number"], act["responder_number"], act["kind"], act["accepted"]) for act in acts] == [
        (2, 1, "chat", True),
        (1, 2, "chat", True),
        (3, 2, "chat", True),
    ]
    assert {act["chance"] for act in acts} == {1_000_000}
    assert {act["drawn"] for act in acts} == {None}


async def test_the_valence_is_the_tone_of_english_words_and_half_for_the_responder(stores: Stores, wall: WallClock) -> None:
    outcome = await import_text(stores, wall, ENGLISH)

    first, *_ = await stored.rows(stores, "interactions", outcome.ecosystem_id, "position")
    tone = sentiment.measure_tone("I hate thee, villain!", "en")
    assert tone is not None
    assert tone < -0.5
    assert (first["initiator_valence"], first["responder_valence"]) == (round(tone * 1e6), round(tone * 5e5))


@pytest.mark.parametrize(
    ("content", "options"), [(tei_of(TALK), PUBLIC), (ENGLISH, ImportOptions(None, is_public=True, skips_sentiment=True))]
)
async def test_other_languages_and_plain_imports_have_no_tone(
    stores: Stores, wall: WallClock, content: str, options: ImportOptions
) -> None:
    outcome = await import_text(stores, wall, content, options=options)

    acts = await stored.rows(stores, "interactions", outcome.ecosystem_id, "position")
    assert {(act["initiator_valence"], act["responder_valence"]) for act in acts} == {(400_000, 200_000)}


async def test_the_clock_advances_by_words_and_days_and_stops_at_the_end(stores: Stores, wall: WallClock) -> None:
    outcome = await import_text(stores, wall, ENGLISH)

    messages = await stored.rows(stores, "messages", outcome.ecosystem_id, "position")
    first_scene = (1 + 0.4 * 5) + (1 + 0.4 * 4) + (1 + 0.4 * 1)
    times = [0.0, 3.0, 5.6, first_scene + 86_400, first_scene + 86_400 + 2.2]
    assert [message["world_seconds"] for message in messages] == pytest.approx(times)
    assert (await stored.world(stores, outcome.ecosystem_id))["clock_world_seconds"] == pytest.approx(times[-1] + 1.4)


async def test_the_facts_of_a_play_equal_those_of_live_changes_in_dense_positions(stores: Stores, wall: WallClock) -> None:
    outcome = await import_text(stores, wall, tei_of(f"<div>{A}{B}</div>"))

    facts = await stored.rows(stores, "activity", outcome.ecosystem_id, "position")
    assert [(fact["position"], fact["type"], fact["data"]) for fact in facts] == [
        (1, "ecosystem_created", {}),
        (2, "character_created", {"number": 1, "name": "a"}),
        (3, "character_created", {"number": 2, "name": "b"}),
        (4, "conversation_opened", {}),
        (5, "message_said", {"conversation": 4}),
        (6, "message_said", {"conversation": 4}),
        (7, "interacted", {}),
        (8, "conversation_closed", {"conversation": 4}),
    ]
    about = await stored.rows(stores, "activity_characters", outcome.ecosystem_id, "position, number")
    assert [(row["position"], row["number"]) for row in about] == [
        (2, 1),
        (3, 2),
        (4, 1),
        (4, 2),
        (5, 1),
        (6, 2),
        (7, 1),
        (7, 2),
    ]
    assert outcome.head == (await stored.world(stores, outcome.ecosystem_id))["head"] == 8


async def test_the_effects_of_a_play_add_up_to_its_relationships(stores: Stores, wall: WallClock) -> None:
    outcome = await import_text(stores, wall, long_play())

    ties = {
        (t["from_number"], t["to_number"]): t
        for t in await stored.rows(stores, "character_relationships", outcome.ecosystem_id, "1")
    }
    latest: dict[tuple[int, int], Any] = {}
    for act in await stored.rows(stores, "interactions", outcome.ecosystem_id, "position"):
        for effect in act["effects"]:
            ends = effect["from"], effect["to"]
            assert effect["held"] == (latest[ends]["after"] if ends in latest else [0, 0, 300_000, 0, 0])
            latest[ends] = effect
    assert {ends: effect["after"] for ends, effect in latest.items()} == {
        ends: [tie["affinity"], tie["bond"], tie["trust"], tie["familiarity"], tie["contact"]] for ends, tie in ties.items()
    }
    assert {ends: effect["version"] for ends, effect in latest.items()} == {ends: tie["version"] for ends, tie in ties.items()}
    assert EcosystemRules(SCRIPT, "").rules.name == (await stored.world(stores, outcome.ecosystem_id))["rule_set"]


async def test_the_provenance_of_a_play_is_stored_and_described(stores: Stores, wall: WallClock) -> None:
    outcome = await import_text(stores, wall, expected.play("body"), name="thalassa.xml")

    world = await stored.world(stores, outcome.ecosystem_id)
    assert world["source"] | {"digest": "", "source": ""} == {
        "format": "tei",
        "authors": ["Φίλων"],
        "year": -440,
        "language": "grc",
        "licence": "CC BY-SA 3.0 US https://creativecommons.org/licenses/by-sa/3.0/us/",
        "notes": ["1 of its 5 speeches has no speaker; it is kept without one."],
        "source": "",
        "name": "thalassa.xml",
        "digest": "",
    }
    for line in ("By Φίλων.", "Of the year 440 before our era.", "Language: grc.", "Licence: CC BY-SA 3.0 US"):
        assert line in world["description"]


async def test_an_import_of_the_same_file_is_unchanged(stores: Stores, wall: WallClock) -> None:
    first = await import_text(stores, wall, ENGLISH)
    before = await stored.archive(stores, first.ecosystem_id)

    again = await import_text(stores, wall, ENGLISH)

    assert (again.status, again.ecosystem_id, again.head) == (ImportStatus.UNCHANGED, first.ecosystem_id, first.head)
    assert await stored.archive(stores, first.ecosystem_id) == before


async def test_a_changed_file_replaces_its_world_in_a_new_epoch(stores: Stores, wall: WallClock) -> None:
    first = await import_text(stores, wall, ENGLISH)

    again = await import_text(stores, wall, ENGLISH.replace("Friends.", "Good friends."))

    world = await stored.world(stores, first.ecosystem_id)
    assert (again.status, again.ecosystem_id) == (ImportStatus.REPLACED, first.ecosystem_id)
    assert (world["epoch_version"], world["epoch"]) == (1, epoch_of(first.ecosystem_id, 1))
    assert [m["text"] for m in await stored.rows(stores, "messages", first.ecosystem_id, "position")][-1] == "Good friends."
    assert [f["position"] for f in await stored.rows(stores, "activity", first.ecosystem_id, "position")] == list(
        range(1, again.head + 1)
    )


async def test_each_owner_gets_a_separate_world_of_the_same_file(stores: Stores, wall: WallClock) -> None:
    ann, bob = await create_account(stores, wall, "Ann"), await create_account(stores, wall, "Bob")

    of_ann = await import_text(stores, wall, ENGLISH, options=ImportOptions(ann))
    of_bob = await import_text(stores, wall, ENGLISH, options=ImportOptions(bob))

    assert of_ann.ecosystem_id != of_bob.ecosystem_id
    members = await stored.rows(stores, "members", of_ann.ecosystem_id, "since")
    assert [(member["user_id"], member["role"]) for member in members] == [(ann, "owner")]
    assert (await stored.world(stores, of_ann.ecosystem_id))["visibility"] == "private"


async def test_two_concurrent_imports_create_one_world(stores: Stores, wall: WallClock) -> None:
    both = await asyncio.gather(import_text(stores, wall, ENGLISH), import_text(stores, wall, ENGLISH))

    assert {outcome.status for outcome in both} == {ImportStatus.IMPORTED, ImportStatus.UNCHANGED}
    assert len({outcome.ecosystem_id for outcome in both}) == 1


async def test_an_import_notifies_subscribers_after_the_commit(stores: Stores, wall: WallClock) -> None:
    async with stores.redis.pubsub() as pubsub:
        await pubsub.subscribe("activity")
        await pubsub.get_message(timeout=5)

        outcome = await import_text(stores, wall, ENGLISH)

        message = await pubsub.get_message(timeout=5)
    assert message is not None
    assert message["data"].decode() == str(outcome.ecosystem_id)


async def test_progress_is_reported_after_each_scene(stores: Stores, wall: WallClock) -> None:
    calls: list[tuple[int, int]] = []

    await import_file(
        stores, wall, SourceFile("play.xml", ENGLISH.encode()), PUBLIC, lambda done, total: calls.append((done, total))
    )

    assert calls == [(3, 5), (5, 5)]


async def test_a_network_becomes_a_world_of_meetings(stores: Stores, wall: WallClock) -> None:
    outcome = await import_text(
        stores, wall, "source,target,weight,kind\nann,bob,2,conflict\nbob,cy,1,family\n", name="ties.csv"
    )
    id_ = outcome.ecosystem_id

    assert outcome.title == "ties"
    assert [v["title"] for v in await stored.rows(stores, "conversations", id_, "position")] == [
        "ann, bob",
        "ann, bob",
        "bob, cy",
    ]
    acts = await stored.rows(stores, "interactions", id_, "position")
    assert [(act["initiator_number"], act["responder_number"], act["initiator_valence"]) for act in acts] == [
        (1, 2, -800_000),
        (1, 2, -800_000),
        (2, 3, 400_000),
    ]
    assert [
        (t["from_number"], t["to_number"], t["version"])
        for t in await stored.rows(stores, "character_relationships", id_, "2, 3")
    ] == [
        (1, 2, 2),
        (2, 1, 2),
        (2, 3, 1),
        (3, 2, 1),
    ]


async def test_networks_of_networkx_are_imported_by_name(stores: Stores, wall: WallClock) -> None:
    outcome = await import_text(stores, wall, b"", name="les-miserables")

    assert outcome.title == "Les Misérables"
    assert len(await stored.rows(stores, "interactions", outcome.ecosystem_id, "position")) == 820


@pytest.mark.parametrize("content", ["<TEI>", "source,target\na,a\n", "hello", tei_of("<div/>")])
async def test_a_refusal_leaves_no_rows(stores: Stores, wall: WallClock, content: str) -> None:
    with pytest.raises(Unreadable):
        await import_text(stores, wall, content)

    assert set((await stored.counts(stores)).values()) == {0}
    assert await stores.redis.dbsize() == 0


async def test_a_refused_change_leaves_the_world_as_it_was(stores: Stores, wall: WallClock) -> None:
    first = await import_text(stores, wall, ENGLISH)
    before = await stored.archive(stores, first.ecosystem_id)

    with pytest.raises(Unreadable):
        await import_text(stores, wall, ENGLISH[:-20])

    assert await stored.archive(stores, first.ecosystem_id) == before


async def test_a_cancelled_import_leaves_no_rows(stores: Stores, wall: WallClock) -> None:
    def stop(done: int, total: int) -> None:
        task.cancel()

    play = SourceFile("long.xml", long_play().encode())
    task = asyncio.ensure_future(import_file(stores, wall, play, PUBLIC, stop))

    with pytest.raises(asyncio.CancelledError):
        await task
    assert set((await stored.counts(stores)).values()) == {0}


async def test_a_full_database_is_reported_in_a_sentence(stores: Stores, wall: WallClock) -> None:
    # Postgres raises this code if the disk is full; here a trigger raises it at the first message.
    await stores.database.execute(
        "CREATE FUNCTION is_full() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'No space left on device' USING ERRCODE = '53100'; END $$"
    )
    await stores.database.execute("CREATE TRIGGER full_disk BEFORE INSERT ON messages FOR EACH ROW EXECUTE FUNCTION is_full()")

    with pytest.raises(Unreadable, match=r"The database has no space left\. Free some space"):
        await import_text(stores, wall, ENGLISH)

    assert set((await stored.counts(stores)).values()) == {0}


async def test_a_file_of_200_megabytes_is_refused_before_it_is_read(stores: Stores, wall: WallClock, tmp_path: Path) -> None:
    large = tmp_path / "large.xml"
    with large.open("wb") as file:
        file.write(b"<TEI>")
        file.truncate(200_000_000)

    with pytest.raises(Unreadable, match="The file has 200 MB; at most 50 MB are read"):
        await import_file(stores, wall, SourceFile("large.xml", large), PUBLIC)


async def test_all_speeches_are_stored_over_several_batches(stores: Stores, wall: WallClock) -> None:
    scene = "<div>" + '<sp who="#a"><p>Go on.</p></sp><sp who="#b"><p>I do.</p></sp>' * 50 + "</div>"

    outcome = await import_text(stores, wall, tei_of(scene * 25))

    counted = await stores.database.fetchrow(
        "SELECT (SELECT count(*) FROM messages) AS messages, (SELECT count(*) FROM interactions) AS interactions, (SELECT "
        "sum(interaction_count)::int FROM characters) AS lived, (SELECT sum(word_count)::int FROM participants) AS words",
        record_class=Row,
    )
    assert counted is not None
    assert dict(counted) == {"messages": 2500, "interactions": 25 * 99, "lived": 2 * 25 * 99, "words": 5000}
    assert outcome.head == await stores.database.fetchval("SELECT max(position) FROM activity")


async def test_long_names_and_headings_are_shortened(stores: Stores, wall: WallClock) -> None:
    play = tei_of(f"<div><head>{'A' * 900}</head><sp><speaker>{'B' * 900}</speaker><p>Hail!</p></sp></div>").replace(
        "A play", "C" * 900
    )

    outcome = await import_text(stores, wall, play)

    assert len((await stored.world(stores, outcome.ecosystem_id))["name"]) == 200
    assert [len(c["name"]) for c in await stored.rows(stores, "characters", outcome.ecosystem_id, "number")] == [200]
    assert [len(v["title"]) for v in await stored.rows(stores, "conversations", outcome.ecosystem_id, "position")] == [500]


def test_a_file_name_is_cleaned_for_the_database() -> None:
    assert SourceFile.from_any_name("a\0b\ud800.xml", b"").name == "a b .xml"
    assert SourceFile.from_any_name("\n", b"").name == "file"


async def test_foreign_keys_are_checked_by_index_when_tables_grow(stores: Stores, wall: WallClock, database_url: str) -> None:
    """A plan that Postgres made for a small table reads the whole table for each row, unless the import analyzes it."""
    await import_file(stores, wall, SourceFile("les-miserables", b""), ImportOptions(None, is_public=True))
    before = await _count_sequential_reads(stores)
    edges = "".join(f"{one},{other},1,\n" for one in range(60) for other in range(one))
    new_session = await Database.open(database_url)
    try:
        new_stores = Stores(new_session, stores.redis, stores.graph)
        outcome = await import_file(
            new_stores, wall, SourceFile("crowd.csv", f"source,target,weight,kind\n{edges}".encode()), ImportOptions(None)
        )
    finally:
        await new_session.close()
    assert outcome.head > 5_000
    assert await _count_sequential_reads(stores) - before < outcome.head * 10


async def _count_sequential_reads(stores: Stores) -> int:
    """Returns the number of rows that sequential scans read, as sessions that ended have reported it."""
    await stores.database.execute("SELECT pg_stat_clear_snapshot()")
    rows: int = await stores.database.fetchval("SELECT sum(seq_tup_read)::bigint FROM pg_stat_user_tables")
    return rows
