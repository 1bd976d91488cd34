"""The three stores as child processes, from package registries, for a machine that has none; and the build of the page."""
