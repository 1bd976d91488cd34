"""Child processes that end with their parent, each the leader of a session of its own; as `nobody` when the parent is root."""

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

from app.command_error import CommandError
from app.embedded import folders

LOG_BYTES_MAX = 10_000_000
LOG_LINES_SHOWN = 8
POLL_SECONDS = 0.02
_PR_SET_PDEATHSIG = 1
# Loaded before any fork: between fork and exec no library may be loaded.
_prctl = ctypes.CDLL(None, use_errno=True).prctl


@dataclass(frozen=True, slots=True)
class Program:
    """How a process is started, and the signals that end it.

    `stop` is the signal of an orderly stop, `parent_death` the signal when the parent has ended. `inherited` are descriptors
    that stay open in the process. A program of the project (`is_own`) runs as the current user in the current environment;
    a server runs as the servers' user and receives PATH and a locale only.
    """

    name: str
    command: Sequence[object]
    log: Path
    stdin: str = ""
    stop: signal.Signals = signal.SIGTERM
    parent_death: signal.Signals = signal.SIGTERM
    inherited: tuple[int, ...] = ()
    is_own: bool = False

    @property
    def environment(self) -> Mapping[str, str]:
        return os.environ if self.is_own else {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C.UTF-8"}


class Subprocess:
    """A started program."""

    def __init__(self, program: Program) -> None:
        """Must be called in the main thread: the kernel sends `parent_death` when the *thread* that forked has ended."""
        self.program = program
        uid = None if program.is_own else folders.server_uid()
        with _open_log(program) as log, _translate_exec_errors(program):
            self.popen = subprocess.Popen(
                [str(part) for part in program.command],
                stdin=subprocess.PIPE,
                stdout=log,
                stderr=log,
                cwd="/",
                env=program.environment,
                start_new_session=True,
                pass_fds=program.inherited,
                preexec_fn=set_parent_death_signal(os.getpid(), program.parent_death),
                user=uid,
                group=uid,
                extra_groups=None if uid is None else [],
            )
        assert self.popen.stdin is not None
        with self.popen.stdin as stdin:
            stdin.write(os.fsencode(program.stdin))

    @property
    def is_running(self) -> bool:
        return self.popen.poll() is None

    async def wait(self) -> int:
        """Waits for the end and returns the exit code. Polls, since older kernels have no pidfd."""
        while self.is_running:  # noqa: ASYNC110
            await asyncio.sleep(POLL_SECONDS)
        return self.popen.returncode

    async def stop(self, seconds_max: float) -> None:
        """Sends the program's stop signal, and SIGKILL when it runs on for more than `seconds_max`."""
        if self.is_running:
            self.popen.send_signal(self.program.stop)
        try:
            await asyncio.wait_for(self.wait(), seconds_max)
        except TimeoutError:
            self.popen.kill()
            await self.wait()

    def error(self, reason: str) -> CommandError:
        """An error with the last lines of the log."""
        lines = self.program.log.read_text(errors="replace").splitlines()[-LOG_LINES_SHOWN:]
        return CommandError("\n  ".join([f"{self.program.name} {reason}; the end of {self.program.log}:", *lines]))


async def run_to_end(program: Program) -> None:
    """Runs a program that ends by itself, and stops it on cancellation. Raises CommandError when it fails."""
    process = Subprocess(program)
    try:
        code = await process.wait()
    finally:
        await process.stop(seconds_max=1)
    if code:
        raise process.error(f"ended with code {code}")


async def start_until_ready(
    program: Program,
    is_ready: Callable[[Subprocess], Awaitable[bool]],
    seconds_max: float,
    *,
    poll_seconds: float = POLL_SECONDS,
) -> Subprocess:
    """A process that is ready. Raises CommandError and leaves no process when it ends or is not ready in time."""
    process = Subprocess(program)
    try:
        async with asyncio.timeout(seconds_max):
            while not await is_ready(process):
                if not process.is_running:
                    raise process.error("did not start")
                await asyncio.sleep(poll_seconds)
    except TimeoutError:
        await process.stop(seconds_max=0)
        raise process.error(f"was not ready within {seconds_max} seconds") from None
    except BaseException:
        await process.stop(seconds_max=0)
        raise
    return process


def set_parent_death_signal(parent: int, number: signal.Signals) -> Callable[[], None]:
    """A `preexec_fn` that makes the kernel send the signal to the child when the parent has ended."""

    def between_fork_and_exec() -> None:
        _prctl(_PR_SET_PDEATHSIG, int(number))
        if os.getppid() != parent:  # The parent ended before the call of prctl.
            os._exit(1)

    return between_fork_and_exec


@contextmanager
def _translate_exec_errors(program: Program) -> Iterator[None]:
    """Raises CommandError where the kernel refuses the program, as on a file system that is mounted with `noexec`."""
    try:
        yield
    except OSError as error:
        raise CommandError(f"{program.name} cannot be executed: {error.strerror} ({program.command[0]}).") from error


def _open_log(program: Program) -> IO[bytes]:
    """Opens the log for appending, or empties it when it has more than LOG_BYTES_MAX."""
    is_too_long = program.log.exists() and program.log.stat().st_size > LOG_BYTES_MAX
    return program.log.open("wb" if is_too_long else "ab")
