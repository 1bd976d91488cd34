"""The graph on Postgres: always available and up to date. A page needs one statement, a path a few."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import Any
from uuid import UUID

from db.database import Database
from db.graph.contract import (
    CommonNeighboursQuery,
    FewestTiesPathQuery,
    GraphAnswer,
    Neighbour,
    NeighboursQuery,
    StrongestPathQuery,
)
from db.rows import Row
from domain.activity import Cursor
from domain.paths import EdgeRequest, Path, PathSearch, shortest_path

# Each statement reads head, epoch and relationships in one snapshot, so that its answers are valid for that head.
NEIGHBOURS = """
SELECT q.place, e.epoch, e.head, found.numbers, found.distances
FROM unnest($1::uuid[], $2::int[], $3::int[], $4::int[], $5::int[], $6::int[])
    WITH ORDINALITY AS q(ecosystem_id, number, depth, wanted, after_distance, after_number, place)
JOIN ecosystems e ON e.id = q.ecosystem_id
CROSS JOIN LATERAL (
    SELECT array_agg(n.number ORDER BY n.distance, n.number) AS numbers, array_agg(n.distance ORDER BY n.distance, n.number) AS distances
    FROM neighbours_of(q.ecosystem_id, q.number, q.depth, q.wanted, q.after_distance, q.after_number) n
) found
"""

NEIGHBOUR_NUMBERS = """
SELECT r.to_number AS number FROM character_relationships r WHERE r.ecosystem_id = q.ecosystem_id AND r.from_number = {end}
UNION SELECT r.from_number FROM character_relationships r WHERE r.ecosystem_id = q.ecosystem_id AND r.to_number = {end}
"""

COMMON_NEIGHBOURS = f"""
SELECT q.place, e.epoch, e.head, found.numbers
FROM unnest($1::uuid[], $2::int[], $3::int[], $4::int[], $5::int[])
    WITH ORDINALITY AS q(ecosystem_id, one, other, wanted, after, place)
