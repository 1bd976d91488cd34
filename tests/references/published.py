"""Real plays and networks with published figures, in the folder that REFERENCE_DATA names (see `make references`)."""

import json
import os
from functools import cache
from pathlib import Path
from typing import Any

DATA = Path(os.environ.get("REFERENCE_DATA", "/nonexistent"))
PLAYS = sorted(path.stem for path in (DATA / "plays").glob("*.xml"))
EDGE = DATA / "edge" / "ota-5721-romeo-and-juliet-first-folio.xml"


def play(name: str) -> bytes:
    return (DATA / "plays" / f"{name}.xml").read_bytes()


def of_play(name: str) -> Any:
    return json.loads((DATA / "reference" / f"{name}.json").read_text())


@cache
def of_networks() -> Any:
    return json.loads((DATA / "reference" / "_networks.json").read_text()) if DATA.is_dir() else {}


NETWORKS = sorted(of_networks())


def network_file(name: str) -> tuple[str, bytes]:
    """Returns name and content of a file. A graph of networkx has a name and no content."""
    folder, _, graph = name.partition("/")
    if folder == "networkx":
        return graph.removesuffix("_graph").replace("_", "-"), b""
    return graph, (DATA / "networks" / name).read_bytes()
