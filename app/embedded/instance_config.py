"""Configuration of one embedded server: its folder and password stay from one start to the next, its port is new."""

import random
import secrets
import socket
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

# Below the ephemeral ports of the kernel, so that a restarted server finds its port free.
PORTS = range(20_000, 32_000)
PORT_ATTEMPTS_MAX = 100


@dataclass(frozen=True, slots=True)
class InstanceConfig:
    """`inherited` are descriptors that the server holds open, so that the next run can wait until the server has ended."""

    folder: Path
    log: Path
    port: int
    password: str
    inherited: tuple[int, ...]
    report: Callable[[str], None]
    is_durable: bool


def free_port() -> int:
    """A port of 127.0.0.1 that no process listens on. Raises OSError when 100 random ones are taken."""
    for port in random.sample(PORTS, PORT_ATTEMPTS_MAX):
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    raise OSError(f"no port of 127.0.0.1 between {PORTS.start} and {PORTS.stop} is free")


def load_or_create_password(file: Path) -> str:
    """The password in the file, which only the current user may read."""
    if not file.exists():
        partial = file.with_name(f"{file.name}.partial")
        partial.touch(mode=0o600)
        partial.write_text(secrets.token_urlsafe(24))
        partial.rename(file)
    return file.read_text()
