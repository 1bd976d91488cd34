"""Accept-Encoding: which compressions a client takes."""

import re
from functools import lru_cache

QUALITY_ZERO = re.compile(r"\s*q=0(\.0*)?\s*")


@lru_cache(maxsize=500)
def parse_accept_encoding(accept_encoding: str | None) -> frozenset[str]:
    """Those that are named, in lower case, without those that are weighed with nothing."""
    ranges = [part.strip().lower().split(";") for part in (accept_encoding or "").split(",")]
    return frozenset(name.strip() for name, *parameters in ranges if not any(QUALITY_ZERO.fullmatch(one) for one in parameters))
