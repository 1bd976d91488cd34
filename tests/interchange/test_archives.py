"""Archives: everything of a world, restored to the byte."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from db import activity
from db.stores import Stores
from domain.activity import Fact, FactType, epoch_of
from domain.clock import WallClock
from interchange import sample
from interchange.errors import Unreadable
from interchange.imports import ImportOptions, ImportOutcome, ImportStatus, import_file
from interchange.source_file import SourceFile
from tests.interchange import expected, kept
from tests.interchange.long_play import long_play

OURS = ImportOptions(None, is_public=True)
Lines = list[Any]


async def restored(stores: Stores, wall: WallClock, content: bytes, name: str = "world.jsonl") -> ImportOutcome:
    return await import_file(stores, wall, SourceFile(name, content), OURS)


async def of_a_play(stores: Stores, wall: WallClock, content: bytes = expected.play("body")) -> bytes:
    play = SourceFile("play.xml", content)
    return await kept.archive(stores, (await import_file(stores, wall, play, OURS)).ecosystem_id)


async def test_the_archive_of_a_restored_world_is_the_same_to_the_byte(stores: Stores, wall: WallClock) -> None:
    first = await kept.archive(stores, await sample.build_sample_world(stores, wall))

    outcome = await restored(stores, wall, first)

    assert outcome.status is ImportStatus.IMPORTED
    assert outcome.ecosystem_id != sample.SAMPLE_ID
    assert await kept.archive(stores, outcome.ecosystem_id) == first


async def test_a_play_keeps_where_it_came_from_through_an_archive(stores: Stores, wall: WallClock) -> None:
    first = await of_a_play(stores, wall)

    outcome = await restored(stores, wall, first)

    source = (await kept.world(stores, outcome.ecosystem_id))["source"]
    assert (source["authors"], source["name"]) == (["Φίλων"], "world.jsonl")
    assert await kept.archive(stores, outcome.ecosystem_id) == first


async def test_an_archive_holds_no_account(stores: Stores, wall: WallClock) -> None:
    lines = [json.loads(line) for line in (await of_a_play(stores, wall)).splitlines()]

    assert lines[0].keys() == {"observatory", "version", "world"}
    assert not {"id", "epoch", "visibility", "owner_id", "actor_id"} & lines[0]["world"].keys()


async def test_who_was_granted_a_role_stays_where_the_accounts_are(stores: Stores, wall: WallClock) -> None:
    id_ = await sample.build_sample_world(stores, wall)
    data = {"user_name": "Ann", "user_id": "6f9619ff-8b86-4d01-b42d-00cf4fc964ff", "role": "editor"}
    async with stores.database.transaction() as connection:
        await activity.append(connection, id_, [Fact(FactType.MEMBER_GRANTED, 0.0, data=data)], actor_id=None, now=wall.now())

    content = await kept.archive(stores, id_)

    assert b"Ann" not in content
    assert b"somebody" in content
    assert await kept.archive(stores, (await restored(stores, wall, content)).ecosystem_id) == content


async def test_the_same_archive_again_changes_nothing(stores: Stores, wall: WallClock) -> None:
    content = await of_a_play(stores, wall)
    first = await restored(stores, wall, content)

    assert (await restored(stores, wall, content)).status is ImportStatus.UNCHANGED
    assert await kept.archive(stores, first.ecosystem_id) == content


async def test_a_later_archive_of_that_world_takes_its_place_in_a_new_epoch(stores: Stores, wall: WallClock) -> None:
    id_ = await sample.build_sample_world(stores, wall)
    first = await restored(stores, wall, await kept.archive(stores, id_))
    async with stores.database.transaction() as connection:
        later = [Fact(FactType.CLOCK_SET, 0.0, data={"rate": 2.0})]
        await activity.append(connection, id_, later, actor_id=None, now=wall.now())
    content = await kept.archive(stores, id_)

    second = await restored(stores, wall, content)

    assert (second.status, second.ecosystem_id) == (ImportStatus.REPLACED, first.ecosystem_id)
    assert (await kept.world(stores, second.ecosystem_id))["epoch"] == epoch_of(first.ecosystem_id, 1)
    assert await kept.archive(stores, second.ecosystem_id) == content


async def test_the_archive_of_another_world_of_that_name_is_another_world(stores: Stores, wall: WallClock) -> None:
    talk = await of_a_play(stores, wall)
    novel = await kept.archive(stores, await sample.build_sample_world(stores, wall))
    first = [await restored(stores, wall, content) for content in (talk, novel)]

    again = [await restored(stores, wall, content) for content in (talk, novel)]

    assert first[0].ecosystem_id != first[1].ecosystem_id
    assert [outcome.status for outcome in (*first, *again)] == [ImportStatus.IMPORTED] * 2 + [ImportStatus.UNCHANGED] * 2
    assert [outcome.ecosystem_id for outcome in again] == [outcome.ecosystem_id for outcome in first]


async def test_of_no_world_there_is_no_archive(stores: Stores, wall: WallClock) -> None:
    assert await kept.archive(stores, sample.SAMPLE_ID) == b""


def row_of(lines: Lines, table: str) -> list[Any]:
    return next(line for line in lines if isinstance(line, list) and line[0] == table)


def _without_a_fact(lines: Lines) -> None:
    lines.remove(row_of(lines, "activity"))


def _of_another_version(lines: Lines) -> None:
    lines[0]["version"] = 99


def _without_a_seed(lines: Lines) -> None:
    del lines[0]["world"]["seed"]


def _with_an_unknown_table(lines: Lines) -> None:
    lines.append(["users", 1])


def _with_a_row_too_short(lines: Lines) -> None:
    row_of(lines, "messages").pop()


def _with_a_wrong_instant(lines: Lines) -> None:
    row_of(lines, "activity")[4] = "yesterday"


def _with_too_much_energy(lines: Lines) -> None:
    row = row_of(lines, "characters")
    row[9] = 2_000_000


def _with_words_for_a_number(lines: Lines) -> None:
    row_of(lines, "characters")[1] = "one"


def _with_a_name_of_nobody(lines: Lines) -> None:
    row_of(lines, "participants")[2] = 999


def _with_half_an_effect(lines: Lines) -> None:
    row = row_of(lines, "interactions")
    place = next(n for n, value in enumerate(row) if isinstance(value, list) and value and isinstance(value[0], dict))
    del row[place][0]["held"]


def _with_a_fact_that_says_nothing(lines: Lines) -> None:
    next(line for line in lines if isinstance(line, list) and line[2] == "character_created")[-1].clear()


def _with_a_fact_of_no_type(lines: Lines) -> None:
    row_of(lines, "activity")[2] = "dreamt"


def _with_a_stage_of_no_name(lines: Lines) -> None:
    next(line for line in lines if isinstance(line, list) and line[2] == "stage_changed")[-1]["after"] = "lover"


def _with_a_feeling_in_words(lines: Lines) -> None:
    row = row_of(lines, "interactions")
    next(value for value in row if isinstance(value, list) and value and isinstance(value[0], dict))[0]["held"][0] = "much"


def _with_a_rule_set_that_is_a_number(lines: Lines) -> None:
    lines[0]["world"]["rule_set"] = 7


def _with_a_clock_too_fast(lines: Lines) -> None:
    lines[0]["world"]["clock_rate"] = 1e9


@pytest.mark.parametrize(
    "spoil",
    [
        _without_a_fact,
        _of_another_version,
        _without_a_seed,
        _with_an_unknown_table,
        _with_a_row_too_short,
        _with_a_wrong_instant,
        _with_too_much_energy,
        _with_words_for_a_number,
        _with_a_name_of_nobody,
        _with_half_an_effect,
        _with_a_fact_that_says_nothing,
        _with_a_fact_of_no_type,
        _with_a_stage_of_no_name,
        _with_a_feeling_in_words,
        _with_a_rule_set_that_is_a_number,
        _with_a_clock_too_fast,
    ],
)
async def test_an_archive_that_does_not_hold_together_is_refused_and_leaves_nothing(
    stores: Stores, wall: WallClock, spoil: Callable[[Lines], None]
) -> None:
    content = await of_a_play(stores, wall, long_play(scenes=6).encode())
    lines: Lines = [json.loads(line) for line in content.splitlines()]
    await stores.database.execute("DELETE FROM ecosystems")
    spoil(lines)

    with pytest.raises(Unreadable, match=r"\. Export it again\.$"):
        await restored(stores, wall, b"".join(json.dumps(line, separators=(",", ":")).encode() + b"\n" for line in lines))

    assert set((await kept.counts(stores)).values()) == {0}


async def test_an_archive_that_was_cut_off_is_refused_with_its_line(stores: Stores, wall: WallClock) -> None:
    content = await of_a_play(stores, wall)
    cut = content[: content.rindex(b",")]

    with pytest.raises(Unreadable) as refused:
        await restored(stores, wall, cut)

    assert refused.value.line == cut.count(b"\n") + 1


async def test_a_rule_set_that_this_program_does_not_have_is_refused(stores: Stores, wall: WallClock) -> None:
    content = (await of_a_play(stores, wall)).replace(b'"rule_set":"script"', b'"rule_set":"future"')

    with pytest.raises(Unreadable, match=r"The rule set future does not exist\. Use one of story"):
        await restored(stores, wall, content)
