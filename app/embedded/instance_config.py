"""Where one server lives: its folder, its port and its password, the same from one start to the next."""

import random
import secrets
import socket
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

# Below the ports that the kernel lends to outgoing connections: whoever restarts finds its port free.
PORTS = range(20_000, 32_000)
PORT_ATTEMPTS_MAX = 100


@dataclass(frozen=True, slots=True)
class Place:
    """`inherited` are the descriptors that tell the next run when the last of these servers is gone."""

    folder: Path
    log: Path
    port: int
    password: str
    inherited: tuple[int, ...]
    say: Callable[[str], None]
    is_durable: bool


def free_port() -> int:
    """A port of loopback that nobody listens on."""
    for port in random.sample(PORTS, PORT_ATTEMPTS_MAX):
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    raise OSError(f"no port of 127.0.0.1 between {PORTS.start} and {PORTS.stop} is free")


def password(file: Path) -> str:
    """Made once, kept in a file that only we may read."""
    if not file.exists():
        partial = file.with_name(f"{file.name}.partial")
        partial.touch(mode=0o600)
        partial.write_text(secrets.token_urlsafe(24))
        partial.rename(file)
    return file.read_text()
