"""Chronicles: what is kept at once is, row for row, what live changes would have kept one by one."""

import asyncio
import json
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

import pytest

from db import ecosystems as kept_worlds
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
from resolvers import characters, conversations, ecosystems
from resolvers.context import Context, Viewer
from tests.interchange import kept

NAMES = ("Ann", "Bob", "Cy")
SPOKEN = ((0, "Good day to you both."), (1, "Good day."), (0, "Is it?"), (0, "I wonder."), (2, "It is, it is!"), (1, "Well."))
SEED = "a seed"


async def lived(stores: Stores, wall: WallClock) -> UUID:
    """A talk of three by the public ways, in a world whose clock stands still."""
    user = User(id=uuid4(), name="Host", name_key="host", created_at=wall.now())
    async with stores.database.transaction() as connection:
        await users.insert(connection, user)
    context = Context(stores, wall, Viewer(user.id, user.name))
    world = ecosystems.CreateEcosystem("A talk", "", Visibility.PRIVATE, "script", SEED, 0.0, None)
    id_ = (await ecosystems.create(context, world)).ecosystem_id
    for name in NAMES:
        await characters.create(context, characters.CreateCharacter(id_, name, "", (0.5,) * 5, None))
    people = [CharacterKey(id_, number) for number in range(1, len(NAMES) + 1)]
    talk = (
        await conversations.open_conversation(context, conversations.OpenConversation(id_, "At noon", tuple(people[:2])))
    ).key
    for who, text in SPOKEN:
        await conversations.say(context, conversations.SayMessage(talk, people[who], text))
    await conversations.close_conversation(context, talk)
    return id_


async def chronicled(stores: Stores, wall: WallClock) -> UUID:
    """The same talk, kept at once."""
    id_, now = uuid4(), wall.now()
    async with stores.database.transaction() as connection:
        await kept_worlds.insert(connection, silent(id_, now))
        async with EcosystemWriter(connection, id_, actor_id=None, now=now) as chronicle:
            chronicle.add_fact(Fact(FactType.ECOSYSTEM_CREATED, 0.0))
            company = Cast(chronicle, [Speaker(name, name) for name in NAMES], SEED)
            talk = chronicle.open_conversation("At noon", company.numbers(NAMES[:2]), 0.0)
            before: list[int] = []
            for who, text in SPOKEN:
                numbers = company.numbers([NAMES[who]])
                message = chronicle.add_message(talk, company.states(numbers), text, word_count.count_words(text), 0.0)
                company.add_exchange(numbers, before, at=0.0, tone=None, words=WORDS_AT_WEIGHT_ONE, message=message)
                before = numbers
            chronicle.close_conversation(talk, 0.0)
            await chronicle.finish(WorldClock(0.0, now, 0.0))
    return id_


def silent(id_: UUID, now: datetime) -> Ecosystem:
    """A world in which nothing has happened."""
    return Ecosystem(
        id=id_, name="A talk", name_key="a talk", description="", visibility=Visibility.PRIVATE, rule_set="script", seed=SEED,
        clock_world_seconds=0.0, clock_since=now, clock_rate=0.0, epoch=epoch_of(id_, 0), created_at=now, updated_at=now,
        active_at=now,
    )  # fmt: skip


async def rows(stores: Stores, id_: UUID) -> list[Any]:
    return [json.loads(line) for line in (await kept.archive(stores, id_)).splitlines()]


async def test_a_chronicle_keeps_what_live_changes_keep(stores: Stores, wall: WallClock) -> None:
    live, at_once = await rows(stores, await lived(stores, wall)), await rows(stores, await chronicled(stores, wall))

    assert at_once[1:] == live[1:]
    assert at_once[0] == live[0]


async def test_a_chronicle_that_breaks_off_while_rows_are_copied_leaves_nothing(stores: Stores, wall: WallClock) -> None:
    id_ = uuid4()
    with pytest.raises(ZeroDivisionError):
        await _break_off(stores, id_, wall.now())
    assert await stores.database.fetchval("SELECT count(*) FROM ecosystems WHERE id = $1", id_) == 0


async def _break_off(stores: Stores, id_: UUID, now: datetime) -> None:
    async with stores.database.transaction() as connection:
        await kept_worlds.insert(connection, silent(id_, now))
        async with EcosystemWriter(connection, id_, actor_id=None, now=now) as chronicle:
            for _ in range(BATCH_ROWS_MAX):
                chronicle.add_fact(Fact(FactType.ECOSYSTEM_CREATED, 0.0))
            await chronicle.flush_if_full()
            await asyncio.sleep(0)
            raise ZeroDivisionError
