"""A large network to draw: the same 1,000 characters and 20,000 relationships each time, as a file to import."""

import random

PEOPLE, PAIRS = 1_000, 10_000
"""Each pair has a relationship in both directions, so that there are twice as many relationships."""


def edges_csv(seed: int = 1862) -> str:
    """Edges as CSV: few characters have many neighbours and most have few, as in real networks."""
    chance = random.Random(seed)
    weights = [1 / (rank + 3) ** 0.6 for rank in range(PEOPLE)]
    pairs: set[tuple[int, int]] = set()
    while len(pairs) < PAIRS:
        first, second = chance.choices(range(PEOPLE), weights, k=2)
        near = (first + chance.randint(1, 40)) % PEOPLE if chance.random() < 0.6 else second
        if near != first:
            pairs.add((min(first, near), max(first, near)))
    lines = [f"Citizen {first},Citizen {second},{chance.randint(1, 3)}," for first, second in sorted(pairs)]
    return "\n".join(["source,target,weight,kind", *lines]) + "\n"
