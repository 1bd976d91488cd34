"""`python -m tests.e2e.lighthouse URL [--preset=desktop]`: Lighthouse five times on a running server; each median.

Lighthouse itself is fetched by npx into a folder outside of the checkout.
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from tests.e2e import chromium

LIGHTHOUSE = "lighthouse@12.8.2"
RUNS = 5
TRIALS = 3
"""Chromium sometimes loses the start of its own trace (NO_NAVSTART), so that a run fails and is repeated."""
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
FIGURES = {
    "FCP s": ("first-contentful-paint", 1000),
    "LCP s": ("largest-contentful-paint", 1000),
    "TTI s": ("interactive", 1000),
    "TBT ms": ("total-blocking-time", 1),
    "CLS": ("cumulative-layout-shift", 1),
}
CHROME_FLAGS = (
    "--headless=new --no-sandbox --disable-dev-shm-usage --disable-background-networking --disable-component-update "
    "--disable-extensions --no-first-run"
)


def run(url: str, options: list[str], folder: Path) -> dict[str, Any]:
    output = folder / "report.json"
    command = [
        *(
            "npx",
            "--yes",
            LIGHTHOUSE,
            url,
            "--quiet",
            "--no-enable-error-reporting",
            "--output=json",
            f"--output-path={output}",
        ),
        *(f"--only-categories={','.join(CATEGORIES)}", f"--chrome-flags={CHROME_FLAGS} --user-data-dir={folder}/profile"),
        *options,
    ]
    for left in reversed(range(TRIALS)):
        done = subprocess.run(
            command, cwd=folder, env={**os.environ, "CHROME_PATH": chromium.path()}, timeout=300, check=not left
        )
        if done.returncode == 0:
            break
    report: dict[str, Any] = json.loads(output.read_text())
    return report


def figures(report: dict[str, Any]) -> dict[str, float]:
    scores = {name: report["categories"][name]["score"] * 100 for name in CATEGORIES}
    return scores | {name: report["audits"][audit]["numericValue"] / unit for name, (audit, unit) in FIGURES.items()}


def main(url: str, options: list[str]) -> None:
    with tempfile.TemporaryDirectory(prefix="lighthouse-") as folder:
        reports = [run(url, options, Path(folder)) for _ in range(RUNS)]
    runs = [figures(report) for report in reports]
    for name in runs[0]:
        values = [figure[name] for figure in runs]
        print(f"{name:16} {statistics.median(values):8.2f}   of {', '.join(f'{value:.2f}' for value in values)}")
    missed = {name for report in reports for name, audit in report["audits"].items() if audit["score"] == 0}
    print("Not passed in some run:", ", ".join(sorted(missed)) or "nothing")


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
