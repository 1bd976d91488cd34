"""Chance: what is drawn is named by its keys and held in no generator, so order, parallel workers and retries don't change it (R8)."""

from dataclasses import dataclass
from hashlib import blake2b


def uniform(*keys: str | int) -> float:
    """In [0,1), always the same for the same keys."""
    digest = blake2b("/".join(map(str, keys)).encode(), digest_size=8).digest()
    # The greatest 2,048 digests would round up to 2^64; dropping their last bits keeps 1.0 out and every other value as it is.
    return min(int.from_bytes(digest, "big") / 2**64, _GREATEST)


_GREATEST = 1 - 2**-53


@dataclass(frozen=True, slots=True)
class Chance:
    """All that is drawn in one world: its seed and its rule set's name come before every other key."""

    seed: str
    rule_set: str

    def __call__(self, *keys: str | int) -> float:
        return uniform(self.seed, self.rule_set, *keys)
