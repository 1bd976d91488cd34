"""Content negotiation by `Accept` and `Accept-Encoding`, with the quality values of RFC 9110."""

import re
from functools import lru_cache
from typing import NamedTuple

GRAPHQL_RESPONSE_JSON = "application/graphql-response+json"
JSON = "application/json"
EVENT_STREAM = "text/event-stream"
HTML = "text/html"

QUALITY_ZERO = re.compile(r"\s*q=0(\.0*)?\s*")


class AcceptedTypes(NamedTuple):
    """`json_type` is the JSON type of the response; None where the client accepts none."""

    json_type: str | None
    prefers_stream: bool
    accepts_stream: bool
    prefers_html: bool


class MediaRangeMatch(NamedTuple):
    """The preference for a media type. It compares by quality, then by exactness, then by the order in the header."""

    quality: float = 0.0
    exactness: int = -1
    order: int = 0


@lru_cache(maxsize=500)
def parse_accept(header: str | None) -> AcceptedTypes:
    """Without the header every type is accepted. Only its exact name selects an event stream or HTML: a wildcard means JSON."""
    matches = {kind: _match_media_type(kind, header or "*/*") for kind in (GRAPHQL_RESPONSE_JSON, JSON, EVENT_STREAM, HTML)}
    # Where both match equally by a wildcard, older clients expect application/json.
    preferred = max((JSON, GRAPHQL_RESPONSE_JSON), key=lambda kind: matches[kind])
    json = preferred if matches[preferred].quality > 0 else None
    best = matches[preferred].quality
    named = {kind: match.quality if match.exactness == 2 else 0.0 for kind, match in matches.items()}
    return AcceptedTypes(json, named[EVENT_STREAM] > best, named[EVENT_STREAM] > 0, named[HTML] > 0 and named[HTML] >= best)


def _match_media_type(media_type: str, header: str) -> MediaRangeMatch:
    """The most exact range that covers the type decides (RFC 9110, 12.5.1)."""
    main = media_type.split("/", maxsplit=1)[0]
    exactness_of = {media_type: 2, f"{main}/*": 1, "*/*": 0}
    best = MediaRangeMatch()
    for order, part in enumerate(header.split(",")):
        name, *parameters = (each.strip().lower() for each in part.split(";"))
        exactness = exactness_of.get(name, -1)
        if exactness > best.exactness and (quality := _parse_quality(parameters)) is not None:
            best = MediaRangeMatch(quality, exactness, -order)
    return best


def _parse_quality(parameters: list[str]) -> float | None:
    """None where the range requests another charset than UTF-8."""
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


@lru_cache(maxsize=500)
def parse_accept_encoding(header: str | None) -> frozenset[str]:
    """The named encodings in lower case, without those of quality 0."""
    ranges = [part.strip().lower().split(";") for part in (header or "").split(",")]
    return frozenset(
        name.strip() for name, *parameters in ranges if not any(QUALITY_ZERO.fullmatch(each) for each in parameters)
    )
