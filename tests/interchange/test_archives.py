"""Archives contain all rows of a world and restore them exactly."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from db import activity
from db.stores import Stores
from domain.activity import Fact, FactType, epoch_of
from domain.clock import WallClock
from interchange import archive_validation, sample
from interchange.errors import Unreadable
from interchange.imports import ImportOptions, ImportOutcome, ImportStatus, import_file
from interchange.source_file import SourceFile
from tests.interchange import expected, stored
from tests.interchange.long_play import long_play

PUBLIC = ImportOptions(None, is_public=True)
Lines = list[Any]


async def restore(stores: Stores, wall: WallClock, content: bytes, name: str = "world.jsonl") -> ImportOutcome:
    return await import_file(stores, wall, SourceFile(name, content), PUBLIC)


async def archive_of_play(stores: Stores, wall: WallClock, content: bytes = expected.play("body")) -> bytes:
    play = SourceFile("play.xml", content)
    return await stored.archive(stores, (await import_file(stores, wall, play, PUBLIC)).ecosystem_id)


async def test_an_archive_of_a_restored_world_has_the_same_bytes(stores: Stores, wall: WallClock) -> None:
    first = await stored.archive(stores, await sample.build_sample_world(stores, wall))

    outcome = await restore(stores, wall, first)

    assert outcome.status is ImportStatus.IMPORTED
    assert outcome.ecosystem_id != sample.SAMPLE_ID
    assert await stored.archive(stores, outcome.ecosystem_id) == first


async def test_an_archive_contains_the_provenance_of_a_play(stores: Stores, wall: WallClock) -> None:
    first = await archive_of_play(stores, wall)

    outcome = await restore(stores, wall, first)

    source = (await stored.world(stores, outcome.ecosystem_id))["source"]
    assert (source["authors"], source["name"]) == (["Φίλων"], "world.jsonl")
    assert await stored.archive(stores, outcome.ecosystem_id) == first


async def test_an_archive_contains_no_accounts(stores: Stores, wall: WallClock) -> None:
    lines = [json.loads(line) for line in (await archive_of_play(stores, wall)).splitlines()]

    assert lines[0].keys() == {"observatory", "version", "world"}
    assert not {"id", "epoch", "visibility", "owner_id", "actor_id"} & lines[0]["world"].keys()


async def test_an_archive_replaces_the_names_of_members(stores: Stores, wall: WallClock) -> None:
    id_ = await sample.build_sample_world(stores, wall)
    data = {"user_name": "Ann", "user_id": "6f9619ff-8b86-4d01-b42d-00cf4fc964ff", "role": "editor"}
    async with stores.database.transaction() as connection:
        await activity.append(connection, id_, [Fact(FactType.MEMBER_GRANTED, 0.0, data=data)], actor_id=None, now=wall.now())

    content = await stored.archive(stores, id_)

    assert b"Ann" not in content
    assert archive_validation.ANONYMOUS_MEMBER["user_name"].encode() in content
    assert await stored.archive(stores, (await restore(stores, wall, content)).ecosystem_id) == content


async def test_the_same_archive_again_changes_nothing(stores: Stores, wall: WallClock) -> None:
    content = await archive_of_play(stores, wall)
    first = await restore(stores, wall, content)

    assert (await restore(stores, wall, content)).status is ImportStatus.UNCHANGED
    assert await stored.archive(stores, first.ecosystem_id) == content


async def test_a_later_archive_of_a_world_replaces_it_in_a_new_epoch(stores: Stores, wall: WallClock) -> None:
    id_ = await sample.build_sample_world(stores, wall)
    first = await restore(stores, wall, await stored.archive(stores, id_))
    async with stores.database.transaction() as connection:
        later = [Fact(FactType.CLOCK_SET, 0.0, data={"rate": 2.0})]
        await activity.append(connection, id_, later, actor_id=None, now=wall.now())
    content = await stored.archive(stores, id_)

    second = await restore(stores, wall, content)

    assert (second.status, second.ecosystem_id) == (ImportStatus.REPLACED, first.ecosystem_id)
    assert (await stored.world(stores, second.ecosystem_id))["epoch"] == epoch_of(first.ecosystem_id, 1)
    assert await stored.archive(stores, second.ecosystem_id) == content


async def test_archives_of_two_worlds_with_one_file_name_become_two_worlds(stores: Stores, wall: WallClock) -> None:
    talk = await archive_of_play(stores, wall)
    novel = await stored.archive(stores, await sample.build_sample_world(stores, wall))
    first = [await restore(stores, wall, content) for content in (talk, novel)]

    again = [await restore(stores, wall, content) for content in (talk, novel)]

    assert first[0].ecosystem_id != first[1].ecosystem_id
    assert [outcome.status for outcome in (*first, *again)] == [ImportStatus.IMPORTED] * 2 + [ImportStatus.UNCHANGED] * 2
    assert [outcome.ecosystem_id for outcome in again] == [outcome.ecosystem_id for outcome in first]


async def test_the_archive_of_a_missing_world_is_empty(stores: Stores, wall: WallClock) -> None:
    assert await stored.archive(stores, sample.SAMPLE_ID) == b""


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


def _with_an_invalid_timestamp(lines: Lines) -> None:
    row_of(lines, "activity")[4] = "yesterday"


def _with_a_trait_beyond_its_bounds(lines: Lines) -> None:
    row = row_of(lines, "characters")
    row[9] = 2_000_000


def _with_text_in_place_of_a_number(lines: Lines) -> None:
    row_of(lines, "characters")[1] = "one"


def _with_an_unknown_participant(lines: Lines) -> None:
    row_of(lines, "participants")[2] = 999


def _with_an_incomplete_effect(lines: Lines) -> None:
    row = row_of(lines, "interactions")
    place = next(n for n, value in enumerate(row) if isinstance(value, list) and value and isinstance(value[0], dict))
    del row[place][0]["held"]


def _with_a_fact_without_data(lines: Lines) -> None:
    next(line for line in lines if isinstance(line, list) and line[2] == "character_created")[-1].clear()


def _with_an_unknown_type_of_fact(lines: Lines) -> None:
    row_of(lines, "activity")[2] = "dreamt"


def _with_an_unknown_stage(lines: Lines) -> None:
    next(line for line in lines if isinstance(line, list) and line[2] == "stage_changed")[-1]["after"] = "lover"


def _with_text_in_place_of_a_feeling(lines: Lines) -> None:
    row = row_of(lines, "interactions")
    next(value for value in row if isinstance(value, list) and value and isinstance(value[0], dict))[0]["held"][0] = "much"


def _with_a_rule_set_that_is_a_number(lines: Lines) -> None:
    lines[0]["world"]["rule_set"] = 7


def _with_a_clock_rate_beyond_its_bounds(lines: Lines) -> None:
    lines[0]["world"]["clock_rate"] = 1e9


@pytest.mark.parametrize(
    "damage",
    [
        _without_a_fact,
        _of_another_version,
        _without_a_seed,
        _with_an_unknown_table,
        _with_a_row_too_short,
        _with_an_invalid_timestamp,
        _with_a_trait_beyond_its_bounds,
        _with_text_in_place_of_a_number,
        _with_an_unknown_participant,
        _with_an_incomplete_effect,
        _with_a_fact_without_data,
        _with_an_unknown_type_of_fact,
        _with_an_unknown_stage,
        _with_text_in_place_of_a_feeling,
        _with_a_rule_set_that_is_a_number,
        _with_a_clock_rate_beyond_its_bounds,
    ],
)
async def test_an_inconsistent_archive_is_refused_and_leaves_no_rows(
    stores: Stores, wall: WallClock, damage: Callable[[Lines], None]
) -> None:
    content = await archive_of_play(stores, wall, long_play(scenes=6).encode())
    lines: Lines = [json.loads(line) for line in content.splitlines()]
    await stores.database.execute("DELETE FROM ecosystems")
    damage(lines)

    with pytest.raises(Unreadable, match=r"\. Export it again\.$"):
        await restore(stores, wall, b"".join(json.dumps(line, separators=(",", ":")).encode() + b"\n" for line in lines))

    assert set((await stored.counts(stores)).values()) == {0}


async def test_a_truncated_archive_is_refused_with_its_line(stores: Stores, wall: WallClock) -> None:
    content = await archive_of_play(stores, wall)
    cut = content[: content.rindex(b",")]

    with pytest.raises(Unreadable) as refused:
        await restore(stores, wall, cut)

    assert refused.value.line == cut.count(b"\n") + 1


async def test_an_archive_with_an_unknown_rule_set_is_refused(stores: Stores, wall: WallClock) -> None:
    content = (await archive_of_play(stores, wall)).replace(b'"rule_set":"script"', b'"rule_set":"future"')

    with pytest.raises(Unreadable, match=r"The rule set future does not exist\. Use one of story"):
        await restore(stores, wall, content)
