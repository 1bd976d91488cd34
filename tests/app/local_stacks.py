"""Starts and stops `observatory run` as a separate process."""

import asyncio
import os
import re
import signal
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import httpx

from app.embedded.instance_config import free_port
from app.embedded.subprocesses import set_parent_death_signal
from app.settings import Settings

SECONDS_MAX = 300
OBSERVATORY = (sys.executable, "-c", "from app.cli import main; main()")
READY_MESSAGE = "Ctrl-C stops all parts"


class Run:
    """A running process. `output` is what it has printed so far, stdout and stderr together."""

    def __init__(self, process: subprocess.Popen[bytes], port: int, log: Path) -> None:
        self.process, self.base, self.log = process, f"http://127.0.0.1:{port}", log

    @property
    def output(self) -> str:
        return self.log.read_text()

    @property
    def link(self) -> str:
        return re.findall(r"http\S+token=\S+", self.output)[-1]

    async def wait_for_output(self, text: str) -> None:
        async with asyncio.timeout(SECONDS_MAX):
            while text not in self.output:
                assert self.process.poll() is None, self.output
                await asyncio.sleep(0.05)

    async def wait(self) -> int:
        return await asyncio.to_thread(self.process.wait, SECONDS_MAX)

    async def stop(self, number: signal.Signals = signal.SIGINT) -> int:
        self.process.send_signal(number)
        return await self.wait()

    def children(self) -> list[int]:
        return children_of(self.process.pid)

    async def execute(self, query: str, token: str | None = None) -> dict[str, object]:
        headers = {"authorization": f"Bearer {token}"} if token else {}
        async with httpx.AsyncClient(base_url=self.base, timeout=60) as client:
            answer = await client.post("/graphql", json={"query": query}, headers=headers)
            answer.raise_for_status()
            data: dict[str, object] = answer.json()["data"]
            return data

    async def get_status(self, path: str) -> int:
        async with httpx.AsyncClient(timeout=60) as client:
            return (await client.get(path if path.startswith("http") else self.base + path)).status_code


@asynccontextmanager
async def running(folder: Path, *options: str, **settings: str) -> AsyncIterator[Run]:
    """Runs `observatory run` on a data folder. Kills it at the end of the block if it still runs."""
    port = int(settings.pop("OBSERVATORY_PORT", free_port()))
    folder.parent.mkdir(parents=True, exist_ok=True)
    log = folder.with_name(f"run-{port}.log")
    with log.open("wb") as log_file:
        process = subprocess.Popen(
            [*OBSERVATORY, "run", *options],
            stdout=log_file,
            stderr=subprocess.STDOUT,
            env=environment(OBSERVATORY_DATA=str(folder), OBSERVATORY_PORT=str(port), **settings),
            preexec_fn=set_parent_death_signal(os.getpid(), signal.SIGTERM),
        )
    try:
        yield Run(process, port, log)
    finally:
        process.kill()
        process.wait()


def environment(**settings: str) -> dict[str, str]:
    """The variables of this process without the settings of the application, plus `settings`."""
    variables = {str(field.validation_alias) for field in Settings.model_fields.values()}
    return {name: value for name, value in os.environ.items() if name not in variables} | settings


def children_of(process: int) -> list[int]:
    try:
        return [int(child) for child in Path(f"/proc/{process}/task/{process}/children").read_text().split()]
    except FileNotFoundError:
        return []


async def wait_until_dead(processes: list[int]) -> None:
    """Waits until no process of `processes` is left. Raises TimeoutError after SECONDS_MAX."""
    async with asyncio.timeout(SECONDS_MAX):
        while not all(_is_dead(process) for process in processes):
            await asyncio.sleep(0.05)


def _is_dead(process: int) -> bool:
    try:
        return " Z " in Path(f"/proc/{process}/stat").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return True
