"""`python -m tests.e2e.chromium`: makes sure that there is a Chromium for the tests of the page, before any test runs.

It is the program that the environment variable CHROMIUM names, else the one on PATH; else Debian's package is installed, where
this user may do so.
"""

import os
import shutil
import subprocess
import sys

NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
INSTALL_SECONDS_MAX = 900
MISSING = "The tests of the page need Chromium: install it (on Debian: apt install chromium), or name the program in CHROMIUM."


class NoChromium(Exception):
    """No Chromium was found. The text is one sentence for the person who runs the tests."""


def path() -> str:
    """The program's path. Raises NoChromium."""
    if named := os.environ.get("CHROMIUM"):
        if found := shutil.which(named):
            return found
        raise NoChromium(f"CHROMIUM names {named}, which is no program that this user can run; name another, or unset it.")
    if found := next(filter(None, map(shutil.which, NAMES)), None):
        return found
    raise NoChromium(MISSING)


def ensure() -> str:
    """Like `path`, and installs Debian's package where Chromium is missing. Raises NoChromium."""
    if not os.environ.get("CHROMIUM") and not any(map(shutil.which, NAMES)):
        _install()
    return path()


def _install() -> None:
    as_root = _as_root()
    if as_root is None or not shutil.which("apt-get"):
        raise NoChromium(MISSING)
    print("Installing Chromium.", file=sys.stderr)
    environment = ["env", "DEBIAN_FRONTEND=noninteractive"]
    for command in (["update", "-qq"], ["install", "-y", "-qq", "--no-install-recommends", "chromium"]):
        done = subprocess.run(
            [*as_root, *environment, "apt-get", *command],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            timeout=INSTALL_SECONDS_MAX,
        )
        if done.returncode:
            last = (done.stderr.strip().splitlines() or ["no message"])[-1]
            raise NoChromium(f"{MISSING} apt-get {command[0]} failed here: {last}")


def _as_root() -> list[str] | None:
    """The prefix of a command that only root may run; None if this user cannot run one."""
    if os.geteuid() == 0:
        return []
    if shutil.which("sudo") and subprocess.run(["sudo", "-n", "true"], capture_output=True, check=False).returncode == 0:
        return ["sudo", "-n"]
    return None


if __name__ == "__main__":
    try:
        ensure()
    except NoChromium as error:
        sys.exit(str(error))
