"""The real server as a separate process, on a port that stays the same after a kill and a new start."""

import asyncio
import os
import re
import signal
import sys
from pathlib import Path

from app.embedded.subprocesses import set_parent_death_signal

START_SECONDS = 600
"""In seconds. The first start builds the page; later starts reuse it."""
LINK = re.compile(r"Sign in\s+(\S+)")


class Server:
    def __init__(self, environment: dict[str, str], port: int, log: Path) -> None:
        self.url = f"http://127.0.0.1:{port}"
        self.link = ""
        self._environment = {**os.environ, **environment, "OBSERVATORY_PORT": str(port)}
        self._log = log
        self._process: asyncio.subprocess.Process | None = None

    async def start(self) -> None:
        """Returns when the server accepts requests."""
        self._process = await asyncio.create_subprocess_exec(
            sys.executable,
            *("-c", "from app.cli import main; main()", "run"),
            env=self._environment,
            stdout=asyncio.subprocess.PIPE,
            stderr=self._log.open("ab"),
            start_new_session=True,
            preexec_fn=set_parent_death_signal(os.getpid(), signal.SIGTERM),
        )
        assert self._process.stdout is not None
        output = b""
        async with asyncio.timeout(START_SECONDS):
            while b"Ctrl-C stops all parts" not in output:
                line = await self._process.stdout.readline()
                assert line, f"The server ended before it served:\n{output.decode()}\n{self._log.read_text()[-2000:]}"
                output += line
        found = LINK.search(output.decode())
        assert found is not None
        self.link = found[1]

    async def kill(self) -> None:
        """Stops the process at once, like a crash."""
        await self._end(signal.SIGKILL)

    async def stop(self) -> None:
        await self._end(signal.SIGTERM)

    async def _end(self, number: signal.Signals) -> None:
        process, self._process = self._process, None
        if process is None or process.returncode is not None:
            return
        process.send_signal(number)
        if process.stdout is not None:
            await process.stdout.read()
        await process.wait()
