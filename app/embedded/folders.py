"""Folders that the servers can reach: when we are root they run as `nobody`, who may not enter /root."""

import errno
import fcntl
import os
import shutil
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

NOBODY = 65534
NAME = "character-observatory"
RUN_LOCK = "run.lock"
UNWRITABLE = {
    errno.EACCES,
    errno.EDQUOT,
    errno.EEXIST,
    errno.ENAMETOOLONG,
    errno.ENOENT,
    errno.ENOSPC,
    errno.ENOTDIR,
    errno.EPERM,
    errno.EROFS,
}


class Failed(Exception):
    """A failure that a user can repair. The command line prints its text without a traceback."""


class Unwritable(Failed):
    """A folder that cannot be written."""


@contextmanager
def writing(path: Path) -> Iterator[None]:
    """Raises Unwritable with one sentence where `path` cannot be written: a full disk, a read-only folder, a name too long."""
    try:
        yield
    except OSError as error:
        if error.errno not in UNWRITABLE:
            raise
        raise Unwritable(f"{path} cannot be written: {error.strerror} ({error.filename or path}).") from error


def owner() -> int | None:
    """Whom the servers run as: `nobody` when we are root (Postgres refuses root), else ourselves, as None."""
    return NOBODY if os.geteuid() == 0 else None


def cache() -> Path:
    """Programs that were fetched or copied, shared by every run of this user; the servers may read it."""
    home = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") if owner() is None else Path("/var/cache")
    folder = home / NAME
    with writing(folder):
        make_traversable(folder)
    return folder


def home(path: Path) -> Path:
    """Where data lives that should live at `path`: there, or, when the servers cannot reach it, under /var/lib."""
    path = path.resolve()
    return path if is_reachable(path) else Path("/var/lib") / f"{NAME}-{sha256(str(path).encode()).hexdigest()[:8]}"


def is_reachable(path: Path) -> bool:
    """Whether the servers' user may enter `path` and all folders above it."""
    return (uid := owner()) is None or is_reachable_for(uid, path)


def is_reachable_for(uid: int, path: Path) -> bool:
    """Whether a user may enter `path` and all folders above it. Folders that do not exist yet are not judged."""
    path = path.resolve()
    return all(_is_open_to(uid, folder.stat()) for folder in (path, *path.parents) if folder.is_dir())


def _is_open_to(uid: int, folder: os.stat_result) -> bool:
    """Whether a user may enter one folder. The user's group has the user's number, as that of `nobody` has."""
    if folder.st_uid == uid:
        return bool(folder.st_mode & stat.S_IXUSR)
    if folder.st_gid == uid:
        return bool(folder.st_mode & stat.S_IXGRP)
    return bool(folder.st_mode & stat.S_IXOTH)


def make_traversable(path: Path) -> Path:
    """Makes the folder and its missing parents; the servers' user may enter all that are made, whatever the umask is."""
    missing = [folder for folder in (path, *path.parents) if not folder.exists()]
    path.mkdir(parents=True, exist_ok=True)
    if owner() is not None:
        for folder in {path, *missing}:
            folder.chmod(folder.stat().st_mode | stat.S_IXOTH)
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

    def wait(self) -> None:
        """Takes the lock as soon as it is free. Blocks the thread."""
        fcntl.flock(self.descriptor, fcntl.LOCK_EX)

    def close(self) -> None:
        os.close(self.descriptor)