JOIN ecosystems e ON e.id = q.ecosystem_id
CROSS JOIN LATERAL (
    SELECT array_agg(page.number ORDER BY page.number) AS numbers FROM (
        SELECT number FROM (({NEIGHBOUR_NUMBERS.format(end="q.one")}) INTERSECT ({NEIGHBOUR_NUMBERS.format(end="q.other")})) both_know
        WHERE number > q.after ORDER BY number LIMIT q.wanted
    ) page
) found
"""

BOND_MILLIONTHS = (
    "round(1000000 * bond_at(r.affinity, r.bond, q.at - r.felt_at, "
    "q.affinity_half_life, q.bond_half_life, q.neglect_half_life))::int"
)

CHARACTER_EXISTS = "EXISTS (SELECT FROM characters c WHERE c.ecosystem_id = q.ecosystem_id AND c.number = {end})"
PATH_ENDS = f"""
SELECT q.place, e.epoch, e.head, {CHARACTER_EXISTS.format(end="q.one")} AND {CHARACTER_EXISTS.format(end="q.other")} AS both_there
FROM unnest($1::uuid[], $2::int[], $3::int[]) WITH ORDINALITY AS q(ecosystem_id, one, other, place)
JOIN ecosystems e ON e.id = q.ecosystem_id
"""

TIES = """
WITH q AS (
    SELECT * FROM unnest($1::uuid[], $2::float8[], $3::float8[], $4::float8[], $5::float8[])
        WITH ORDINALITY AS q(ecosystem_id, at, affinity_half_life, bond_half_life, neglect_half_life, place)
)
SELECT q.place, 'outgoing' AS side, {columns}
FROM unnest($6::bigint[], $7::int[]) AS w(place, number) JOIN q USING (place)
JOIN character_relationships r ON r.ecosystem_id = q.ecosystem_id AND r.from_number = w.number GROUP BY q.place
UNION ALL
SELECT q.place, 'incoming', {columns}
FROM unnest($8::bigint[], $9::int[]) AS w(place, number) JOIN q USING (place)
JOIN character_relationships r ON r.ecosystem_id = q.ecosystem_id AND r.to_number = w.number GROUP BY q.place
UNION ALL
SELECT q.place, 'all', {columns}
FROM q JOIN character_relationships r ON r.ecosystem_id = q.ecosystem_id WHERE q.place = ANY($10::bigint[]) GROUP BY q.place
"""

PathQuery = FewestTiesPathQuery | StrongestPathQuery


class PostgresGraph:
    """Every answer is as of the head, so that it satisfies every minimum position."""

    def __init__(self, database: Database) -> None:
        self.database = database

    async def close(self) -> None:
        """Does nothing: the owner of the database closes it."""

    async def positions(self, ecosystem_ids: Sequence[UUID]) -> list[Cursor | None]:
        statement = "SELECT e.id, e.epoch, e.head FROM ecosystems e WHERE e.id = ANY($1)"
        rows = await self.database.fetch(statement, list(ecosystem_ids), record_class=Row)
        found = {row.id: Cursor(row.epoch, row.head) for row in rows}
        return [found.get(id_) for id_ in ecosystem_ids]

    async def neighbours(self, queries: Sequence[NeighboursQuery]) -> list[GraphAnswer[list[Neighbour]] | None]:
        arguments = [(q.ecosystem_id, q.number, q.depth, q.limit, q.after.distance, q.after.number) for q in queries]
        rows = await self._fetch_by_place(NEIGHBOURS, arguments)
        return [
            row
            and GraphAnswer(
                [Neighbour(*pair) for pair in zip(row.distances or (), row.numbers or (), strict=True)], _as_of(row)
            )
            for row in rows
        ]

    async def common_neighbours(self, queries: Sequence[CommonNeighboursQuery]) -> list[GraphAnswer[list[int]] | None]:
        arguments = [(q.ecosystem_id, q.one, q.other, q.limit, q.after) for q in queries]
        rows = await self._fetch_by_place(COMMON_NEIGHBOURS, arguments)
        return [row and GraphAnswer(row.numbers or [], _as_of(row)) for row in rows]

    async def fewest_paths(self, queries: Sequence[FewestTiesPathQuery]) -> list[GraphAnswer[Path | None] | None]:
        return await self._paths(queries, cost="1")

    async def strongest_paths(self, queries: Sequence[StrongestPathQuery]) -> list[GraphAnswer[Path | None] | None]:
        return await self._paths(queries, cost=f"1000000 - abs({BOND_MILLIONTHS})")

    async def _paths(self, queries: Sequence[PathQuery], *, cost: str) -> list[GraphAnswer[Path | None] | None]:
        """All searches advance together in one snapshot, so that the number of statements is that of the longest search."""
        statement = TIES.format(
            columns=f"array_agg(r.from_number) AS froms, array_agg(r.to_number) AS tos, array_agg({cost}) AS costs"
        )
        constants = list(zip(*[(q.ecosystem_id, *_drift_rates(q)) for q in queries], strict=True))
        async with self.database.transaction(isolation="repeatable_read", readonly=True) as connection:
            arguments = [(q.ecosystem_id, q.from_number, q.to_number) for q in queries]
            ends = _by_place(await connection.fetch(PATH_ENDS, *_columns(arguments), record_class=Row), len(arguments))
            searches = {
                place: shortest_path(q.from_number, q.to_number)
                for place, (q, row) in enumerate(zip(queries, ends, strict=True))
                if row is not None and row.both_there
            }
            found: dict[int, Path | None] = {}
            requests = dict(_advance_searches(searches, dict.fromkeys(searches), found))
            while requests:
                rows = await connection.fetch(statement, *constants, *_request_arguments(requests), record_class=Row)
                requests = dict(_advance_searches(searches, _edges_by_search(rows, requests), found))
        return [row and GraphAnswer(found.get(place), _as_of(row)) for place, row in enumerate(ends)]

    async def _fetch_by_place(self, statement: str, arguments: Sequence[tuple[Any, ...]]) -> list[Any]:
        if not arguments:
            return []
        return _by_place(await self.database.fetch(statement, *_columns(arguments), record_class=Row), len(arguments))


def _columns(arguments: Sequence[tuple[Any, ...]]) -> Iterator[list[Any]]:
    return (list(column) for column in zip(*arguments, strict=True))


def _by_place(rows: Iterable[Any], count: int) -> list[Any]:
    """In the order of the queries; None if there is no row."""
    found = {row.place - 1: row for row in rows}
    return [found.get(place) for place in range(count)]


def _as_of(row: Any) -> Cursor:
    return Cursor(row.epoch, row.head)


def _drift_rates(query: PathQuery) -> tuple[float, ...]:
    if isinstance(query, FewestTiesPathQuery):
        return 0.0, 1.0, 1.0, 1.0
    rules = query.rules
    return query.at, rules.affinity_half_life, rules.bond_half_life, rules.neglect_half_life


SearchInput = tuple[list[tuple[int, int, int]], list[tuple[int, int, int]]]


def _advance_searches(
    searches: Mapping[int, PathSearch], answers: Mapping[int, SearchInput | None], found: dict[int, Path | None]
) -> Iterator[tuple[int, EdgeRequest]]:
    """The next request of each search. The paths of finished searches are put into `found`."""
    for place, answer in answers.items():
        try:
            yield place, searches[place].send(answer)  # type: ignore[arg-type]  # None begins a generator
        except StopIteration as ended:
            found[place] = ended.value


def _request_arguments(requests: Mapping[int, EdgeRequest]) -> Iterator[list[int]]:
    for numbers in ({place: q.outgoing for place, q in requests.items()}, {place: q.incoming for place, q in requests.items()}):
        yield [place + 1 for place, of in numbers.items() for _ in of]
        yield list(chain.from_iterable(numbers.values()))
    yield [place + 1 for place, q in requests.items() if q.wants_all]


def _edges_by_search(rows: Iterable[Any], requests: Mapping[int, EdgeRequest]) -> dict[int, SearchInput]:
    sides: dict[tuple[int, str], list[tuple[int, int, int]]] = {
        (row.place - 1, row.side): list(zip(row.froms, row.tos, row.costs, strict=True)) for row in rows
    }
    names = {place: ("all", "all") if q.wants_all else ("outgoing", "incoming") for place, q in requests.items()}
    return {place: (sides.get((place, out), []), sides.get((place, into), [])) for place, (out, into) in names.items()}
