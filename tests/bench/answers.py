"""`make bench`: what a question costs with the cache and without it, and how many changes a second one world takes, and many.

Side by side in this process, in rounds that take turns, so that whoever else uses the machine slows both; the processor's time
is of this process, without Postgres and Redis. Prints tables in Markdown.
"""

import argparse
import asyncio
import os
import statistics
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Awaitable, Callable
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

ROUNDS = 4
WRITERS = 8
WORLD, VALJEAN = keys.encode_id(EcosystemKey(sample.SAMPLE_ID)), keys.encode_id(CharacterKey(sample.SAMPLE_ID, 74))
QUESTIONS = {
    "50 characters, 8 fields each": f"""{{ ecosystem(id: "{WORLD}") {{ characters(first: 50) {{ edges {{ node {{
        id name description energy mood isActive version createdAt }} }} }} }} }}""",
    "50 characters, their 5 strongest ties and 3 last facts": f"""{{ ecosystem(id: "{WORLD}") {{ characters(first: 50) {{
        edges {{ node {{ name relationships(first: 5) {{ edges {{ node {{ bond stage to {{ name }} }} }} }}
        activity(last: 3) {{ edges {{ node {{ type position }} }} }} }} }} }} }} }}""",
    "one character": f'{{ character(id: "{VALJEAN}") {{ id name energy mood }} }}',
}
SIGN_UP = """mutation { signUp(input: {name: "Bench", password: "one two three four", session: BEARER}) {
    ... on SignedIn { token } } }"""
CREATE = """mutation { createEcosystem(input: {name: "Bench", ruleSet: "script", seed: "1"}) {
    ... on EcosystemPayload { ecosystem { id } } } }"""
BORN = """mutation($in: ID!, $name: String!) { createCharacter(input: {ecosystemId: $in, name: $name}) {
    ... on CharacterPayload { character { id } } } }"""
INTERACT = """mutation($a: ID!, $b: ID!) { interact(input: {initiatorId: $a, responderId: $b, kind: CHAT}) {
    ... on InteractPayload { cursor } } }"""


@dataclass(slots=True)
class Bench:
    """`stores` are those of the application that the client asks."""

    client: httpx.AsyncClient
    stores: Any

    async def ask(self, query: str, **variables: Any) -> Any:
        answer = orjson.loads((await self.client.post("/graphql", json={"query": query, "variables": variables})).content)
        assert "errors" not in answer, answer["errors"]
        return answer["data"]


@dataclass(frozen=True, slots=True)
class Cost:
    """Milliseconds of one request."""

    processor: float
    passed: float


@asynccontextmanager
async def opened(database_url: str, redis_url: str) -> AsyncIterator[Bench]:
    neo4j: asyncio.Future[None] = asyncio.get_running_loop().create_future()
    neo4j.set_result(None)
    app = create_app(Settings(), StoreUrls(database_url, redis_url, neo4j))
    transport = httpx.ASGITransport(app)
    async with LifespanManager(app), httpx.AsyncClient(transport=transport, base_url="http://bench", timeout=60) as client:
        await sample.build_sample_world(app.state.stores, SystemClock())
        bench = Bench(client, app.state.stores)
        token = (await bench.ask(SIGN_UP))["signUp"]["token"]
        client.headers["authorization"] = f"Bearer {token}"
        yield bench


async def questions(bench: Bench, seconds: float) -> dict[str, dict[bool, Cost]]:
    """Of each question, with the cache and without: the median of its rounds."""
    found: dict[str, dict[bool, Cost]] = {}
    for words, query in QUESTIONS.items():
        rounds: dict[bool, list[Cost]] = {True: [], False: []}
        for _ in range(ROUNDS):
            for is_on in rounds:
                bench.stores.cache.is_on = is_on
                await bench.ask(query)
                rounds[is_on].append(await _cost(lambda query=query: bench.ask(query), seconds))
        found[words] = {is_on: _median(costs) for is_on, costs in rounds.items()}
    bench.stores.cache.is_on = True
    return found


async def _cost(ask: Callable[[], Awaitable[Any]], seconds: float) -> Cost:
    began, processor, count = time.perf_counter(), time.process_time(), 0
    while time.perf_counter() < began + seconds:
        await ask()
        count += 1
    return Cost((time.process_time() - processor) / count * 1000, (time.perf_counter() - began) / count * 1000)


def _median(costs: list[Cost]) -> Cost:
    return Cost(statistics.median(cost.processor for cost in costs), statistics.median(cost.passed for cost in costs))


async def changes(bench: Bench, seconds: float) -> dict[int, float]:
    """Changes a second of WRITERS pairs at once, by the number of worlds that they live in: one, and one for each."""
    shared = await _world(bench)
    pairs = {
        1: [await _pair(bench, shared) for _ in range(WRITERS)],
        WRITERS: [await _pair(bench, await _world(bench)) for _ in range(WRITERS)],
    }
    rounds: dict[int, list[float]] = {1: [], WRITERS: []}
    for _ in range(ROUNDS):
        for worlds, found in rounds.items():
            began = time.perf_counter()
            counts = await asyncio.gather(*(_written(bench, pair, began + seconds) for pair in pairs[worlds]))
            found.append(sum(counts) / (time.perf_counter() - began))
    return {worlds: statistics.median(found) for worlds, found in rounds.items()}


async def _written(bench: Bench, pair: tuple[str, str], until: float) -> int:
    count = 0
    while time.perf_counter() < until:
        answer = await bench.ask(INTERACT, a=pair[0], b=pair[1])
        assert answer["interact"].get("cursor"), answer
        count += 1
    return count


async def _pair(bench: Bench, world: str) -> tuple[str, str]:
    return await _born(bench, world), await _born(bench, world)


async def _world(bench: Bench) -> str:
    return str((await bench.ask(CREATE))["createEcosystem"]["ecosystem"]["id"])


async def _born(bench: Bench, world: str) -> str:
    return str((await bench.ask(BORN, **{"in": world, "name": "Somebody"}))["createCharacter"]["character"]["id"])


async def report(bench: Bench, seconds: float) -> str:
    asked, changed = await questions(bench, seconds), await changes(bench, seconds)
    lines = [
        "| question | ms of processor with the cache | without | ratio | ms passed with | without |",
        "|---|---|---|---|---|---|",
    ]
    for words, cost in asked.items():
        on, off = cost[True], cost[False]
        ratio = off.processor / on.processor
        lines.append(
            f"| {words} | {on.processor:.2f} | {off.processor:.2f} | {ratio:.2f} | {on.passed:.2f} | {off.passed:.2f} |"
        )
    lines += ["", f"| {WRITERS} writers in | changes a second |", "|---|---|"]
    lines += [f"| {worlds} world{'s' if worlds > 1 else ''} | {rate:.0f} |" for worlds, rate in changed.items()]
    return "\n".join(lines)


async def main(seconds: float) -> None:
    with tempfile.TemporaryDirectory(prefix="observatory-bench-") as folder:
        os.chmod(folder, 0o755)
        async with Launcher(Path(folder), report=lambda line: print(line, file=sys.stderr)) as launcher:
            database_url = await launcher.postgres()
            await asyncio.to_thread(migrations.upgrade, database_url)
            async with opened(database_url, await launcher.redis()) as bench:
                print(await report(bench, seconds))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=1.0, help="of each round; there are 32")
    asyncio.run(main(parser.parse_args().seconds))
