"""Folders that the servers' user can enter: `nobody` when root starts the servers, and `nobody` cannot enter /root."""

import errno
import fcntl
import os
import shutil
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

from app.command_error import CommandError

NOBODY_UID = 65534
NAME = "character-observatory"
RUN_LOCK = "run.lock"
WRITE_ERRORS = {
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


class FolderNotWritable(CommandError):
    """A folder that is read-only, on a full disk, or has too long a name."""


@contextmanager
def translate_write_errors(path: Path) -> Iterator[None]:
    """Raises FolderNotWritable, one sentence, in place of an OSError that means that `path` cannot be written."""
    try:
        yield
    except OSError as error:
        if error.errno not in WRITE_ERRORS:
            raise
        raise FolderNotWritable(f"{path} cannot be written: {error.strerror} ({error.filename or path}).") from error


def server_uid() -> int | None:
    """The user that servers run as: `nobody` when root starts them, since Postgres refuses root. None is the current user."""
    return NOBODY_UID if os.geteuid() == 0 else None


def cache_folder() -> Path:
    """The folder for downloads, copied programs and builds of the page, shared by all runs of this user.

    The servers' user may read it. Raises FolderNotWritable.
    """
    home = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") if server_uid() is None else Path("/var/cache")
    folder = home / NAME
    with translate_write_errors(folder):
        make_traversable(folder)
    return folder


def default_data_folder(path: Path) -> Path:
    """`path`, made absolute, or a folder of /var/lib named after it when the servers' user cannot enter `path`."""
    path = path.resolve()
    return path if is_reachable(path) else Path("/var/lib") / f"{NAME}-{sha256(os.fsencode(path)).hexdigest()[:8]}"


def is_reachable(path: Path) -> bool:
    """Whether the servers' user may enter `path` and all folders above it."""
    return (uid := server_uid()) is None or is_reachable_for(uid, path)


def is_reachable_for(uid: int, path: Path) -> bool:
    """Whether a user may enter `path` and all folders above it. Folders that do not exist yet are not checked."""
    path = path.resolve()
    return all(_may_enter(uid, folder.stat()) for folder in (path, *path.parents) if folder.is_dir())


def _may_enter(uid: int, folder: os.stat_result) -> bool:
    """Takes the number of the user's group to be the number of the user, as for `nobody`."""
    if folder.st_uid == uid:
        return bool(folder.st_mode & stat.S_IXUSR)
    if folder.st_gid == uid:
        return bool(folder.st_mode & stat.S_IXGRP)
    return bool(folder.st_mode & stat.S_IXOTH)


def make_traversable(path: Path) -> Path:
    """Creates the folder and its missing parents, so that the servers' user may enter them whatever the umask is."""
    missing = [folder for folder in (path, *path.parents) if not folder.exists()]
    path.mkdir(parents=True, exist_ok=True)
    if server_uid() is not None:
        for folder in {path, *missing}:
            folder.chmod(folder.stat().st_mode | stat.S_IXOTH)
    return path


def make_owned(path: Path) -> Path:
    """Creates the folder, owned by the servers' user and closed to all others."""
    path.mkdir(parents=True, exist_ok=True, mode=0o700)
    if (uid := server_uid()) is not None and path.stat().st_uid != uid:
        os.chown(path, uid, uid)
    return path


def make_empty(path: Path) -> Path:
    """As `make_owned`, without what the folder held."""
    shutil.rmtree(path, ignore_errors=True)
    return make_owned(path)


class FileLock:
    """An exclusive lock (flock) on a file. Child processes may inherit it; it ends with the last process that holds it."""

    def __init__(self, path: Path) -> None:
        self.descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)

    def try_acquire(self) -> bool:
        """Whether the lock was free and is acquired now."""
        try:
            fcntl.flock(self.descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def acquire(self) -> None:
        """Waits until the lock is free. Blocks the thread."""
        fcntl.flock(self.descriptor, fcntl.LOCK_EX)

    def release(self) -> None:
        os.close(self.descriptor)
