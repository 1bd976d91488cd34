"""`make bench`: the cost of queries, of counts with and without the cache, and changes per second in one world and in many.

Both sides of a comparison are measured in this process in alternating rounds, so that other work on the machine slows both. CPU
time is of this process, without Postgres and Redis. Prints tables in Markdown.
"""

import argparse
import asyncio
import os
import statistics
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import orjson
from asgi_lifespan import LifespanManager

from app.embedded.launcher import Launcher
from app.embedded.store_urls import StoreUrls
from app.main import create_app
from app.settings import Settings
from db import migrations
from domain import keys
from domain.clock import SystemClock
from domain.keys import CharacterKey, EcosystemKey
from interchange import sample
from tests.bench import large_world

ROUNDS = 4
WRITERS = 8
WORLD, VALJEAN = keys.encode_id(EcosystemKey(sample.SAMPLE_ID)), keys.encode_id(CharacterKey(sample.SAMPLE_ID, 74))
LARGE = keys.encode_id(EcosystemKey(large_world.ID))
QUERIES = {
    "50 characters, 8 fields each": f"""{{ ecosystem(id: "{WORLD}") {{ characters(first: 50) {{ edges {{ node {{
        id name description energy mood isActive version createdAt }} }} }} }} }}""",
    "50 characters, their 5 strongest ties and 3 last facts": f"""{{ ecosystem(id: "{WORLD}") {{ characters(first: 50) {{
        edges {{ node {{ name relationships(first: 5) {{ edges {{ node {{ bond stage to {{ name }} }} }} }}
        activity(last: 3) {{ edges {{ node {{ type position }} }} }} }} }} }} }} }}""",
    "one character": f'{{ character(id: "{VALJEAN}") {{ id name energy mood }} }}',
}
COUNTS = {
    "characters of a world of 77": f'{{ ecosystem(id: "{WORLD}") {{ characters(first: 1) {{ totalCount }} }} }}',
    f"characters of a world of {large_world.CHARACTERS:,}": f"""{{ ecosystem(id: "{LARGE}") {{
        characters(first: 1) {{ totalCount }} }} }}""",
    f"relationships of a world of {large_world.CHARACTERS * large_world.TIES_OF_EACH:,}": f"""{{ ecosystem(id: "{LARGE}") {{
        relationships(first: 1, orderBy: NEWEST) {{ totalCount }} }} }}""",
}
SIGN_UP = """mutation { signUp(input: {name: "Bench", password: "one two three four", session: BEARER}) {
    ... on SignedIn { token } } }"""
CREATE = """mutation { createEcosystem(input: {name: "Bench", ruleSet: "script", seed: "1"}) {
    ... on EcosystemPayload { ecosystem { id } } } }"""
CREATE_CHARACTER = """mutation($in: ID!, $name: String!) { createCharacter(input: {ecosystemId: $in, name: $name}) {
    ... on CharacterPayload { character { id } } } }"""
INTERACT = """mutation($a: ID!, $b: ID!) { interact(input: {initiatorId: $a, responderId: $b, kind: CHAT}) {
    ... on InteractPayload { cursor } } }"""


@dataclass(slots=True)
class Bench:
    """A client of the application, and the stores of that application."""

    client: httpx.AsyncClient
    stores: Any

    async def execute(self, query: str, **variables: Any) -> Any:
        response = orjson.loads((await self.client.post("/graphql", json={"query": query, "variables": variables})).content)
        assert "errors" not in response, response["errors"]
        return response["data"]


@dataclass(frozen=True, slots=True)
class Cost:
    """Milliseconds of one request: CPU time and elapsed time."""

    cpu: float
    elapsed: float


@asynccontextmanager
async def open_bench(database_url: str, redis_url: str) -> AsyncIterator[Bench]:
    neo4j: asyncio.Future[None] = asyncio.get_running_loop().create_future()
    neo4j.set_result(None)
    app = create_app(Settings(), StoreUrls(database_url, redis_url, neo4j))
    transport = httpx.ASGITransport(app)
    async with LifespanManager(app), httpx.AsyncClient(transport=transport, base_url="http://bench", timeout=60) as client:
        await sample.build_sample_world(app.state.stores, SystemClock())
        await large_world.build(app.state.stores.pool)
        bench = Bench(client, app.state.stores)
        token = (await bench.execute(SIGN_UP))["signUp"]["token"]
        client.headers["authorization"] = f"Bearer {token}"
        yield bench


