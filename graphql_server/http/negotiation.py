"""Accept: which of our media types a client prefers, by RFC 9110's quality values."""

from functools import lru_cache
from typing import NamedTuple

RESPONSE = "application/graphql-response+json"
JSON = "application/json"
STREAM = "text/event-stream"
PAGE = "text/html"


class Accepted(NamedTuple):
    """`json` is the JSON type to answer with, or None."""

    json: str | None
    prefers_stream: bool
    allows_stream: bool
    prefers_page: bool


class Match(NamedTuple):
    """How much a type is wanted: in order of quality, then of how exactly it was named, then of who was named first."""

    quality: float = 0.0
    exactness: int = -1
    order: int = 0


@lru_cache(maxsize=500)
def accepted(accept: str | None) -> Accepted:
    """Without the header everything is accepted. A stream and a page must be named: a wildcard means JSON."""
    matches = {kind: _match(kind, accept or "*/*") for kind in (RESPONSE, JSON, STREAM, PAGE)}
    # Where both are wanted alike, and neither was named, older clients expect application/json.
    preferred = max((JSON, RESPONSE), key=lambda kind: matches[kind])
    json = preferred if matches[preferred].quality > 0 else None
    best = matches[preferred].quality
    named = {kind: match.quality if match.exactness == 2 else 0.0 for kind, match in matches.items()}
    return Accepted(json, named[STREAM] > best, named[STREAM] > 0, named[PAGE] > 0 and named[PAGE] >= best)


def _match(kind: str, accept: str) -> Match:
    """The most exact range that covers `kind` decides, as the RFC says."""
    main = kind.split("/", maxsplit=1)[0]
    exactness_of = {kind: 2, f"{main}/*": 1, "*/*": 0}
    best = Match()
    for order, part in enumerate(accept.split(",")):
        name, *parameters = (each.strip().lower() for each in part.split(";"))
        exactness = exactness_of.get(name, -1)
        if exactness > best.exactness and (quality := _quality(parameters)) is not None:
            best = Match(quality, exactness, -order)
    return best


def _quality(parameters: list[str]) -> float | None:
    """None where the range asks for a charset that is not ours."""
    quality = 1.0
    for name, _, value in (each.partition("=") for each in parameters):
        if name.strip() == "charset" and value.strip(' "') not in ("utf-8", "utf8"):
            return None
        if name.strip() == "q":
            try:
                quality = min(1.0, max(0.0, float(value)))
            except ValueError:
                return None
    return quality
