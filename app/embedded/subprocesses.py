"""Child processes that die with us: started in the foreground of their own session, as `nobody` when we are root."""

import asyncio
import ctypes
import os
import signal
import subprocess
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from app.embedded import folders
from app.embedded.folders import Failed as Failed

LOG_BYTES_MAX = 10_000_000
LOG_LINES_SHOWN = 8
POLL_SECONDS = 0.02
_PR_SET_PDEATHSIG = 1
# Looked up before any fork: between fork and exec nothing may be loaded.
_prctl = ctypes.CDLL(None, use_errno=True).prctl


@dataclass(frozen=True, slots=True)
class Program:
    """How a child is started, and the signals that end it: `stop` when we ask, `orphaned` when we are gone.

    One that `is_ours` runs as ourselves in our environment; the others see neither.
    """

    name: str
    command: Sequence[object]
    log: Path
    stdin: str = ""
    stop: signal.Signals = signal.SIGTERM
    orphaned: signal.Signals = signal.SIGTERM
    inherited: tuple[int, ...] = ()
    is_ours: bool = False

    @property
    def environment(self) -> Mapping[str, str]:
        return os.environ if self.is_ours else {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C.UTF-8"}


class Child:
    """A started program."""

    def __init__(self, program: Program) -> None:
        """From the main thread only: the kernel takes the end of the starting *thread* for our death."""
        self.program = program
        owner = None if program.is_ours else folders.owner()
        with _log_of(program) as log, _executing(program):
            self.process = subprocess.Popen(
                [str(part) for part in program.command],
                stdin=subprocess.PIPE,
                stdout=log,
                stderr=log,
                cwd="/",
                env=program.environment,
                start_new_session=True,
                pass_fds=program.inherited,
                preexec_fn=dies_with(os.getpid(), program.orphaned),
                user=owner,
                group=owner,
                extra_groups=None if owner is None else [],
            )
        assert self.process.stdin is not None
        with self.process.stdin as stdin:
            stdin.write(os.fsencode(program.stdin))

    @property
    def is_running(self) -> bool:
        return self.process.poll() is None

    async def ended(self) -> int:
        """Waits for the end; answers the exit code. Asks again and again, since older kernels cannot tell."""
        while self.is_running:  # noqa: ASYNC110
            await asyncio.sleep(POLL_SECONDS)
        return self.process.returncode

    async def stop(self, seconds_max: float) -> None:
        """Asks; after `seconds_max` it insists."""
        if self.is_running:
            self.process.send_signal(self.program.stop)
        try:
            await asyncio.wait_for(self.ended(), seconds_max)
        except TimeoutError:
            self.process.kill()
            await self.ended()

    def failed(self, why: str) -> Failed:
        lines = self.program.log.read_text(errors="replace").splitlines()[-LOG_LINES_SHOWN:]
        return Failed("\n  ".join([f"{self.program.name} {why}; the end of {self.program.log}:", *lines]))


async def finished(program: Program) -> None:
    """Runs a program that ends by itself; stops it when we are cancelled, and raises Failed when it fails."""
    child = Child(program)
    try:
        code = await child.ended()
    finally:
        await child.stop(seconds_max=1)
    if code:
        raise child.failed(f"ended with code {code}")


async def started(
    program: Program,
    is_ready: Callable[[Child], Awaitable[bool]],
    seconds_max: float,
    *,
    poll_seconds: float = POLL_SECONDS,
) -> Child:
    """A child that is ready; raises Failed, and then nothing of it is left."""
    child = Child(program)
    try:
        async with asyncio.timeout(seconds_max):
            while not await is_ready(child):
                if not child.is_running:
                    raise child.failed("did not start")
                await asyncio.sleep(poll_seconds)
    except TimeoutError:
        await child.stop(seconds_max=0)
        raise child.failed(f"was not ready within {seconds_max} seconds") from None
    except BaseException:
        await child.stop(seconds_max=0)
        raise
    return child


@contextmanager
def _executing(program: Program) -> Iterator[None]:
    """Raises Failed where the kernel refuses to execute the program, as on a file system that is mounted with `noexec`."""
    try:
        yield
    except OSError as error:
        raise Failed(f"{program.name} cannot be executed: {error.strerror} ({program.command[0]}).") from error


def _log_of(program: Program) -> IO[bytes]:
    """Appended to, begun anew when it has grown too long."""
    too_long = program.log.exists() and program.log.stat().st_size > LOG_BYTES_MAX
    return program.log.open("wb" if too_long else "ab")


def dies_with(parent: int, orphaned: signal.Signals) -> Callable[[], None]:
    """For a child's `preexec_fn`: when whoever starts it is gone, the child gets this signal."""

    def between_fork_and_exec() -> None:
        _prctl(_PR_SET_PDEATHSIG, int(orphaned))
        if os.getppid() != parent:  # We died before the kernel was told.
            os._exit(1)

    return between_fork_and_exec
