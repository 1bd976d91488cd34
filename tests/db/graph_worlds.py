"""Ecosystems for tests of the graph, with relationships of a given strength."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID, uuid4

from db import activity, characters, ecosystems, interactions, relationships
from db.characters import Character
from db.database import Database
from db.ecosystems import Ecosystem
from domain.activity import Cursor, Fact, FactType, epoch_of
from domain.relationships import RelationshipState

NOW = datetime(2026, 11, 25, tzinfo=UTC)


def tie(
    from_number: int, to_number: int, *, bond: int = 0, affinity: int = 0, felt_at: float = 0.0, version: int = 1
) -> RelationshipState:
    first = RelationshipState.initial(from_number, to_number, felt_at)
    return RelationshipState(from_number, to_number, affinity, bond, first.trust, 0, 0, first.stage, felt_at, version)


@dataclass(slots=True)
class GraphWorld:
    """Each change is written as in production: state and fact in one transaction, the position last."""

    database: Database
    id: UUID
    people: int = 0

    @classmethod
    async def create(cls, database: Database, people: int, ties: Iterable[RelationshipState] = ()) -> "GraphWorld":
        world = cls(database, uuid4())
        async with database.transaction() as connection:
            await ecosystems.insert(
                connection,
                Ecosystem(
                    id=world.id, name="Graph", name_key="graph", description="", visibility="private", rule_set="story",
                    seed="1", clock_world_seconds=0.0, clock_since=NOW, clock_rate=0.0, epoch=epoch_of(world.id, 0), head=0,
                    created_at=NOW, updated_at=NOW, active_at=NOW,
                ),
            )  # fmt: skip
            await world._record(connection, Fact(FactType.ECOSYSTEM_CREATED, 0.0))
            for _ in range(people):
                await world._add_character(connection)
        if states := list(ties):
            await world.write_ties(*states)
        return world

    async def add_character(self) -> Cursor:
        async with self.database.transaction() as connection:
            return await self._add_character(connection)

    async def _add_character(self, connection: object) -> Cursor:
        self.people += 1
        await characters.insert(
            connection,
            Character(
                ecosystem_id=self.id, number=self.people, name=f"No. {self.people}", name_key="no", description="",
                openness=0, conscientiousness=0, extraversion=0, agreeableness=0, neuroticism=0, energy=0, mood=0,
                felt_at=0.0, is_active=True, owner_id=None, created_at=NOW, updated_at=NOW,
            ),
        )  # fmt: skip
        return await self._record(connection, Fact(FactType.CHARACTER_CREATED, 0.0, (self.people,)))

    async def rename(self, number: int, name: str) -> Cursor:
        async with self.database.transaction() as connection:
            await characters.update(connection, self.id, number, {"name": name}, NOW)
            return await self._record(connection, Fact(FactType.CHARACTER_CHANGED, 0.0, (number,)))

    async def delete_character(self, number: int) -> Cursor:
        async with self.database.transaction() as connection:
            await characters.delete(connection, self.id, number)
            return await self._record(connection, Fact(FactType.CHARACTER_DELETED, 0.0, (number,)))

    async def write_ties(self, *ties: RelationshipState) -> Cursor:
        """All in one transaction, each with its own fact."""
        facts = [Fact(FactType.INTERACTED, 0.0, (tie.from_number, tie.to_number)) for tie in ties]
        async with self.database.transaction() as connection:
            epoch, first = await activity.append(connection, self.id, facts, actor_id=None, now=NOW)
            acts = [_act(self.id, position, tie) for position, tie in enumerate(ties, first)]
            await interactions.insert(connection, acts)
            await relationships.save_states(connection, self.id, ties, position=first, now=NOW)
        return Cursor(epoch, first + len(ties) - 1)

    async def replace_history(self) -> Cursor:
        """A new epoch, as after an import that replaces the ecosystem."""
        async with self.database.transaction() as connection:
            await connection.execute("DELETE FROM characters WHERE ecosystem_id = $1", self.id)
            await connection.execute(
                "UPDATE ecosystems SET epoch_version = 1, epoch = $2 WHERE id = $1", self.id, epoch_of(self.id, 1)
            )
            self.people = 0
            return await self._record(connection, Fact(FactType.ECOSYSTEM_CHANGED, 0.0))

    async def delete(self) -> None:
        async with self.database.transaction() as connection:
            await ecosystems.delete(connection, self.id, NOW)

    async def head(self) -> Cursor:
        async with self.database.transaction() as connection:
            row = await connection.fetchrow("SELECT epoch, head FROM ecosystems WHERE id = $1", self.id)
        return Cursor(row["epoch"], row["head"])

    async def _record(self, connection: object, fact: Fact) -> Cursor:
        return Cursor(*await activity.append(connection, self.id, [fact], actor_id=None, now=NOW))


def _act(ecosystem_id: UUID, position: int, tie: RelationshipState) -> tuple[object, ...]:
    one, other = tie.from_number, tie.to_number
    pair = min(one, other), max(one, other)
    return (ecosystem_id, position, "chat", one, "", other, "", *pair, "", True, 0, 0, 0, None, [], [], None, 0.0, NOW)
