"""EcosystemWriter: rows written in bulk are equal to the rows of the same changes made one by one."""

import asyncio
import json
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

import pytest

from db import ecosystems as ecosystem_rows
from db import users
from db.bulk_writer import BATCH_ROWS_MAX, EcosystemWriter
from db.ecosystems import Ecosystem
from db.stores import Stores
from db.users import User
from domain import word_count
from domain.activity import Fact, FactType, epoch_of
from domain.clock import WallClock, WorldClock
from domain.conversations import WORDS_AT_WEIGHT_ONE
from domain.ecosystems import Visibility
from domain.keys import CharacterKey
from interchange.cast import Cast
from interchange.importable_worlds import Speaker
from resolvers import characters, conversations, ecosystems, messages
from resolvers.context import Context, Viewer
from tests.interchange import stored

NAMES = ("Ann", "Bob", "Cy")
SPOKEN = ((0, "Good day to you both."), (1, "Good day."), (0, "Is it?"), (0, "I wonder."), (2, "It is, it is!"), (1, "Well."))
SEED = "a seed"


async def create_one_by_one(stores: Stores, wall: WallClock) -> UUID:
    """Creates a conversation of three characters by the resolvers, in an ecosystem whose clock is stopped."""
    user = User(id=uuid4(), name="Host", name_key="host", created_at=wall.now())
    async with stores.database.transaction() as connection:
        await users.insert(connection, user)
    context = Context(stores, wall, Viewer(user.id, user.name))
    command = ecosystems.CreateEcosystem("A talk", "", Visibility.PRIVATE, "script", SEED, 0.0, None)
    id_ = (await ecosystems.create(context, command)).key.ecosystem_id
    for name in NAMES:
        await characters.create(context, characters.CreateCharacter(id_, name, "", (0.5,) * 5, None))
    keys = [CharacterKey(id_, number) for number in range(1, len(NAMES) + 1)]
    conversation = (
        await conversations.open_conversation(context, conversations.OpenConversation(id_, "At noon", tuple(keys[:2])))
    ).key
    for index, text in SPOKEN:
        await messages.say(context, messages.SayMessage(conversation, keys[index], text))
    await conversations.close_conversation(context, conversation)
    return id_


async def create_in_bulk(stores: Stores, wall: WallClock) -> UUID:
    """Creates the same conversation by EcosystemWriter."""
    id_, now = uuid4(), wall.now()
    async with stores.database.transaction() as connection:
        await ecosystem_rows.insert(connection, empty_ecosystem(id_, now))
        async with EcosystemWriter(connection, id_, actor_id=None, now=now) as writer:
            writer.add_fact(Fact(FactType.ECOSYSTEM_CREATED, 0.0))
            cast = Cast(writer, [Speaker(name, name) for name in NAMES], SEED)
            conversation = writer.open_conversation("At noon", cast.find_numbers(NAMES[:2]), 0.0)
            previous_speakers: list[int] = []
            for index, text in SPOKEN:
                numbers = cast.find_numbers([NAMES[index]])
                message = writer.add_message(conversation, cast.find_states(numbers), text, word_count.count_words(text), 0.0)
                cast.add_exchange(numbers, previous_speakers, at=0.0, tone=None, words=WORDS_AT_WEIGHT_ONE, message=message)
                previous_speakers = numbers
            writer.close_conversation(conversation, 0.0)
            await writer.finish(WorldClock(0.0, now, 0.0))
    return id_


def empty_ecosystem(id_: UUID, now: datetime) -> Ecosystem:
    """An ecosystem without facts."""
    return Ecosystem(
        id=id_, name="A talk", name_key="a talk", description="", visibility=Visibility.PRIVATE, rule_set="script", seed=SEED,
        clock_world_seconds=0.0, clock_since=now, clock_rate=0.0, epoch=epoch_of(id_, 0), created_at=now, updated_at=now,
        active_at=now,
    )  # fmt: skip


async def rows(stores: Stores, id_: UUID) -> list[Any]:
    return [json.loads(line) for line in (await stored.archive(stores, id_)).splitlines()]


async def test_rows_in_bulk_equal_the_rows_of_single_changes(stores: Stores, wall: WallClock) -> None:
    one_by_one, in_bulk = (
        await rows(stores, await create_one_by_one(stores, wall)),
        await rows(stores, await create_in_bulk(stores, wall)),
    )

    assert in_bulk[1:] == one_by_one[1:]
    assert in_bulk[0] == one_by_one[0]


async def test_a_writer_that_fails_while_rows_are_copied_leaves_no_rows(stores: Stores, wall: WallClock) -> None:
    id_ = uuid4()
    with pytest.raises(ZeroDivisionError):
        await _fail_while_copying(stores, id_, wall.now())
    assert await stores.database.fetchval("SELECT count(*) FROM ecosystems WHERE id = $1", id_) == 0


async def _fail_while_copying(stores: Stores, id_: UUID, now: datetime) -> None:
    async with stores.database.transaction() as connection:
        await ecosystem_rows.insert(connection, empty_ecosystem(id_, now))
        async with EcosystemWriter(connection, id_, actor_id=None, now=now) as writer:
            for _ in range(BATCH_ROWS_MAX):
                writer.add_fact(Fact(FactType.ECOSYSTEM_CREATED, 0.0))
            await writer.flush_if_full()
            await asyncio.sleep(0)
            raise ZeroDivisionError