async def measure_query(bench: Bench, query: str, seconds: float, *, cache: Sequence[bool]) -> list[Cost]:
    """The median of the rounds, for each value of `cache`: whether the cache of counts is on."""
    rounds: dict[bool, list[Cost]] = {is_on: [] for is_on in cache}
    for _ in range(ROUNDS):
        for is_on, costs in rounds.items():
            bench.stores.count_cache.is_on = is_on
            await bench.execute(query)
            costs.append(await _measure(lambda: bench.execute(query), seconds))
    bench.stores.count_cache.is_on = True
    return [_median(costs) for costs in rounds.values()]


async def _measure(run: Callable[[], Awaitable[Any]], seconds: float) -> Cost:
    began, cpu, count = time.perf_counter(), time.process_time(), 0
    while time.perf_counter() < began + seconds or not count:
        await run()
        count += 1
    return Cost((time.process_time() - cpu) / count * 1000, (time.perf_counter() - began) / count * 1000)


def _median(costs: list[Cost]) -> Cost:
    return Cost(statistics.median(cost.cpu for cost in costs), statistics.median(cost.elapsed for cost in costs))


async def measure_changes(bench: Bench, seconds: float) -> dict[int, float]:
    """Returns the changes per second of WRITERS concurrent pairs, by the number of ecosystems: 1, or one for each pair."""
    shared = await _create_ecosystem(bench)
    pairs = {
        1: [await _create_pair(bench, shared) for _ in range(WRITERS)],
        WRITERS: [await _create_pair(bench, await _create_ecosystem(bench)) for _ in range(WRITERS)],
    }
    rounds: dict[int, list[float]] = {1: [], WRITERS: []}
    for _ in range(ROUNDS):
        for worlds, found in rounds.items():
            began = time.perf_counter()
            counts = await asyncio.gather(*(_count_writes(bench, pair, began + seconds) for pair in pairs[worlds]))
            found.append(sum(counts) / (time.perf_counter() - began))
    return {worlds: statistics.median(found) for worlds, found in rounds.items()}


async def _count_writes(bench: Bench, pair: tuple[str, str], until: float) -> int:
    count = 0
    while time.perf_counter() < until:
        response = await bench.execute(INTERACT, a=pair[0], b=pair[1])
        assert response["interact"].get("cursor"), response
        count += 1
    return count


async def _create_pair(bench: Bench, world: str) -> tuple[str, str]:
    return await _create_character(bench, world), await _create_character(bench, world)


async def _create_ecosystem(bench: Bench) -> str:
    return str((await bench.execute(CREATE))["createEcosystem"]["ecosystem"]["id"])


async def _create_character(bench: Bench, world: str) -> str:
    return str((await bench.execute(CREATE_CHARACTER, **{"in": world, "name": "Bench"}))["createCharacter"]["character"]["id"])


async def report(bench: Bench, seconds: float) -> str:
    lines = ["| query | ms of CPU | ms elapsed |", "|---|---|---|"]
    for label, query in QUERIES.items():
        [cost] = await measure_query(bench, query, seconds, cache=[True])
        lines.append(f"| {label} | {cost.cpu:.2f} | {cost.elapsed:.2f} |")
    lines += [
        "",
        "| count | ms of CPU with the cache | without | ms elapsed with | without | ratio |",
        "|---|---|---|---|---|---|",
    ]
    for label, query in COUNTS.items():
        on, off = await measure_query(bench, query, seconds, cache=[True, False])
        ratio = off.elapsed / on.elapsed
        lines.append(f"| {label} | {on.cpu:.2f} | {off.cpu:.2f} | {on.elapsed:.2f} | {off.elapsed:.2f} | {ratio:.2f} |")
    rates = await measure_changes(bench, seconds)
    lines += ["", f"| {WRITERS} writers in | changes per second |", "|---|---|"]
    lines += [f"| {worlds} world{'s' if worlds > 1 else ''} | {rate:.0f} |" for worlds, rate in rates.items()]
    return "\n".join(lines)


async def main(seconds: float) -> None:
    with tempfile.TemporaryDirectory(prefix="observatory-bench-") as folder:
        os.chmod(folder, 0o755)
        async with Launcher(Path(folder), report=lambda line: print(line, file=sys.stderr)) as launcher:
            database_url = await launcher.postgres()
            await asyncio.to_thread(migrations.upgrade, database_url)
            async with open_bench(database_url, await launcher.redis()) as bench:
                print(await report(bench, seconds))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=1.0, help="of each round; there are 44")
    asyncio.run(main(parser.parse_args().seconds))
