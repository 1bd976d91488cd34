"""Drift: differences between Neo4j and Postgres that newer facts do not explain.

Both stores compute sums for buckets of rows; only buckets with different sums are compared row by row. Characters and
relationships with facts after the position of Neo4j may differ.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, LiteralString
from uuid import UUID

from neo4j import AsyncDriver, RoutingControl

from db.projection import batches
from db.projection.neo4j import Projection
from domain.activity import FactType

BUCKETS: LiteralString = "256"

Key = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class ComparedKind:
    """The statements that sum and list one kind of row in both stores. The columns of `..._rows` begin with the key."""

    name: str
    key_length: int
    postgres_buckets: str
    postgres_rows: str
    neo4j_buckets: LiteralString
    neo4j_rows: LiteralString


CHARACTERS = ComparedKind(
    "character",
    1,
    f"SELECT c.number % {BUCKETS}, count(*), sum(c.version), array_agg(c.name ORDER BY c.number) "
    "FROM characters c WHERE c.ecosystem_id = $1 GROUP BY 1",
    f"SELECT c.number, c.name, c.version FROM characters c WHERE c.ecosystem_id = $1 AND c.number % {BUCKETS} = ANY($2)",
    "MATCH (c:Character) WHERE c.ecosystem = $world AND c.number >= 0 WITH c ORDER BY c.number "
    f"RETURN c.number % {BUCKETS}, count(*), sum(c.version), collect(c.name)",
    f"MATCH (c:Character) WHERE c.ecosystem = $world AND c.number >= 0 AND c.number % {BUCKETS} IN $buckets "
    "RETURN c.number, c.name, c.version",
)
TIES = ComparedKind(
    "tie",
    2,
    f"SELECT r.from_number % {BUCKETS}, count(*), sum(r.version), sum(r.affinity), sum(r.bond) "
    "FROM character_relationships r WHERE r.ecosystem_id = $1 GROUP BY 1",
    "SELECT r.from_number, r.to_number, r.affinity, r.bond, r.felt_at, r.version "
    f"FROM character_relationships r WHERE r.ecosystem_id = $1 AND r.from_number % {BUCKETS} = ANY($2)",
    "MATCH (a:Character)-[r:FEELS]->() WHERE a.ecosystem = $world AND a.number >= 0 "
    f"RETURN a.number % {BUCKETS}, count(*), sum(r.version), sum(r.affinity), sum(r.bond)",
    f"MATCH (a:Character)-[r:FEELS]->(b) WHERE a.ecosystem = $world AND a.number >= 0 AND a.number % {BUCKETS} IN $buckets "
    "RETURN a.number, b.number, r.affinity, r.bond, r.felt_at, r.version",
)


@dataclass(frozen=True, slots=True)
class Difference:
    """The values of a key in both stores; None if a store has no row."""

    kind: str
    key: Key
    postgres: Key | None
    neo4j: Key | None


@dataclass(frozen=True, slots=True)
class DriftReport:
    """`lag` counts facts that Neo4j does not have yet; None if Neo4j does not have the ecosystem, or is rebuilding it."""

    ecosystem_id: UUID
    lag: int | None
    differences: Sequence[Difference] = ()


async def find_drift(connection: Any, driver: AsyncDriver, ecosystem_id: UUID) -> DriftReport:
    """The ecosystem must exist. `connection` must not be in a transaction."""
    mark = (await Projection(driver).marks([ecosystem_id])).get(ecosystem_id)
    head = (await batches.heads(connection, [ecosystem_id]))[ecosystem_id]
    if mark is None or mark.position == 0 or mark.epoch != head.epoch:
        return DriftReport(ecosystem_id, None)
    differences_by_kind = [await _differences(connection, driver, ecosystem_id, kind) for kind in (CHARACTERS, TIES)]
    changed = await _changed_since(connection, ecosystem_id, mark.position)
    differences = [
        difference for of_kind in differences_by_kind for difference in of_kind if not _is_explained(difference.key, *changed)
    ]
    return DriftReport(ecosystem_id, head.position - mark.position, differences)


async def _differences(connection: Any, driver: AsyncDriver, ecosystem_id: UUID, kind: ComparedKind) -> list[Difference]:
    parameters = {"world": str(ecosystem_id)}
    in_postgres = _by_key(await connection.fetch(kind.postgres_buckets, ecosystem_id), 1)
    in_neo4j = _by_key((await driver.execute_query(kind.neo4j_buckets, parameters, routing_=RoutingControl.READ)).records, 1)
    buckets = [
        bucket for (bucket,) in in_postgres.keys() | in_neo4j.keys() if in_postgres.get((bucket,)) != in_neo4j.get((bucket,))
    ]
    if not buckets:
        return []
    rows = await driver.execute_query(kind.neo4j_rows, {**parameters, "buckets": buckets}, routing_=RoutingControl.READ)
    in_neo4j = _by_key(rows.records, kind.key_length)
    in_postgres = _by_key(await connection.fetch(kind.postgres_rows, ecosystem_id, buckets), kind.key_length)
    keys = sorted(in_postgres.keys() | in_neo4j.keys())
    return [
        Difference(kind.name, key, in_postgres.get(key), in_neo4j.get(key))
        for key in keys
        if in_postgres.get(key) != in_neo4j.get(key)
    ]


def _by_key(rows: Sequence[Mapping[str, Any]], length: int) -> dict[Key, Key]:
    values = [tuple(row.values()) for row in rows]
    return {row[:length]: row[length:] for row in values}


async def _changed_since(connection: Any, ecosystem_id: UUID, position: int) -> tuple[set[int], set[int]]:
    """The characters that facts after the position are about, and those of them that were deleted."""
    rows = await connection.fetch(
        "SELECT DISTINCT a.number, a.type FROM activity_characters a WHERE a.ecosystem_id = $1 AND a.position > $2",
        ecosystem_id,
        position,
    )
    deleted = {row["number"] for row in rows if row["type"] == FactType.CHARACTER_DELETED}
    return {row["number"] for row in rows}, deleted


def _is_explained(key: Key, changed: set[int], deleted: set[int]) -> bool:
    """Whether newer facts may have changed the row: a fact about a relationship is about both of its characters."""
    return changed.issuperset(key) or not deleted.isdisjoint(key)
