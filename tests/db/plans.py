"""Plans: the indexes that Postgres used for a function of `db/`, and the rows and pages that it read."""

from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

from db.database import Reader

Ask = Callable[[Any], Awaitable[Any]]
PLANS = ("force_custom_plan", "force_generic_plan")
"""A prepared statement has custom plans at first, and may have a generic plan later."""


@dataclass(frozen=True, slots=True)
class Cost:
    """`rows` counts all rows that were read, also those that a filter removed. `pages` are of 8 kB."""

    indexes: frozenset[str]
    rows: int
    pages: int
    milliseconds: float


class Recorder:
    """A reader that records statements and forwards them."""

    def __init__(self, reader: Reader) -> None:
        self.reader = reader
        self.sent: list[tuple[str, tuple[Any, ...]]] = []

    def __getattr__(self, how: str) -> Any:
        send = getattr(self.reader, how)

        async def recorded(query: str, *args: Any, **options: Any) -> Any:
            self.sent.append((query, args))
            return await send(query, *args, **options)

        return recorded


async def costs(connection: Any, ask: Ask) -> list[Cost]:
    """The cost of all statements of the function, for each kind of plan. Changes are rolled back."""
    recorder = Recorder(connection)
    async with _undone(connection):
        await ask(recorder)
    return [await _cost(connection, recorder.sent, mode) for mode in PLANS]


@asynccontextmanager
async def _undone(connection: Any) -> AsyncIterator[None]:
    transaction = connection.transaction()
    await transaction.start()
    try:
        yield
    finally:
        await transaction.rollback()


async def _cost(connection: Any, sent: list[tuple[str, tuple[Any, ...]]], mode: str) -> Cost:
    nodes: list[dict[str, Any]] = []
    pages, milliseconds = 0, 0.0
    async with _undone(connection):
        await connection.execute(f"SET LOCAL plan_cache_mode = {mode}")
        for query, args in sent:
            answer = await _explained(connection, query, args)
            nodes += _nodes(answer["Plan"])
            pages += sum(answer["Plan"][f"{kind} Blocks"] for kind in ("Shared Hit", "Shared Read"))
            milliseconds += answer["Execution Time"]
    scans = [node for node in nodes if "Relation Name" in node]
    walked = {node["Index Name"] for node in nodes if "Index Name" in node and node["Actual Loops"]}
    return Cost(
        indexes=frozenset(walked.union(*(node.get("Conflict Arbiter Indexes", ()) for node in nodes))),
        rows=round(sum(_looked_at(node) * node["Actual Loops"] for node in scans)),
        pages=pages,
        milliseconds=milliseconds,
    )


async def _explained(connection: Any, query: str, args: tuple[Any, ...]) -> dict[str, Any]:
    await connection.execute(f"PREPARE asked AS {query}")
    executed = f"EXECUTE asked({', '.join(map(_literal, args))})" if args else "EXECUTE asked"
    (answer,) = await connection.fetchval(f"EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) {executed}")
    await connection.execute("DEALLOCATE asked")
    return dict(answer)


def _looked_at(node: dict[str, Any]) -> float:
    kept: float = node["Actual Rows"]
    return kept + sum(node.get(f"Rows Removed by {by}", 0) for by in ("Filter", "Index Recheck"))


def _nodes(node: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield node
    for below in node.get("Plans", ()):
        yield from _nodes(below)


def _literal(value: Any) -> str:
    """A text literal, which Postgres casts to the type of the parameter."""
    if value is None:
        return "NULL"
    text = "{" + ",".join(_element(one) for one in value) + "}" if isinstance(value, list | tuple) else _plain(value)
    return "'" + text.replace("'", "''") + "'"


def _element(value: Any) -> str:
    return "NULL" if value is None else '"' + _plain(value).replace('"', '\\"') + '"'


def _plain(value: Any) -> str:
    return "\\x" + value.hex() if isinstance(value, bytes) else str(value)
