"""The plays and networks of the shared data, and what is known to be true of them."""

import json
import os
from functools import cache
from pathlib import Path
from typing import Any

SHARED = Path(os.environ.get("OBSERVATORY_SHARED", Path(__file__).parents[3] / "shared"))
DATA = SHARED / "data"
PLAYS = sorted(path.stem for path in (DATA / "plays").glob("*.xml"))
EDGE = DATA / "edge" / "ota-5721-romeo-and-juliet-first-folio.xml"


def play(name: str) -> bytes:
    return (DATA / "plays" / f"{name}.xml").read_bytes()


def of_play(name: str) -> Any:
    return json.loads((DATA / "reference" / f"{name}.json").read_text())


@cache
def of_networks() -> Any:
    return json.loads((DATA / "reference" / "_networks.json").read_text())


NETWORKS = sorted(of_networks())
