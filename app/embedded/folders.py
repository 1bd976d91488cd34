"""Folders that the servers can reach: when we are root they run as `nobody`, who may not enter /root."""

import fcntl
import os
import shutil
import stat
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path

NOBODY = 65534
NAME = "character-observatory"
RUN_LOCK = "run.lock"


def owner() -> int | None:
    """Whom the servers run as: `nobody` when we are root (Postgres refuses root), else ourselves, as None."""
    return NOBODY if os.geteuid() == 0 else None


def cache() -> Path:
    """Programs that were fetched or copied, shared by every run of this user; the servers may read it."""
    home = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") if owner() is None else Path("/var/cache")
    folder = home / NAME
    if not folder.exists():
        folder.mkdir(parents=True)
        folder.chmod(0o755)
    return folder


def home(path: Path) -> Path:
    """Where data lives that should live at `path`: there, or, when the servers cannot reach it, under /var/lib."""
    path = path.resolve()
    return path if is_reachable(path) else Path("/var/lib") / f"{NAME}-{sha256(str(path).encode()).hexdigest()[:8]}"


def is_reachable(path: Path) -> bool:
    """Whether the servers may walk to `path`; what does not exist yet is judged by its nearest parent that does."""
    if owner() is None:
        return True
    path = path.resolve()
    return all(step.stat().st_mode & stat.S_IXOTH for step in (path, *path.parents) if step.is_dir())


def passable(path: Path) -> Path:
    """Makes the folder, and lets the servers pass through to what is theirs."""
    path.mkdir(parents=True, exist_ok=True)
    if owner() is not None:
        for step in (path, path.parent):
            step.chmod(step.stat().st_mode | stat.S_IXOTH)
    return path


def owned(path: Path) -> Path:
    """Makes the folder, private to whom the servers run as."""
    path.mkdir(parents=True, exist_ok=True, mode=0o700)
    if (who := owner()) is not None and path.stat().st_uid != who:
        os.chown(path, who, who)
    return path


def emptied(path: Path) -> Path:
    shutil.rmtree(path, ignore_errors=True)
    return owned(path)


def package(name: str) -> Path:
    """The folder of an installed package, which is not imported: only its binaries are wanted."""
    spec = find_spec(name)
    assert spec is not None
    assert spec.origin is not None
    return Path(spec.origin).parent


def reachable(program: Path) -> Path:
    """A program's folder, or a copy of it that the servers can reach."""
    if is_reachable(program):
        return program
    copy = cache() / f"{program.name}-{sha256(f'{program}{program.stat().st_mtime_ns}'.encode()).hexdigest()[:12]}"
    if not copy.exists():
        partial = copy.with_name(f"{copy.name}.{os.getpid()}")
        shutil.copytree(program, partial, symlinks=True)
        for folder in (partial, *(path for path in partial.rglob("*") if path.is_dir())):
            folder.chmod(0o755)
        try:
            partial.rename(copy)
        except OSError:  # Another run was faster.
            shutil.rmtree(partial)
    return copy


class Lock:
    """An exclusive lock on a file, let go when the last process that holds or inherited it is gone."""

    def __init__(self, path: Path) -> None:
        self.descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)

    def is_taken(self) -> bool:
        """Takes the lock when it is free."""
        try:
            fcntl.flock(self.descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def close(self) -> None:
        os.close(self.descriptor)
