"""The unit of work: one transaction in one ecosystem that writes state, facts and the reply to an idempotency key."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Any
from uuid import UUID

from db import activity, characters, ecosystems, interactions, notifications, relationships, users
from db.characters import CharacterRow
from db.ecosystems import EcosystemRow
from db.stores import Stores
from db.users import IdempotencyRow
from domain.activity import Cursor, Fact
from domain.clock import WallClock, WorldClock
from domain.interactions import Act
from domain.refusals import ConversationIsClosed, Inactive, Invalid, NotFound, TooTired


class UnitOfWork:
    """`connection` is in the transaction. `now` is read again after each lock, so that it is later than what the lock waited for."""

    def __init__(self, connection: Any, wall: WallClock, ecosystem_id: UUID, viewer_id: UUID) -> None:
        self.connection = connection
        self.ecosystem_id = ecosystem_id
        self.viewer_id = viewer_id
        self.wall = wall
        self.now: datetime = wall.now()
        self.cursor: Cursor | None = None
        """The cursor of the last fact; None before the first."""

    async def find_replay(self, key: str | None, fingerprint: bytes) -> IdempotencyRow | None:
        """The earlier reply to this idempotency key, or None. Must be called first. Raises Invalid if the key came with another input."""
        if key is None:
            return None
        answer = await users.claim_key(self.connection, self.viewer_id, key, fingerprint, self.now)
        if answer and answer.asked != fingerprint:
            raise Invalid.at("idempotencyKey", because="This key was used with another input; use a new key for a new request.")
        return answer

    async def save_reply(self, key: str | None, result: int) -> None:
        """Stores the number or position of the result with the idempotency key."""
        if key is not None and self.cursor is not None:
            await users.save_answer(self.connection, self.viewer_id, key, self.ecosystem_id, result, self.cursor.position)

    async def lock_characters(self, *numbers: int) -> dict[int, CharacterRow]:
        """Locks the characters. Returns those that exist, by number."""
        rows = await characters.lock(self.connection, self.ecosystem_id, numbers)
        self.now = self.wall.now()
        return rows

    async def load_ecosystem(self, *, lock: bool = False) -> EcosystemRow:
        """Raises NotFound if the ecosystem does not exist or the viewer may not see it."""
        if lock:
            await self.connection.execute("SELECT FROM ecosystems WHERE id = $1 FOR NO KEY UPDATE", self.ecosystem_id)
            self.now = self.wall.now()
        row = (await ecosystems.by_ids(self.connection, self.viewer_id, [self.ecosystem_id]))[0]
        if row is None:
            raise NotFound
        return row

    async def record_facts(self, *facts: Fact) -> int:
        """Writes the facts at the next positions, and returns the first position. Other writers of the ecosystem wait from here on."""
        epoch, first = await activity.append(self.connection, self.ecosystem_id, facts, actor_id=self.viewer_id, now=self.now)
        self.cursor = Cursor(epoch, first + len(facts) - 1)
        return first

    async def save_acts(self, acts: Sequence[tuple[int, Act]], content: str = "", message_position: int | None = None) -> None:
        """Writes interactions at their positions, and the relationships after them."""
        rows = [
            interactions.row_values(self.ecosystem_id, position, act, content, message_position, self.now)
            for position, act in acts
        ]
        await interactions.insert(self.connection, rows)
        ties = {
            (effect.from_number, effect.to_number): (position, effect.after) for position, act in acts for effect in act.effects
        }
        for position in dict.fromkeys(position for position, _ in ties.values()):
            of_act = [tie for at, tie in ties.values() if at == position]
            await relationships.save_states(self.connection, self.ecosystem_id, of_act, position=position, now=self.now)


@asynccontextmanager
async def unit_of_work(stores: Stores, wall: WallClock, ecosystem_id: UUID, viewer_id: UUID) -> AsyncIterator[UnitOfWork]:
    """Commits at the end of the block, then notifies subscribers. Any exception rolls back the transaction."""
    try:
        async with stores.database.transaction() as connection:
            work = UnitOfWork(connection, wall, ecosystem_id, viewer_id)
            yield work
    except (TooTired, Inactive, ConversationIsClosed) as refusal:
        refusal.ecosystem_id = ecosystem_id
        raise
    if work.cursor is not None:
        await stores.last_writes.record(ecosystem_id, viewer_id, work.cursor)
        await notifications.publish(stores.publisher_redis, ecosystem_id, work.cursor.position)


def world_clock(row: EcosystemRow) -> WorldClock:
    return WorldClock(row.clock_world_seconds, row.clock_since, row.clock_rate)
