"""A program of its own: fetches jars from Maven Central into a folder, which appears complete or not at all."""

import fcntl
import logging
import os
import shutil
import sys
from pathlib import Path

from jgo.env import EnvironmentBuilder
from jgo.maven import MavenContext


def fetch(endpoint: str, folder: Path, workshop: Path) -> None:
    """One at a time; what an interrupted fetch has left in `workshop` is used by the next."""
    os.umask(0o022)  # The server that reads them may be somebody else.
    with folder.with_name(f"{folder.name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.exists():
            _fetch(endpoint, folder, workshop)


def _fetch(endpoint: str, folder: Path, workshop: Path) -> None:
    shelf = workshop / f"jars-{os.getpid()}"
    shelf.mkdir(parents=True)
    context = MavenContext(repo_cache=workshop / "maven", timeout=60)
    environment = EnvironmentBuilder(context=context, cache_dir=workshop / "environments").from_endpoint(endpoint)
    for jar in environment.all_jars:
        shutil.copyfile(jar, shelf / Path(jar).name)
    shelf.rename(folder)
    shutil.rmtree(workshop, ignore_errors=True)


if __name__ == "__main__":
    logging.disable(logging.WARNING)
    fetch(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]))
