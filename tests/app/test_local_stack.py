"""`observatory run`: one command starts all servers, Ctrl-C stops them, and `kill -9` loses no data."""

import signal
import socket
from pathlib import Path

import pytest

from app.embedded.neo4j import Neo4jConnectionInfo
from tests.app.local_stacks import READY_MESSAGE, running, wait_until_dead

SAMPLE = "{ ecosystems(first: 5) { edges { node { name } } } }"
SAMPLE_DATA = {"ecosystems": {"edges": [{"node": {"name": "Les Misérables"}}]}}


def sign_up(name: str) -> str:
    return f'mutation {{ signUp(input: {{ name: "{name}", password: "the night is long" }}) {{ __typename }} }}'


async def test_a_killed_run_starts_again_with_all_its_data(data_folder: Path) -> None:
    async with running(data_folder, NEO4J_URI="off") as first:
        await first.wait_for_output(READY_MESSAGE)
        assert "Building the sample world." in first.output
        assert await first.execute(SAMPLE) == SAMPLE_DATA
        assert [await first.get_status(path) for path in ("/healthz", "/readyz", first.link, first.link)] == [
            200,
            200,
            303,
            410,
        ]
        await first.execute(sign_up("Cosette"))
        servers = first.children()
        assert len(servers) == 2
        first.process.kill()
        await wait_until_dead(servers)
    async with running(data_folder, NEO4J_URI="off") as second:
        await second.wait_for_output(READY_MESSAGE)
        assert "Building the sample world." not in second.output
        assert await second.execute(SAMPLE) == SAMPLE_DATA
        taken = await second.execute(sign_up("Cosette"))
        assert taken == {"signUp": {"__typename": "Invalid"}}
        servers = second.children()
        assert await second.stop() == 0
        await wait_until_dead(servers)
    assert second.output.endswith("Stopping.\nStopped.\n")
    assert "Traceback" not in first.output + second.output


async def test_ctrl_c_during_the_start_leaves_no_process(data_folder: Path) -> None:
    async with running(data_folder, NEO4J_URI="off") as run:
        await run.wait_for_output("Starting the stores.")
        servers = run.children()
        assert await run.stop() == 0
        await wait_until_dead(servers)
    assert run.output.endswith("Stopping.\nStopped.\n")
    assert "Traceback" not in run.output


async def test_no_server_is_started_if_all_stores_are_configured(
    data_folder: Path, database_url: str, redis_url: str, neo4j: Neo4jConnectionInfo
) -> None:
    stores = {"NEO4J_URI": neo4j.uri, "NEO4J_USER": neo4j.user, "NEO4J_PASSWORD": neo4j.password}
    async with running(data_folder, DATABASE_URL=database_url, REDIS_URL=redis_url, **stores) as run:
        await run.wait_for_output(READY_MESSAGE)
        assert run.children() == []
        assert not data_folder.exists()
        assert await run.execute(SAMPLE) == SAMPLE_DATA
        assert await run.stop(signal.SIGTERM) == 0


async def test_a_port_in_use_is_reported_before_any_server_starts(data_folder: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        async with running(data_folder, OBSERVATORY_PORT=str(listener.getsockname()[1])) as run:
            assert await run.wait() == 1
    assert run.output.startswith("observatory: Another program listens on 127.0.0.1:")
    assert "OBSERVATORY_PORT" in run.output
    assert not data_folder.exists()


@pytest.mark.parametrize(
    ("settings", "variable"),
    [
        ({"OBSERVATORY_HOST": "192.0.2.1"}, "OBSERVATORY_HOST"),
        ({"OBSERVATORY_HOST": "no.such.host.invalid"}, "OBSERVATORY_HOST"),
        ({"REDIS_URL": "localhost"}, "REDIS_URL"),
    ],
)
async def test_a_wrong_setting_is_reported_in_a_sentence(settings: dict[str, str], variable: str, data_folder: Path) -> None:
    async with running(data_folder, **settings) as run:
        assert await run.wait() == 1
    assert run.output.startswith("observatory: ")
    assert variable in run.output
    assert "Traceback" not in run.output
