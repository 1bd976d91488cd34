"""Chance: a draw is a hash of its keys, so that it does not depend on order, parallel workers or replays (R8)."""

from dataclasses import dataclass
from hashlib import blake2b

_LARGEST_BELOW_ONE = 1 - 2**-53


def uniform(*keys: str | int) -> float:
    """A number in [0,1), always the same for the same keys."""
    return unit_fraction(blake2b("/".join(map(str, keys)).encode(), digest_size=8).digest())


def unit_fraction(digest: bytes) -> float:
    """Eight bytes as a fraction of 2^64, in [0,1). The largest thousand values would round up to 1, so they are capped."""
    return min(int.from_bytes(digest, "big") / 2**64, _LARGEST_BELOW_ONE)


@dataclass(frozen=True, slots=True)
class Chance:
    """The draws of one ecosystem: its seed and the name of its rule set precede all other keys."""

    seed: str
    rule_set: str

    def __call__(self, *keys: str | int) -> float:
        return uniform(self.seed, self.rule_set, *keys)
