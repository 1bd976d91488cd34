"""The three stores as child processes: real servers from package registries, for a machine that has none."""
