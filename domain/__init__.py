"""The rules, pure and without I/O: energy, mood, interactions, relationships, chance, networks."""
