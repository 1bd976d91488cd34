"""The graph on Neo4j: a projection of the ecosystems, with the position that it has reached. It may be unavailable or behind.

Neo4j has no snapshots, so a read during a write may return a mix of old and new data. A writer therefore sets the position that
it writes towards, before it writes. An answer is valid only if this position was reached before the read, and is unchanged
after it.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from typing import Any, LiteralString, TypeVar
from uuid import UUID

from neo4j import AsyncDriver, AsyncGraphDatabase, Query, RoutingControl

from db.graph.contract import (
    DEPTH_MAX,
    CommonNeighboursQuery,
    FewestTiesPathQuery,
    GraphAnswer,
    Neighbour,
    NeighboursQuery,
)
from domain.activity import Cursor
from domain.paths import Path

CONNECTIONS_MAX = 20
CONNECT_SECONDS_MAX = 2.0
QUERY_SECONDS_MAX = 15.0
"""Neo4j itself stops a query after this time; the router uses Postgres long before. The first query of a kind is slow: see `warm_up`."""

MARKS: LiteralString = """
    UNWIND $worlds AS world MATCH (p:Projection {ecosystem: world}) WHERE size(answers) >= 0
    RETURN collect([world, p.epoch, p.position, p.towards, p.writer]) AS
"""
QUERIES: LiteralString = f"""
WITH [] AS answers
CALL (answers) {{ {MARKS} before }}
UNWIND $questions AS q
CALL (q) {{ %s }}
WITH before, collect([q.place, found]) AS answers
CALL (answers) {{ {MARKS} after }}
RETURN before, answers, after
"""
POSITIONS: LiteralString = f"WITH [] AS answers CALL (answers) {{ {MARKS} marks }} RETURN marks"

NEIGHBOURS: LiteralString = """
MATCH way = (c:Character {ecosystem: q.ecosystem, number: q.number})-[:FEELS*1..%s]-(n:Character) WHERE n <> c
WITH n.number AS number, min(length(way)) AS distance
WHERE distance > q.after_distance OR distance = q.after_distance AND number > q.after_number
WITH distance, number ORDER BY distance, number LIMIT $limit
RETURN collect([distance, number]) AS found
"""
COMMON_NEIGHBOURS: LiteralString = """
MATCH (:Character {ecosystem: q.ecosystem, number: q.one})-[:FEELS]-(n:Character) WHERE n.number > q.after
WITH DISTINCT n
MATCH (other:Character {ecosystem: q.ecosystem, number: q.other}) WHERE EXISTS { (n)-[:FEELS]-(other) }
WITH n.number AS number ORDER BY number LIMIT $limit
RETURN collect(number) AS found
"""
FEWEST_PATHS: LiteralString = """
CALL (q) {
    MATCH (a:Character {ecosystem: q.ecosystem, number: q.from}), (b:Character {ecosystem: q.ecosystem, number: q.to})
    WHERE q.from <> q.to
    MATCH way = allShortestPaths((a)-[:FEELS*]->(b))
    WITH [n IN nodes(way) | n.number] AS numbers ORDER BY numbers LIMIT 1
    RETURN numbers
    UNION ALL
    MATCH (a:Character {ecosystem: q.ecosystem, number: q.from}) WHERE q.from = q.to RETURN [a.number] AS numbers
}
RETURN collect(numbers) AS found
"""

QueryT = TypeVar("QueryT", NeighboursQuery, CommonNeighboursQuery, FewestTiesPathQuery)
FoundT = TypeVar("FoundT")
Marks = dict[str, list[Any]]


def open_driver(uri: str, user: str, password: str) -> AsyncDriver:
    """Short timeouts, because Postgres can answer instead."""
    return AsyncGraphDatabase.driver(
        uri,
        auth=(user, password),
        max_connection_pool_size=CONNECTIONS_MAX,
        connection_timeout=CONNECT_SECONDS_MAX,
        connection_acquisition_timeout=CONNECT_SECONDS_MAX,
        max_transaction_retry_time=0,
        notifications_min_severity="OFF",
        telemetry_disabled=True,
    )


class Neo4jGraph:
    """The answer is None if the ecosystem is missing or is being written. Raises the errors of the driver."""

    def __init__(self, driver: AsyncDriver) -> None:
        self.driver = driver

    async def close(self) -> None:
        await self.driver.close()

    async def warm_up(self) -> None:
        """Runs each kind of query once, for no ecosystem, because Neo4j needs a second or more to plan each after its start."""
        nowhere = UUID(int=0)
        await self.neighbours([NeighboursQuery(nowhere, 0, depth, 0) for depth in range(1, DEPTH_MAX + 1)])
        await self.common_neighbours([CommonNeighboursQuery(nowhere, 0, 1, 0)])
        await self.fewest_paths([FewestTiesPathQuery(nowhere, 0, 1)])
        await self.positions([nowhere])

    async def positions(self, ecosystem_ids: Sequence[UUID]) -> list[Cursor | None]:
        record = await self._fetch_record(POSITIONS, {"worlds": [str(id_) for id_ in ecosystem_ids]})
        marks = _marks(record["marks"])
        return [_as_of(marks, marks, str(id_)) for id_ in ecosystem_ids]

    async def neighbours(self, queries: Sequence[NeighboursQuery]) -> list[GraphAnswer[list[Neighbour]] | None]:
        return await self._answer_grouped(
            queries,
            pattern=lambda q: NEIGHBOURS % _depth_literal(q.depth),
            terms=lambda q: {"number": q.number, "after_distance": q.after.distance, "after_number": q.after.number},
            found=lambda pairs: [Neighbour(*pair) for pair in pairs],
        )

    async def common_neighbours(self, queries: Sequence[CommonNeighboursQuery]) -> list[GraphAnswer[list[int]] | None]:
        return await self._answer_grouped(
            queries,
            pattern=lambda q: COMMON_NEIGHBOURS,
            terms=lambda q: {"one": q.one, "other": q.other, "after": q.after},
            found=list,
        )

    async def fewest_paths(self, queries: Sequence[FewestTiesPathQuery]) -> list[GraphAnswer[Path | None] | None]:
        return await self._answer_grouped(
            queries,
            pattern=lambda q: FEWEST_PATHS,
            terms=lambda q: {"from": q.from_number, "to": q.to_number},
            found=lambda paths: Path(tuple(paths[0]), len(paths[0]) - 1) if paths else None,
        )

    async def _answer_grouped(
        self,
        queries: Sequence[QueryT],
        *,
        pattern: Callable[[QueryT], LiteralString],
        terms: Callable[[QueryT], dict[str, Any]],
        found: Callable[[Any], FoundT],
    ) -> list[GraphAnswer[FoundT] | None]:
        """One statement for each pattern and limit of the queries, because Cypher accepts neither as a parameter of a row."""
        groups: defaultdict[tuple[LiteralString, int], list[dict[str, Any]]] = defaultdict(list)
        for place, query in enumerate(queries):
            row = {"place": place, "ecosystem": str(query.ecosystem_id), **terms(query)}
            groups[pattern(query), getattr(query, "limit", 0)].append(row)
        answers: list[GraphAnswer[FoundT] | None] = [None] * len(queries)
        for (text, limit), rows in groups.items():
            for place, (value, as_of) in (await self._answers_of_group(text, limit, rows)).items():
                answers[place] = None if as_of is None else GraphAnswer(found(value), as_of)
        return answers

    async def _answers_of_group(
        self, pattern: LiteralString, limit: int, rows: Sequence[Mapping[str, Any]]
    ) -> dict[int, tuple[Any, Cursor | None]]:
        ecosystem_ids = sorted({row["ecosystem"] for row in rows})
        record = await self._fetch_record(QUERIES % pattern, {"worlds": ecosystem_ids, "questions": rows, "limit": limit})
        before, after, values = _marks(record["before"]), _marks(record["after"]), dict(record["answers"])
        return {row["place"]: (values[row["place"]], _as_of(before, after, row["ecosystem"])) for row in rows}

    async def _fetch_record(self, text: LiteralString, parameters: dict[str, Any]) -> Any:
        query = Query(text, timeout=QUERY_SECONDS_MAX)
        result = await self.driver.execute_query(query, parameters, routing_=RoutingControl.READ)
        (record,) = result.records
        return record


def _marks(rows: Sequence[Sequence[Any]]) -> Marks:
    return {ecosystem_id: list(mark) for ecosystem_id, *mark in rows}


def _as_of(before: Marks, after: Marks, ecosystem_id: str) -> Cursor | None:
    """The cursor of an answer; None if the ecosystem was written during the read, or still is."""
    mark = before.get(ecosystem_id)
    if mark is None or mark != after.get(ecosystem_id):
        return None
    epoch, position, towards, _ = mark
    return Cursor(epoch, position) if position == towards else None


def _depth_literal(depth: int) -> LiteralString:
    return ("1", "2", "3", "4", "5", "6")[depth - 1]
