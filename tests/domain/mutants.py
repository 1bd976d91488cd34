"""Mutation testing of the rules: `python -m tests.domain.mutants`.

Runs mutmut on `domain/` (configured in pyproject.toml) and compares the surviving mutants with `survivors.txt`, which gives a
reason for each.
"""

import os
import subprocess
import sys
from pathlib import Path

MUTMUT = Path(sys.executable).with_name("mutmut")
EXPLAINED = Path(__file__).with_name("survivors.txt")
DETECTED = ("killed", "timeout", "caught by type check")

Survivor = tuple[str, str]
"""The mutated function, and its new lines."""


def main() -> int:
    subprocess.run([MUTMUT, "run", "--max-children", str(os.cpu_count())], check=True)
    surviving, explained = survivors(), explanations(EXPLAINED.read_text())
    for function, line in sorted(surviving - explained.keys()):
        print(f"Survives without a reason in {EXPLAINED.name}:\n{function}\n{line}\n")
    for function, line in sorted(explained.keys() - surviving):
        print(f"Has a reason in {EXPLAINED.name}, but does not survive any more:\n{function}\n{line}\n")
    print(f"{len(surviving)} mutants survive, {len(surviving & explained.keys())} of them with a reason.")
    return 0 if surviving == explained.keys() else 1


def survivors() -> set[Survivor]:
    results = _mutmut("results", "--all", "true")
    statuses = [line.strip().split(": ") for line in results.splitlines() if line.strip()]
    return {_survivor(mutant) for mutant, status in statuses if status not in DETECTED}


def _survivor(mutant: str) -> Survivor:
    difference = _mutmut("show", mutant).splitlines()
    new_lines = [line[1:].strip() for line in difference if line.startswith("+") and not line.startswith("+++")]
    return mutant.rpartition("__mutmut_")[0], " ".join(new_lines)


def _mutmut(*arguments: str) -> str:
    return subprocess.run([MUTMUT, *arguments], check=True, capture_output=True, text=True).stdout


def explanations(text: str) -> dict[Survivor, str]:
    """Paragraphs of three lines: the function, its new lines, and why no test can or need detect them. # starts a comment."""
    explained = {}
    for paragraph in text.split("\n\n"):
        lines = [line for line in paragraph.splitlines() if not line.startswith("#")]
        if lines:
            function, line, reason = lines
            explained[function, line] = reason
    return explained


if __name__ == "__main__":
    sys.exit(main())
