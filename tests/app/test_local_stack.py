"""The run, from the outside: one command starts all, Ctrl-C stops all, and a kill -9 loses nothing."""

import signal
import socket
from pathlib import Path

import pytest

from app.embedded.neo4j import Neo4jConnectionInfo
from tests.app.local_stacks import READY_MESSAGE, running, wait_until_dead

SAMPLE = "{ ecosystems(first: 5) { edges { node { name } } } }"
SAMPLE_IS_THERE = {"ecosystems": {"edges": [{"node": {"name": "Les Misérables"}}]}}


def signing_up(name: str) -> str:
    return f'mutation {{ signUp(input: {{ name: "{name}", password: "the night is long" }}) {{ __typename }} }}'


async def test_a_run_builds_a_world_serves_it_and_survives_a_kill_and_a_second_start(data_folder: Path) -> None:
    async with running(data_folder, NEO4J_URI="off") as first:
        await first.wait_for_output(READY_MESSAGE)
        assert "Building the sample world." in first.output
        assert await first.execute(SAMPLE) == SAMPLE_IS_THERE
        assert [await first.get_status(path) for path in ("/healthz", "/readyz", first.link, first.link)] == [
            200,
            200,
            303,
            410,
        ]
        await first.execute(signing_up("Cosette"))
        servers = first.children()
        assert len(servers) == 2
        first.process.kill()
        await wait_until_dead(servers)
    async with running(data_folder, NEO4J_URI="off") as second:
        await second.wait_for_output(READY_MESSAGE)
        assert "Building the sample world." not in second.output
        assert await second.execute(SAMPLE) == SAMPLE_IS_THERE
        taken = await second.execute(signing_up("Cosette"))
        assert taken == {"signUp": {"__typename": "Invalid"}}
        servers = second.children()
        assert await second.stop() == 0
        await wait_until_dead(servers)
    assert second.output.endswith("Stopping.\nStopped.\n")
    assert "Traceback" not in first.output + second.output


async def test_ctrl_c_while_it_starts_leaves_nothing_behind(data_folder: Path) -> None:
    async with running(data_folder, NEO4J_URI="off") as run:
        await run.wait_for_output("Starting the stores.")
        servers = run.children()
        assert await run.stop() == 0
        await wait_until_dead(servers)
    assert run.output.endswith("Stopping.\nStopped.\n")
    assert "Traceback" not in run.output


async def test_where_all_stores_are_named_nothing_is_started(
    data_folder: Path, database_url: str, redis_url: str, neo4j: Neo4jConnectionInfo
) -> None:
    named = {"NEO4J_URI": neo4j.uri, "NEO4J_USER": neo4j.user, "NEO4J_PASSWORD": neo4j.password}
    async with running(data_folder, DATABASE_URL=database_url, REDIS_URL=redis_url, **named) as run:
        await run.wait_for_output(READY_MESSAGE)
        assert run.children() == []
        assert not data_folder.exists()
        assert await run.execute(SAMPLE) == SAMPLE_IS_THERE
        assert await run.stop(signal.SIGTERM) == 0


async def test_a_port_that_is_taken_is_told_before_anything_is_started(data_folder: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as somebody:
        async with running(data_folder, OBSERVATORY_PORT=str(somebody.getsockname()[1])) as run:
            assert await run.wait() == 1
    assert run.output.startswith("observatory: Another program listens on 127.0.0.1:")
    assert "OBSERVATORY_PORT" in run.output
    assert not data_folder.exists()


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        ({"OBSERVATORY_HOST": "192.0.2.1"}, "OBSERVATORY_HOST"),
        ({"OBSERVATORY_HOST": "no.such.host.invalid"}, "OBSERVATORY_HOST"),
        ({"REDIS_URL": "localhost"}, "REDIS_URL"),
    ],
)
async def test_what_cannot_be_is_told_in_a_sentence(settings: dict[str, str], told: str, data_folder: Path) -> None:
    async with running(data_folder, **settings) as run:
        assert await run.wait() == 1
    assert run.output.startswith("observatory: ")
    assert told in run.output
    assert "Traceback" not in run.output
