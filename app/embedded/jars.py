"""A program: downloads jars from Maven Central into a folder, which appears complete or not at all."""

import fcntl
import logging
import os
import shutil
import sys
from pathlib import Path

from jgo.env import EnvironmentBuilder
from jgo.maven import MavenContext


def fetch(endpoint: str, folder: Path, downloads: Path) -> None:
    """Downloads in one process at a time. What an interrupted download has left in `downloads` is used by the next.

    `endpoint` is jgo's list of Maven coordinates, joined by `+`.
    """
    os.umask(0o022)  # The servers' user must be able to read the jars.
    with folder.with_name(f"{folder.name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.exists():
            _fetch(endpoint, folder, downloads)


def _fetch(endpoint: str, folder: Path, downloads: Path) -> None:
    partial = downloads / f"jars-{os.getpid()}"
    partial.mkdir(parents=True)
    context = MavenContext(repo_cache=downloads / "maven", timeout=60)
    environment = EnvironmentBuilder(context=context, cache_dir=downloads / "environments").from_endpoint(endpoint)
    for jar in environment.all_jars:
        shutil.copyfile(jar, partial / Path(jar).name)
    partial.rename(folder)
    shutil.rmtree(downloads, ignore_errors=True)


if __name__ == "__main__":
    logging.disable(logging.WARNING)
    fetch(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]))
