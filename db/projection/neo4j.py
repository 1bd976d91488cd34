"""The target of the projection: writes ecosystems into Neo4j, with the position for which they are valid.

A run first stores the position that it writes towards and its id, then writes batches; the last one also stores the position.
Each transaction locks the marks of the ecosystems and stops if another run has started since (a fence). So a projector that has
lost its leadership without noticing cannot write, and deletions need no tombstones.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any, LiteralString
from uuid import UUID, uuid4

from neo4j import AsyncDriver, AsyncManagedTransaction, RoutingControl

from db.projection.batches import Batch
from domain.activity import Cursor

DELETE_BATCH_SIZE = 5_000
"""Rows that one transaction deletes, because Neo4j holds a whole transaction in memory."""

CONSTRAINTS: tuple[LiteralString, ...] = (
    "CREATE CONSTRAINT character_key IF NOT EXISTS FOR (c:Character) REQUIRE (c.ecosystem, c.number) IS UNIQUE",
    "CREATE CONSTRAINT projection_key IF NOT EXISTS FOR (p:Projection) REQUIRE p.ecosystem IS UNIQUE",
)
MARKS: LiteralString = (
    "MATCH (p:Projection) WHERE $worlds IS NULL OR p.ecosystem IN $worlds RETURN p.ecosystem, p.epoch, p.position"
)
CREATE_MARKS: LiteralString = "UNWIND $worlds AS world MERGE (p:Projection {ecosystem: world}) SET p.held = $writer"
LOCK_MARKS: LiteralString = "UNWIND $worlds AS world MATCH (p:Projection {ecosystem: world}) SET p.held = $writer"
FENCE: LiteralString = """
UNWIND $worlds AS world MATCH (p:Projection {ecosystem: world}) RETURN p.ecosystem, p.epoch, p.position, p.writer
"""
BEGIN_RUN: LiteralString = """
UNWIND $rows AS row MATCH (p:Projection {ecosystem: row[0]})
SET p.epoch = row[1], p.position = row[2], p.towards = row[3], p.writer = $writer
"""
SET_POSITION: LiteralString = (
    "UNWIND $rows AS row MATCH (p:Projection {ecosystem: row[0]}) SET p.epoch = row[1], p.position = row[2]"
)
DELETE_CHARACTERS: LiteralString = "UNWIND $rows AS row MATCH (c:Character {ecosystem: row[0], number: row[1]}) DETACH DELETE c"
MERGE_CHARACTERS: LiteralString = """
UNWIND $rows AS row MERGE (c:Character {ecosystem: row[0], number: row[1]})
WITH c, row WHERE coalesce(c.version, 0) < row[3] SET c.name = row[2], c.version = row[3]
"""
MERGE_TIES: LiteralString = """
UNWIND $rows AS row
MATCH (a:Character {ecosystem: row[0], number: row[1]}) MATCH (b:Character {ecosystem: row[0], number: row[2]})
MERGE (a)-[r:FEELS]->(b)
WITH r, row WHERE coalesce(r.version, 0) < row[6]
SET r.affinity = row[3], r.bond = row[4], r.felt_at = row[5], r.version = row[6]
"""
DELETE_ALL: tuple[LiteralString, ...] = (
    """
    MATCH (c:Character)-[r:FEELS]->() WHERE c.ecosystem IN $worlds AND c.number >= 0
    WITH r LIMIT $limit DELETE r RETURN count(*) AS wiped
    """,
    "MATCH (c:Character) WHERE c.ecosystem IN $worlds AND c.number >= 0 WITH c LIMIT $limit DELETE c RETURN count(*) AS wiped",
)
INVALIDATE: LiteralString = """
MATCH (p:Projection) WHERE $worlds IS NULL OR p.ecosystem IN $worlds SET p.position = 0, p.towards = -1, p.writer = $writer
"""
DELETE_MARKS: LiteralString = "MATCH (p:Projection) WHERE p.ecosystem IN $worlds DELETE p"


class FencedOff(Exception):
    """Another run writes these ecosystems now. The projector must read the marks again."""


class Projection:
    """All methods raise the errors of the driver."""

    def __init__(self, driver: AsyncDriver) -> None:
        self.driver = driver

    async def prepare(self) -> None:
        """Creates constraints, which must exist before the first write: Neo4j finds characters by their indexes."""
        for constraint in CONSTRAINTS:
            await self.driver.execute_query(constraint)

    async def marks(self, ecosystem_ids: Iterable[UUID] | None = None) -> dict[UUID, Cursor]:
        """The cursor up to which each ecosystem is complete; position 0 if it never was. Of all ecosystems if None is given."""
        ids = None if ecosystem_ids is None else _sorted_ids(ecosystem_ids)
        result = await self.driver.execute_query(MARKS, worlds=ids, routing_=RoutingControl.READ)
        return {UUID(id_text): Cursor(epoch, position) for id_text, epoch, position in result.records if epoch is not None}

    async def invalidate(self, ecosystem_ids: Iterable[UUID] | None = None) -> None:
        """Marks ecosystems (None: all) as incomplete until they are rebuilt. Fences off running writers."""
        ids = None if ecosystem_ids is None else _sorted_ids(ecosystem_ids)
        await self.driver.execute_query(INVALIDATE, worlds=ids, writer=uuid4().hex)

    async def erase(self, ecosystem_ids: Iterable[UUID]) -> None:
        """Deletes ecosystems. Their marks are deleted last, so that an interrupted deletion is found and repeated."""
        ids = _sorted_ids(ecosystem_ids)
        await self.invalidate(ecosystem_ids)
        for statement in DELETE_ALL:
            while (await self.driver.execute_query(statement, worlds=ids, limit=DELETE_BATCH_SIZE)).records[0]["wiped"]:
                pass
        await self.driver.execute_query(DELETE_MARKS, worlds=ids)

    async def begin(
        self, bases: Mapping[UUID, Cursor | None], heads: Mapping[UUID, Cursor], *, from_empty: bool
    ) -> "ProjectionRun":
        """Starts a run from the cursor `bases` to the cursor `heads` of each ecosystem, or from position 0 if `from_empty`.

        Raises FencedOff if the mark of an ecosystem is not at its base any more.
        """
        run = ProjectionRun(self.driver, dict(heads))
        await run.begin(bases, from_empty=from_empty)
        return run


@dataclass(slots=True)
class ProjectionRun:
    """One run over some ecosystems. All methods raise FencedOff once another run has started."""

    driver: AsyncDriver
    heads: dict[UUID, Cursor]
    writer: str = field(default_factory=lambda: uuid4().hex)

    @property
    def ids(self) -> list[str]:
        return _sorted_ids(self.heads)

    async def begin(self, bases: Mapping[UUID, Cursor | None], *, from_empty: bool) -> None:
        positions = {id_: 0 if from_empty or base is None else base.position for id_, base in bases.items()}
        rows = [[str(id_), head.epoch, positions[id_], head.position] for id_, head in self.heads.items()]

        async def work(transaction: AsyncManagedTransaction) -> None:
            await _run(transaction, CREATE_MARKS, worlds=self.ids, writer=self.writer)
            for id_text, epoch, position, _ in await _run(transaction, FENCE, worlds=self.ids):
                if bases[UUID(id_text)] != (None if epoch is None else Cursor(epoch, position)):
                    raise FencedOff(id_text)
            await _run(transaction, BEGIN_RUN, rows=rows, writer=self.writer)

        await self._write(work)

    async def delete_all(self) -> None:
        """Deletes all characters of these ecosystems, with their relationships."""
        for statement in DELETE_ALL:
            while await self._write(partial(self._delete_batch, statement)):
                pass

    async def _delete_batch(self, statement: LiteralString, transaction: AsyncManagedTransaction) -> int:
        await self._check_fence(transaction)
        return int((await _run(transaction, statement, worlds=self.ids, limit=DELETE_BATCH_SIZE))[0][0])

    async def write(self, batch: Batch, *, is_last: bool) -> None:
        """The transaction of the last batch also stores the position."""

        async def work(transaction: AsyncManagedTransaction) -> None:
            await self._check_fence(transaction)
            for statement, rows in (
                (DELETE_CHARACTERS, batch.deleted),
                (MERGE_CHARACTERS, batch.characters),
                (MERGE_TIES, batch.ties),
            ):
                if rows:
                    await _run(transaction, statement, rows=rows)
            if is_last:
                rows = [[str(id_), head.epoch, head.position] for id_, head in self.heads.items()]
                await _run(transaction, SET_POSITION, rows=rows)

        await self._write(work)

    async def _check_fence(self, transaction: AsyncManagedTransaction) -> None:
        """Locks before it reads, so that the result is valid until the commit."""
        await _run(transaction, LOCK_MARKS, worlds=self.ids, writer=self.writer)
        held = await _run(transaction, FENCE, worlds=self.ids)
        if [writer for *_, writer in held] != [self.writer] * len(self.heads):
            raise FencedOff(", ".join(self.ids))

    async def _write(self, work: Any) -> Any:
        async with self.driver.session() as session:
            return await session.execute_write(work)


async def _run(transaction: AsyncManagedTransaction, statement: LiteralString, **parameters: Any) -> list[Sequence[Any]]:
    result = await transaction.run(statement, parameters)
    return [record.values() async for record in result]


def _sorted_ids(ecosystem_ids: Iterable[UUID]) -> list[str]:
    """In order, so that two runs that lock the same ecosystems cannot deadlock."""
    return sorted(str(id_) for id_ in ecosystem_ids)
