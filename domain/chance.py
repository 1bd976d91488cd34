"""Chance: a draw is named by its keys and comes from no generator, so that order, parallel workers and replays agree (R8)."""

from dataclasses import dataclass
from hashlib import blake2b

_LARGEST_BELOW_ONE = 1 - 2**-53


def uniform(*keys: str | int) -> float:
    """In [0,1), always the same for the same keys."""
    return unit_fraction(blake2b("/".join(map(str, keys)).encode(), digest_size=8).digest())


def unit_fraction(digest: bytes) -> float:
    """Of the 2^64 that eight bytes can be; the last thousand of them would round up to 1."""
    return min(int.from_bytes(digest, "big") / 2**64, _LARGEST_BELOW_ONE)


@dataclass(frozen=True, slots=True)
class Chance:
    """All that is drawn in one world: its seed and its rule set's name come before every other key."""

    seed: str
    rule_set: str

    def __call__(self, *keys: str | int) -> float:
        return uniform(self.seed, self.rule_set, *keys)
